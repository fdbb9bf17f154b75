"""What became of following the links of the record's documents.

    records      what is kept of a look at a page, as values
    due_work     which pages are to be looked at next, and who looks at them now
    checks       looks at pages and how quotations stood on them
    taken        which snapshots were taken of a page
    snapshots    the files of those snapshots
    wordings     passages that pages word otherwise than before
    copies       copies of pages that web archives have
    link_health  all documents with the last look at their pages

A page is an address without its fragment; several documents may share one.
"""

from app.storage.following.checks import (
    check_number,
    documents_at,
    history_of_document,
    last_checks_of_claim,
    last_settled,
    save_page_check,
)
from app.storage.following.copies import copies_of, save_copy
from app.storage.following.due_work import (
    Lease,
    Planned,
    bring_forward,
    finish,
    give_back,
    lease,
    next_due,
    plan,
)
from app.storage.following.link_health import (
    LinkCount,
    LinkHealth,
    LinkState,
    count_links,
    link_health,
)
from app.storage.following.records import (
    ChangedWording,
    CheckedPage,
    CheckedQuote,
    CopyOnRecord,
    Finding,
    PageCheckOnRecord,
    QuoteCheckOnRecord,
    SavedSnapshot,
    SnapshotOnRecord,
    TakenSnapshot,
    WordingChange,
)
from app.storage.following.snapshots import Snapshots, StoredResponse, text_hash
from app.storage.following.taken import get_snapshot, last_snapshots
from app.storage.following.wordings import wording_changes

__all__ = [
    "ChangedWording",
    "CheckedPage",
    "CheckedQuote",
    "CopyOnRecord",
    "Finding",
    "Lease",
    "LinkCount",
    "LinkHealth",
    "LinkState",
    "PageCheckOnRecord",
    "Planned",
    "QuoteCheckOnRecord",
    "SavedSnapshot",
    "SnapshotOnRecord",
    "Snapshots",
    "StoredResponse",
    "TakenSnapshot",
    "WordingChange",
    "bring_forward",
    "check_number",
    "copies_of",
    "count_links",
    "documents_at",
    "finish",
    "get_snapshot",
    "give_back",
    "history_of_document",
    "last_checks_of_claim",
    "last_settled",
    "last_snapshots",
    "lease",
    "link_health",
    "next_due",
    "plan",
    "save_copy",
    "save_page_check",
    "text_hash",
    "wording_changes",
]
