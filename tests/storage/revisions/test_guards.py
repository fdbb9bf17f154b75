"""Whoever writes SQL by hand, past all our code, is refused by the database itself."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.storage.database.engine import Database
from app.storage.revisions.audit import audit
from app.storage.revisions.log import bodies, get
from tests.storage.factories import append_body, save

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ON_POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

CHANGES = [
    "UPDATE revisions SET author = 'somebody else'",
    "UPDATE revisions SET number = 7",
    "DELETE FROM revisions",
    "DELETE FROM revision_bodies",
    "UPDATE revision_bodies SET body = '{}'",
    "UPDATE revision_bodies SET number = 7, body = NULL",
    "UPDATE revision_bodies SET comparison = NULL",
    "UPDATE revision_bodies SET comparison = '{}', body = NULL",
    "UPDATE revision_bodies SET engine = '0', body = NULL",
]
REPLACEMENTS = [
    """INSERT OR REPLACE INTO revisions SELECT number, at, 'somebody else', origin, reason,
       subject_kind, subject_id, previous_hash, hash, body_hash FROM revisions""",
    "INSERT OR REPLACE INTO revision_bodies (number, body) VALUES (1, '{}')",
    "UPDATE OR REPLACE revisions SET author = 'somebody else'",
]
OVERWRITES = [
    """INSERT INTO revisions SELECT * FROM revisions WHERE true
       ON CONFLICT (number) DO UPDATE SET author = 'somebody else'""",
    """INSERT INTO revision_bodies (number, body) VALUES (1, '{}')
       ON CONFLICT (number) DO UPDATE SET body = '{}'""",
]


@pytest.fixture
def chained(database: Database) -> Database:
    """A database with one revision."""
    with database.writing() as session:
        save(session, "side", {"id": "north", "name": "Northern"})
    return database


def refuses(database: Database, statement: str) -> None:
    with (
        pytest.raises(IntegrityError, match="never changed and never removed"),
        database.writing() as session,
    ):
        session.execute(text(statement))
    with database.reading() as session:
        assert audit(session).is_intact


@pytest.mark.parametrize("statement", CHANGES + OVERWRITES)
def test_a_revision_cannot_be_changed_or_removed(chained: Database, statement: str) -> None:
    refuses(chained, statement)


@ON_SQLITE
@pytest.mark.parametrize("statement", REPLACEMENTS)
def test_sqlites_replace_is_refused_too(chained: Database, statement: str) -> None:
    refuses(chained, statement)


@ON_POSTGRESQL
@pytest.mark.parametrize("table", ["revisions", "revision_bodies"])
def test_postgresqls_truncate_is_refused_too(chained: Database, table: str) -> None:
    refuses(chained, f"TRUNCATE {table} CASCADE")


@ON_SQLITE
@pytest.mark.parametrize("statement", [*CHANGES, *REPLACEMENTS[:2]])
def test_a_foreign_program_with_sqlites_defaults_is_refused_too(
    chained: Database, statement: str
) -> None:
    with closing(sqlite3.connect(str(chained.url.database))) as foreign:
        assert foreign.execute("PRAGMA recursive_triggers").fetchone() == (0,)
        with pytest.raises(sqlite3.IntegrityError, match="never changed and never removed"):
            foreign.execute(statement)


@pytest.mark.parametrize("emptied", ["body = NULL", "body = NULL, comparison = NULL"])
def test_a_body_can_be_emptied_for_a_takedown(chained: Database, emptied: str) -> None:
    with chained.writing() as session:
        session.execute(text(f"UPDATE revision_bodies SET {emptied}"))
    with chained.reading() as session:
        assert get(session, 1).body is None
        assert bodies(session, [1]) == {1: None}


def test_appending_goes_on_under_the_guards(chained: Database) -> None:
    with chained.writing() as session:
        assert append_body(session).number == 2
