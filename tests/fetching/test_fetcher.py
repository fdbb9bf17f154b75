from __future__ import annotations

import gzip
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import app
from app.errors import BadInput
from app.fetching.rules import FetchRules
from tests.fetching.servers import CONTACT, Asked, answer, fetcher, redirect, site


def test_a_page_is_read_with_its_address_head_and_time() -> None:
    before = datetime.now(UTC)
    with site({"/a?b=c": answer("wörds")}) as server, fetcher(server) as fetching:
        fetched = fetching.fetch("http://A.test/a?b=c#:~:text=words")

    assert (fetched.state, fetched.rule, fetched.status) == ("read", None, 200)
    assert fetched.url == "http://A.test/a?b=c#:~:text=words"
    assert fetched.hops == ("http://a.test/a?b=c",)
    assert fetched.final_url == "http://a.test/a?b=c"
    assert fetched.body == "wörds".encode()
    assert ("content-type", "text/html; charset=utf-8") in fetched.headers
    assert before <= fetched.at <= datetime.now(UTC)


@pytest.mark.parametrize("ending", ["sized", "chunked", "closed"])
def test_a_page_is_read_however_its_end_is_marked(ending: str) -> None:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nwords\r\n0\r\n\r\n"
    pages = {
        "/sized": answer("words"),
        "/chunked": chunked,
        "/closed": answer("words", sized=False),
    }
    with site(pages) as server, fetcher(server) as fetching:
        assert fetching.fetch(f"http://a.test/{ending}").body == b"words"


def test_a_compressed_page_is_inflated() -> None:
    page = answer(gzip.compress(b"words"), headers={"Content-Encoding": "gzip"})
    with site({"/": page}) as server, fetcher(server) as fetching:
        assert fetching.fetch("http://a.test/").body == b"words"


def test_a_page_of_the_greatest_size_is_read_and_one_byte_more_is_not() -> None:
    pages = {"/most": answer(b"x" * 1000), "/more": answer(b"x" * 1001)}
    with site(pages) as server, fetcher(server, most_bytes=1000) as fetching:
        most, more = fetching.fetch("http://a.test/most"), fetching.fetch("http://a.test/more")

    assert (most.state, len(most.body)) == ("read", 1000)
    assert (more.state, more.rule, more.body) == ("unreachable", "too-large", b"")


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("200 OK", "read"),
        ("203 Non-Authoritative", "read"),
        ("202 Accepted", "unreachable"),
        ("204 No Content", "unreachable"),
        ("206 Partial Content", "unreachable"),
        ("300 Multiple Choices", "unreachable"),
        ("304 Not Modified", "unreachable"),
        ("400 Bad Request", "unreachable"),
        ("401 Unauthorized", "blocked"),
        ("403 Forbidden", "blocked"),
        ("404 Not Found", "gone"),
        ("410 Gone", "gone"),
        ("418 Teapot", "unreachable"),
        ("429 Too Many Requests", "blocked"),
        ("451 Unavailable", "blocked"),
        ("500 Error", "unreachable"),
        ("503 Unavailable", "unreachable"),
        ("999 Denied", "unreachable"),
    ],
)
def test_a_status_becomes_a_state(status: str, state: str) -> None:
    body = b"" if status[:3] in ("204", "304") else b"words"
    with site({"/": answer(body, status)}) as server, fetcher(server) as fetching:
        fetched = fetching.fetch("http://a.test/")

    assert (fetched.state, fetched.rule) == (state, None if state == "read" else "status")
    assert fetched.status == int(status[:3])
    assert fetched.body == (b"words" if state == "read" else b"")


@pytest.mark.parametrize(
    ("media_type", "state"),
    [
        ("text/html", "read"),
        ("text/plain", "read"),
        ("application/pdf", "read"),
        ("application/xhtml+xml", "read"),
        ("application/json", "read"),
        ("application/octet-stream", "read"),
        ("", "read"),
        ("nonsense", "read"),
        ("image/png", "not-text"),
        ("Image/SVG+xml; charset=utf-8", "not-text"),
        ("video/mp4", "not-text"),
        ("audio/mpeg", "not-text"),
        ("font/woff2", "not-text"),
        ("application/zip", "not-text"),
        ("application/vnd.rar", "not-text"),
    ],
)
def test_a_media_type_that_can_hold_no_words_is_not_text(media_type: str, state: str) -> None:
    page = answer("words", headers={"Content-Type": media_type})
    with site({"/": page}) as server, fetcher(server) as fetching:
        fetched = fetching.fetch("http://a.test/")

    assert (fetched.state, fetched.rule) == (state, None if state == "read" else "media-type")


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120.0), ("0", 0.0), ("-5", None), ("soon", None), ("", None), ("9" * 400, None)],
)
def test_how_long_a_server_asks_to_be_left_alone_is_told(value: str, seconds: float | None) -> None:
    page = answer(status="429 Too Many", headers={"Retry-After": value})
    with site({"/": page}) as server, fetcher(server) as fetching:
        assert fetching.fetch("http://a.test/").retry_after == seconds


