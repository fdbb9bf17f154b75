"""Keys, answers that are given twice, and limits, at rest."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.domain.contributing.records import RememberedAnswer
from app.errors import NotFound, TooMany
from app.storage.contributing.api_keys import find_key, get_key, list_keys, mark_revoked, touch_key
from app.storage.contributing.idempotency import remember_answer, remembered_answer
from app.storage.contributing.rate_limit import consume
from app.storage.database.engine import Database
from tests.storage.contribution_factories import a_key
from tests.storage.factories import NOON

SECOND = timedelta(seconds=1)


def at_once(times: int, act: Callable[[], object]) -> list[object]:
    """What came of doing something several times, all begun at one moment."""
    ready = Barrier(times)

    def do() -> object:
        ready.wait()
        return act()

    with ThreadPoolExecutor(times) as pool:
        return [done.result() for done in [pool.submit(do) for _ in range(times)]]


def test_a_key_is_found_by_the_hash_of_its_secret_and_by_its_id(database: Database) -> None:
    with database.writing() as session:
        wren = a_key(session, "Wren", "moderator")
        a_key(session, "Crow", at=NOON + SECOND)
        assert find_key(session, "secret of Wren") == get_key(session, wren.id) == wren
        assert find_key(session, "Wren") is None
        assert [key.name for key in list_keys(session)] == ["Wren", "Crow"]
        with pytest.raises(NotFound):
            get_key(session, "nobody")


@pytest.mark.parametrize("told", ["id", "name"])
def test_a_key_is_revoked_by_its_id_or_name_once(database: Database, told: str) -> None:
    with database.writing() as session:
        wren, crow = a_key(session, "Wren"), a_key(session, "Crow")
        named = getattr(wren, told)
        assert mark_revoked(session, named, NOON)
        assert not mark_revoked(session, named, NOON + SECOND)
        assert find_key(session, "secret of Wren") == replace(wren, revoked_at=NOON)
        assert get_key(session, crow.id) == crow


def test_a_name_is_in_use_once_and_free_again_after_it_was_revoked(database: Database) -> None:
    with database.writing() as session:
        a_key(session, "Wren")
        mark_revoked(session, "Wren", NOON)
        session.execute(text("UPDATE api_keys SET secret_hash = 'another'"))
        a_key(session, "Wren")
    with pytest.raises(IntegrityError), database.writing() as session:
        session.execute(text("UPDATE api_keys SET revoked_at = NULL"))


def test_a_use_is_noted_at_most_once_a_minute(database: Database) -> None:
    with database.writing() as session:
        wren = a_key(session)
        noted = []
        for seconds in (0, 59, 60, 61):
            touch_key(session, wren.id, NOON + seconds * SECOND)
            noted.append(get_key(session, wren.id).last_used_at)
        assert noted == [NOON, NOON, NOON + 60 * SECOND, NOON + 60 * SECOND]


def test_an_answer_is_remembered_for_its_key_alone(database: Database) -> None:
    with database.writing() as session:
        wren, crow = a_key(session, "Wren"), a_key(session, "Crow")
        answered = RememberedAnswer("hash", 202, '{"id":"1"}')
        assert remembered_answer(session, wren.id, "once") is None
        remember_answer(session, wren.id, "once", answered)
        assert remembered_answer(session, wren.id, "once") == answered
        assert remembered_answer(session, wren.id, "twice") is None
        assert remembered_answer(session, crow.id, "once") is None


def test_of_requests_sent_at_once_only_the_first_acts(database: Database) -> None:
    with database.writing() as session:
        wren = a_key(session)

    def send() -> bool:
        with database.writing() as session:
            if remembered_answer(session, wren.id, "once"):
                return False
            remember_answer(session, wren.id, "once", RememberedAnswer("hash", 202, "{}"))
            return True

    assert sorted(at_once(4, send)) == [False, False, False, True]  # type: ignore[type-var]


def wait(
    database: Database, bucket: str = "wren", at: datetime = NOON, *, most: int = 1
) -> int | None:
    """After how many seconds one more may be counted; None where it was counted now."""
    try:
        with database.writing() as session:
            consume(session, bucket, at, limit=most, seconds=60)
    except TooMany as refused:
        return refused.retry_after
    return None


def test_what_is_beyond_a_limit_waits_until_the_window_ends(database: Database) -> None:
    def told(seconds: float, bucket: str = "wren") -> int | None:
        return wait(database, bucket, NOON + seconds * SECOND, most=2)

    assert [told(0), told(10)] == [None, None]
    assert [told(20), told(59.5)] == [40, 1]
    assert told(20, "crow") is None
    assert [told(60), told(61), told(62)] == [None, None, 58]


def test_a_transaction_that_fails_is_not_counted(database: Database) -> None:
    with database.writing() as session:
        consume(session, "wren", NOON, limit=1, seconds=60)
        session.rollback()
    assert wait(database) is None


def test_windows_that_are_over_are_forgotten(database: Database) -> None:
    with database.writing() as session:
        for number in range(3):
            consume(session, f"reader-{number}", NOON, limit=1, seconds=60)
        consume(session, "late", NOON + 60 * SECOND, limit=1, seconds=60)
        assert session.scalar(text("SELECT count(*) FROM rate_windows")) == 1


def test_no_hit_is_lost_where_many_count_at_once(database: Database) -> None:
    assert sorted(at_once(8, lambda: wait(database, most=5)), key=str) == [60, 60, 60, *[None] * 5]
