"""Pages of a list and their cursors as text.

A cursor holds the sort values of a page's last item: the next page begins after it, wherever
that is now.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, NoReturn, TypeVar

from app.domain.values.base import is_storable
from app.errors import BadQuery, LazyMessage

MAX_ITEMS = 200

_MAX_CURSOR_LENGTH = 1000
_MAX_INTEGER = 2**63 - 1

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


def require_limit(limit: int) -> None:
    """Raise `BadQuery` for more items than a page may have, or none."""
    if not 1 <= limit <= MAX_ITEMS:
        raise BadQuery("limit", LazyMessage("A page may have 1 to {most} items.", most=MAX_ITEMS))


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
    if not all(map(_is_comparable, values)):
        _refuse()
    return values[1:]


def _decode(cursor: str) -> list[Any]:
    if len(cursor) > _MAX_CURSOR_LENGTH:
        _refuse()
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, RecursionError):
        _refuse()
    return values if isinstance(values, list) else _refuse()


def _is_comparable(value: str | float) -> bool:
    """Whether both databases can compare with the value."""
    if isinstance(value, str):
        return is_storable(value)
    return abs(value) <= _MAX_INTEGER  # False for NaN


def _refuse() -> NoReturn:
    raise BadQuery(
        "cursor",
        LazyMessage("That cursor is not from this list in this order; begin at the first page."),
    )
