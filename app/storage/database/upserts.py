"""Inserts of rows where some are there already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from app.domain.values.base import storable


def upsert(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, each with the same columns; where the primary key is taken, overwrite them."""
    if rows:
        dialect = session.get_bind().dialect.name
        session.execute(_upsert_into(table, dialect, tuple(rows[0])), rows)


def insert_missing(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, each with the same columns, but for those whose primary key is taken."""
    if rows:
        insert = insert_into(table, session.get_bind().dialect.name)
        session.execute(insert.on_conflict_do_nothing(), rows)


def insert_new(session: Session, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert a row; False, and nothing inserted, where anything that must be unique is taken."""
    statement = _insert_new_into(table, session.get_bind().dialect.name)
    return session.execute(statement, row).first() is not None


def insert_into(table: Table, dialect: str) -> postgresql.Insert | sqlite.Insert:
    """An insert that can say what happens where its row is taken.

    `INSERT OR REPLACE` would delete the row first, and with it what depends on it.
    """
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


# Cached: to build such a statement costs more than SQLite takes to run it.
@cache
def _insert_new_into(table: Table, dialect: str) -> ReturningInsert[*tuple[Any, ...]]:
    return insert_into(table, dialect).on_conflict_do_nothing().returning(*table.primary_key)


@cache
def _upsert_into(table: Table, dialect: str, columns: tuple[str, ...]) -> Insert:
    insert = insert_into(table, dialect)
    keys = [column.name for column in table.primary_key]
    changed = {name: insert.excluded[name] for name in columns if name not in keys}
    return insert.on_conflict_do_update(index_elements=keys, set_=changed)


def storable_row(row: dict[str, Any]) -> dict[str, Any]:
    """The row with U+FFFD in its texts for what cannot be stored, as pages of strangers hold it."""
    return {
        name: storable(value) if isinstance(value, str) else value for name, value in row.items()
    }
