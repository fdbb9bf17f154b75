"""What the files said when they were last loaded: the base of the next three-way merge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.records.kinds import SubjectKind
from app.domain.values.base import canonical, sha256
from app.storage import tables
from app.storage.database.bulk import upsert

_FILED = tables.filed_bodies.c
_REVISIONS = tables.revisions.c


@dataclass(frozen=True, slots=True)
class MergeBase:
    """A body as a file had it, by its hash and as JSON text; no text where it was redacted."""

    body_hash: str
    body: str | None


def get_base(session: Session, kind: SubjectKind, key: str) -> MergeBase | None:
    """What a subject's file said at the last load; None where none was ever loaded."""
    stored = session.execute(
        select(_FILED.body_hash, _FILED.body).where(_FILED.kind == kind, _FILED.id == key)
    ).one_or_none()
    return MergeBase(*stored) if stored else _last_from_files(session, kind, key)


def record_base(session: Session, kind: SubjectKind, key: str, body: Mapping[str, object]) -> None:
    """Store what a file says, where no revision from files says the same."""
    # As a rule the newest revision from files is the base. After a merge, or once an exported
    # contribution came back in a file, no such revision says what the file does.
    text = canonical(body)
    row = {"kind": kind, "id": key, "body_hash": sha256(text), "body": text}
    upsert(session, tables.filed_bodies, [row])


def delete_base(session: Session, kind: SubjectKind, key: str) -> None:
    """Take the newest revision from files as the base again."""
    session.execute(delete(tables.filed_bodies).where(_FILED.kind == kind, _FILED.id == key))


def _last_from_files(session: Session, kind: SubjectKind, key: str) -> MergeBase | None:
    body = tables.revision_bodies.c
    row = session.execute(
        select(_REVISIONS.body_hash, body.body)
        .join(tables.revision_bodies, body.number == _REVISIONS.number)
        .where(_REVISIONS.subject_kind == kind, _REVISIONS.subject_id == key)
        .where(_REVISIONS.origin == "files")
        .order_by(_REVISIONS.number.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else MergeBase(*row)
