"""Statements about many rows: keys a few hundred at a time, inserts where some are there already.

SQLite takes 250,000 variables in a statement, PostgreSQL 65,535, and a record may have more claims.
To plan for some thousands of them takes longer than another statement does: a few hundred it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Insert, Row, Select, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from app.domain.values.base import storable

Item = TypeVar("Item")

AT_ONCE = 500


def batched(items: Collection[Item], size: int = AT_ONCE) -> Iterator[Sequence[Item]]:
    """The items in their order, as many at once as one statement should name."""
    listed = items if isinstance(items, Sequence) else list(items)
    return (listed[start : start + size] for start in range(0, len(listed), size))


def rows_of_pairs(
    session: Session,
    rows: Select[*tuple[Any, ...]],
    columns: tuple[ColumnElement[Any], ColumnElement[Any]],
    pairs: Collection[tuple[str, str]],
) -> Iterator[Row[*tuple[Any, ...]]]:
    """Those of the rows that have one of these pairs in two of their columns, which they hold."""
    first, second = columns
    for some in batched(sorted(pairs)):
        wanted = set(some)
        # SQLite finds no pairs by an index, but either half of them: what has one's first and
        # another's second is left out here.
        either = first.in_({pair[0] for pair in some}) & second.in_({pair[1] for pair in some})
        for row in session.execute(rows.where(either)):
            if (row._mapping[first], row._mapping[second]) in wanted:
                yield row


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
