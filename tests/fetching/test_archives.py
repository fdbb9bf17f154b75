from __future__ import annotations

import json
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import parse_qs, urlsplit

import pytest

from app.errors import BadInput
from app.fetching.archives import Archive, ArchivedCopy, find_copy, read_archives
from tests.fetching.servers import Asked, Server, answer, fetcher, raw_server, redirect, site

PAGE = "https://news.test/a?b=1&c=ä"
NEAR = datetime(2022, 3, 27, 12, 0, tzinfo=UTC)
GATE = Archive("a.test", "memento", "http://a.test/timegate/")
WAYBACK = Archive("a.test", "wayback", "http://a.test/wayback/available")

COPIES = {
    "Sun, 27 Mar 2022 18:00:00 GMT": "/web/20220327180000/",
    "Tue, 01 Nov 2022 08:30:00 GMT": "/web/20221101083000/",
}
MARCH = ArchivedCopy("http://a.test/web/20220327180000/", datetime(2022, 3, 27, 18, tzinfo=UTC))
NOVEMBER = ArchivedCopy(
    "http://a.test/web/20221101083000/", datetime(2022, 11, 1, 8, 30, tzinfo=UTC)
)


def timegate(connection: socket.socket, asked: Asked) -> None:
    """Redirects to the one copy for March 2022 and to the other for any other time."""
    for made, place in COPIES.items():
        if asked.target == place:
            connection.sendall(answer("<p>copy", headers={"Memento-Datetime": made}))
            return
    march, november = COPIES.values()
    wanted = asked.headers.get("accept-datetime", "")
    connection.sendall(redirect(march if wanted.startswith("Sun, 27 Mar 2022") else november))


def availability(closest: object) -> Callable[[socket.socket, Asked], None]:
    def respond(connection: socket.socket, asked: Asked) -> None:
        query = parse_qs(urlsplit(asked.target).query)
        told = {"url": query["url"][0], "archived_snapshots": {"closest": closest}}
        connection.sendall(answer(json.dumps(told), headers={"Content-Type": "application/json"}))

    return respond


def ask_gate(server: Server, near: datetime | None = NEAR, url: str = PAGE) -> ArchivedCopy | None:
    with fetcher(server) as asking:
        return find_copy(asking.fetch, GATE, url, near)


def ask_wayback(server: Server, near: datetime | None = NEAR) -> ArchivedCopy | None:
    with fetcher(server) as asking:
        return find_copy(asking.fetch, WAYBACK, PAGE, near)


def test_a_timegate_leads_to_the_copy_nearest_to_the_moment() -> None:
    with raw_server(timegate) as server:
        assert ask_gate(server) == MARCH
        assert ask_gate(server, datetime(2022, 10, 30, tzinfo=UTC)) == NOVEMBER


def test_a_timegate_that_is_told_no_moment_gives_the_latest_copy() -> None:
    with raw_server(timegate) as server:
        assert ask_gate(server, None) == NOVEMBER
        assert "accept-datetime" not in server.requests[0].headers


def test_a_timegate_is_asked_for_the_page_without_fragment_at_a_moment_in_gmt() -> None:
    local = datetime(2022, 3, 27, 16, 0, tzinfo=timezone(timedelta(hours=4)))
    with raw_server(timegate) as server:
        assert ask_gate(server, local, "https://news.test/a?b=1#part") == MARCH
        assert server.requests[0].target == "/timegate/https://news.test/a?b=1"
        assert server.requests[0].headers["accept-datetime"] == "Sun, 27 Mar 2022 12:00:00 GMT"


@pytest.mark.parametrize(
    "told",
    [
        "2022-03-27T18:00:00Z",
        "Mon, 27 Mar 2022 18:00:00 GMT",
        "Sun, 27 Mar 2022 18:00:00 +0400",
        "Sunday, 27-Mar-22 18:00:00 GMT",
        "Sun, 32 Mar 2022 18:00:00 GMT",
        "Sun, 27 Mar 2022 18:00 GMT",
        "Sun, 27 Mar 99999999999999999999 18:00:00 GMT",
        "Fri, 01 Jan 2100 00:00:00 GMT",
        "",
        "soon",
    ],
)
def test_a_time_that_is_no_http_date_of_the_past_is_not_believed(told: str) -> None:
    page = answer("<p>copy", headers={"Memento-Datetime": told})
    with raw_server(lambda connection, _: connection.sendall(page)) as server:
        assert ask_gate(server) is None


@pytest.mark.parametrize(
    "page",
    [
        answer("<p>no copy"),
        answer("none", "404 Not Found"),
        answer("<p>copy", "503 Busy", {"Memento-Datetime": "Sun, 27 Mar 2022 18:00:00 GMT"}),
        redirect("http://127.0.0.1/"),
        redirect("file:///etc/passwd"),
        answer(
            "x",
            headers={
                "Memento-Datetime": "Sun, 27 Mar 2022 18:00:00 GMT\r\n"
                "Memento-Datetime: Tue, 01 Nov 2022 08:30:00 GMT"
            },
        ),
        b"nonsense\r\n\r\n",
        b"",
    ],
)
def test_a_timegate_without_a_copy_gives_none(page: bytes) -> None:
    with raw_server(lambda connection, _: connection.sendall(page)) as server:
        assert ask_gate(server) is None


