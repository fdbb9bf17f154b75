"""Verifying the chain of revisions, and that the index says what its newest revisions say."""

from __future__ import annotations

import json
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass

from sqlalchemy import Subquery, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from app.domain.revisions.chain import GENESIS, Fault, Head, Revision
from app.domain.values.base import canonical, sha256
from app.storage import tables
from app.storage.revisions import log
from app.storage.revisions.log import tombstone_text

_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class AuditResult:
    """How far the chain holds, how many bodies were redacted up to there, and what broke it."""

    head: Head
    redacted: int
    fault: Fault | None

    @property
    def is_intact(self) -> bool:
        """Whether everything holds; a redacted body is no fault."""
        return self.fault is None


@dataclass(frozen=True, slots=True)
class _Link:
    revision: Revision
    has_body: bool
    body: str | None


def audit(session: Session, published_head: Head | None = None) -> AuditResult:
    """Recompute every hash in order, then compare the head and the index with the chain.

    With `published_head`, a number and hash noted earlier, even a chain that was cut or rewritten
    as a whole is found.
    """
    last, redacted = Head(0, GENESIS), 0
    with closing(_links(session)) as links:
        for link in links:
            what = _broken(link, last) or _unlike_published(link.revision, published_head)
            if what:
                return AuditResult(last, redacted, Fault(last.number + 1, what))
            last = Head(link.revision.number, link.revision.hash)
            redacted += link.body is None
    fault = _broken_end(session, last, published_head) or index_fault(session)
    return AuditResult(last, redacted, fault)


def _links(session: Session) -> Generator[_Link, None, None]:
    body = tables.revision_bodies.c
    statement = (
        select(*tables.revisions.c, body.number.label("body_number"), body.body)
        .outerjoin(tables.revision_bodies, body.number == tables.revisions.c.number)
        .order_by(tables.revisions.c.number)
        .execution_options(yield_per=_AT_A_TIME)  # all bodies at once may not fit into memory
    )
    with session.execute(statement) as rows:
        for row in rows:
            yield _Link(log.as_revision(row), row.body_number is not None, row.body)


def _broken(link: _Link, last: Head) -> str | None:
    revision = link.revision
    if revision.number != last.number + 1:
        return "is missing."
    if revision.previous_hash != last.hash:
        return "does not follow from the revision before it."
    if revision.hash != revision.computed_hash():
        return "is not what its hash says: its time, author, reason or subject was changed."
    if not link.has_body:
        return "has lost its body; a redacted one would have left a tombstone."
    if link.body is not None and sha256(link.body) != revision.body_hash:
        return "its body is not the one that was recorded."
    return None


def _unlike_published(revision: Revision, published: Head | None) -> str | None:
    if published and published.number == revision.number and published.hash != revision.hash:
        return "its hash is not the one that was published."
    return None


def _broken_end(session: Session, last: Head, published: Head | None) -> Fault | None:
    head = log.head(session)
    if head.number > last.number:
        return Fault(last.number + 1, f"is missing; the head says that there are {head.number}.")
    if head != last:
        return Fault(last.number, "is the last one, and the head says otherwise.")
    if published and published.number > last.number:
        return Fault(
            last.number + 1, f"is missing; revision {published.number} was published already."
        )
    return None


def index_fault(session: Session) -> Fault | None:
    """The first claim, register entry or place that is not its newest revision's, if one is not.

    What was redacted is not compared; what was redacted as a whole is in no index.
    """
    return _stale_subject(session) or _subject_of_nothing(session) or _stale_place(session)


def _newest() -> Subquery:
    revision = tables.revisions.c
    return (
        select(
            revision.subject_kind, revision.subject_id, func.max(revision.number).label("number")
        )
        .group_by(revision.subject_kind, revision.subject_id)
        .subquery("newest")
    )


def _indexed() -> Subquery:
    claim, entry = tables.claims.c, tables.register_entries.c
    return union_all(
        select(
            literal("claim").label("kind"), claim.id, claim.revision, claim.document.label("body")
        ),
        select(entry.kind, entry.id, entry.revision, entry.body).where(entry.kind != "place"),
    ).subquery("indexed")


def _stale_subject(session: Session) -> Fault | None:
    # In SQL: to read every claim and entry for it would double what an audit reads.
    newest, indexed, stored = _newest(), _indexed(), tables.revision_bodies
    same = and_(
        indexed.c.kind == newest.c.subject_kind,
        indexed.c.id == newest.c.subject_id,
    )
    row = session.execute(
        select(newest.c.number, newest.c.subject_kind, newest.c.subject_id)
        .join(stored, stored.c.number == newest.c.number)
        .outerjoin(indexed, same)
        .where(
            or_(
                indexed.c.revision.is_distinct_from(newest.c.number),
                and_(stored.c.body.is_not(None), stored.c.body != indexed.c.body),
            ),
            or_(
                indexed.c.id.is_not(None),
                stored.c.body.is_distinct_from(tombstone_text(newest.c.subject_id)),
            ),
        )
        .order_by(newest.c.number)
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    subject = f"{row.subject_kind} “{row.subject_id}”"
    return Fault(row.number, f"is the newest of the {subject}, and the index says otherwise.")


def _subject_of_nothing(session: Session) -> Fault | None:
    newest, indexed = _newest(), _indexed()
    same = and_(
        indexed.c.kind == newest.c.subject_kind,
        indexed.c.id == newest.c.subject_id,
    )
    row = session.execute(
        select(indexed.c.revision, indexed.c.kind, indexed.c.id)
        .outerjoin(newest, same)
        .where(newest.c.number.is_(None))
        .order_by(indexed.c.revision)
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    return Fault(row.revision, f"is not one of the {row.kind} “{row.id}”, as the index says.")


def _stale_place(session: Session) -> Fault | None:
    entry = tables.register_entries.c
    # Places have no revisions of their own: the dossier's holds them.
    places = session.execute(
        select(entry.dossier, entry.id, entry.revision, entry.body).where(entry.kind == "place")
    ).all()
    dossiers = session.execute(
        select(entry.id, entry.revision, entry.body).where(entry.kind == "dossier")
    )
    indexed = {(row.dossier, row.id, row.revision, row.body) for row in places}
    recorded = {
        (dossier.id, place["id"], dossier.revision, canonical(place))
        for dossier in dossiers
        for place in json.loads(dossier.body).get("places", [])
    }
    # Both ways: a place too many in the index is as wrong as one too few.
    differing = indexed ^ recorded
    if not differing:
        return None
    dossier_id, place_id, number, _ = min(differing, key=lambda place: (place[2], place[1]))
    return Fault(
        number,
        f"holds the places of the dossier “{dossier_id}”; the index differs on “{place_id}”.",
    )
