"""What an address that leads nowhere may have meant, in a record of any size."""

from __future__ import annotations

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.queries.search import near_address
from app.storage import tables
from app.storage.database.engine import Database
from app.storage.search.ids import NEIGHBOURS, ids_near
from tests.storage.factories import append_body, save

MANY = 60_000


@pytest.fixture(scope="module")
def crowded(module_database: Database) -> Database:
    """A register of 60,000 documents, and two that somebody is looking for."""
    with module_database.writing() as session:
        save(session, "publisher", {"id": "wire", "name": "The Wire", "kind": "agency"})
        number = append_body(session).number
        rows = [document(f"report-{n:05}", number, n) for n in range(MANY)]
        rows += [document("zeta-gazette", number, MANY), document("ferry-log", number, MANY + 1)]
        session.execute(insert(tables.register_entries), rows)
    return module_database


def document(key: str, revision: int, ordinal: int) -> dict[str, object]:
    return {
        "kind": "document",
        "id": key,
        "ordinal": ordinal,
        "name": key.upper(),
        "body": "{}",
        "revision": revision,
        "publisher": "wire",
    }


def near(session: Session, key: str) -> list[str]:
    return [found.id for found in near_address(session, "document", key)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("zeta-gazete", "zeta-gazette"),  # what comes after the first 50,000 is found as well
        ("eta-gazette", "zeta-gazette"),
        ("fery-log", "ferry-log"),
        ("fferry-log", "ferry-log"),
        ("efrry-log", "ferry-log"),
        ("xerry-log", "ferry-log"),
        ("Ferry_Log", "ferry-log"),
        ("report-x48213", "report-48213"),
    ],
)
def test_a_slip_of_the_pen_is_found_among_any_number(
    crowded: Database, typed: str, meant: str
) -> None:
    with crowded.reading() as session:
        found = near(session, typed)
    assert meant in found
    assert len(found) <= 5


def test_as_many_ids_are_compared_as_in_a_small_record(crowded: Database) -> None:
    with crowded.reading() as session:
        assert len(ids_near(session, "document", "report-30000")) <= 2 * NEIGHBOURS + 200


@pytest.mark.parametrize("typed", ["", "\0", "-", "zzzzzzz", "x" * 5000, "\ud800"])
def test_what_nothing_is_near_to_is_no_fault(crowded: Database, typed: str) -> None:
    with crowded.reading() as session:
        assert near(session, typed) == []
