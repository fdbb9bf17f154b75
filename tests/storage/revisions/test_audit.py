"""Somebody with the database's password drops the guards and changes the past: it is found."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from app.domain.revisions.chain import GENESIS, Head, tombstone
from app.storage.database.engine import Database
from app.storage.revisions import log
from app.storage.revisions.audit import AuditResult, audit
from tests.domain.factories import account, cite, claim
from tests.storage.factories import append_body, put, save, save_registers, tamper

BRIDGE = claim("yes-no", account("yes", "yes", cite("n-min")))


@pytest.fixture
def record(database: Database) -> Database:
    """Five revisions of sides, of which the last is the newest of `north`."""
    with database.writing() as session:
        for name in ("north", "south", "west", "elsewhere", "north"):
            save(session, "side", {"id": name, "name": f"{name}, once more"})
    return database


def audited(database: Database, published: Head | None = None) -> AuditResult:
    with database.reading() as session:
        return audit(session, published)


def head(database: Database) -> Head:
    with database.reading() as session:
        return log.head(session)


# PostgreSQL takes no such value.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("UPDATE revisions SET at = 'x' WHERE number = 2", 2),
        ("UPDATE revisions SET author = X'ff' WHERE number IN (3, 4)", 3),
        ("UPDATE revisions SET author = CAST(X'ff' AS TEXT) WHERE number = 3", 3),
        ("UPDATE revision_bodies SET body = CAST(body AS BLOB) WHERE number = 2", 2),
        ("UPDATE revision_bodies SET body = CAST(X'ff' AS TEXT) WHERE number = 2", 2),
        ("UPDATE head SET number = 'x'", 0),
    ],
)
def test_what_cannot_be_read_is_a_fault_with_its_place(
    record: Database, statement: str, number: int
) -> None:
    tamper(record, statement)
    fault = audited(record).fault
    assert fault is not None
    assert fault.number == number


def test_a_head_that_is_gone_is_a_fault(record: Database) -> None:
    tamper(record, "DELETE FROM head")
    assert str(audited(record).fault).startswith("revision 0: the head is missing")


def test_an_empty_record_is_intact(database: Database) -> None:
    assert audited(database) == AuditResult(Head(0, GENESIS), 0, None)


def test_an_untouched_record_is_intact(database: Database) -> None:
    with database.writing() as session:
        save_registers(session)
        put(session, BRIDGE)
        put(session, BRIDGE.model_copy(update={"summary": "Now with a summary."}))
    result = audited(database, head(database))
    assert (result.is_intact, result.redacted, result.head) == (True, 0, head(database))


@pytest.mark.parametrize(
    ("statement", "number", "what"),
    [
        ('UPDATE revision_bodies SET body = \'{"id":"west"}\' WHERE number = 3', 3, "body"),
        ("UPDATE revisions SET author = 'another' WHERE number = 2", 2, "author"),
        ("UPDATE revisions SET at = '2020-01-01 00:00:00+00' WHERE number = 2", 2, "time"),
        ("UPDATE revisions SET reason = 'Another.' WHERE number = 5", 5, "reason"),
        ("UPDATE revisions SET subject_id = 'east' WHERE number = 4", 4, "subject"),
        ("UPDATE revisions SET origin = 'files' WHERE number = 1", 1, "hash"),
        ("UPDATE revisions SET hash = body_hash WHERE number = 3", 3, "hash"),
        ("UPDATE revisions SET previous_hash = hash WHERE number = 3", 3, "follow"),
        ("DELETE FROM revision_bodies WHERE number = 4", 4, "lost its body"),
        ("UPDATE head SET hash = 'f' || hash", 5, "head"),
        ("UPDATE head SET number = 4", 5, "head"),
        ("UPDATE head SET number = 9", 6, "missing"),
    ],
)
def test_a_change_is_found_where_it_was_made(
    record: Database, statement: str, number: int, what: str
) -> None:
    if record.is_sqlite:
        statement = statement.replace("+00'", ".000000'")
    tamper(record, statement)
    fault = audited(record).fault
    assert fault is not None
    assert (fault.number, what in fault.what) == (number, True), str(fault)


def test_a_revision_taken_out_is_missed(record: Database) -> None:
    tamper(
        record,
        "DELETE FROM revision_bodies WHERE number = 3",
        "DELETE FROM register_entries WHERE revision = 3",
        "DELETE FROM revisions WHERE number = 3",
    )
    assert str(audited(record).fault) == "revision 3: is missing."


def test_two_revisions_that_changed_places_are_found(record: Database) -> None:
    tamper(
        record,
        "UPDATE register_entries SET revision = 1 WHERE revision IN (2, 3)",
        "CREATE TABLE kept AS SELECT * FROM revision_bodies WHERE number IN (2, 3)",
        "DELETE FROM revision_bodies WHERE number IN (2, 3)",
        "UPDATE revisions SET number = 92 WHERE number = 2",
        "UPDATE revisions SET number = 2 WHERE number = 3",
        "UPDATE revisions SET number = 3 WHERE number = 92",
        "INSERT INTO revision_bodies SELECT 5 - number, body, engine, comparison FROM kept",
        "DROP TABLE kept",
    )
    fault = audited(record).fault
    assert fault is not None
    assert (fault.number, fault.what) == (2, "does not follow from the revision before it.")


def test_a_cut_tail_is_found_by_the_head_that_was_published(record: Database) -> None:
    published = head(record)
    cut_to_four = (
        "DELETE FROM revision_bodies WHERE number = 5",
        "DELETE FROM register_entries WHERE revision = 5",
        "DELETE FROM revisions WHERE number = 5",
        "UPDATE head SET number = 4, hash = (SELECT hash FROM revisions WHERE number = 4)",
        """INSERT INTO register_entries (kind, id, ordinal, name, body, revision)
           SELECT 'side', 'north', 0, 'north', body, 1 FROM revision_bodies WHERE number = 1""",
    )
    tamper(record, *cut_to_four)
    assert audited(record).is_intact
    fault = audited(record, published).fault
    assert fault is not None
    assert (fault.number, "5 was published" in fault.what) == (5, True)


def test_a_chain_written_anew_is_found_by_the_head_that_was_published(
    database: Database, record: Database
) -> None:
    published = head(record)
    tamper(
        record,
        "DELETE FROM register_entries",
        "DELETE FROM revision_bodies",
        "DELETE FROM revisions",
        f"UPDATE head SET number = 0, hash = '{GENESIS}'",
    )
    with record.writing() as session:
        for name in ("north", "south", "west", "elsewhere", "north", "north"):
            save(session, "side", {"id": name, "name": "another history"})
    assert audited(record).is_intact
    assert str(audited(record, published).fault) == (
        "revision 5: its hash is not the one that was published."
    )


def test_a_record_that_grew_since_it_was_published_is_intact(record: Database) -> None:
    published = head(record)
    with record.writing() as session:
        save(session, "side", {"id": "south", "name": "later"})
    assert audited(record, published).is_intact


def test_a_body_that_is_gone_counts_as_redacted_only_where_a_revision_signs_that(
    record: Database,
) -> None:
    with record.writing() as session:
        session.execute(text("UPDATE revision_bodies SET body = NULL WHERE number = 1"))
    fault = audited(record).fault
    assert fault is not None
    assert (fault.number, "signs" in fault.what) == (1, True)
    with record.writing() as session:
        append_body(session, "side", "south", reason="Redacted 1: of another subject")
    assert audited(record).fault == fault
    with record.writing() as session:
        append_body(session, "side", "north", reason="Redacted 3, 4: other revisions")
    assert audited(record).fault == fault
    with record.writing() as session:
        append_body(session, "side", "north", reason="Redacted 1, 3: a court demanded it")
    result = audited(record)
    assert (result.is_intact, result.redacted) == (True, 1)


def test_a_tombstone_signs_for_all_revisions_of_its_subject_under_any_of_its_ids(
    record: Database,
) -> None:
    with record.writing() as session:
        session.execute(text("UPDATE revision_bodies SET body = NULL WHERE number IN (1, 3, 5)"))
        append_body(session, "side", "north", tombstone("north"))
    assert str(audited(record).fault).startswith("revision 3: ")
    with record.writing() as session:
        append_body(session, "side", "far-west", tombstone("far-west", ["west"]))
    result = audited(record)
    assert (result.is_intact, result.redacted) == (True, 3)
