"""Two changes of one body merged: three-way, by what both were made of.

What only one side changed is taken over; what both changed to the same is taken once; where they
changed the same value differently, neither is taken, and the place is reported.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.revisions.differences import Body, by_id, in_order, is_parts


@dataclass(frozen=True, slots=True)
class Merged:
    """Both changes in one body, and where they contradict each other.

    A conflict is the way to a value, as `accounts/120/wording`; there the body has `theirs`.
    """

    body: dict[str, Any]
    conflicts: tuple[str, ...]


@dataclass(slots=True)
class _Merge:
    conflicts: list[str] = field(default_factory=list)

    def value(self, way: str, base: object, ours: object, theirs: object) -> object:
        if ours == theirs or base == ours:
            return theirs
        if base == theirs:
            return ours
        if _is_body(ours) and _is_body(theirs):
            return self.body(way, base if _is_body(base) else {}, ours, theirs)
        # Other lists are taken whole: whether two speakers were added or one was replaced cannot
        # be distinguished from values without ids.
        if all(value is None or is_parts(value) for value in (base, ours, theirs)):
            return self.parts(way, base, ours, theirs)
        self.conflicts.append(way)
        return theirs

    def body(self, way: str, base: Any, ours: Any, theirs: Any) -> dict[str, Any]:
        found = {}
        for name in _woven(base, ours, theirs):
            value = self.value(
                f"{way}/{name}" if way else name, base.get(name), ours.get(name), theirs.get(name)
            )
            # A field that one side removed and the other left alone is removed: None here means
            # “not there”.
            if value is not None:
                found[name] = value
        return found

    def parts(self, way: str, base: Any, ours: Any, theirs: Any) -> list[Any] | None:
        merged = self.body(way, by_id(base), by_id(ours), by_id(theirs))
        return list(merged.values()) or None


def merge(base: Body, ours: Body, theirs: Body) -> Merged:
    """Merge what `ours` and `theirs` each made of `base`; all three are JSON values.

    Entries with an id are merged by it; other lists are taken whole.
    """
    merging = _Merge()
    body = merging.body("", base, ours, theirs)
    return Merged(body, tuple(merging.conflicts))


def _is_body(value: object) -> bool:
    return isinstance(value, Mapping)


def _woven(base: Body, ours: Body, theirs: Body) -> list[str]:
    """The names of all, in our order if we changed it, else in theirs."""
    # Somebody who sorted the accounts did so on purpose; an untouched order follows the other
    # side's.
    frame, other = (theirs, ours) if _same_order(base, ours) else (ours, theirs)
    return in_order(list(other), list(frame))


def _same_order(base: Body, ours: Body) -> bool:
    common: Sequence[str] = [name for name in base if name in ours]
    return common == [name for name in ours if name in base]
