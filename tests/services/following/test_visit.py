"""Pages of the record are followed: read, checked, kept, and looked at again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.dossiers.record import read_record
from app.fetching.archives import Archive
from app.queries.registers import document_at
from app.services.following.visit import Visited
from app.services.following.worker import Worker
from app.services.record.append_revision import Author
from app.services.record.load_record import load_record, whole_registers
from app.storage.database.engine import Database
from app.storage.following.checks import (
    copies_of,
    history_of_document,
    last_checks_of_claim,
    last_snapshots,
    wording_changes,
)
from app.storage.following.link_health import count_links
from app.storage.following.snapshots import Snapshots
from tests.fetching.servers import answer
from tests.loaded import EXAMPLE
from tests.services.followed import Web, page, record_hosts, record_pages, serving_pages

POST = "/2019/05/06/towns-trade-blame"
POST_URL = f"https://post.example.org{POST}"
NOTICE = "/14"


@pytest.fixture
def web() -> Iterator[Web]:
    with serving_pages(record_pages(), record_hosts()) as serving:
        yield serving


def at(visits: list[Visited], url: str) -> Visited:
    return next(visited for visited in visits if visited.url == url)


def test_every_page_is_read_and_every_quotation_found(
    example: Database, web: Web, tmp_path: Path
) -> None:
    visits = web.visit_all(web.follower(example, tmp_path))
    assert web.faults == []
    assert {visited.seen.state for visited in visits} == {"read"}
    assert {quote.finding for visited in visits for quote in visited.quotes} == {"verbatim"}
    with example.reading() as session:
        checks = last_checks_of_claim(session, "fire-dead")
        assert {check.quote.finding for check in checks.values()} == {"verbatim"}
        assert {count.state for count in count_links(session)} == {"read"}


def test_a_page_is_looked_at_again_only_when_it_is_due(
    example: Database, web: Web, tmp_path: Path
) -> None:
    follower = web.follower(example, tmp_path)
    web.visit_all(follower)
    asked = len(web.server.targets)
    Worker(follower, lambda _: None, lambda *_: None).run(once=True)
    assert len(web.server.targets) == asked


def test_a_reworded_passage_is_found_with_both_wordings(
    example: Database, web: Web, tmp_path: Path
) -> None:
    follower = web.follower(example, tmp_path)
    web.visit_all(follower)
    told = record_pages()[POST]
    assert isinstance(told, bytes)
    before = "the mayor blamed arsonists from Tarnhaven"
    assert before.encode() in told
    web.pages[POST] = page("Before it.", before.replace("blamed", "suspected"), "After it.")
    visited = at(web.visit_all(follower), POST_URL)
    assert "altered" in {quote.finding for quote in visited.quotes}
    with example.reading() as session:
        changes = wording_changes(session, claim="fire-cause", limit=10)
        (changed,) = [c.changed for c in changes if c.changed.finding_after == "altered"]
    assert (changed.finding_before, changed.finding_after) == ("verbatim", "altered")
    assert "blamed" in changed.before
    assert "suspected" in changed.after
    again = at(web.visit_all(follower), POST_URL)
    assert again.changes == 0


def test_words_that_leave_their_page_are_missing_and_come_back(
    example: Database, web: Web, tmp_path: Path
) -> None:
    follower = web.follower(example, tmp_path)
    web.visit_all(follower)
    whole = web.pages[POST]
    web.pages[POST] = page("This article has been withdrawn by the editors of the newspaper.")
    gone = at(web.visit_all(follower), POST_URL)
    assert {quote.finding for quote in gone.quotes} == {"missing"}
    web.pages[POST] = whole
    back = at(web.visit_all(follower), POST_URL)
    assert {quote.finding for quote in back.quotes} == {"verbatim"}
    with example.reading() as session:
        changes = [c.changed for c in wording_changes(session, limit=50)]
    assert [c.after for c in changes if c.finding_after == "missing"]
    assert not any(c.after for c in changes if c.finding_after == "missing")
    assert not any(c.before for c in changes if c.finding_before == "missing")


@pytest.mark.parametrize(
    ("served", "state"),
    [
        (answer("none", "404 Not Found"), "gone"),
        (answer("no more", "410 Gone"), "gone"),
        (answer("pay", "403 Forbidden"), "blocked"),
        (answer("law", "451 Unavailable For Legal Reasons"), "blocked"),
        (answer("broken", "500 Internal Server Error"), "unreachable"),
        (answer(b"\x89PNG", headers={"Content-Type": "image/png"}), "not-text"),
        (answer(b"\x89PNG\r\n\x1a\n\0", headers={"Content-Type": ""}), "not-text"),
        (answer("<!doctype html><title>x</title><img src=scan.png>"), "unreadable"),
        (answer(b"%PDF-1.7 broken", headers={"Content-Type": "application/pdf"}), "unreadable"),
        (answer(b"\x81\x8d\x8f\x02\x03\x04" * 40), "undecodable"),
    ],
)
def test_what_keeps_a_page_from_being_read_is_the_finding_of_its_quotations(
    example: Database, web: Web, tmp_path: Path, served: bytes, state: str
) -> None:
    web.pages[POST] = served
    visited = at(web.visit_all(web.follower(example, tmp_path)), POST_URL)
    assert visited.seen.state == state
    assert {quote.finding for quote in visited.quotes} == {state}
    with example.reading() as session:
        (look,) = history_of_document(session, "post-2019-05-06", limit=5)
        assert (look.state, look.text_hash) == (state, None)
        assert look.reason.endswith(".")
        assert wording_changes(session, limit=5) == []


WALL = "<title>Facebook</title><p>You must log in to continue.<p>Log in<p>Sign up<p>© Meta 2026"
ELSEWHERE = "<title>Scores</title><p>The ferrymen lost by two to one on Sunday, and the rain won."


@pytest.mark.parametrize(
    ("served", "rule"),
    [
        (answer(WALL), "log-in"),
        (answer("<title>Страница не найдена</title><p>Страница не найдена<p>Меню"), "unavailable"),
        (answer("<title>Just a moment...</title><p>Checking your browser"), "person-check"),
        (answer("<div id=app></div><script src=app.js></script>"), "scripts"),
        (answer("", "302 Found", {"Location": "/"}), "front-page"),
        (answer("", "301 Moved Permanently", {"Location": "/login?next=1"}), "log-in"),
        (answer("", "302 Found", {"Location": "/2026/scores-of-the-week"}), "other-page"),
    ],
)
def test_a_page_that_shows_something_else_says_nothing_about_its_words(
    example: Database, web: Web, tmp_path: Path, served: bytes, rule: str
) -> None:
    web.pages |= {target: answer(ELSEWHERE) for target in ("/", "/login?next=1")}
    web.pages["/2026/scores-of-the-week"] = answer(ELSEWHERE)
    follower = web.follower(example, tmp_path)
    web.visit_all(follower)
    web.pages[POST] = served
    visited = at(web.visit_all(follower), POST_URL)
    assert (visited.seen.state, visited.seen.rule) == ("not-shown", rule)
    assert {quote.finding for quote in visited.quotes} == {"not-shown"}
    with example.reading() as session:
        look, before = history_of_document(session, "post-2019-05-06", limit=5)
        assert (look.state, look.rule, look.text_hash) == ("not-shown", rule, None)
        assert before.state == "read"
        # Neither “no longer on the page” nor a snapshot of the wall.
        assert wording_changes(session, limit=5) == []
        assert last_snapshots(session, [POST_URL])[POST_URL].number == before.number
        checks = last_checks_of_claim(session, "fire-cause").values()
        assert "not-shown" in {check.quote.finding for check in checks}


def test_a_page_with_the_quoted_words_is_shown_whatever_else_it_says(
    example: Database, web: Web, tmp_path: Path
) -> None:
    told = record_pages()[POST]
    assert isinstance(told, bytes)
    body = told.partition(b"\r\n\r\n")[2].decode()
    web.pages[POST] = answer(f"{body}<p>You must log in to continue.")
    visited = at(web.visit_all(web.follower(example, tmp_path)), POST_URL)
    assert visited.seen.state == "read"
    assert {quote.finding for quote in visited.quotes} == {"verbatim"}


def test_a_page_whose_label_is_wrong_has_its_words_and_one_of_mojibake_is_not_kept(
    example: Database, web: Web, tmp_path: Path
) -> None:
    told = record_pages()[POST]
    assert isinstance(told, bytes)
    body = told.partition(b"\r\n\r\n")[2].decode() + "<p>Ничего больше не сообщили — “нет”."
    follower = web.follower(example, tmp_path)
    labelled = {"Content-Type": "text/html; charset=windows-1251"}
    web.pages[POST] = answer(body.encode(), headers=labelled)
    visited = at(web.visit_all(follower), POST_URL)
    assert {quote.finding for quote in visited.quotes} == {"verbatim"}
    garbled = "Министерство обороны сообщило, что войска отведены".encode().decode("latin-1")
    web.pages[POST] = answer(f"<p>{garbled}".encode(), headers=labelled)
    visited = at(web.visit_all(follower), POST_URL)
    assert {quote.finding for quote in visited.quotes} == {"undecodable"}
    with example.reading() as session:
        assert history_of_document(session, "post-2019-05-06", limit=1)[0].text_hash is None
        assert wording_changes(session, limit=5) == []


def test_a_page_without_the_words_has_no_place_for_a_link_to_lead_to(
    example: Database, web: Web, tmp_path: Path
) -> None:
    follower = web.follower(example, tmp_path)
    web.visit_all(follower)
    with example.reading() as session:
        assert all(c.quote.directive for c in last_checks_of_claim(session, "fire-cause").values())
    web.pages[POST] = page("Nothing of it.")
    web.visit_all(follower)
    with example.reading() as session:
        found = [c.quote for c in last_checks_of_claim(session, "fire-cause").values()]
    assert {quote.directive for quote in found if quote.finding == "missing"} == {""}


def test_a_page_is_kept_once_as_long_as_its_text_stays(
    example: Database, web: Web, tmp_path: Path
) -> None:
    follower = web.follower(example, tmp_path)
    web.visit_all(follower)
    web.visit_all(follower)
    with example.reading() as session:
        second, first = history_of_document(session, "post-2019-05-06", limit=5)
        snapshot = last_snapshots(session, [POST_URL])[POST_URL]
    assert snapshot is not None
    assert second.snapshot == first.snapshot == first.number == snapshot.number
    assert second.text_hash == first.text_hash
    kept = Snapshots(tmp_path)
    assert "the mayor blamed arsonists" in kept.read_text(snapshot.taken.saved.text_hash)
    assert b"the mayor blamed arsonists" in kept.read_response(snapshot.taken.saved).body


def test_a_citation_added_later_is_checked_soon(
    example: Database, web: Web, tmp_path: Path
) -> None:
    follower = web.follower(example, tmp_path / "snapshots")
    web.visit_all(follower)
    copy = Path(shutil.copytree(EXAMPLE, tmp_path / "record"))
    file = copy / "claims" / "harbour" / "fire-dead.yaml"
    file.write_text(file.read_text().replace("almost 60 hurt", "60 hurt"))
    with example.writing() as session:
        by = Author("editor", datetime.now(UTC), "Checked against the page.")
        load_record(session, read_record(copy), by)
    done: list[Visited] = []
    Worker(follower, done.append, lambda *_: None).run(once=True)
    assert done
    with example.reading() as session:
        checks = last_checks_of_claim(session, "fire-dead").values()
        documents = whole_registers(session).documents
    assert {visited.url for visited in done} <= {entry.url for entry in documents.values()}
    assert "60 hurt" in {check.quote.quote for check in checks}


def test_an_archive_is_asked_once_for_a_copy(example: Database, web: Web, tmp_path: Path) -> None:
    asked = []

    def available(connection: object, request: object) -> None:
        asked.append(request)
        found = {
            "archived_snapshots": {
                "closest": {
                    "available": True,
                    "status": "200",
                    "url": "https://archive.example.org/web/20190507120000/x",
                    "timestamp": "20190507120000",
                }
            }
        }
        connection.sendall(  # type: ignore[attr-defined]
            answer(json.dumps(found), headers={"Content-Type": "application/json"})
        )

    class Any(dict):  # type: ignore[type-arg]
        def get(self, key: str, default: object = None) -> object:
            return available if key.startswith("/available") else super().get(key, default)

    hosts = [*record_hosts(), "archive.example.org"]
    with serving_pages(Any(record_pages()), hosts) as served:
        archive = Archive("wayback", "wayback", "https://archive.example.org/available")
        follower = served.follower(example, tmp_path, archive)
        served.visit_all(follower)
        first = len(asked)
        served.visit_all(follower)
    with example.reading() as session:
        (copy,) = copies_of(session, [POST_URL])[POST_URL]
    assert copy.copy_url == "https://archive.example.org/web/20190507120000/x"
    assert copy.copied_at.year == 2019
    assert len(asked) == first > 0


def test_the_address_that_a_page_declares_is_one_of_its_document(
    example: Database, web: Web, tmp_path: Path
) -> None:
    own = "https://www.post.example.org/blame-1"
    told = record_pages()[POST]
    assert isinstance(told, bytes)
    web.pages[POST] = answer(
        told.partition(b"\r\n\r\n")[2]
        .decode()
        .replace("<body>", f'<link rel="canonical" href="{own}"><body>')
    )
    with example.reading() as session:
        assert document_at(session, own) is None
    web.visit_all(web.follower(example, tmp_path))
    assert web.faults == []
    with example.reading() as session:
        assert document_at(session, own) == document_at(session, POST_URL) == "post-2019-05-06"
