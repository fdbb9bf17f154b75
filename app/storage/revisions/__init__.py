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
    last_from_files,
    list_changes,
    lock_head,
    newest,
)

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
    "body_hash",
    "canonical",
    "get",
    "head",
    "history",
    "last_from_files",
    "list_changes",
    "lock_head",
    "newest",
    "rfc3339",
    "sha256",
]
