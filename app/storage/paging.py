"""Pages of a list: each begins after the last item of the one before, wherever that is now.

A cursor holds the sort values of that item, so that nothing is shown twice or skipped where items
come and go meanwhile, and a far page costs what the first does. The same cursor of a page's first
item leads back: to the page that ends before it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, NoReturn, TypeVar

from sqlalchemy import ColumnElement, Row, Select, literal, tuple_
from sqlalchemy.sql.elements import KeyedColumnElement

from app.errors import BadQuery, Sentence

MOST_ITEMS = 200

_LONGEST_CURSOR = 1000
_LARGEST = 2**63 - 1

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some items of a list, the cursor of the next page if there is one, and how many there are.

    `total` is None where counting them all would take too long. `previous_cursor` is that of the
    page before, in lists that can be read backwards.
    """

    items: tuple[Item, ...]
    next_cursor: str | None
    total: int | None
    previous_cursor: str | None = None


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

        Raises `BadQuery` for a limit out of bounds and a cursor that this order did not give out.
        """
        require_limit(limit)
        if cursor is not None:
            beyond = self._beyond(self._read(cursor), further=not self.descending)
            statement = statement.where(beyond)
        columns = [c.desc() if self.descending else c.asc() for c in self.columns]
        return statement.order_by(*columns).limit(limit + 1)

    def cut_back(
        self, statement: Select[*tuple[Any, ...]], limit: int, cursor: str
    ) -> Select[*tuple[Any, ...]]:
        """What comes before the cursor, the nearest first, with one row more than fits.

        Raises `BadQuery` as `cut` does.
        """
        if not 1 <= limit <= MOST_ITEMS:
            raise BadQuery("limit", Sentence("A page may have 1 to {most} items.", most=MOST_ITEMS))
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
        here = tuple_(*self.columns)
        there = tuple_(*(literal(v, c.type) for v, c in zip(values, self.columns, strict=True)))
        return here > there if further else here < there

    def _read(self, cursor: str) -> list[Any]:
        return read_cursor(self.name, [column.type.python_type for column in self.columns], cursor)


def require_limit(limit: int) -> None:
    """Raise `BadQuery` for more items than a page may have, or none."""
    if not 1 <= limit <= MOST_ITEMS:
        raise BadQuery("limit", Sentence("A page may have 1 to {most} items.", most=MOST_ITEMS))


def write_cursor(order: str, values: Sequence[Any]) -> str:
    """The cursor of the page after the item with these sort values, in the order of that name."""
    text = json.dumps([order, *values], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(order: str, types: Sequence[type], cursor: str) -> list[Any]:
    """The sort values that a cursor of that order holds, of these types.

    Raises `BadQuery` for a cursor that the order did not give out.
    """
    values = _decode(cursor)
    if [type(value) for value in values] != [str, *types] or values[0] != order:
        _refuse()
    if not all(map(_is_storable, values)):
        _refuse()
    return values[1:]


def _decode(cursor: str) -> list[Any]:
    if len(cursor) > _LONGEST_CURSOR:
        _refuse()
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, RecursionError):
        _refuse()
    return values if isinstance(values, list) else _refuse()


def _is_storable(value: str | float) -> bool:
    """Whether both databases can compare with the value."""
    if isinstance(value, str):
        return "\0" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)
    return abs(value) <= _LARGEST  # False for NaN


def _refuse() -> NoReturn:
    raise BadQuery(
        "cursor",
        Sentence("This list did not give out that cursor in this order; begin at the first page."),
    )
