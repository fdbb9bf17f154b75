"""Ids that entries had before: they redirect, and are never used again."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.domain.records.kinds import EntryKind, SubjectKind
from app.domain.values.base import is_id
from app.errors import Moved, NotFound
from app.storage.tables import former_ids


def save_former_ids(
    session: Session, kind: EntryKind | SubjectKind, key: str, formerly: Iterable[str]
) -> None:
    """Store every id that an entry had before, in place of those stored for it.

    An id that another entry had before is refused by the database (`IntegrityError`).
    """
    session.execute(delete(former_ids).where(former_ids.c.kind == kind, former_ids.c.id == key))
    rows = [{"kind": kind, "former": old, "id": key} for old in formerly]
    if rows:
        session.execute(insert(former_ids), rows)


def missing(session: Session, kind: EntryKind | SubjectKind, key: str) -> NotFound | Moved:
    """The error to raise where nothing has this id now: `Moved` if something had it before."""
    former = former_ids.c
    statement = select(former.id).where(former.kind == kind, former.former == key)
    # Strangers' addresses end here: what is no id is not looked up.
    now = session.scalar(statement) if is_id(key) else None
    return NotFound(kind, key) if now is None else Moved(kind, key, now)


def former_ids_of(session: Session, kind: EntryKind | SubjectKind, key: str) -> list[str]:
    """The ids that an entry had before."""
    former = former_ids.c
    of_entry = (former.kind == kind) & (former.id == key)
    return list(session.scalars(select(former.former).where(of_entry).order_by(former.former)))
