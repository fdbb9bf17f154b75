from __future__ import annotations

import threading
from dataclasses import fields, replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.domain.records.page_checks import CheckedPage, CheckedQuote, PageCheck, PageCopy
from app.storage.database.engine import Database
from app.storage.following.checks import (
    check_number,
    copies_of,
    documents_at,
    get_snapshot,
    history_of_document,
    last_checks_of_claim,
    last_settled,
    last_snapshots,
    save_copy,
    save_page_check,
    wording_changes,
)
from tests.storage.factories import NOON, save, save_registers
from tests.storage.following_factories import (
    URL,
    a_change,
    a_document,
    a_failed_look,
    a_look,
    a_quote,
    a_snapshot,
)


def looked(page: PageCheck) -> CheckedPage:
    return CheckedPage(**{field.name: getattr(page, field.name) for field in fields(CheckedPage)})


def test_a_check_comes_back_as_it_was_saved(database: Database) -> None:
    quote = CheckedQuote(
        "bridge",
        "first",
        quote="the bridge was closed",
        finding="altered",
        exact="the bridge was open",
        prefix="They said ",
        suffix=" at dawn.",
        directive="text=the%20bridge%20was%20open",
        differences='[["same","the bridge was"],["quoted","closed"],["page","open"]]',
        context_before="They said",
        context_exact="the bridge was open",
        context_after="at dawn.",
    )
    look = a_look(final_url="https://daily.example/2026/bridge", rule="status", status=203)
    with database.writing() as session:
        number = save_page_check(session, look, [quote], taken=a_snapshot())
    with database.reading() as session:
        check = last_checks_of_claim(session, "bridge")["first"]
    assert check.quote == quote
    assert looked(check.page) == replace(look, snapshot=number)
    assert (check.page.number, check.page.text_hash) == (number, "a" * 64)


def test_checks_are_numbered_from_one_without_a_gap(database: Database) -> None:
    class Interruption(Exception):
        pass

    def interrupted() -> None:
        with database.writing() as session:
            save_page_check(session, a_look())
            raise Interruption

    with database.reading() as session:
        assert check_number(session) == 0
    with database.writing() as session:
        assert [save_page_check(session, a_look()) for _ in range(2)] == [1, 2]
    with pytest.raises(Interruption):
        interrupted()
    with database.writing() as session:
        assert save_page_check(session, a_look()) == 3
    with database.reading() as session:
        assert check_number(session) == 3


def test_a_check_that_is_saved_late_never_hides_behind_a_higher_number(database: Database) -> None:
    first_saved, second_asks = threading.Event(), threading.Event()
    numbers: list[int] = []

    def second() -> None:
        first_saved.wait(10)
        second_asks.set()
        with database.writing() as session:
            numbers.append(save_page_check(session, a_look(), changes=[a_change()]))

    other = threading.Thread(target=second)
    other.start()
    with database.writing() as session:
        numbers.append(save_page_check(session, a_look(), changes=[a_change()]))
        first_saved.set()
        second_asks.wait(10)
        other.join(0.2)
        assert numbers == [1]
    other.join(10)
    assert numbers == [1, 2]
    with database.reading() as session:
        assert [change.number for change in wording_changes(session, limit=9, since=0)] == [1, 2]


def test_the_last_check_of_each_citation_counts(database: Database) -> None:
    with database.writing() as session:
        both = [a_quote(citation="first"), a_quote(citation="second")]
        save_page_check(session, a_look(), both)
        save_page_check(session, a_failed_look(), [a_quote(finding="unreachable")])
        save_page_check(session, a_look(), [a_quote(claim="harbour", finding="missing")])
    with database.reading() as session:
        of_claim = last_checks_of_claim(session, "bridge")
        wanted = [("bridge", "second"), ("harbour", "first"), ("harbour", "nowhere")]
        of_several = last_settled(session, wanted)
        assert last_checks_of_claim(session, "nowhere") == last_settled(session, []) == {}
    assert {key: check.quote.finding for key, check in of_claim.items()} == {
        "first": "unreachable",
        "second": "verbatim",
    }
    assert {key: check.page.number for key, check in of_several.items()} == {
        ("bridge", "second"): 1,
        ("harbour", "first"): 3,
    }


def test_where_the_words_stood_last_is_known_while_the_page_is_away(database: Database) -> None:
    away = a_quote(finding="unreachable")
    with database.writing() as session:
        save_page_check(session, a_look(), [a_quote(prefix="Once "), a_quote(citation="second")])
        save_page_check(session, a_look(), [a_quote(prefix="Then ")])
        save_page_check(session, a_failed_look(), [away, a_quote(citation="third", finding="gone")])
        save_page_check(session, a_look(), [a_quote("harbour", finding="missing")])
    wanted = [("bridge", "first"), ("bridge", "third"), ("harbour", "first")]
    with database.reading() as session:
        settled = last_settled(session, wanted)
        assert last_settled(session, []) == {}
    assert {key: check.quote for key, check in settled.items()} == {
        ("bridge", "first"): a_quote(prefix="Then "),
        ("harbour", "first"): a_quote("harbour", finding="missing"),
    }


def test_a_document_has_the_history_of_its_page_newest_first(database: Database) -> None:
    with database.writing() as session:
        save_registers(session)
        save(session, "document", a_document("daily-1"))
        for look in (a_look(), a_failed_look(), a_look("https://daily.example/other"), a_look()):
            save_page_check(session, look)
    with database.reading() as session:
        history = history_of_document(session, "daily-1", limit=2)
        assert [(check.number, check.state) for check in history] == [
            (4, "read"),
            (2, "unreachable"),
        ]
        assert [
            check.number for check in history_of_document(session, "daily-1", limit=2, before=2)
        ] == [1]
        assert history_of_document(session, "nowhere", limit=2) == []


