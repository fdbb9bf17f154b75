"""Reading back: the history of one subject, and what entries said at some revision."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.orm import Session

from app.domain.records.kinds import EntryKind, SubjectKind
from app.domain.revisions.chain import Revision
from app.storage import tables
from app.storage.revisions.log import StoredRevision, as_revision

_REVISIONS = tables.revisions.c


def history_page(
    session: Session,
    kind: SubjectKind,
    ids: Collection[str],
    *,
    limit: int,
    before: int | None = None,
) -> list[Revision]:
    """The revisions of a subject that had these ids, newest first, those before a number."""
    statement = select(*_REVISIONS).where(_of(kind, ids)).order_by(_REVISIONS.number.desc())
    if before is not None:
        statement = statement.where(_REVISIONS.number < before)
    return [as_revision(row) for row in session.execute(statement.limit(limit))]


def with_bodies(session: Session, revisions: Sequence[Revision]) -> list[StoredRevision]:
    """The same revisions with what they say."""
    body = tables.revision_bodies.c
    numbers = [revision.number for revision in revisions]
    rows = session.execute(
        select(body.number, body.body, body.engine, body.comparison).where(body.number.in_(numbers))
    )
    said = {row.number: row[1:] for row in rows}
    return [StoredRevision(revision, *said[revision.number]) for revision in revisions]


def revision_after(
    session: Session, kind: SubjectKind, ids: Collection[str], number: int
) -> Revision | None:
    """The next revision of a subject that had these ids, after one of it."""
    statement = (
        select(*_REVISIONS)
        .where(_of(kind, ids), _REVISIONS.number > number)
        .order_by(_REVISIONS.number)
        .limit(1)
    )
    row = session.execute(statement).one_or_none()
    return None if row is None else as_revision(row)


def bodies_as_of(
    session: Session, keys: Collection[tuple[EntryKind, str]], number: int
) -> dict[tuple[EntryKind, str], str]:
    """What entries said at revision `number`, by kind and id; not what was redacted."""
    if not keys:
        return {}
    # The newest number first, then its body: what does both at once is SQL of one database alone
    # (DISTINCT ON, or bare columns beside a maximum).
    newest = (
        select(func.max(_REVISIONS.number).label("number"))
        .where(tuple_(_REVISIONS.subject_kind, _REVISIONS.subject_id).in_(sorted(keys)))
        .where(_REVISIONS.number <= number)
        .group_by(_REVISIONS.subject_kind, _REVISIONS.subject_id)
        .subquery()
    )
    body = tables.revision_bodies.c
    rows = session.execute(
        select(_REVISIONS.subject_kind, _REVISIONS.subject_id, body.body)
        .join(newest, newest.c.number == _REVISIONS.number)
        .join(tables.revision_bodies, body.number == _REVISIONS.number)
        .where(body.body.is_not(None))
    )
    return {(row.subject_kind, row.subject_id): row.body for row in rows}


def _of(kind: SubjectKind, ids: Collection[str]) -> ColumnElement[bool]:
    return (_REVISIONS.subject_kind == kind) & _REVISIONS.subject_id.in_(ids)
