"""The latest changes of the record as an Atom feed (RFC 4287)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.domain.values.base import rfc3339
from app.queries.health import record_head
from app.queries.history import latest_changes
from app.web.history.changes import RevisionRow, revision_rows
from app.web.html.rendering import in_xml, render
from app.web.http.dependencies import ReadSession
from app.web.wording.locale import gettext as _

router = APIRouter()

_ENTRIES = 50
_MEDIA_TYPE = "application/atom+xml"
# RFC 4287 requires `updated` of a feed, also of one without entries.
_EMPTY_SINCE = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An accepted change; `address` shows it for ever, and is its id."""

    address: str
    title: str
    author: str
    updated: str
    summary: str


@router.get("/changes.atom")
def changes_feed(request: Request, session: ReadSession) -> Response:
    """The latest accepted changes, newest first."""
    base = request.app.state.base_url
    entries, head = _entries(session, base), record_head(session)
    context = {
        "title": _("Variorum: changes of the record"),
        # Readers of feeds keep what they fetched: a head that many hold cannot be rewritten.
        "subtitle": _("Head of the chain of revisions") + f": {head.number}:{head.hash}",
        "address": f"{base}/changes.atom",
        "page": f"{base}/changes",
        "updated": entries[0].updated if entries else rfc3339(_EMPTY_SINCE),
        "entries": entries,
    }
    page = render("changes.atom.xml", context)
    page.headers["Content-Type"] = _MEDIA_TYPE
    return page


def _entries(session: Session, base: str) -> list[FeedEntry]:
    found = latest_changes(session, limit=_ENTRIES).items
    rows = revision_rows(found)
    return [_entry(base, change.revision.at, row) for change, row in zip(found, rows, strict=True)]


def _entry(base: str, at: datetime, row: RevisionRow) -> FeedEntry:
    return FeedEntry(
        address=base + row.revision_url,
        # XML 1.0 allows fewer characters than the record may have.
        title=in_xml(f"{row.name} ({row.kind})"),
        author=in_xml(row.author),
        updated=rfc3339(at),
        summary=in_xml(row.reason),
    )
