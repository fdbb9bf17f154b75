"""Long lists of keys, a statement's worth at a time.

SQLite takes 250,000 variables in a statement, PostgreSQL 65,535, and a record may have more claims.
To plan for some thousands of them takes longer than another statement does: a few hundred it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Row, Select
from sqlalchemy.orm import Session

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
