"""Pages kept in memory: the same bytes again, and never an older record."""

import asyncio
import shutil
import time
import tracemalloc
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from starlette.types import Message, Receive, Scope, Send

from app.domain.records.claims import Claim
from app.domain.records.page_checks import PageCopy
from app.domain.revisions.chain import RecordNumbers
from app.dossiers.notation.layout import emit
from app.dossiers.record import read_record
from app.main import create_app
from app.settings import Settings
from app.storage.database.engine import Database
from app.storage.following.checks import save_copy, save_page_check
from app.storage.revisions.change_number import ChangeNumber
from app.web.http.entity_tags import utc_now
from app.web.http.page_cache import (
    MAX_ASKED,
    MAX_AT_ONCE,
    MAX_BYTES,
    MAX_PAGE_BYTES,
    PageCache,
)
from tests.loaded import EXAMPLE, NOON, load
from tests.serving import serving
from tests.storage.following_factories import URL, a_look


def within_a_second(holds: Callable[[], bool]) -> bool:
    """Whether something comes true; PostgreSQL's number is read five times a second."""
    deadline = time.monotonic() + 1
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize("path", ["/", "/dossiers/harbour", "/api/v1/claims?limit=2"])
@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_the_second_reader_gets_what_the_first_got(
    site: httpx.Client, path: str, coding: str
) -> None:
    first = site.get(path, headers={"Accept-Encoding": coding})
    second = site.get(path, headers={"Accept-Encoding": coding})
    assert second.content == first.content
    assert lasting(second) == lasting(first)
    assert len(second.headers.get_list("x-request-id")) == 1
    assert (first.headers.get("content-encoding") == "gzip") == (coding == "gzip")
    assert second.headers["content-security-policy"]


def lasting(answer: httpx.Response) -> dict[str, str]:
    """The headers of an answer that are the same for everybody."""
    own = ("date", "x-request-id")
    return {name: text for name, text in answer.headers.items() if name not in own}


