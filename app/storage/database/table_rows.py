"""Whole tables as plain rows, at any migration, the same on SQLite and PostgreSQL.

What a table has is read from the database and not from `app.storage.tables`: a backup may be made
before a migration and restored after it. Kinds of columns are the few that both databases have, so
that rows of the one fit into the other.
"""

from __future__ import annotations

import base64
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, cast, get_args

import psycopg
from sqlalchemy import Connection, MetaData, Table, func, select, text, types
from sqlalchemy.engine.interfaces import DBAPIConnection

Kind = Literal["text", "integer", "real", "moment", "bytes", "boolean"]
KINDS: tuple[str, ...] = get_args(Kind)
Plain = str | int | float | bool | None
"""What JSON has of a value: moments as RFC 3339 in UTC, bytes as base64."""

_AT_ONCE = 500
_BEYOND = 2**63  # the first integer that neither database has
# Made anew after a restore: their words are written otherwise on either database, and the index
# over them is made by triggers.
_MADE_ANEW = ("search_rows", "search_index")
_OF_ALEMBIC = "alembic_version"
# In this order: some types of SQLAlchemy are of two of these.
_TYPES: tuple[tuple[type[types.TypeEngine[Any]], Kind], ...] = (
    (types.Boolean, "boolean"),
    (types.DateTime, "moment"),
    (types.LargeBinary, "bytes"),
    (types.Float, "real"),
    (types.Integer, "integer"),
    (types.String, "text"),
)


@dataclass(frozen=True, slots=True)
class Shape:
    """A table's name, with the names and kinds of its columns."""

    name: str
    columns: tuple[tuple[str, Kind], ...]


def shapes(connection: Connection) -> list[Shape]:
    """Every table of the record, in an order in which what rows refer to comes before them.

    Left out is what is made anew of the rest: the rows that a search reads.
    """
    found = MetaData()
    found.reflect(connection, only=lambda name, _: _is_of_the_record(name))
    return [_shape(table) for table in found.sorted_tables]


def count_rows(connection: Connection, shape: Shape) -> int:
    """How many rows a table has."""
    table = Table(shape.name, MetaData())
    return connection.scalar(select(func.count()).select_from(table)) or 0


def stream_rows(connection: Connection, shape: Shape) -> Iterator[list[Plain]]:
    """A table's rows, in no order, with some hundreds of them in memory at once."""
    quote = connection.dialect.identifier_preparer.quote
    names = ", ".join(quote(name) for name, _ in shape.columns)
    statement = text(f"SELECT {names} FROM {quote(shape.name)}")  # noqa: S608
    # As text, so that values come as the driver has them: SQLAlchemy's types would make objects of
    # them that are taken apart again, at a third of the speed.
    to_plain = [
        (place, _TO_PLAIN[kind])
        for place, (_, kind) in enumerate(shape.columns)
        if kind in _TO_PLAIN
    ]
    with connection.execute(statement.execution_options(yield_per=_AT_ONCE)) as rows:
        for row in rows:
            values = list(row)
            for place, plain in to_plain:
                if values[place] is not None:
                    values[place] = plain(values[place])
            yield values


def insert_rows(connection: Connection, shape: Shape, rows: Iterable[Sequence[object]]) -> int:
    """Insert rows as `stream_rows` gives them; returns how many there were.

    Raises ValueError for a row that has not a value of the right kind for each column.
    """
    counted = _Counted(rows, shape, is_sqlite=connection.dialect.name == "sqlite")
    quote = connection.dialect.identifier_preparer.quote
    names = ", ".join(quote(name) for name, _ in shape.columns)
    into = f"{quote(shape.name)} ({names})"
    driver = cast(DBAPIConnection, connection.connection.driver_connection)
    if isinstance(driver, sqlite3.Connection):
        marks = ", ".join("?" * len(shape.columns))
        driver.executemany(f"INSERT INTO {into} VALUES ({marks})", counted)  # noqa: S608
    else:
        # Twice as fast as inserts, at the least.
        cursor = cast("psycopg.Connection[Any]", driver).cursor()
        with cursor.copy(f"COPY {into} FROM STDIN".encode()) as copy:
            for row in counted:
                copy.write_row(row)
    return counted.count


