"""Submissions at rest: saved whole, found, listed, and decided once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import text

from app.domain.contributing.records import Submission, SubmissionCheck, SubmittedQuote
from app.errors import BadQuery, NotFound
from app.storage.contributing.quotes import (
    bring_forward_pending,
    pending_at,
    pending_mark,
    pending_pages,
    save_submission_check,
)
from app.storage.contributing.submissions import (
    decide,
    find_statement,
    get_submission,
    list_submissions,
    new_submission_id,
    save_submission,
)
from app.storage.database.engine import Database
from app.storage.following.check_queue import finish, lease, plan
from app.storage.following.checks import save_page_check
from tests.storage.contribution_factories import QUOTE, a_key, a_submission, submit
from tests.storage.factories import NOON
from tests.storage.following_factories import URL, a_look

MINUTE = timedelta(minutes=1)
OTHER_URL = "https://daily.example/other"


def test_a_submission_comes_back_as_it_was_saved(database: Database) -> None:
    with database.writing() as session:
        key = a_key(session)
        quotes = (SubmittedQuote("c1", URL, QUOTE), SubmittedQuote("c2", OTHER_URL, "at dusk"))
        sent = submit(
            session,
            key,
            kind="claim",
            url=None,
            batch="monday",
            body='{"<b>":"ё\u200f"}',
            quotes=quotes,
        )
    with database.reading() as session:
        assert get_submission(session, sent.id) == sent
        assert sent.check is None


def test_a_submission_that_does_not_exist_is_not_found(database: Database) -> None:
    with database.reading() as session, pytest.raises(NotFound):
        get_submission(session, "nothing")


def test_the_same_statement_waits_only_once(database: Database) -> None:
    with database.writing() as session:
        key = a_key(session)
        first = submit(session, key, statement="same")
        second = a_submission(key, statement="same")
        assert not save_submission(session, second)
        assert find_statement(session, "same") == first
        assert list_submissions(session).total == 1


@pytest.mark.parametrize(
    ("state", "is_found"), [("accepted", True), ("rejected", False), ("withdrawn", False)]
)
def test_a_statement_may_be_submitted_again_once_the_other_is_decided(
    database: Database, state: str, is_found: bool
) -> None:
    with database.writing() as session:
        key = a_key(session)
        first = submit(session, key, statement="same")
        decide(session, first.id, state=state, by="Owl", at=NOON)  # type: ignore[arg-type]
        found = find_statement(session, "same")
        assert (found is not None and found.id == first.id) == is_found
        assert save_submission(session, a_submission(key, statement="same"))


def test_of_two_who_submit_the_same_at_once_one_is_told_that_it_waits(database: Database) -> None:
    with database.writing() as session:
        key = a_key(session)
    both_ready = Barrier(2)
    told: list[bool] = []

    def send() -> None:
        both_ready.wait()
        with database.writing() as session:
            told.append(save_submission(session, a_submission(key, statement="same")))

    threads = [Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == [False, True]


def test_a_submission_is_decided_once(database: Database) -> None:
    later = NOON + MINUTE
    with database.writing() as session:
        sent = submit(session, a_key(session))
        assert decide(session, sent.id, state="rejected", by="Owl", at=later, reason="No source.")
        assert not decide(session, sent.id, state="accepted", by="Jay", at=later)
    with database.reading() as session:
        assert get_submission(session, sent.id) == replace(
            sent, state="rejected", decided_by="Owl", decided_at=later, reason="No source."
        )


def test_submissions_are_listed_newest_first_and_page_by_page(database: Database) -> None:
    with database.writing() as session:
        key = a_key(session)
        sent = [submit(session, key, at=NOON + n * MINUTE).id for n in range(3)]
    with database.reading() as session:
        first = list_submissions(session, limit=2)
        assert [one.id for one in first.items] == [sent[2], sent[1]]
        rest = list_submissions(session, limit=2, cursor=first.next_cursor)
        assert ([one.id for one in rest.items], rest.next_cursor) == ([sent[0]], None)
        assert first.total == rest.total == 3
        queue = list_submissions(session, oldest_first=True)
        assert [one.id for one in queue.items] == sent
        with pytest.raises(BadQuery):
            list_submissions(session, oldest_first=True, cursor=first.next_cursor)


def test_a_list_holds_what_was_asked_for_alone(database: Database) -> None:
    with database.writing() as session:
        wren, crow = a_key(session, "Wren"), a_key(session, "Crow")
        of_wren = submit(session, wren, batch="monday", claim="bridge")
        of_crow = submit(session, crow, claim="harbour")
        decide(session, of_crow.id, state="withdrawn", by="Crow", at=NOON)

        def ids(**wanted: str) -> list[str]:
            return [one.id for one in list_submissions(session, **wanted).items]  # type: ignore[arg-type]

        assert ids(state="pending") == ids(batch="monday") == ids(claim="bridge") == [of_wren.id]
        assert ids(key=crow.id) == ids(author="Crow") == ids(state="withdrawn") == [of_crow.id]
        assert ids(state="pending", author="Crow") == []


def test_ids_sort_by_when_they_were_made() -> None:
    made = [new_submission_id(NOON + timedelta(milliseconds=n)) for n in range(20)]
    assert made == sorted(made)
    assert len(set(made) | {new_submission_id(NOON) for _ in range(20)}) == 40


def checked(session: object, sent: Submission, citation: str | None = None) -> SubmissionCheck:
    number = save_page_check(session, a_look())  # type: ignore[arg-type]
    check = SubmissionCheck(number, NOON, "verbatim", exact=QUOTE, context_before="They ")
    save_submission_check(session, sent.id, check, citation)  # type: ignore[arg-type]
    return check


def test_the_last_check_stands_on_its_submission(database: Database) -> None:
    with database.writing() as session:
        sent = submit(session, a_key(session))
        checked(session, sent)
        last = checked(session, sent)
        assert last.page_check == 2
        assert get_submission(session, sent.id).check == last


def test_each_quotation_of_a_proposed_claim_has_its_own_check(database: Database) -> None:
    quotes = (SubmittedQuote("c1", URL, QUOTE), SubmittedQuote("c2", URL, "at dusk"))
    with database.writing() as session:
        sent = submit(session, a_key(session), kind="claim", quotes=quotes)
        check = checked(session, sent, "c2")
        assert [quote.check for quote in get_submission(session, sent.id).quotes] == [None, check]


def test_what_no_database_stores_is_replaced_in_a_check(database: Database) -> None:
    with database.writing() as session:
        sent = submit(session, a_key(session))
        number = save_page_check(session, a_look())
        strange = SubmissionCheck(number, NOON, "altered", exact="a\0b\ud800")
        save_submission_check(session, sent.id, strange)
        found = get_submission(session, sent.id).check
        assert found == replace(strange, exact="a\ufffdb\ufffd")


def test_pages_are_wanted_as_long_as_a_submission_waits(database: Database) -> None:
    with database.writing() as session:
        key = a_key(session)
        marks = {pending_mark(session)}
        sent = submit(session, key)
        marks.add(pending_mark(session))
        other = submit(session, key, url=OTHER_URL, quotes=(SubmittedQuote("c1", OTHER_URL, "x"),))
        marks.add(pending_mark(session))
        assert pending_pages(session) == {URL: "daily.example", OTHER_URL: "daily.example"}
        part = f"{URL}#part-2"
        assert pending_at(session, [part]) == {part: [(sent.id, "c1", QUOTE)]}
        decide(session, sent.id, state="accepted", by="Owl", at=NOON)
        marks.add(pending_mark(session))
        assert pending_pages(session) == {OTHER_URL: "daily.example"}
        assert pending_at(session, [URL]) == {}
        assert pending_at(session, [OTHER_URL])[OTHER_URL][0].submission == other.id
        assert len(marks) == 4


def test_a_page_is_due_at_once_while_words_on_it_were_never_looked_for(database: Database) -> None:
    with database.writing() as session:
        plan(session, {URL: "daily.example"}, NOON)
        (held,) = lease(session, "w", NOON, most=1, seconds=60)
        assert finish(session, held, NOON, NOON + 100 * MINUTE, failed=False)
        sent = submit(session, a_key(session))
        bring_forward_pending(session, NOON + MINUTE)
        (held,) = lease(session, "w", NOON + MINUTE, most=1, seconds=60)
        assert finish(session, held, NOON + MINUTE, NOON + 100 * MINUTE, failed=False)
        checked(session, sent)
        bring_forward_pending(session, NOON + 2 * MINUTE)
        assert lease(session, "w", NOON + 2 * MINUTE, most=1, seconds=60) == []


def test_a_pending_submission_has_no_decision_and_a_decided_one_has(database: Database) -> None:
    with database.writing() as session:
        sent = submit(session, a_key(session))
    with pytest.raises(Exception, match="ck_submissions_decided"), database.writing() as session:
        session.execute(text("UPDATE submissions SET state = 'accepted'"))
    with database.reading() as session:
        assert get_submission(session, sent.id).state == "pending"
