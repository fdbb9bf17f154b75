"""Lists of keys that are longer than a statement of either database takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.storage.claims.citations import cited_at, count_citations
from app.storage.claims.documents import get_claims
from app.storage.contributing.quotes import pending_at
from app.storage.contributing.submissions import quotes_of
from app.storage.database.bulk import batched
from app.storage.database.engine import Database
from app.storage.following.checks import copies_of, last_settled, last_snapshots
from app.storage.redaction import delete_checks, delete_snapshots, pages_cited
from app.storage.registers.entries import entries_for_claims, get_entries, ids_in_use
from app.storage.revisions.log import bodies, empty_bodies
from app.storage.revisions.past import bodies_as_of
from app.storage.search.ids import names_of
from app.storage.search.rows import delete_entry_texts
from tests.counting import counted
from tests.domain.factories import account, cite, claim
from tests.storage.factories import put, save, save_registers

BEYOND_SQLITE, BEYOND_POSTGRESQL = 300_000, 70_000
MANY, MAX_PARAMETERS = 4_000, 2_000

IDS = [f"id-{number}" for number in range(MANY)]
NUMBERS = range(10**6, 10**6 + MANY)
URLS = [f"https://example.org/{key}" for key in IDS]
READ_AND_WRITTEN: dict[str, Callable[[Session], Any]] = {
    "get_claims": lambda session: get_claims(session, IDS),
    "entries_for_claims": lambda session: entries_for_claims(session, IDS),
    "get_entries": lambda session: get_entries(session, [("speaker", key) for key in IDS]),
    "ids_in_use": lambda session: ids_in_use(session, IDS),
    "names_of": lambda session: names_of(session, [("claim", key) for key in IDS]),
    "names_of_entries": lambda session: names_of(session, [("place", key) for key in IDS]),
    "count_citations": lambda session: count_citations(session, "speaker", IDS),
    "cited_at": lambda session: cited_at(session, URLS),
    "pages_cited": lambda session: pages_cited(session, URLS),
    "copies_of": lambda session: copies_of(session, URLS),
    "last_snapshots": lambda session: last_snapshots(session, URLS),
    "last_settled": lambda session: last_settled(session, [(key, key) for key in IDS]),
    "pending_at": lambda session: pending_at(session, URLS),
    "quotes_of": lambda session: quotes_of(session, IDS),
    "bodies": lambda session: bodies(session, NUMBERS),
    "bodies_as_of": lambda session: bodies_as_of(session, {("side", key) for key in IDS}, 9),
    "empty_bodies": lambda session: empty_bodies(session, NUMBERS),
    "delete_checks": lambda session: delete_checks(session, "none", IDS),
    "delete_snapshots": lambda session: delete_snapshots(session, NUMBERS),
    "delete_entry_texts": lambda session: delete_entry_texts(session, "place", IDS),
}


@pytest.fixture(scope="module")
def record(module_database: Database) -> Database:
    with module_database.writing() as session:
        save_registers(session)
        put(session, claim("yes-no", account("yes", "yes", cite("n-min")), id="bridge"))
    return module_database


@pytest.mark.parametrize("name", READ_AND_WRITTEN)
def test_no_statement_names_all_keys_of_a_long_list(record: Database, name: str) -> None:
    with counted(record) as asked, record.writing() as session:
        READ_AND_WRITTEN[name](session)
    assert len(asked.statements) > 1
    assert max(map(len, asked.parameters)) <= MAX_PARAMETERS


def test_every_claim_of_a_long_record_is_read_by_its_id(record: Database) -> None:
    many = BEYOND_SQLITE if record.is_sqlite else BEYOND_POSTGRESQL
    ids = [*(f"id-{number}" for number in range(many)), "bridge"]
    with record.reading() as session:
        assert list(get_claims(session, ids)) == ["bridge"]


@pytest.mark.parametrize("module_url", ["sqlite"], indirect=True)
def test_entries_are_saved_and_indexed_without_reading_their_registers(record: Database) -> None:
    with counted(record) as asked, record.writing() as session:
        save(session, "publisher", {"id": "wire", "name": "The Wire", "kind": "agency"})
        put(session, claim("yes-no", account("no", "no", cite("n-min")), id="ferry"))
    assert asked.scans(record) == []
    with record.reading() as session:
        assert names_of(session, [("publisher", "wire"), ("claim", "ferry")]).keys() == {
            ("publisher", "wire"),
            ("claim", "ferry"),
        }


def test_items_come_in_their_order_and_none_twice() -> None:
    assert [list(some) for some in batched("abcde", 2)] == [["a", "b"], ["c", "d"], ["e"]]
    assert sorted(key for some in batched({"b", "a"}) for key in some) == ["a", "b"]
    assert list(batched([])) == []
