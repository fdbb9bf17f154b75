"""Whether the record can be relied on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.revisions.chain import Head
from app.errors import DatabaseNotReady
from app.storage.contributing.submissions import count_pending
from app.storage.database.schema import require_current
from app.storage.following.check_queue import count_due, workers_seen
from app.storage.revisions.audit import AuditResult, audit
from app.storage.revisions.change_number import read_numbers
from app.storage.revisions.log import head
from app.storage.search.rows import is_answering

# A worker says once a minute that it runs.
WORKER_IS_LATE = timedelta(minutes=10)


def require_current_schema(session: Session) -> None:
    """Raise `DatabaseNotReady` where this program cannot work with the database, and say why."""
    require_current(session)


@dataclass(frozen=True, slots=True)
class VitalSigns:
    """Numbers by which an operator sees how an installation does.

    `head` is the number of the last revision; `workers` ran in the last ten minutes, and the last
    of all `worker_age` seconds ago, None where none ever did.
    """

    head: int
    pending: int
    due: int
    checks: int
    workers: int
    worker_age: float | None


def vital_signs(session: Session, now: datetime) -> VitalSigns:
    """The numbers as of now; they cost the same however large the record is."""
    numbers, seen = read_numbers(session), workers_seen(session)
    return VitalSigns(
        head=numbers.changes,
        pending=count_pending(session),
        due=count_due(session, now),
        checks=numbers.checks,
        workers=sum(now - at < WORKER_IS_LATE for at in seen),
        worker_age=(now - seen[0]).total_seconds() if seen else None,
    )


def require_searchable(session: Session) -> None:
    """Raise `DatabaseNotReady` where a search finds nothing, or by words of another version.

    A look at the newest row alone: `doctor` and the start of a server count them all.
    """
    if not is_answering(session):
        raise DatabaseNotReady("The search index is not up to date; run “variorum migrate”.")


def record_head(session: Session) -> Head:
    """Where the chain of revisions ends: the record's change number, and its hash to publish."""
    return head(session)


def audit_record(session: Session, published_head: Head | None = None) -> AuditResult:
    """Whether the chain of revisions is whole: every hash, every redaction, and its end.

    Against `published_head`, a number and hash noted earlier, a chain that was cut or rewritten as
    a whole is found too. What is derived from the chain is not looked at.
    """
    return audit(session, published_head)
