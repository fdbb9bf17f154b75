from __future__ import annotations

import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from app.fetching.failures import NotRead
from app.fetching.robots import Robots
from tests.fetching.servers import Asked, answer, fetcher, redirect, site

EVERYBODY_OUT = "User-agent: *\nDisallow: /"


def fetched_with(rules: bytes, page: str = "/page") -> tuple[str, str | None]:
    with (
        site({"/robots.txt": rules, page: answer("words")}) as server,
        fetcher(server, robots=True) as fetching,
    ):
        fetched = fetching.fetch(f"http://a.test{page}")
        assert (page in server.targets) == (fetched.state == "read")
        return fetched.state, fetched.rule


@pytest.mark.parametrize(
    ("rules", "state"),
    [
        ("", "read"),
        ("User-agent: *\nDisallow:", "read"),
        (EVERYBODY_OUT, "blocked"),
        ("User-agent: *\nDisallow: /page", "blocked"),
        ("User-agent: *\nDisallow: /pages", "read"),
        ("User-agent: *\nDisallow: /\nAllow: /page", "read"),
        ("User-agent: *\nDisallow: /*ge$", "blocked"),
        ("User-agent: Variorum\nDisallow: /", "blocked"),
        ("user-agent: VARIORUM\ndisallow: /", "blocked"),
        ("User-agent: variorum/1.0\nDisallow: /", "blocked"),
        ("User-agent: Other\nDisallow: /", "read"),
        ("User-agent: Vario\nDisallow: /", "read"),
        ("User-agent: Variorum-Images\nDisallow: /", "read"),
        ("User-agent: Variorum\nDisallow:\n\nUser-agent: *\nDisallow: /", "read"),
        ("User-agent: *\nDisallow:\n\nUser-agent: Variorum\nDisallow: /", "blocked"),
        ("User-agent: Other\nUser-agent: Variorum\nDisallow: /", "blocked"),
        ("User-agent: Other\rUser-agent: *\rDisallow: /", "blocked"),
        ("\ufeffUser-agent: *\nDisallow: /", "blocked"),
        ("<html>Not found</html>", "read"),
    ],
)
def test_what_a_robots_txt_says_is_honoured(rules: str, state: str) -> None:
    assert fetched_with(answer(rules)) == (state, "robots" if state == "blocked" else None)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("401 Unauthorized", ("read", None)),
        ("403 Forbidden", ("read", None)),
        ("404 Not Found", ("read", None)),
        ("410 Gone", ("read", None)),
        ("429 Too Many", ("unreachable", "robots-unreachable")),
        ("500 Error", ("unreachable", "robots-unreachable")),
        ("503 Unavailable", ("unreachable", "robots-unreachable")),
        ("304 Not Modified", ("unreachable", "robots-unreachable")),
    ],
)
def test_without_rules_all_is_allowed_and_with_rules_out_of_reach_nothing_is(
    status: str, outcome: tuple[str, str | None]
) -> None:
    assert fetched_with(answer("", status)) == outcome


def test_rules_that_were_moved_are_followed_to_where_they_are() -> None:
    with (
        site({"/robots.txt": redirect("http://b.test/rules")}) as server,
        site({"/rules": answer(EVERYBODY_OUT)}) as other,
        fetcher(server, other, robots=True) as fetching,
    ):
        assert fetching.fetch("http://a.test/").rule == "robots"


def test_the_rules_of_every_host_on_the_way_are_honoured() -> None:
    with (
        site({"/": redirect("http://b.test/")}) as server,
        site({"/robots.txt": answer(EVERYBODY_OUT), "/": answer("words")}) as other,
        fetcher(server, other, robots=True) as fetching,
    ):
        fetched = fetching.fetch("http://a.test/")

    assert (fetched.state, fetched.rule) == ("blocked", "robots")
    assert (fetched.final_url, fetched.status) == ("http://b.test/", None)
    assert other.targets == ["/robots.txt"]


def test_a_host_that_nothing_reaches_is_told_as_that_and_not_as_its_rules() -> None:
    with site({}) as server:
        pass
    with fetcher(server, robots=True) as fetching:
        assert fetching.fetch("http://a.test/").rule == "connect"
        assert fetching.fetch("http://nowhere.invalid/").rule == "dns"


