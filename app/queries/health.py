"""Whether the record can be relied on."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.domain.revisions.chain import Head
from app.storage.database.schema import require_current
from app.storage.revisions.audit import AuditResult, audit
from app.storage.revisions.log import head


def require_current_schema(session: Session) -> None:
    """Raise `DatabaseNotReady` where this program cannot work with the database, and say why."""
    require_current(session)


def record_head(session: Session) -> Head:
    """Where the chain of revisions ends: the record's change number, and its hash to publish."""
    return head(session)


def audit_record(session: Session, published_head: Head | None = None) -> AuditResult:
    """Whether the chain of revisions is whole: every hash, every redaction, and its end.

    Against `published_head`, a number and hash noted earlier, a chain that was cut or rewritten as
    a whole is found too. What is derived from the chain is not looked at.
    """
    return audit(session, published_head)
