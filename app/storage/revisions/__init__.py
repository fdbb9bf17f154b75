"""The chain of revisions: every accepted change to the record, in one order, each hashed."""

from app.storage.revisions.audit import AuditResult, audit
from app.storage.revisions.chain import (
    GENESIS,
    EntryKind,
    Fault,
    Head,
    Origin,
    Revision,
    SubjectKind,
    body_hash,
    canonical,
    rfc3339,
    sha256,
)
from app.storage.revisions.log import (
    StoredRevision,
    append,
    bodies,
    get,
    head,
    history,
    latest,
    list_changes,
    lock_head,
    newest,
)
from app.storage.revisions.past import bodies_as_of, history_page, revision_after, with_bodies
from app.storage.revisions.takedown import empty_bodies, tombstone

__all__ = [
    "GENESIS",
    "AuditResult",
    "EntryKind",
    "Fault",
    "Head",
    "Origin",
    "Revision",
    "StoredRevision",
    "SubjectKind",
    "append",
    "audit",
    "bodies",
    "bodies_as_of",
    "body_hash",
    "canonical",
    "empty_bodies",
    "get",
    "head",
    "history",
    "history_page",
    "latest",
    "list_changes",
    "lock_head",
    "newest",
    "revision_after",
    "rfc3339",
    "sha256",
    "tombstone",
    "with_bodies",
]
