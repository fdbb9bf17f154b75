"""Verifying the chain of revisions, and that the index says what its newest revisions say."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.storage import tables
from app.storage.revisions import log
from app.storage.revisions.chain import GENESIS, Fault, Head, Revision, sha256
from app.storage.revisions.index_audit import index_fault

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
    """Recompute every hash in order, then hold the head and the index against the chain.

    Against `published_head`, a number and hash that somebody noted earlier, even a chain that was
    cut or rewritten as a whole is found.
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
        .execution_options(yield_per=_AT_A_TIME)
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
