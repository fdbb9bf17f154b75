"""What changed from one body of a revision to another, part by part, and within texts word by word.

A body is the content of a revision: JSON values. Its parts are itself and every entry with an id in
a list of such entries, at any depth: a claim's accounts, their citations, a dossier's places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from rapidfuzz.distance import Indel

PartKind = Literal["added", "removed", "changed"]
Body = Mapping[str, Any]

_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of a part with both values, None where it is not there.

    Of a list of parts that only changed their order, the values are their ids in order. A field of
    a field is named with a dot: `assessment.by`.
    """

    name: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part that is new, gone or changed.

    `path` leads to it: `()` is the body itself, `("accounts", "120")` one of its accounts.
    """

    path: tuple[str, ...]
    kind: PartKind
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class TextRun:
    """A stretch of one of two texts; `changed` if the other text does not have it there."""

    text: str
    changed: bool


def changes(before: Body, after: Body) -> tuple[PartChange, ...]:
    """Every part that differs between two bodies, in the order of the later one."""
    return tuple(_changes((), before, after))


def is_parts(value: object) -> bool:
    """Whether a value is a list of parts: entries that each have an id."""
    return (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and bool(value)
        and all(isinstance(item, Mapping) and isinstance(item.get("id"), str) for item in value)
    )


def by_id(parts: Iterable[Body] | None) -> dict[str, Body]:
    """A list of parts by their ids, in order."""
    return {part["id"]: part for part in parts or ()}


def compared_texts(before: str, after: str) -> tuple[tuple[TextRun, ...], tuple[TextRun, ...]]:
    """Both texts, each in runs that the other has or has not; compared by words and marks."""
    left, right = _TOKENS.findall(before), _TOKENS.findall(after)
    runs: tuple[list[TextRun], list[TextRun]] = ([], [])
    # Insertions and deletions only: a replacement of one word by another would hide which text has
    # which.
    for step in Indel.opcodes(left, right):
        changed = step.tag != "equal"
        for side, tokens in enumerate(
            (left[step.src_start : step.src_end], right[step.dest_start : step.dest_end])
        ):
            if tokens:
                runs[side].append(TextRun("".join(tokens), changed))
    return tuple(runs[0]), tuple(runs[1])


def _changes(
    path: tuple[str, ...], before: Body | None, after: Body | None
) -> Iterator[PartChange]:
    fields = tuple(_fields(before or {}, after or {}))
    if before is None or after is None:
        yield PartChange(path, "added" if before is None else "removed", fields)
    elif fields:
        yield PartChange(path, "changed", fields)
    for name in _names(before or {}, after or {}):
        old, new = (before or {}).get(name), (after or {}).get(name)
        if is_parts(old) or is_parts(new):
            left, right = by_id(old), by_id(new)
            # By id and not by place: an account that moved up is the same account, and a reader
            # must not see it as deleted and added.
            for key in in_order(list(left), list(right)):
                yield from _changes((*path, name, key), left.get(key), right.get(key))


def _fields(before: Body, after: Body) -> Iterator[FieldChange]:
    for name in _names(before, after):
        old, new = before.get(name), after.get(name)
        if is_parts(old) or is_parts(new):
            left, right = by_id(old), by_id(new)
            kept_left = [key for key in left if key in right]
            kept_right = [key for key in right if key in left]
            if kept_left != kept_right:
                yield FieldChange(name, kept_left, kept_right)
        # A field that is an object (an assessment) is compared inside, or one changed word would
        # show it whole twice.
        elif isinstance(old or new, Mapping) and isinstance(new or old, Mapping):
            for change in _fields(old or {}, new or {}):
                yield FieldChange(f"{name}.{change.name}", change.before, change.after)
        elif old != new:
            yield FieldChange(name, old, new)


def _names(before: Body, after: Body) -> list[str]:
    """The names of the fields of both, without the id, which the path has."""
    return [name for name in in_order(list(before), list(after)) if name != "id"]


def in_order(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """All of both, in the order of the later; what only the earlier has follows its neighbour."""
    order = list(after)
    place = 0
    for key in before:
        if key in after:
            place = order.index(key) + 1
        else:
            order.insert(place, key)
            place += 1
    return order
