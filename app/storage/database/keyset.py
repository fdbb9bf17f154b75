"""Pages of a list: each begins after the last item of the one before, wherever that is now.

A cursor holds the sort values of that item, so that nothing is shown twice or skipped where items
come and go meanwhile, and a far page costs what the first does. The same cursor of a page's first
item leads back: to the page that ends before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, literal, tuple_
from sqlalchemy.sql.elements import KeyedColumnElement

from app.domain.values.paging import MAX_ITEMS, read_cursor, require_limit, write_cursor
from app.errors import BadQuery, LazyMessage


@dataclass(frozen=True, slots=True)
class Order:
    """One way of sorting a list: by columns that are never NULL, and that end in a unique one."""

    name: str
    columns: tuple[KeyedColumnElement[Any], ...]
    descending: bool = False

    def cut(
        self, statement: Select[*tuple[Any, ...]], limit: int, cursor: str | None
    ) -> Select[*tuple[Any, ...]]:
        """The statement sorted, from the cursor on, with one row more than fits on the page.

        Raises `BadQuery` for a limit out of bounds and a cursor that is not of this order.
        """
        require_limit(limit)
        if cursor is not None:
            beyond = self._beyond(self._read(cursor), further=not self.descending)
            statement = statement.where(beyond)
        columns = [c.desc() if self.descending else c.asc() for c in self.columns]
        # One row more says whether there is a next page, without counting.
        return statement.order_by(*columns).limit(limit + 1)

    def cut_back(
        self, statement: Select[*tuple[Any, ...]], limit: int, cursor: str
    ) -> Select[*tuple[Any, ...]]:
        """What comes before the cursor, the nearest first, with one row more than fits.

        Raises `BadQuery` as `cut` does.
        """
        if not 1 <= limit <= MAX_ITEMS:
            raise BadQuery(
                "limit", LazyMessage("A page may have 1 to {most} items.", most=MAX_ITEMS)
            )
        columns = [c.asc() if self.descending else c.desc() for c in self.columns]
        before = self.before(cursor)
        return statement.where(before).order_by(*columns).limit(limit + 1)

    def before(self, cursor: str) -> ColumnElement[bool]:
        """The condition that an item comes before the cursor's; raises `BadQuery` for a bad one."""
        return self._beyond(self._read(cursor), further=self.descending)

    def cursor_after(self, row: Row[*tuple[Any, ...]]) -> str:
        """The cursor of the page that begins after a row, which holds the sort columns."""
        return write_cursor(self.name, [row._mapping[column] for column in self.columns])

    def _beyond(self, values: Sequence[Any], *, further: bool) -> ColumnElement[bool]:
        # As a row value, which both databases compare by an index over these columns in this order;
        # a chain of OR and AND says the same, and SQLite scans for it.
        here = tuple_(*self.columns)
        there = tuple_(*(literal(v, c.type) for v, c in zip(values, self.columns, strict=True)))
        return here > there if further else here < there

    def _read(self, cursor: str) -> list[Any]:
        return read_cursor(self.name, [column.type.python_type for column in self.columns], cursor)
