"""Cells that hold what their column cannot: somebody wrote them past this program.

SQLite lets any value into any column. A reader of such a row fails with an error that names no
place; an audit asks for the place first, in SQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.types import Boolean, DateTime, Float, Integer, LargeBinary, TypeDecorator

_TO_THE_SECOND = 19  # letters of a time, before its fraction
_FRACTION = "." + "[0-9]" * 6
_UTC = "+00"


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that cannot be read: its table, the key of its row, and its column."""

    table: str
    key: tuple[str, ...]
    column: str

    def __str__(self) -> str:
        return f"{self.table} {', '.join(self.key)}: {self.column} cannot be read"


def bad_cells(session: Session, tables: Iterable[Table]) -> Iterator[BadCell]:
    """The first such cell of each row; none on PostgreSQL, which takes no such value."""
    if session.get_bind().dialect.name == "postgresql":
        return
    for table in tables:
        bad = [(_is_bad(column), column.name) for column in table.columns]
        first = case(*((condition, literal(name)) for condition, name in bad))
        # As they are: a key may be what cannot be read.
        key = [func.quote(column) for column in table.primary_key]
        rows = select(first, *key).where(or_(*(condition for condition, _ in bad)))
        for row in session.execute(rows):
            yield BadCell(table.name, tuple(str(value).strip("'") for value in row[1:]), row[0])


def _is_bad(column: Column[object]) -> ColumnElement[bool]:
    stored, kind = func.typeof(column), column.type
    if isinstance(kind, TypeDecorator):
        kind = kind.impl_instance
    may = {"null"} if column.nullable else set()
    if isinstance(kind, LargeBinary):
        may |= {"blob"}
    elif isinstance(kind, Integer | Boolean):
        may |= {"integer"}
    elif isinstance(kind, Float):
        may |= {"integer", "real"}
    elif isinstance(kind, DateTime):
        return or_(stored.not_in(may | {"text"}), and_(stored == "text", ~_is_time(column)))
    else:
        may |= {"text"}
    return stored.not_in(may)


def _is_time(column: Column[object]) -> ColumnElement[bool]:
    # A day on and back, which makes 2 March of 30 February: days that are none are found as well.
    whole = func.substr(column, 1, _TO_THE_SECOND)
    rest = func.substr(column, _TO_THE_SECOND + 1)
    return and_(
        func.coalesce(func.strftime("%Y-%m-%d %H:%M:%S", whole, "+1 day", "-1 day"), "") == whole,
        or_(rest.in_(("", _UTC)), rest.op("GLOB")(_FRACTION)),
    )


@contextmanager
def any_text(session: Session) -> Iterator[None]:
    r"""Read bytes that are no UTF-8 as “\xff”, for what holds them to be compared and named.

    PostgreSQL takes no such bytes.
    """
    if session.get_bind().dialect.name == "postgresql":
        yield
        return
    connection: Any = session.connection().connection.driver_connection
    before = connection.text_factory
    connection.text_factory = partial(str, encoding="utf-8", errors="backslashreplace")
    try:
        yield
    finally:
        connection.text_factory = before