@pytest.mark.parametrize(("hours", "least", "most"), [(1, 3590, 3600), (-1, 0, 0)])
def test_it_may_be_told_as_a_date(hours: int, least: float, most: float) -> None:
    then = format_datetime(datetime.now(UTC) + timedelta(hours=hours), usegmt=True)
    page = answer(status="503 Unavailable", headers={"Retry-After": then})
    with site({"/": page}) as server, fetcher(server) as fetching:
        seconds = fetching.fetch("http://a.test/").retry_after

    assert seconds is not None
    assert least <= seconds <= most


def test_a_request_says_who_asks_and_nothing_more() -> None:
    with site({"/": answer("words")}) as server, fetcher(server) as fetching:
        fetching.fetch("http://a.test/")

    [asked] = server.requests
    assert asked.line == "GET / HTTP/1.1"
    assert asked.headers["user-agent"] == f"Variorum/{app.__version__} (+{CONTACT})"
    assert asked.headers["accept-encoding"] == "gzip"
    assert set(asked.headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}


def test_a_contact_that_could_break_a_header_is_refused() -> None:
    for contact in ("a\r\nCookie: b", "пример.test"):
        with pytest.raises(BadInput):
            FetchRules(contact)


def test_further_headers_go_to_every_hop_and_replace_none_of_our_own() -> None:
    extra = {"Accept-Datetime": "x", "User-Agent": "y", "Host": "z", "accept-encoding": "br"}
    with (
        site({"/": redirect("http://b.test/")}) as a,
        site({"/": answer("words")}) as b,
        fetcher(a, b) as fetching,
    ):
        fetching.fetch("http://a.test/", headers=extra)

    for server, host in ((a, "a.test"), (b, "b.test")):
        [asked] = server.requests
        assert asked.headers["accept-datetime"] == "x"
        assert asked.headers["host"] == host
        assert asked.headers["user-agent"].startswith("Variorum/")
        assert asked.headers["accept-encoding"] == "gzip"


def test_the_address_goes_over_the_wire_as_it_was_judged() -> None:
    with site({}) as server, fetcher(server) as fetching:
        fetching.fetch("http://a.test/a|b/%zz/[c]/'d'/я?q=[“x”]&r=%")

    target = "/a|b/%zz/[c]/'d'/%D1%8F?q=[%E2%80%9Cx%E2%80%9D]&r=%"
    assert server.targets == [target]


@pytest.mark.parametrize("spelling", ["/стр".encode(), "/стр".encode("cp1251"), b"/%D1%81"])
def test_a_redirect_may_be_spelled_in_any_bytes(spelling: bytes) -> None:
    moved = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + spelling + b"\r\n\r\n"
    with site({"/": moved}) as server, fetcher(server) as fetching:
        fetched = fetching.fetch("http://a.test/")

    assert fetched.state == "gone"
    assert fetched.final_url.startswith("http://a.test/%")


def test_bodies_read_at_once_share_what_memory_they_may_take() -> None:
    """Eight large pages at once that do not end, each of which would be read alone."""

    def large(connection: socket.socket, asked: Asked) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 4_000_000)
        time.sleep(1.0)

    with (
        site({"/": large}) as server,
        fetcher(hosts={f"{n}.test": server.place for n in range(8)}) as fetching,
        ThreadPoolExecutor(8) as threads,
    ):
        rules = list(threads.map(lambda n: fetching.fetch(f"http://{n}.test/").rule, range(8)))

    assert set(rules) == {None, "busy"}


def test_a_name_that_browsers_accept_and_stricter_readers_do_not_is_asked_for() -> None:
    with (
        site({"/": answer("words")}) as server,
        fetcher(hosts={"xn--tba.test": server.place}) as fetching,
    ):
        fetched = fetching.fetch("http://¶.test/")

    assert (fetched.state, fetched.final_url) == ("read", "http://xn--tba.test/")


def test_no_cookie_credential_or_referrer_outlives_a_request() -> None:
    pages = {
        "/": answer(status="302 Found", headers={"Location": "/page", "Set-Cookie": "a=b; Path=/"}),
        "/page": answer("words", headers={"Set-Cookie": "c=d; Path=/"}),
    }
    with site(pages) as server, fetcher(server) as fetching:
        fetching.fetch("http://a.test/")
        fetching.fetch("http://a.test/page")

    for asked in server.requests:
        assert not {"cookie", "authorization", "referer"} & set(asked.headers)


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with site({}) as proxy, site({"/": answer("words")}) as server:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        with fetcher(server) as fetching:
            fetched = fetching.fetch("http://a.test/")

    assert (fetched.state, proxy.connections) == ("read", 0)


