"""Pages kept in memory: the same bytes again, and never an older record."""

import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from app.domain.records.claims import Claim
from app.domain.records.page_checks import PageCopy
from app.dossiers.notation.layout import emit
from app.dossiers.record import read_record
from app.main import create_app
from app.settings import Settings
from app.storage.database.engine import Database
from app.storage.following.checks import save_copy, save_page_check
from app.storage.revisions.change_number import ChangeNumber
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
    kept = {name: text for name, text in first.headers.items() if name != "date"}
    assert {name: text for name, text in second.headers.items() if name != "date"} == kept
    assert (first.headers.get("content-encoding") == "gzip") == (coding == "gzip")
    assert second.headers["content-security-policy"]


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
