"""Ids and names of what is on record, for guessing what somebody meant."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.records.kinds import PageKind
from app.storage import tables

_Kind = TypeVar("_Kind", bound=str)

MOST_IDS = 50_000

_CLAIMS = tables.claims.c
_ENTRIES = tables.register_entries.c


def some_ids(session: Session, kind: PageKind) -> list[str]:
    """The ids of a kind, the first 50,000 of them."""
    if kind == "claim":
        found = select(_CLAIMS.id).order_by(_CLAIMS.id)
    else:
        found = select(_ENTRIES.id).where(_ENTRIES.kind == kind).order_by(_ENTRIES.id)
    return list(session.scalars(found.limit(MOST_IDS)))


def names_of(session: Session, keys: Collection[tuple[_Kind, str]]) -> dict[tuple[_Kind, str], str]:
    """The questions of claims, the names or titles of entries; what is not there is left out."""
    if not keys:
        return {}
    names: dict[tuple[str, str], str] = {}
    wanted = {key for _, key in keys}
    questions = select(_CLAIMS.id, _CLAIMS.question).where(_CLAIMS.id.in_(wanted))
    for claim in session.execute(questions):
        names["claim", claim.id] = claim.question
    entries = select(_ENTRIES.kind, _ENTRIES.id, _ENTRIES.name).where(_ENTRIES.id.in_(wanted))
    for entry in session.execute(entries):
        names[entry.kind, entry.id] = entry.name
    return {key: names[key] for key in keys if key in names}