def test_many_who_ask_at_once_all_get_the_page(site: httpx.Client) -> None:
    path = "/dossiers/harbour?kind=date&sort=question"
    with ThreadPoolExecutor(16) as readers:
        answers = list(readers.map(lambda _: site.get(path), range(32)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1


def test_a_kept_page_still_answers_conditional_requests(site: httpx.Client) -> None:
    etag = site.get("/method").headers["etag"]
    again = site.get("/method", headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_errors_are_not_kept(empty_site: httpx.Client) -> None:
    for _ in range(2):
        assert empty_site.get("/claims/fire-dead").status_code == 404


def test_a_change_of_the_record_is_seen_at_once(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    files = Path(shutil.copytree(EXAMPLE, tmp_path / "files"))
    load(database, files)
    app = create_app(Settings(database_url=database_url))
    with serving(app) as address, httpx.Client(base_url=address) as reader:
        before = reader.get("/claims/fire-dead")
        assert reader.get("/claims/fire-dead").content == before.content
        claim = next(c for _, c in read_record(files).claims if c.id == "fire-dead")
        changed = Claim.model_validate(claim.to_plain() | {"question": "A question made anew?"})
        path = files / "claims" / "harbour" / "fire-dead.yaml"
        path.write_text(emit(changed), encoding="utf-8")
        load(database, files)
        assert within_a_second(
            lambda: "A question made anew?" in reader.get("/claims/fire-dead").text
        )
        after = reader.get("/claims/fire-dead", headers={"If-None-Match": before.headers["etag"]})
        assert after.status_code == 200


def test_the_change_number_follows_the_record(database: Database) -> None:
    with closing(ChangeNumber(database)) as number:
        assert number.now() == (0, 0, 0)
        load(database)
        assert within_a_second(lambda: (number.now() or (0, 0, 0))[0] > 0)
        loaded = number.now()
        with database.writing() as session:
            save_page_check(session, a_look())
        assert loaded
        assert within_a_second(lambda: number.now() == (loaded.changes, 1, 0))
        with database.writing() as session:
            save_copy(session, URL, PageCopy("archive", f"{URL}?copy", NOON, NOON))
        assert within_a_second(lambda: number.now() == (loaded.changes, 1, 1))


def test_a_database_without_tables_has_no_change_number(blank_url: str) -> None:
    with closing(Database(blank_url)) as database, closing(ChangeNumber(database)) as number:
        assert number.now() is None


class Counted:
    """Pages of a size behind the cache; each asks a gate before it is rendered."""

    def __init__(self, size: int = 1) -> None:
        self.rendered = 0
        self.at_once = 0
        self.most_at_once = 0
        self.gate = asyncio.Event()
        self.gate.set()
        self._size = size
        self.cache = PageCache(self._page, lambda: RecordNumbers(1, 1, 1), "http://test", utc_now)

    async def _page(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        self.rendered += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await self.gate.wait()
        await asyncio.sleep(0)
        self.at_once -= 1
        headers = [(b"etag", b'"1"')]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"a" * self._size})

    async def read(
        self, path: str, address: str = "192.0.2.1", query: str = "", send: Send | None = None
    ) -> None:
        """Ask for a page."""

        async def nowhere(_message: Message) -> None:
            pass

        async def receive() -> Message:
            return {"type": "http.disconnect"}

        scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [],
            "client": (address, 1),
        }
        await self.cache(scope, receive, send or nowhere)


def alone(work: Coroutine[None, None, None]) -> None:
    """Run it in a thread of its own: where browser tests ran before, this has a running loop."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


def test_what_is_counted_of_pages_is_what_they_take() -> None:
    async def fill() -> None:
        around = Counted()
        tracemalloc.start()
        # As small as pages get: what is not the page counts as well.
        for number in range(3_000):
            await around.read(f"/{number}" + "a" * 200)
        taken = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        assert 0.8 * around.cache.bytes_stored < taken < 1.2 * around.cache.bytes_stored

    alone(fill())


def test_pages_are_dropped_before_they_take_more_memory_than_allowed() -> None:
    async def fill() -> None:
        around = Counted(size=MAX_PAGE_BYTES)
        for number in range(80):
            await around.read(f"/{number}")
            assert around.cache.bytes_stored <= MAX_BYTES
        await around.read("/79")
        assert around.rendered == 80
        await around.read("/0")
        assert around.rendered == 81

    alone(fill())


def test_a_long_address_is_answered_and_not_stored() -> None:
    async def ask() -> None:
        around = Counted()
        for _ in range(3):
            await around.read("/", query="a" * 3000)
        assert (around.rendered, around.cache.bytes_stored) == (3, 0)

    alone(ask())


def test_an_answer_to_a_query_is_stored_when_it_is_asked_for_again() -> None:
    async def ask() -> None:
        around = Counted()
        for _ in range(3):
            await around.read("/", query="q=ferry")
        assert around.rendered == 2

    alone(ask())


def test_two_who_ask_for_a_query_at_once_leave_it_in_memory() -> None:
    async def ask() -> None:
        around = Counted()
        around.gate.clear()
        both = [asyncio.create_task(around.read("/", query="q=ferry")) for _ in range(2)]
        await asyncio.sleep(0.01)
        around.gate.set()
        await asyncio.gather(*both)
        assert around.rendered == 1

    alone(ask())


def test_queries_that_are_asked_once_each_take_no_memory_and_drop_no_page() -> None:
    async def ask() -> None:
        around = Counted(size=MAX_PAGE_BYTES // 2)
        await around.read("/")
        stored = around.cache.bytes_stored
        for number in range(MAX_ASKED + 10):
            await around.read("/", query=f"q={number}")
        assert around.cache.bytes_stored == stored
        # It was asked for so long ago that it counts as asked for the first time.
        await around.read("/", query="q=0")
        assert around.cache.bytes_stored == stored

    alone(ask())


def test_who_does_not_read_a_page_keeps_it_from_nobody() -> None:
    async def ask() -> None:
        around = Counted()

        async def never(_message: Message) -> None:
            await asyncio.Event().wait()

        stuck = asyncio.create_task(around.read("/", send=never))
        await asyncio.sleep(0.01)
        async with asyncio.timeout(2):
            await asyncio.gather(*(around.read("/", f"192.0.2.{n}") for n in range(2, 9)))
        assert around.rendered == 1
        stuck.cancel()

    alone(ask())


def test_one_address_is_rendered_for_three_times_at_once_and_others_do_not_wait() -> None:
    async def ask() -> None:
        around = Counted()
        around.gate.clear()
        many = [asyncio.create_task(around.read(f"/{n}")) for n in range(50)]
        await asyncio.sleep(0.01)
        assert around.at_once == MAX_AT_ONCE
        # Not even for a page that the address asked for first.
        other = asyncio.create_task(around.read("/49", "192.0.2.2"))
        await asyncio.sleep(0.01)
        assert around.at_once == MAX_AT_ONCE + 1
        around.gate.set()
        await asyncio.gather(*many, other)
        assert around.rendered == 50
        assert around.most_at_once <= MAX_AT_ONCE + 1

    alone(ask())
