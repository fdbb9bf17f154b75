"""Emptying what revisions said, and what stands in the place of a subject that was taken down.

The chain stays whole: a revision's hash covers the hash of its body, which stays.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, literal, update
from sqlalchemy.orm import Session

from app.storage import tables

_BODIES = tables.revision_bodies.c


def tombstone(key: str) -> dict[str, object]:
    """What the last revision of a subject says that was taken down as a whole."""
    return {"id": key, "redacted": True}


def tombstone_text(key: ColumnElement[str]) -> ColumnElement[str]:
    """The same in SQL, as its text stands in the revision's body: an id needs no escaping."""
    return literal('{"id":"') + key + literal('","redacted":true}')


def empty_bodies(session: Session, numbers: Collection[int]) -> None:
    """Take out what revisions said, and what was found by it; the triggers allow this alone."""
    of_them = _BODIES.number.in_(numbers) & _BODIES.body.is_not(None)
    session.execute(
        update(tables.revision_bodies).where(of_them).values(body=None, comparison=None)
    )