def test_rules_are_asked_for_once_by_any_number_of_threads() -> None:
    def slow(connection: socket.socket, asked: Asked) -> None:
        time.sleep(0.1)
        connection.sendall(answer("User-agent: *\nDisallow:"))

    with (
        site({"/robots.txt": slow, "/": answer("words")}) as server,
        fetcher(server, robots=True) as fetching,
        ThreadPoolExecutor(8) as threads,
    ):
        states = {fetched.state for fetched in threads.map(fetching.fetch, ["http://a.test/"] * 8)}

    assert states == {"read"}
    assert server.targets.count("/robots.txt") == 1


def test_a_page_follows_its_rules_without_a_pause_and_the_next_page_after_one() -> None:
    with site({"/": answer("words")}) as server, fetcher(server, robots=True, pause=0.8) as f:
        begun = time.monotonic()
        f.fetch("http://a.test/")
        first = time.monotonic() - begun
        f.fetch("http://a.test/")
        second = time.monotonic() - begun

    assert first < 0.8 <= second


def test_a_crawl_delay_is_kept() -> None:
    rules = answer("User-agent: *\nCrawl-delay: 0.3\nDisallow: /private")
    with (
        site({"/robots.txt": rules, "/": answer("words")}) as server,
        fetcher(server, robots=True) as fetching,
    ):
        begun = time.monotonic()
        fetching.fetch("http://a.test/")
        fetching.fetch("http://a.test/")

    assert time.monotonic() - begun >= 0.3


@pytest.mark.parametrize(
    ("said", "kept"), [("9", 9.0), ("9999", 30.0), ("-1", 0.0), ("nan", 0.0), ("soon", 0.0)]
)
def test_a_crawl_delay_is_kept_up_to_half_a_minute(said: str, kept: float) -> None:
    rules = f"User-agent: *\nCrawl-delay: {said}"

    assert Robots().delay("http://a.test/", "http://a.test", lambda _: rules, 1) == kept


class Asking:
    """Stands at the end of the wire: gives rules, or fails by a rule, and counts."""

    def __init__(self, given: str | NotRead) -> None:
        self.given = given
        self.count = 0

    def __call__(self, address: str) -> str:
        self.count += 1
        if isinstance(self.given, NotRead):
            raise self.given
        return self.given


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("User-agent: *", 24 * 3600),
        ("", 24 * 3600),
        (NotRead("robots-unreachable", "Out of reach."), 60),
        (NotRead("dns", "Unknown."), 60),
        (NotRead("timeout", "Too late."), 0),
        (NotRead("busy", "Not now."), 0),
    ],
)
def test_rules_are_kept_for_a_day_and_failures_for_a_minute(
    given: str | NotRead, kept: float
) -> None:
    now = 1000.0
    robots, asking = Robots(lambda: now), Asking(given)

    def look() -> None:
        with suppress(NotRead):
            robots.delay("http://a.test/", "http://a.test", asking, 1)

    look()
    now += kept - 1
    look()
    before_the_end = asking.count
    now += 2
    look()

    assert (before_the_end, asking.count) == ((1, 2) if kept else (2, 3))


def test_a_failure_that_is_kept_is_told_again() -> None:
    robots, asking = Robots(), Asking(NotRead("tls", "Not trusted."))

    for _ in range(2):
        with pytest.raises(NotRead, match="Not trusted") as refusal:
            robots.delay("http://a.test/", "http://a.test", asking, 1)
        assert refusal.value.rule == "tls"
    assert asking.count == 1


def test_rules_that_another_thread_asks_for_are_not_waited_for_forever() -> None:
    robots, release, begun = Robots(), threading.Event(), threading.Event()

    def hanging(address: str) -> str:
        begun.set()
        release.wait(10)
        return ""

    asking = threading.Thread(
        target=robots.delay, args=("http://a.test/", "http://a.test", hanging, 1)
    )
    asking.start()
    begun.wait(10)
    with pytest.raises(NotRead) as refusal:
        robots.delay("http://a.test/", "http://a.test", hanging, 0.05)
    release.set()
    asking.join(10)

    assert refusal.value.rule == "busy"


def test_the_rules_of_many_origins_do_not_fill_the_memory() -> None:
    robots, asking = Robots(), Asking("User-agent: *\nDisallow: /" + "a" * 4000)
    for number in range(2000):
        robots.delay("http://a.test/", f"http://{number}.test", asking, 1)
    assert asking.count == 2000

    robots.delay("http://a.test/", "http://1999.test", asking, 1)
    robots.delay("http://a.test/", "http://0.test", asking, 1)

    assert asking.count == 2001