def test_documents_that_differ_in_the_fragment_alone_share_a_page(database: Database) -> None:
    with database.writing() as session:
        save_registers(session)
        save(session, "document", a_document("part-2", f"{URL}#part-2"))
        save(session, "document", a_document("part-1", f"{URL}#part-1"))
        save(session, "document", a_document("other", f"{URL}?part=1"))
        save(session, "document", a_document("none", None))
        save_page_check(session, a_look(f"{URL}#part-1"), taken=a_snapshot())
    with database.reading() as session:
        assert documents_at(session, f"{URL}#anything") == ["part-1", "part-2"]
        assert len(history_of_document(session, "part-2", limit=9)) == 1
        assert history_of_document(session, "other", limit=9) == []
        assert history_of_document(session, "none", limit=9) == []
        assert URL in last_snapshots(session, [URL])


def test_a_document_that_gets_another_address_leaves_its_old_page(database: Database) -> None:
    with database.writing() as session:
        save_registers(session)
        save(session, "document", a_document("daily-1"))
        save_page_check(session, a_failed_look())
        save(session, "document", a_document("daily-1", "https://daily.example/mended"))
    with database.reading() as session:
        assert history_of_document(session, "daily-1", limit=9) == []
        assert documents_at(session, URL) == []


def test_a_page_that_still_says_the_same_refers_to_its_first_snapshot(database: Database) -> None:
    with database.writing() as session:
        first = save_page_check(session, a_look(), taken=a_snapshot("a" * 64))
        save_page_check(session, a_look(snapshot=first), [a_quote()])
        same = last_checks_of_claim(session, "bridge")["first"].page
        changed = save_page_check(session, a_look(), taken=a_snapshot("b" * 64))
    assert (same.number, same.snapshot, same.text_hash) == (2, first, "a" * 64)
    with database.reading() as session:
        last = last_snapshots(session, [URL])[URL]
        assert last is not None
        assert (last.number, last.taken) == (changed, a_snapshot("b" * 64))
        assert (last.url, last.final_url, last.at, last.status) == (URL, URL, NOON, 200)
        assert get_snapshot(session, changed) == last
        assert get_snapshot(session, 2) is None
        assert last_snapshots(session, ["https://daily.example/other"]) == {}


def test_changed_wordings_are_read_newest_first_or_on_from_a_number(database: Database) -> None:
    with database.writing() as session:
        save_page_check(session, a_look(), changes=[a_change(), a_change("harbour")])
        save_page_check(session, a_look())
        later = a_look(at=NOON + timedelta(days=30))
        save_page_check(session, later, changes=[a_change(citation="second")])
    with database.reading() as session:
        newest = wording_changes(session, limit=2)
        assert [(change.number, change.page_check) for change in newest] == [(3, 3), (2, 1)]
        assert (newest[0].at, newest[0].changed) == (later.at, a_change(citation="second"))
        assert [change.number for change in wording_changes(session, limit=2, before=2)] == [1]
        assert [change.number for change in wording_changes(session, limit=2, since=0)] == [1, 2]
        assert [change.number for change in wording_changes(session, limit=2, since=2)] == [3]
        of_claim = wording_changes(session, limit=9, claim="harbour")
        assert [change.number for change in of_claim] == [2]


def test_an_archive_has_one_copy_of_a_page_the_last_that_was_found(database: Database) -> None:
    def copy(archive: str, days: int) -> PageCopy:
        copied = NOON - timedelta(days=days)
        return PageCopy(archive, f"https://{archive}.example/{days}/{URL}", copied, NOON)

    with database.writing() as session:
        save_copy(session, URL, copy("attic", 9))
        save_copy(session, URL, copy("cellar", 5))
        save_copy(session, f"{URL}#part-1", copy("attic", 3))
    with database.reading() as session:
        found = copies_of(session, [URL, f"{URL}#part-2", "https://daily.example/other"])
    assert found == {
        URL: [copy("cellar", 5), copy("attic", 3)],
        f"{URL}#part-2": [copy("cellar", 5), copy("attic", 3)],
        "https://daily.example/other": [],
    }


def test_what_strangers_write_can_always_be_stored(database: Database) -> None:
    nasty = "a\0b\ud800c"
    change = a_change(before=nasty, after=nasty)
    with database.writing() as session:
        look = a_look(final_url=nasty, reason=nasty)
        save_page_check(session, look, [a_quote(exact=nasty)], taken=a_snapshot(), changes=[change])
        save_copy(session, URL, PageCopy("attic", nasty, NOON, NOON))
    with database.reading() as session:
        check = last_checks_of_claim(session, "bridge")["first"]
        (stored,) = wording_changes(session, limit=1)
        (copied,) = copies_of(session, [URL])[URL]
    mended = "a\ufffdb\ufffdc"
    assert (check.quote.exact, check.page.final_url, check.page.reason) == (mended,) * 3
    assert (stored.changed.before, copied.copy_url) == (mended, mended)


def test_an_address_may_be_longer_than_an_index_takes(database: Database) -> None:
    long = "https://daily.example/" + "".join(f"{number:x}" for number in range(20_000))
    with database.writing() as session:
        save_registers(session)
        save(session, "document", a_document("daily-1", long))
        save_page_check(session, a_look(long), taken=a_snapshot())
        assert documents_at(session, long) == ["daily-1"]


@pytest.mark.parametrize("column", ["state = 'fine'", "snapshot = 99"])
def test_what_no_check_can_find_is_refused_by_the_database(database: Database, column: str) -> None:
    with database.writing() as session:
        save_page_check(session, a_look())
        with pytest.raises(IntegrityError):
            session.execute(text(f"UPDATE page_checks SET {column}"))
        session.rollback()
