"""Long lists of keys, a statement's worth at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")

# SQLite takes 250,000 variables in a statement, PostgreSQL 65,535; plans for some thousands of
# them take longer than another statement does.
AT_ONCE = 500


def batched(items: Sequence[Item], size: int = AT_ONCE) -> Iterator[Sequence[Item]]:
    """The items in their order, as many at once as one statement should name."""
    return (items[start : start + size] for start in range(0, len(items), size))
