from __future__ import annotations

import hashlib
import json
import threading

import pytest

from app.domain.revisions.chain import Head
from app.errors import NotFound
from app.storage.database.engine import Database
from app.storage.revisions.audit import audit
from app.storage.revisions.log import append, bodies, get, head, history, list_changes, newest
from tests.storage.factories import NOON, append_body, save


def test_numbers_count_from_one_and_each_hash_follows_from_the_one_before(
    database: Database,
) -> None:
    with database.writing() as session:
        made = [append_body(session, key=key) for key in ("north", "south", "north")]
    assert [revision.number for revision in made] == [1, 2, 3]
    assert made[0].previous_hash == "0" * 64
    assert [revision.previous_hash for revision in made[1:]] == [made[0].hash, made[1].hash]
    with database.reading() as session:
        assert head(session) == Head(3, made[2].hash)


def test_a_mirror_can_compute_the_hash_from_what_is_public(database: Database) -> None:
    body = {"name": "Թթենի", "id": "north"}
    with database.writing() as session:
        revision = append_body(session, body=body)
    text = '{"id":"north","name":"Թթենի"}'
    covered = {
        "at": "2026-11-03T12:00:00.000000Z",
        "author": "a moderator",
        "body_hash": hashlib.sha256(text.encode()).hexdigest(),
        "number": 1,
        "origin": "api",
        "previous_hash": "0" * 64,
        "reason": "It was so.",
        "subject_id": "north",
        "subject_kind": "side",
    }
    line = json.dumps(covered, ensure_ascii=False, separators=(",", ":"))
    assert revision.hash == hashlib.sha256(line.encode()).hexdigest()


def test_a_body_is_kept_to_the_letter_with_its_engine_and_comparison(database: Database) -> None:
    with database.writing() as session:
        revision = append(
            session,
            "claim",
            "bridge",
            {"id": "bridge", "b": 1, "a": "“Ə”\n"},
            author="loader",
            origin="files",
            reason="Loaded.",
            at=NOON,
            engine="1",
            comparison={"state": "agreed"},
        )
    with database.reading() as session:
        stored = get(session, revision.number)
        texts = bodies(session, [1, 2])
    assert stored.revision == revision
    assert stored.body == '{"a":"“Ə”\\n","b":1,"id":"bridge"}'
    assert (stored.engine, stored.comparison) == ("1", '{"state":"agreed"}')
    assert texts == {1: stored.body}


def test_what_json_does_not_have_is_refused_before_it_is_stored(database: Database) -> None:
    with database.writing() as session:
        with pytest.raises(ValueError, match="JSON"):
            append_body(session, body={"id": "north", "latitude": float("nan")})
        assert head(session).number == 0


def test_changes_since_a_number_come_in_order_and_are_bounded(database: Database) -> None:
    with database.writing() as session:
        made = [append_body(session) for _ in range(5)]
    with database.reading() as session:
        assert list_changes(session, 0, 3) == made[:3]
        assert list_changes(session, 3, 3) == made[3:]
        assert list_changes(session, 5, 3) == []
        assert list_changes(session, 10**30, 3) == []
        assert list_changes(session, -(10**30), 1) == made[:1]


def test_a_subject_has_its_own_history_newest_first(database: Database) -> None:
    with database.writing() as session:
        first = append_body(session, "side", "north")
        append_body(session, "body", "north")
        append_body(session, "side", "south")
        last = append_body(session, "side", "north")
    with database.reading() as session:
        assert history(session, "side", "north") == [last, first]
        assert newest(session, "side", "north") == last
        assert history(session, "side", "nobody") == []
        assert newest(session, "side", "nobody") is None


@pytest.mark.parametrize("number", [0, -1, 2, 2**31, 10**30])
def test_a_number_that_the_chain_does_not_reach_is_not_found(
    database: Database, number: int
) -> None:
    with database.writing() as session:
        append_body(session)
    with database.reading() as session, pytest.raises(NotFound):
        get(session, number)


def test_eight_writers_at_once_leave_no_gap_in_the_chain(database: Database) -> None:
    def write(name: str) -> None:
        try:
            for turn in range(12):
                with database.writing() as session:
                    save(session, "side", {"id": name, "name": f"version {turn}"})
        except BaseException as fault:  # noqa: BLE001 - told below, in the test's own thread
            faults.append(fault)

    faults: list[BaseException] = []
    writers = [threading.Thread(target=write, args=(f"side-{n}",)) for n in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert faults == []
    with database.reading() as session:
        made = list_changes(session, 0, 200)
        assert [revision.number for revision in made] == list(range(1, 97))
        assert audit(session).is_intact


def test_a_number_whose_transaction_failed_is_given_again(database: Database) -> None:
    def fail_after_appending() -> None:
        with database.writing() as session:
            append_body(session)
            append_body(session, body={"id": "north", "latitude": float("inf")})

    with pytest.raises(ValueError, match="JSON"):
        fail_after_appending()
    with database.writing() as session:
        assert append_body(session).number == 1
