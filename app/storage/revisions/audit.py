"""Verifying the chain of revisions: every hash, every redaction, and where it ends."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.revisions.chain import (
    GENESIS,
    Fault,
    Head,
    Revision,
    is_tombstone,
    signed_numbers,
)
from app.domain.values.base import sha256
from app.storage import tables
from app.storage.database.cells import any_text, bad_cells
from app.storage.revisions import log
from app.storage.revisions.log import NO_BODY, StoredRevision, stream_revisions


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


def audit(session: Session, published_head: Head | None = None) -> AuditResult:
    """Recompute every hash in order, then compare the head with the chain.

    With `published_head`, a number and hash noted earlier, even a chain that was cut or rewritten
    as a whole is found. A body that is gone counts as redacted only if a later revision of its
    subject signs that.
    """
    with any_text(session):
        fault = _unreadable(session)
        return AuditResult(Head(0, GENESIS), 0, fault) if fault else _audit(session, published_head)


def _unreadable(session: Session) -> Fault | None:
    """The first link that holds what cannot be read, or a head that is none."""
    if session.execute(select(tables.head.c.number)).first() is None:
        return Fault(0, "the head is missing, which says where the chain ends.")
    for some in ([tables.head], [tables.revisions, tables.revision_bodies]):
        # Both are keyed by the number of the revision.
        first = min(bad_cells(session, some), key=lambda cell: int(cell.key[0]), default=None)
        if first:
            number = 0 if first.table == "head" else int(first.key[0])
            return Fault(number, f"its {first.column} cannot be read, in {first.table}.")
    return None


def _audit(session: Session, published_head: Head | None) -> AuditResult:
    last, redactions = Head(0, GENESIS), _Redactions()
    with closing(stream_revisions(session)) as revisions:
        for stored in revisions:
            what = _broken(stored, last) or _unlike_published(stored.revision, published_head)
            if what:
                return AuditResult(last, redactions.count, Fault(last.number + 1, what))
            last = Head(stored.revision.number, stored.revision.hash)
            redactions.read(stored)
    fault = redactions.fault() or _broken_end(session, last, published_head)
    return AuditResult(last, redactions.count, fault)


@dataclass(slots=True)
class _Redactions:
    """The bodies that are gone, until a revision that signs it is read."""

    count: int = 0
    _unsigned: dict[int, tuple[str, str]] = field(default_factory=dict)

    def read(self, stored: StoredRevision) -> None:
        revision = stored.revision
        subject = (revision.subject_kind, revision.subject_id)
        if stored.body is None:
            self.count += 1
            self._unsigned[revision.number] = subject
        elif self._unsigned:
            for number in self._signed_by(revision, stored.body, subject):
                del self._unsigned[number]

    def _signed_by(self, revision: Revision, body: str, subject: tuple[str, str]) -> list[int]:
        numbers = signed_numbers(revision.reason)
        said = json.loads(body)
        kind, key = subject
        ids = {key, *said.get("formerly", ())}
        is_whole = is_tombstone(said)
        return [
            number
            for number, (of_kind, of_id) in self._unsigned.items()
            if of_kind == kind and of_id in ids and (is_whole or number in numbers)
        ]

    def fault(self) -> Fault | None:
        """The first body that is gone and that nobody signed for."""
        if not self._unsigned:
            return None
        return Fault(
            min(self._unsigned), "has lost its words, and no later revision signs a redaction."
        )


def _broken(stored: StoredRevision, last: Head) -> str | None:
    revision = stored.revision
    if revision.number != last.number + 1:
        return "is missing."
    if revision.previous_hash != last.hash:
        return "does not follow from the revision before it."
    if revision.hash != revision.computed_hash():
        return "is not what its hash says: its time, author, reason or subject was changed."
    if stored.body == NO_BODY:
        return "has lost its body; a redacted one would have left a tombstone."
    if stored.body is not None and sha256(stored.body) != revision.body_hash:
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
