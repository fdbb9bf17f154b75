"""Pages of a list: each begins after the last item of the one before, wherever that is now.

A cursor holds the sort values of that item, so that nothing is shown twice or skipped where items
come and go meanwhile, and a far page costs what the first does.
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

    `total` is None where counting them all would take too long.
    """

    items: tuple[Item, ...]
    next_cursor: str | None
    total: int | None


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
        if not 1 <= limit <= MOST_ITEMS:
            raise BadQuery("limit", Sentence("A page may have 1 to {most} items.", most=MOST_ITEMS))
        if cursor is not None:
            statement = statement.where(self._after(self._read(cursor)))
        columns = [c.desc() if self.descending else c.asc() for c in self.columns]
        return statement.order_by(*columns).limit(limit + 1)

    def cursor_after(self, row: Row[*tuple[Any, ...]]) -> str:
        """The cursor of the page that begins after a row, which holds the sort columns."""
        values = [row._mapping[column] for column in self.columns]
        text = json.dumps([self.name, *values], ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    def _after(self, values: Sequence[Any]) -> ColumnElement[bool]:
        here = tuple_(*self.columns)
        there = tuple_(*(literal(v, c.type) for v, c in zip(values, self.columns, strict=True)))
        return here < there if self.descending else here > there

    def _read(self, cursor: str) -> list[Any]:
        values = _decode(cursor)
        kinds = [str, *(column.type.python_type for column in self.columns)]
        if [type(value) for value in values] != kinds or values[0] != self.name:
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