def test_a_copy_may_stand_on_the_host_of_another_archive() -> None:
    place, made = "/web/1/", "Sun, 27 Mar 2022 18:00:00 GMT"
    with (
        raw_server(lambda c, _: c.sendall(redirect(f"http://b.test{place}"))) as gate,
        site({place: answer("<p>copy", headers={"Memento-Datetime": made})}) as other,
        fetcher(gate, other) as asking,
    ):
        copy = find_copy(asking.fetch, GATE, PAGE, NEAR)
    assert copy == ArchivedCopy("http://b.test/web/1/", datetime(2022, 3, 27, 18, tzinfo=UTC))


CLOSEST = {
    "available": True,
    "url": "http://web.archive.test/web/20220327180000/https://news.test/a",
    "timestamp": "20220327180000",
    "status": "200",
}


def test_the_availability_api_names_the_copy() -> None:
    with raw_server(availability(CLOSEST)) as server:
        assert ask_wayback(server) == ArchivedCopy(
            "http://web.archive.test/web/20220327180000/https://news.test/a",
            datetime(2022, 3, 27, 18, tzinfo=UTC),
        )


def test_the_availability_api_is_asked_with_the_page_and_a_moment_of_14_digits() -> None:
    with raw_server(availability(CLOSEST)) as server:
        ask_wayback(server)
        ask_wayback(server, None)
    queries = [parse_qs(urlsplit(target).query) for target in server.targets]
    assert queries == [{"url": [PAGE], "timestamp": ["20220327120000"]}, {"url": [PAGE]}]


@pytest.mark.parametrize(
    "closest",
    [
        {},
        None,
        [],
        {**CLOSEST, "available": False},
        {**CLOSEST, "available": "true"},
        {**CLOSEST, "timestamp": "2022"},
        {**CLOSEST, "timestamp": "20220327180060"},
        {**CLOSEST, "timestamp": "20221327180000"},
        {**CLOSEST, "timestamp": "٢٠٢٢٠٣٢٧١٨٠٠٠٠"},
        {**CLOSEST, "timestamp": 20220327180000},
        {**CLOSEST, "timestamp": "21000101000000"},
        {**CLOSEST, "status": "404"},
        {**CLOSEST, "url": "javascript:alert(1)"},
        {**CLOSEST, "url": "http://127.0.0.1/web/"},
        {**CLOSEST, "url": "http://name:word@web.archive.test/"},
        {**CLOSEST, "url": "/web/20220327180000/"},
        {**CLOSEST, "url": ["http://web.archive.test/"]},
    ],
)
def test_an_answer_that_names_no_usable_copy_gives_none(closest: object) -> None:
    with raw_server(availability(closest)) as server:
        assert ask_wayback(server) is None


@pytest.mark.parametrize(
    "body", ["", "null", "[]", "{", '{"archived_snapshots": {}}', "[" * 100_000, "9" * 10_000]
)
def test_json_that_is_broken_or_another_gives_none(body: str) -> None:
    page = answer(body, headers={"Content-Type": "application/json"})
    with raw_server(lambda connection, _: connection.sendall(page)) as server:
        assert ask_wayback(server) is None


def test_a_page_or_an_archive_that_is_never_asked_gives_none() -> None:
    inside = Archive("127.0.0.1", "memento", "http://127.0.0.1/")
    with raw_server(timegate) as server, fetcher(server) as asking:
        assert find_copy(asking.fetch, inside, PAGE, NEAR) is None
        assert find_copy(asking.fetch, GATE, f"https://news.test/{'a' * 9000}", NEAR) is None
        assert find_copy(asking.fetch, GATE, "https://news.test/\r\nx", NEAR) is None
    assert server.connections == 0


def test_archives_are_read_from_the_setting() -> None:
    text = "wayback=https://archive.org/wayback/available\n memento=https://timegate.example/tg/ "
    assert read_archives(text) == (
        Archive("archive.org", "wayback", "https://archive.org/wayback/available"),
        Archive("timegate.example", "memento", "https://timegate.example/tg/"),
    )
    assert read_archives("  ") == ()


@pytest.mark.parametrize(
    "text",
    [
        "https://archive.org/wayback/available",
        "other=https://archive.org/",
        "memento=",
        "memento=ftp://archive.org/",
        "memento=http://127.0.0.1/",
        "memento=https://a.example/ memento=https://a.example/",
    ],
)
def test_a_setting_that_names_no_archive_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(BadInput, match=r"\.$"):
        read_archives(text)