def clear_rows(connection: Connection, shape: Shape) -> None:
    """Delete a table's rows, where it has any: migrations begin some tables with a row."""
    # Not without a look: triggers may refuse to delete even nothing.
    if count_rows(connection, shape):
        quoted = connection.dialect.identifier_preparer.quote(shape.name)
        connection.execute(text(f"DELETE FROM {quoted}"))  # noqa: S608


class _Counted:
    """Rows as a driver takes them, checked and counted on the way."""

    def __init__(self, rows: Iterable[Sequence[object]], shape: Shape, *, is_sqlite: bool) -> None:
        self._rows = rows
        self._columns = [(name, _READERS[kind]) for name, kind in shape.columns]
        self._table = shape.name
        self._is_sqlite = is_sqlite
        self.count = 0

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        for row in self._rows:
            if len(row) != len(self._columns):
                raise ValueError(f"a row of {self._table} has {len(row)} values")
            yield tuple(
                None if value is None else self._read(name, read, value)
                for (name, read), value in zip(self._columns, row, strict=True)
            )
            self.count += 1

    def _read(self, name: str, read: Callable[[object], object], value: object) -> object:
        try:
            taken = read(value)
        except (TypeError, ValueError, OverflowError):
            raise ValueError(f"{self._table}.{name} holds what is not of its kind") from None
        # SQLite has no type for times; this is how SQLAlchemy writes them there.
        if self._is_sqlite and isinstance(taken, datetime):
            return taken.replace(tzinfo=None).isoformat(" ", "microseconds")
        return taken


def _is_of_the_record(name: str) -> bool:
    return name != _OF_ALEMBIC and not name.startswith(_MADE_ANEW)


def _shape(table: Table) -> Shape:
    return Shape(table.name, tuple((c.name, _kind(table.name, c.type)) for c in table.columns))


def _kind(table: str, found: types.TypeEngine[Any]) -> Kind:
    for known, kind in _TYPES:
        if isinstance(found, known):
            return kind
    # For whoever adds such a column: backups must learn its type first.
    raise TypeError(f"{table} has a column of the type {found!r}, which backups do not know")


def _plain_moment(value: Any) -> str:
    # SQLite has the text without a zone, PostgreSQL a time with one.
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return f"{moment.isoformat(timespec='microseconds')}Z"


def _plain_bytes(value: Any) -> str:
    return base64.b64encode(value).decode("ascii")


_TO_PLAIN: dict[Kind, Callable[[Any], Plain]] = {
    "moment": _plain_moment,
    "bytes": _plain_bytes,
    "boolean": bool,
}


def _exactly(*wanted: type) -> Callable[[object], object]:
    def read(value: object) -> object:
        # Not by isinstance: a bool is an int, too, and SQLite takes anything for anything.
        if type(value) not in wanted:
            raise TypeError
        return value

    return read


def _read_integer(value: object) -> int:
    if type(value) is not int or not -_BEYOND <= value < _BEYOND:
        raise TypeError
    return value


def _read_moment(value: object) -> datetime:
    if not isinstance(value, str) or not value.endswith("Z"):
        raise TypeError
    return datetime.fromisoformat(value)


def _read_bytes(value: object) -> bytes:
    if not isinstance(value, str):
        raise TypeError
    return base64.b64decode(value, validate=True)


_READERS: dict[Kind, Callable[[object], object]] = {
    "text": _exactly(str),
    "integer": _read_integer,
    "real": _exactly(float, int),
    "moment": _read_moment,
    "bytes": _read_bytes,
    "boolean": _exactly(bool),
}
