"""Whether the record can be relied on."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.domain.revisions.chain import Head
from app.storage.database.schema import require_current
from app.storage.revisions.audit import AuditResult, audit


def require_current_schema(session: Session) -> None:
    """Raise `DatabaseNotReady` where this program cannot work with the database, and say why."""
    require_current(session)


def audit_record(session: Session, published_head: Head | None = None) -> AuditResult:
    """Whether the chain of revisions is whole, and the index says what its newest revisions say.

    Against `published_head`, a number and hash noted earlier, a chain that was cut or rewritten as
    a whole is found too.
    """
    # A chain that was written again from its beginning is whole in itself: only a head that was
    # noted elsewhere shows it.
    return audit(session, published_head)
