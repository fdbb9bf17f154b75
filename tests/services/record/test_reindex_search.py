"""An index that is behind is made anew."""

from __future__ import annotations

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.search.query import query_of
from app.services.record.reindex_search import index_stale
from app.storage.database.engine import Database
from app.storage.database.schema import config_for, migrate
from app.storage.search.ranking import find
from tests.loaded import load
from tests.services.record.test_redact import fts5_holds

QUERIES = ("harbour", "fire dead", "oskel")


@pytest.fixture
def record(example: Database) -> Database:
    return example


def found(database: Database) -> list[object]:
    with database.reading() as session:
        return [find(session, query, limit=200) for typed in QUERIES if (query := query_of(typed))]


def index(database: Database) -> int:
    with database.writing() as session:
        return index_stale(session)


def rows(session: Session) -> int | None:
    return session.scalar(text("SELECT count(*) FROM search_rows"))


def test_an_index_that_is_whole_is_left_alone(record: Database) -> None:
    assert index(record) == 0


def test_a_record_from_before_the_index_is_found_after_the_next_load(record: Database) -> None:
    before = found(record)
    with record.changing_schema() as connection:
        command.downgrade(config_for(connection), "0006")
    migrate(record)
    with record.reading() as session:
        assert rows(session) == 0
    load(record)
    assert found(record) == before
    assert index(record) == 0


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE search_rows SET version = '0' WHERE kind = 'place'",
        "DELETE FROM search_rows WHERE kind = 'claim' AND id = 'fire-dead'",
        "DELETE FROM search_rows WHERE kind = 'publisher'",
    ],
)
def test_an_index_that_lacks_something_is_made_anew(record: Database, change: str) -> None:
    before = found(record)
    with record.writing() as session:
        session.execute(text(change))
    assert index(record) > 0
    assert found(record) == before


@pytest.mark.parametrize("example_url", ["sqlite"], indirect=True)
def test_fts5_holds_what_the_rows_hold(record: Database) -> None:
    with record.writing() as session:
        session.execute(
            text("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)")
        )
    assert fts5_holds(record, "licensed")
