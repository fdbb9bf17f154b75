from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.records.claims import Claim
from app.errors import BadQuery
from app.storage.database.engine import Database
from app.storage.following.check_queue import finish, lease, plan
from app.storage.following.checks import save_page_check
from app.storage.following.link_health import LinkCount, count_links, link_health
from tests.domain.factories import account, cite, claim
from tests.storage.factories import NOON, put, save, save_registers
from tests.storage.following_factories import a_document, a_failed_look, a_look, a_quote, a_snapshot

MONTH = timedelta(days=30)


def page(key: str) -> str:
    return f"https://{key}.example/page"


@pytest.fixture
def cited() -> Claim:
    """Three citations of the daily's document, and one of the weekly's."""
    said = [cite("n-min", document="daily-doc") for _ in range(3)]
    return claim("yes-no", account("yes", "yes", *said, cite("n-min", document="weekly-doc")))


@pytest.fixture
def looked_at(database: Database, cited: Claim) -> Database:
    """A page that was read after it had failed, one that failed, one that nobody looked at."""
    first, second, _, fourth = (citation.id for _, citation in cited.citations())
    with database.writing() as session:
        save_registers(session)  # whose documents have no address
        for key, publisher in (("daily", "daily"), ("weekly", "weekly"), ("wire", "wire")):
            save(
                session,
                "document",
                a_document(f"{key}-doc", page(f"{key}-doc"), publisher=publisher),
            )
        put(session, cited)
        plan(session, {page(f"{key}-doc"): key for key in ("daily", "weekly")}, NOON)
        for leased in lease(session, "a worker", NOON, most=9, seconds=60):
            finish(session, leased, NOON, NOON + MONTH, failed=leased.host == "weekly")
        bad = [a_quote(cited.id, key, finding="gone") for key in (first, second)]
        save_page_check(session, a_failed_look(page("daily-doc"), state="gone"), bad)
        good = [a_quote(cited.id, first), a_quote(cited.id, second, finding="altered")]
        save_page_check(session, a_look(page("daily-doc")), good, taken=a_snapshot())
        lost = a_quote(cited.id, fourth, finding="unreachable")
        save_page_check(session, a_failed_look(page("weekly-doc")), [lost])
    return database


def test_a_link_has_its_last_check_and_what_became_of_its_citations(looked_at: Database) -> None:
    with looked_at.reading() as session:
        links = link_health(session)
    daily, weekly, wire = links.items
    assert (links.total, links.next_cursor) == (3, None)
    assert (daily.document.id, daily.document.publisher) == ("daily-doc", "daily")
    assert daily.check is not None
    assert (daily.check.number, daily.check.state, daily.check.text_hash) == (2, "read", "a" * 64)
    assert daily.findings == {"verbatim": 1, "altered": 1, "unchecked": 1}
    assert (daily.failures, daily.due_at) == (0, NOON + MONTH)
    assert weekly.check is not None
    assert (weekly.check.state, weekly.check.rule, weekly.failures) == ("unreachable", "timeout", 1)
    assert weekly.findings == {"unreachable": 1}
    assert (wire.check, wire.failures, wire.due_at, wire.findings) == (None, 0, None, {})


def test_links_are_found_by_publisher_and_state(looked_at: Database) -> None:
    with looked_at.reading() as session:
        found = {
            state: [link.document.id for link in link_health(session, state=state).items]
            for state in ("read", "gone", "unreachable", "unchecked")
        }
        of_wire = link_health(session, publisher="wire")
        neither = link_health(session, publisher="wire", state="read")
    assert found == {
        "read": ["daily-doc"],
        "gone": [],
        "unreachable": ["weekly-doc"],
        "unchecked": ["wire-doc"],
    }
    assert ([link.document.id for link in of_wire.items], of_wire.total) == (["wire-doc"], 1)
    assert (neither.items, neither.total) == ((), 0)


def test_links_are_counted_by_publisher_and_state(looked_at: Database) -> None:
    with looked_at.writing() as session:
        save(session, "document", a_document("daily-2"))
        save(session, "document", a_document("daily-3"))
        assert count_links(session) == [
            LinkCount("daily", "read", 1),
            LinkCount("daily", "unchecked", 2),
            LinkCount("weekly", "unreachable", 1),
            LinkCount("wire", "unchecked", 1),
        ]


def test_pages_of_links_follow_each_other(looked_at: Database) -> None:
    with looked_at.reading() as session:
        first = link_health(session, limit=2)
        second = link_health(session, limit=2, cursor=first.next_cursor)
        with pytest.raises(BadQuery):
            link_health(session, limit=0)
        with pytest.raises(BadQuery):
            link_health(session, cursor="nonsense")
    assert [link.document.id for link in first.items] == ["daily-doc", "weekly-doc"]
    assert [link.document.id for link in second.items] == ["wire-doc"]
    assert (second.next_cursor, second.total) == (None, 3)


def test_a_document_at_a_new_address_is_unchecked_again(looked_at: Database) -> None:
    with looked_at.writing() as session:
        save(session, "document", a_document("daily-doc", "https://daily-doc.example/moved"))
        (link,) = link_health(session, publisher="daily").items
    assert (link.check, link.due_at) == (None, None)


def test_without_any_document_there_is_no_link(database: Database) -> None:
    with database.reading() as session:
        assert link_health(session).items == ()
        assert count_links(session) == []
