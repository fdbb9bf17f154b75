"""Ids and names of what is on record, to suggest what a wrong address meant."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TypeVar

from sqlalchemy import ColumnElement, select, union_all
from sqlalchemy.orm import Session

from app.domain.records.kinds import PageKind
from app.storage import tables
from app.storage.database.bulk import batched, rows_of_pairs

_Kind = TypeVar("_Kind", bound=str)

# What is read for one guess is as much in a record of a million entries as in one of a thousand.
NEIGHBOURS = 500
# A slip further on leaves what was meant among the neighbours: few ids begin with the same letters.
_SLIPS_WITHIN = 16
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-"

_CLAIMS = tables.claims.c
_ENTRIES = tables.register_entries.c


def ids_near(session: Session, kind: PageKind, key: str) -> list[str]:
    """Ids of a kind that may be meant by `key`, in order.

    These are the 500 before and the 500 after it by code point, which begin most nearly as it does,
    and those that one letter too many, too few, wrong or at its neighbour's place leads to, where
    that is among the first 16.
    """
    column, of_kind = _ids_of(kind)
    ids = select(column).where(*of_kind)
    before = ids.where(column < key).order_by(column.desc()).limit(NEIGHBOURS).subquery()
    after = ids.where(column >= key).order_by(column).limit(NEIGHBOURS).subquery()
    slips = ids.where(column.in_(set(_slips(key))))
    return sorted(set(session.scalars(union_all(select(before), select(after), slips))))


def _ids_of(kind: PageKind) -> tuple[ColumnElement[str], tuple[ColumnElement[bool], ...]]:
    if kind == "claim":
        return _CLAIMS.id, ()
    return _ENTRIES.id, (_ENTRIES.kind == kind,)


def _slips(key: str) -> Iterator[str]:
    for place in range(min(len(key), _SLIPS_WITHIN) + 1):
        start, rest = key[:place], key[place:]
        yield start + rest[1:]
        yield start + rest[1:2] + rest[:1] + rest[2:]
        for letter in _LETTERS:
            yield start + letter + rest
            yield start + letter + rest[1:]


def names_of(session: Session, keys: Collection[tuple[_Kind, str]]) -> dict[tuple[_Kind, str], str]:
    """The questions of claims, the names or titles of entries; what is not there is left out."""
    names: dict[tuple[str, str], str] = {}
    for claims in batched(sorted({key for kind, key in keys if kind == "claim"})):
        questions = select(_CLAIMS.id, _CLAIMS.question).where(_CLAIMS.id.in_(claims))
        for claim in session.execute(questions):
            names["claim", claim.id] = claim.question
    entries = select(_ENTRIES.kind, _ENTRIES.id, _ENTRIES.name)
    others = {key for key in keys if key[0] != "claim"}
    for entry in rows_of_pairs(session, entries, (_ENTRIES.kind, _ENTRIES.id), others):
        names[entry.kind, entry.id] = entry.name
    return {key: names[key] for key in keys if key in names}
