"""What an answer depends on: none is said to be the same that is not, and none is kept too long."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from app.domain.revisions.chain import RecordNumbers
from app.errors import EditConflict
from app.main import create_app
from app.queries.validity import ClaimValidity, Validity
from app.services.record.append_revision import compare_naming, write_entry
from app.settings import Settings
from app.storage.database.engine import Database
from app.storage.following.checks import save_page_check
from app.storage.registers.entries import get_entry
from app.storage.revisions.log import lock_head
from app.web.http.entity_tags import revision_matched, validity_of
from app.web.http.languages import Languages
from app.web.http.page_cache import PageCache
from app.web.wording.locale import catalogue
from tests.loaded import BY
from tests.serving import serving
from tests.storage.following_factories import a_look
from tests.web.http.test_page_cache import within_a_second

CLAIM = "/api/v1/claims/fire-dead"
CITED_PAGE = "https://post.example.org/2019/05/06/towns-trade-blame"
TODAY = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
AN_ANSWER = Validity(
    numbers=RecordNumbers(changes=5, checks=3, copies=2),
    build="0a1b2c",
    form="",
    language="en",
    coding="gzip",
    base_url="https://variorum.example",
    today="",
)
OTHERWISE: dict[str, list[object]] = {
    "numbers": [RecordNumbers(6, 3, 2), RecordNumbers(5, 4, 2), RecordNumbers(5, 3, 3)],
    "build": ["0a1b2d"],
    "form": ["json"],
    "language": ["ru"],
    "coding": ["identity"],
    "base_url": ["https://mirror.example"],
    "today": ["2026-11-03"],
}


def test_each_part_changed_alone_makes_another_tag_and_another_key() -> None:
    assert OTHERWISE.keys() == set(Validity._fields)
    others = [AN_ANSWER._replace(**{part: to}) for part, all_ in OTHERWISE.items() for to in all_]
    tags = {validity.tag for validity in [AN_ANSWER, *others]}
    assert len(tags) == len({AN_ANSWER, *others}) == 1 + len(others)
    assert AN_ANSWER._replace().tag == AN_ANSWER.tag


class Circumstances:
    """A page behind the page cache, and everything that may change between two requests."""

    def __init__(self) -> None:
        self.numbers = RecordNumbers(5, 3, 2)
        self.now = TODAY
        self.base_url = "https://variorum.example"
        self.path = "/method"
        self.asked = {"Host": "variorum.example", "Accept-Encoding": "gzip"}
        self.rendered = 0
        site = Starlette(routes=[Route("/{path:path}", self._page)])
        self._cache = PageCache(site, lambda: self.numbers, self.base_url, lambda: self.now)

    async def _page(self, request: Request) -> PlainTextResponse:
        self.rendered += 1
        validity = validity_of(request.scope, self.numbers, self.base_url, lambda: self.now)
        return PlainTextResponse("", headers={"ETag": validity.tag})

    def read(self) -> str:
        """Ask for the page; gives its entity tag."""

        async def ask() -> str:
            app = Languages(self._cache, catalogue, self.base_url)
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                return (await client.get(self.path, headers=self.asked)).headers["etag"]

        # In a thread of its own: where browser tests ran before, this one has a running loop.
        with ThreadPoolExecutor(1) as alone:
            return alone.submit(asyncio.run, ask()).result()


@pytest.mark.parametrize("number", ["changes", "checks", "copies"])
def test_a_page_is_rendered_anew_when_one_of_the_numbers_moves(number: str) -> None:
    around = Circumstances()
    first = around.read()
    around.numbers = around.numbers._replace(**{number: 9})
    assert around.read() != first
    assert around.rendered == 2


@pytest.mark.parametrize(
    "asked",
    [{"Accept-Encoding": "identity"}, {"Accept-Language": "ru"}],
)
def test_a_page_is_rendered_once_for_each_coding_and_language(asked: dict[str, str]) -> None:
    around = Circumstances()
    before = dict(around.asked)
    first = around.read()
    around.asked |= asked
    assert around.read() != first
    around.asked = before
    assert around.read() == first
    assert around.rendered == 2


@pytest.mark.parametrize(("path", "times"), [("/links", 2), ("/method", 1)])
def test_only_where_a_page_says_today_is_it_rendered_anew_the_next_day(
    path: str, times: int
) -> None:
    around = Circumstances()
    around.path = path
    tags = {around.read()}
    around.now += timedelta(hours=11)
    tags.add(around.read())
    assert (len(tags), around.rendered) == (1, 1)
    around.now += timedelta(hours=1)
    tags.add(around.read())
    assert (len(tags), around.rendered) == (times, times)


def test_two_forms_of_an_answer_have_two_tags() -> None:
    around = Circumstances()
    tags = set()
    for around.path in ("/changes", "/changes.atom", "/api/v1/changes"):
        tags.add(around.read())
    assert len(tags) == around.rendered == 3


@pytest.mark.parametrize(
    ("validity", "tag"),
    [
        (ClaimValidity(12, 12), '"r12"'),
        (ClaimValidity(12, 15), '"r12-c15"'),
        (ClaimValidity(12, 12, "2020-11-09"), '"r12-2020-11-09"'),
        (ClaimValidity(12, 15, "2020-11-09"), '"r12-c15-2020-11-09"'),
    ],
)
def test_the_json_of_a_claim_is_known_by_its_revision(validity: ClaimValidity, tag: str) -> None:
    assert validity.tag == tag


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = TODAY

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def reader(example_url: str, clock: Clock) -> Iterator[httpx.Client]:
    """A reader of the example record, which others may change meanwhile."""
    app = create_app(Settings(database_url=example_url), now=clock)
    with serving(app) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


def rename_mayor(database: Database, name: str) -> None:
    """Change a speaker whom the claim cites: it is compared anew, without a revision of its own."""
    with database.writing() as session:
        lock_head(session)
        body = json.loads(get_entry(session, "speaker", "oskel-mayor").body) | {"name": name}
        write_entry(session, "speaker", body, BY)
        assert "fire-dead" in compare_naming(session, [("speaker", "oskel-mayor")])


def test_a_comparison_that_a_register_entry_changed_is_sent_again(
    reader: httpx.Client, example: Database
) -> None:
    before = reader.get(CLAIM)
    number = before.json()["revision"]["number"]
    assert before.headers["etag"] == f'"r{number}"'
    had = {"If-None-Match": before.headers["etag"]}
    assert reader.get(CLAIM, headers=had).status_code == 304
    rename_mayor(example, "Somebody else")
    assert within_a_second(lambda: reader.get(CLAIM).headers["etag"] != before.headers["etag"])
    # This one comes from memory, where the answer with the new comparison is by now.
    after = reader.get(CLAIM, headers=had)
    assert after.status_code == 200
    assert after.json()["revision"]["number"] == number
    had = {"If-None-Match": after.headers["etag"]}
    assert reader.get(CLAIM, headers=had).status_code == 304


@pytest.mark.parametrize("path", ["/", "/claims/fire-dead", "/api/v1/claims", CLAIM])
def test_two_codings_of_an_answer_never_share_an_entity_tag(
    reader: httpx.Client, path: str
) -> None:
    answers = [
        reader.get(path, headers={"Accept-Encoding": coding})
        for coding in ("gzip", "identity", "gzip", "identity")
    ]
    codings = {(a.headers.get("content-encoding"), a.headers["etag"]) for a in answers}
    assert len({tag for _coding, tag in codings}) == len(codings)


def test_link_health_says_forty_days_later_that_it_was_forty_days_ago(
    reader: httpx.Client, example: Database, clock: Clock
) -> None:
    with example.writing() as session:
        save_page_check(session, a_look(CITED_PAGE, at=clock.now))
    assert within_a_second(lambda: "today" in reader.get("/links").text)
    had = {"If-None-Match": reader.get("/links").headers["etag"]}
    assert reader.get("/links", headers=had).status_code == 304
    clock.now += timedelta(days=40)
    later = reader.get("/links", headers=had)
    assert later.status_code == 200
    assert "40 days ago" in later.text
    assert "today" not in later.text


@pytest.mark.parametrize("tag", ['"r12"', '"r12-c15"', '"r11", "r12-c15"'])
def test_an_edit_may_name_the_revision_whenever_it_was_compared(tag: str) -> None:
    assert revision_matched(tag, 12) == 12


@pytest.mark.parametrize(
    "tag", ['"r11-c12"', '"r12-2020-11-09"', '"r12-c15-2020-11-09"', 'W/"r12"']
)
def test_an_edit_of_another_revision_or_of_a_day_is_refused(tag: str) -> None:
    with pytest.raises(EditConflict):
        revision_matched(tag, 12)
