from __future__ import annotations

import pytest

from tests.fetching.hostile import REDIRECTS
from tests.fetching.servers import answer, fetcher, redirect, site


@pytest.mark.parametrize(
    ("target", "rule"),
    REDIRECTS,
    ids=lambda text: repr(text)[:40],
)
def test_a_redirect_to_where_no_request_is_made_is_refused(target: str, rule: str) -> None:
    with (
        site({"/": answer("secret"), "/latest/": answer("secret")}) as private,
        site({"/": redirect(target)}) as server,
        fetcher(server, resolver=lambda *_: [private.place]) as fetching,
    ):
        fetched = fetching.fetch("http://a.test/")

    assert (fetched.state, fetched.rule, fetched.body) == ("unreachable", rule, b"")
    assert fetched.reason.endswith(".")
    assert (server.connections, private.connections) == (1, 0)


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 T", "308 P"])
def test_a_redirect_to_a_private_address_is_refused_with_any_status(status: str) -> None:
    with (
        site({"/": redirect("http://10.0.0.1/", status)}) as server,
        fetcher(server) as fetching,
    ):
        assert fetching.fetch("http://a.test/").rule == "redirect-to-private"


def test_every_hop_of_a_redirect_is_judged() -> None:
    pages = {"/": redirect("/1"), "/1": redirect("/2"), "/2": redirect("http://127.0.0.1/")}
    with site(pages) as server, fetcher(server) as fetching:
        fetched = fetching.fetch("http://a.test/")

    assert fetched.rule == "redirect-to-private"
    assert fetched.hops == ("http://a.test/", "http://a.test/1", "http://a.test/2")


@pytest.mark.parametrize(
    "pages",
    [
        {"/": redirect("/")},
        {"/": redirect("#a")},
        {"/": redirect("/1"), "/1": redirect("/")},
        {"/": redirect("http://b.test/"), "/1": redirect("/")},
    ],
)
def test_a_redirect_in_a_circle_ends_at_once(pages: dict[str, bytes]) -> None:
    with (
        site(pages) as server,
        site({"/": redirect("http://a.test/")}) as other,
        fetcher(server, other) as fetching,
    ):
        fetched = fetching.fetch("http://a.test/")

    assert (fetched.state, fetched.rule) == ("unreachable", "redirect-loop")
    assert server.connections + other.connections <= 2


def test_five_redirects_are_followed_and_six_are_not() -> None:
    pages = {f"/{n}": redirect(f"/{n + 1}") for n in range(6)} | {"/6": answer("words")}
    with site(pages) as server, fetcher(server) as fetching:
        five, six = fetching.fetch("http://a.test/1"), fetching.fetch("http://a.test/0")

    assert (five.state, five.final_url, len(five.hops)) == ("read", "http://a.test/6", 6)
    assert (six.state, six.rule, len(six.hops)) == ("unreachable", "redirects", 6)


def test_redirects_share_one_deadline() -> None:
    def slow(connection: object, asked: object) -> None:
        import time

        time.sleep(0.2)
        connection.sendall(redirect(f"{asked.target}x"))  # type: ignore[attr-defined]

    with site({"/" + "x" * n: slow for n in range(9)}) as server:  # noqa: SIM117
        with fetcher(server, deadline=0.5) as fetching:
            fetched = fetching.fetch("http://a.test/")

    assert fetched.rule == "timeout"
    assert 2 <= len(fetched.hops) <= 3


def test_a_redirect_without_a_target_is_no_page() -> None:
    with site({"/": answer(status="302 Found")}) as server, fetcher(server) as fetching:
        fetched = fetching.fetch("http://a.test/")

    assert (fetched.state, fetched.rule, fetched.status) == ("unreachable", "status", 302)


def test_a_page_that_redirects_by_its_markup_is_left_where_it_is() -> None:
    page = answer('<meta http-equiv="refresh" content="0; url=http://127.0.0.1/">')
    with site({"/": page}) as server, fetcher(server) as fetching:
        fetched = fetching.fetch("http://a.test/")

    assert fetched.hops == ("http://a.test/",)
