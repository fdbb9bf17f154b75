"""Somebody changes what readers see, and leaves the chain alone: it is found and named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Boolean, Column, Integer, LargeBinary, Table, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session
from sqlalchemy.types import BigInteger, DateTime, Float

from app.domain.values.base import canonical
from app.services.record.append_revision import Author
from app.services.record.audit import audit_whole, repair
from app.services.record.derive import Derivation, scratch_database
from app.services.record.redact import redact_subject
from app.storage.claims.documents import get_claim
from app.storage.database.engine import Database, missing_guards
from app.storage.derived_tables import (
    NOT_COMPARED,
    NOT_DERIVED,
    Difference,
    derived_tables,
    differences,
)
from app.storage.following.snapshots import Snapshots
from app.storage.tables.columns import Base
from tests.loaded import NOON
from tests.storage.factories import tamper

BY = Author("a court", NOON, "ordered so", "api")
KEYS = {"search_rows": {"claim", "kind", "id", "number"}}


@pytest.fixture(scope="module", name="derived")
def derive_once(module_example: Database) -> Iterator[Session]:
    """What the chain of the example makes."""
    with scratch_database() as scratch, scratch.writing() as target:
        with module_example.reading() as source:
            Derivation(source, target).run()
        yield target


def found_after(database: Database, derived: Session, *statements: str) -> list[Difference]:
    """The differences that some changes make, which are then undone."""
    with Session(database.engine) as session:
        if database.is_sqlite:
            session.execute(text("PRAGMA defer_foreign_keys = ON"))
        else:
            session.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            changed = session.execute(text(statement))
            assert changed.rowcount > 0, f"nothing to change: {statement}"  # type: ignore[attr-defined]
        found = list(differences(session, derived))
        session.rollback()
    return found


def test_the_example_as_it_was_loaded_differs_in_nothing(
    module_example: Database, derived: Session
) -> None:
    with module_example.reading() as session:
        assert list(differences(session, derived)) == []


def test_every_table_is_derived_or_says_why_it_cannot_be() -> None:
    known = {table.name for table in derived_tables()} | NOT_DERIVED.keys()
    assert {table.name for table in Base.metadata.sorted_tables} == known
    assert NOT_COMPARED.keys() <= known


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE claims SET state = 'agreed' WHERE state = 'disputed'", "claims"),
        ("UPDATE claims SET question = 'Nothing happened?' WHERE id = 'fire-dead'", "fire-dead"),
        ("UPDATE claims SET comparison = '{}' WHERE id = 'fire-dead'", "fire-dead: comparison"),
        ("UPDATE claim_pairs SET relation = 'same'", "claim_pairs"),
        ("UPDATE claim_sides SET position = 'silent' WHERE position <> 'silent'", "claim_sides"),
        ("UPDATE former_ids SET id = 'fire-dead' WHERE kind = 'claim'", "former_ids claim"),
        ("UPDATE accounts SET answer = '9999' WHERE claim = 'fire-dead'", "answer is “9999”"),
        ("UPDATE accounts SET wording = 'it was so' WHERE wording IS NOT NULL", "wording"),
        ("DELETE FROM citations WHERE claim = 'fire-dead'", "the row is missing"),
        ("UPDATE dossier_documents SET citations = citations + 1", "citations is"),
    ],
)
def test_a_falsified_word_is_named_with_its_place(
    module_example: Database, derived: Session, statement: str, place: str
) -> None:
    found = [str(each) for each in found_after(module_example, derived, statement)]
    assert any(place in each for each in found), found


@pytest.mark.parametrize("table", derived_tables(), ids=lambda table: table.name)
def test_every_derived_column_is_compared(
    module_example: Database, derived: Session, table: Table
) -> None:
    keys = KEYS.get(table.name) or {column.name for column in table.primary_key}
    for column in table.columns:
        if column.name in keys or column.name in NOT_COMPARED.get(table.name, {}):
            continue
        statement = changing(table, column, is_sqlite=module_example.is_sqlite)
        found = found_after(module_example, derived, statement)
        assert {(each.table, each.column) for each in found} >= {(table.name, column.name)}, column


@pytest.mark.parametrize("table", derived_tables(), ids=lambda table: table.name)
def test_every_missing_row_is_missed(
    module_example: Database, derived: Session, table: Table
) -> None:
    found = found_after(module_example, derived, f"DELETE FROM {table.name}")
    assert {each.table for each in found} >= {table.name}


def changing(table: Table, column: Column[object], *, is_sqlite: bool) -> str:
    """A statement that changes a column of one row of a table."""
    name = f'"{column.name}"'
    key = ", ".join(f'"{each.name}"' for each in table.primary_key)
    one = f"({key}) IN (SELECT {key} FROM {table.name} ORDER BY {key} LIMIT 1)"
    kind = column.type
    if column.name == "words" and table.name == "search_rows":
        value = "'nothing of the kind'"
    elif column.name == "revision":
        value = "1"  # of no other claim, as a constraint demands
    elif isinstance(kind, Boolean):
        value = f"NOT {name}"
    elif isinstance(kind, Integer | BigInteger | Float):
        value = f"coalesce({name}, 0) + 1"
    elif isinstance(kind, LargeBinary):
        value = "X'ff'" if is_sqlite else "'\\xff'"
    elif isinstance(kind, DateTime) or column.name == "changed_at":
        value = "'2020-01-01 00:00:00.000000'" if is_sqlite else "'2020-01-01 00:00:00+00'"
    else:
        value = f"coalesce({name}, '') || 'x'"
    return f"UPDATE {table.name} SET {name} = {value} WHERE {one}"


def test_the_whole_audit_names_all_places_and_a_repair_puts_them_right(example: Database) -> None:
    tamper(
        example,
        "UPDATE claims SET state = 'agreed' WHERE state = 'disputed'",
        "UPDATE claim_sides SET position = 'silent' WHERE position <> 'silent'",
        "UPDATE register_entries SET name = 'x' WHERE kind = 'place' AND id = 'breakwater'",
        "UPDATE search_rows SET words = 'x' WHERE kind = 'claim'",
    )
    with example.reading() as session:
        found = audit_whole(session)
    assert not found.is_intact
    assert found.chain.is_intact
    for table in ("claims", "claim_sides", "register_entries place, breakwater", "search_rows"):
        assert any(fault.startswith(table) for fault in found.faults), table
        assert missing_guards(session.connection()) != []
    with example.writing() as session:
        assert repair(session).is_intact
    with example.reading() as session:
        assert audit_whole(session).faults == ()
        assert missing_guards(session.connection()) == []
    with example.writing() as session, pytest.raises(DatabaseError, match="never changed"):
        session.execute(text("UPDATE revisions SET author = 'x' WHERE number = 1"))


def test_a_comparison_that_was_changed_in_a_revision_is_named(example: Database) -> None:
    with example.reading() as session:
        stored = get_claim(session, "fire-dead")
    state = json.loads(stored.comparison)["state"]
    falsified = f"""replace(comparison, '"state"\\:"{state}"', '"state"\\:"agreed"')"""
    tamper(
        example,
        f"UPDATE revision_bodies SET comparison = {falsified} WHERE number = {stored.revision}",
    )
    with example.reading() as session:
        (fault,) = audit_whole(session).faults
    assert fault.startswith(f"revision {stored.revision}: its comparison is not what the claim")


def test_a_lost_comparison_of_a_revision_is_named(example: Database) -> None:
    with example.reading() as session:
        stored = get_claim(session, "fire-dead")
    tamper(
        example, f"UPDATE revision_bodies SET comparison = NULL WHERE number = {stored.revision}"
    )
    with example.reading() as session:
        (fault,) = audit_whole(session).faults
    assert "has lost the comparison" in fault


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("engine = '4'", "was not made by the engine it is said to be of, “4”"),
        ("engine = '999'", "an engine that never was: “999”"),
        ("engine = ''", "an engine that never was"),
        ("engine = NULL", "has lost the comparison"),
        ("engine = NULL, comparison = NULL", "has lost the comparison"),
        ("engine = '4', comparison = '{'", "its comparison cannot be read"),
        ("engine = '4', comparison = '{}'", "was not made by the engine"),
    ],
)
def test_no_falsified_comparison_hides_behind_an_engines_name(
    example: Database, change: str, what: str
) -> None:
    with example.reading() as session:
        stored = get_claim(session, "fire-dead")
    tamper(example, f"UPDATE revision_bodies SET {change} WHERE number = {stored.revision}")
    with example.reading() as session:
        (fault,) = audit_whole(session).faults
    assert fault.startswith(f"revision {stored.revision}: ")
    assert what in fault


@pytest.mark.parametrize(
    ("state", "not_proved"),
    [("its own", 0), ("agreed", 1)],
    ids=["that this engine makes as well", "that it does not make"],
)
def test_a_comparison_of_an_older_engine_is_proved_or_named(
    example: Database, state: str, not_proved: int
) -> None:
    with example.reading() as session:
        stored = get_claim(session, "fire-dead")
    said = json.loads(stored.comparison)
    said["engine"] = "4"
    if state == "agreed":
        said["state"] = state
    body = canonical(said).replace(":", "\\:").replace("'", "''")
    tamper(
        example,
        f"UPDATE revision_bodies SET engine = '4', comparison = '{body}'"
        f" WHERE number = {stored.revision}",
    )
    with example.reading() as session:
        found = audit_whole(session)
    assert found.is_intact
    assert found.not_derived == (stored.revision,) * not_proved


# PostgreSQL takes no such value.
@pytest.mark.parametrize("example_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE claims SET question = CAST(X'ff' AS TEXT)", "claims alarm-duty: question"),
        ("UPDATE claims SET changed_at = 'x'", "claims alarm-duty: changed_at"),
        ("UPDATE claims SET changed_at = '2026-02-30 10:00:00.000000'", "changed_at"),
        ("UPDATE claims SET changed_at = '2026-02-20 10:00:00.x'", "changed_at"),
        ("UPDATE claim_facets SET slot = 'x' || slot", "claim_facets alarm-duty: slot"),
        ("UPDATE facet_bits SET bits = 'x'", "facet_bits harbour, "),
        ("UPDATE search_rows SET id = X'ff' WHERE kind = 'claim'", "search_rows "),
        ("UPDATE claim_sides SET searched = 'x'", "claim_sides alarm-duty, oskel: searched"),
        ("UPDATE register_entries SET ordinal = 'x'", "ordinal"),
        ("UPDATE register_entries SET name = CAST(X'ff' AS TEXT) WHERE kind = 'side'", "name"),
    ],
)
def test_what_no_column_can_hold_is_named_and_repaired(
    example: Database, statement: str, place: str
) -> None:
    tamper(example, statement)
    with example.reading() as session:
        assert place in audit_whole(session).faults[0]
    with example.writing() as session:
        assert repair(session).is_intact
    with example.reading() as session:
        assert audit_whole(session).faults == ()


def test_a_redacted_record_is_intact_and_says_what_cannot_be_derived(
    example: Database, tmp_path: Path
) -> None:
    snapshots = Snapshots(tmp_path / "snapshots")
    with example.writing() as session:
        redact_subject(session, snapshots, "claim", "fire-date", BY)
    with example.reading() as session:
        found = audit_whole(session)
    assert (found.faults, found.chain.redacted) == ((), 1)
    # Its former id leads nowhere else.
    with example.writing() as session:
        repair(session)
    with example.reading() as session:
        assert audit_whole(session).is_intact


def test_comparisons_of_another_version_are_brought_up_to_date_first(example: Database) -> None:
    tamper(example, "UPDATE claims SET engine = '0' WHERE id = 'fire-dead'")
    with example.reading() as session:
        found = audit_whole(session)
    assert not found.is_intact
    assert found.stale is not None
    assert "variorum migrate" in found.stale


def test_a_broken_chain_is_not_repaired(example: Database) -> None:
    tamper(example, "UPDATE revisions SET author = 'another' WHERE number = 2")
    with example.writing() as session:
        assert not repair(session).is_intact
