"""Reading back: the history of one subject, and what entries said at some revision."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, bindparam, func, select
from sqlalchemy.orm import Session

from app.domain.records.kinds import EntryKind, SubjectKind
from app.domain.revisions.chain import Revision
from app.storage import tables
from app.storage.database.bulk import batched
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
    stored = select(body.number, body.body, body.engine, body.comparison)
    said = {
        row.number: row[1:]
        for some in batched(numbers)
        for row in session.execute(stored.where(body.number.in_(some)))
    }
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
    # The newest number first, then its body: what does both at once is SQL of one database alone
    # (DISTINCT ON, or bare columns beside a maximum).
    kinds = {kind for kind, _ in keys}
    newest = (
        select(func.max(_REVISIONS.number).label("number"))
        .where(_REVISIONS.subject_kind.in_(kinds), _REVISIONS.number <= number)
        .where(_REVISIONS.subject_id.in_(bindparam("ids", expanding=True)))
        .group_by(_REVISIONS.subject_kind, _REVISIONS.subject_id)
        .subquery()
    )
    body = tables.revision_bodies.c
    said = (
        select(_REVISIONS.subject_kind, _REVISIONS.subject_id, body.body)
        .join(newest, newest.c.number == _REVISIONS.number)
        .join(tables.revision_bodies, body.number == _REVISIONS.number)
        .where(body.body.is_not(None))
    )
    # By kinds and ids apart, for SQLite finds no pairs by an index; another's is left out.
    found = {
        (row.subject_kind, row.subject_id): row.body
        for some in batched(sorted({key for _, key in keys}))
        for row in session.execute(said, {"ids": some})
    }
    return {key: found[key] for key in keys if key in found}


def _of(kind: SubjectKind, ids: Collection[str]) -> ColumnElement[bool]:
    return (_REVISIONS.subject_kind == kind) & _REVISIONS.subject_id.in_(ids)