FRAGMENTS = (
    b"HTTP/1.1 200 OK\r\n",
    b"HTTP/1.1 302 Found\r\nLocation: ",
    b"HTTP/1.0 ",
    b"Content-Length: 3\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"Content-Encoding: gzip\r\n",
    b"Content-Type: \xff\r\n",
    b"Retry-After: Mon, 99 Jan 9999\r\n",
    b"\r\n",
    b"3\r\nabc\r\n0\r\n\r\n",
    b"//a.test/",
    b"\x1f\x8b\x08",
)


@settings(max_examples=60)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.binary(max_size=9))).map(b"".join),
    )
)
def test_whatever_bytes_a_server_sends_they_end_in_a_state(junk: bytes) -> None:
    with site({"/": junk}) as server, fetcher(server) as fetching:
        fetched = fetching.fetch("http://a.test/")

    assert (fetched.rule is None) == (fetched.state == "read")


def test_fetches_that_wait_end_at_once_when_the_fetcher_closes() -> None:
    with site({"/": answer("words")}) as server:
        fetching = fetcher(server, pause=30.0)
        fetching.fetch("http://a.test/")
        threading.Timer(0.1, fetching.close).start()
        begun = time.monotonic()
        fetched = fetching.fetch("http://a.test/")

    assert (fetched.state, fetched.rule) == ("unreachable", "stopped")
    assert time.monotonic() - begun < 3
    assert len(server.requests) == 1


def test_a_host_that_stays_busy_is_given_up_without_being_asked() -> None:
    with site({"/": answer("words")}) as server, fetcher(server, pause=9, patience=3) as fetching:
        fetching.fetch("http://a.test/")
        fetched = fetching.fetch("http://a.test/")

    assert (fetched.rule, len(server.requests)) == ("busy", 1)


def test_the_patience_of_a_fetch_is_for_all_its_turns_together() -> None:
    release = threading.Event()

    def slow(connection: socket.socket, asked: Asked) -> None:
        release.wait(10)

    with (
        site({"/": redirect("http://b.test/")}) as server,
        site({"/slow": slow, "/": answer("words")}) as busy,
        fetcher(server, busy, pause=1.0, patience=1.5) as fetching,
    ):
        fetching.fetch("http://a.test/none")
        threading.Thread(target=fetching.fetch, args=("http://b.test/slow",), daemon=True).start()
        begun = time.monotonic()
        fetched = fetching.fetch("http://a.test/")
        took = time.monotonic() - begun
        release.set()

    assert fetched.rule == "busy"
    assert took < 2.2


def test_waiting_for_a_turn_does_not_shorten_the_deadline() -> None:
    def slow(connection: socket.socket, asked: Asked) -> None:
        time.sleep(0.3)
        connection.sendall(answer("words"))

    with site({"/": slow}) as server, fetcher(server, pause=1.2, deadline=1.0) as fetching:
        states = [fetching.fetch("http://a.test/").state for _ in range(2)]

    assert states == ["read", "read"]


def test_pages_of_one_host_are_asked_for_a_pause_apart_by_any_number_of_threads() -> None:
    with (
        site({"/": answer("words")}) as server,
        fetcher(server, pause=0.1) as fetching,
        ThreadPoolExecutor(4) as threads,
    ):
        begun = time.monotonic()
        list(threads.map(fetching.fetch, ["http://a.test/"] * 4))

    assert time.monotonic() - begun >= 0.3


def test_many_hosts_are_asked_at_once() -> None:
    """50 hosts with 4 pages each, 100 ms to an answer, half a second between pages of a host."""

    def late(connection: socket.socket, asked: Asked) -> None:
        time.sleep(0.1)
        connection.sendall(answer("words") if "page" in asked.target else answer("", "404 None"))

    pages = {f"/page{number}": late for number in range(4)} | {"/robots.txt": late}
    with site(pages) as server:
        hosts = {f"{number}.test": server.place for number in range(50)}
        urls = [f"http://{host}/page{number}" for number in range(4) for host in hosts]
        begun = time.monotonic()
        with (
            fetcher(hosts=hosts, pause=0.5, robots=True) as fetching,
            ThreadPoolExecutor(16) as threads,
        ):
            states = {fetched.state for fetched in threads.map(fetching.fetch, urls)}
        took = time.monotonic() - begun

    assert states == {"read"}
    assert server.connections == 250
    assert took < 5


def test_no_other_part_of_the_program_makes_an_allowance_and_no_setting_names_one() -> None:
    root = Path(app.__file__).parent
    files = {path.relative_to(root).parts[0]: "" for path in root.rglob("*.py")}
    for path in root.rglob("*.py"):
        files[path.relative_to(root).parts[0]] += path.read_text(encoding="utf-8")

    assert {part for part, text in files.items() if "Allowance(" in text} == {"fetching"}
    for part in ("settings.py", "cli", "main.py", "web"):
        assert "Allowance" not in files[part]
