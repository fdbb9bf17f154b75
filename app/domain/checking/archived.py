"""Whether the address of an archived copy is one, of the page and the day that it is given for.

Read are the addresses that say both: those of the Wayback Machine, of archives that write them
alike (`…/20201109184500/https://…`), and the long ones of archive.today. A short one says neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from app.domain.checking.findings import Finding, Where
from app.domain.records.registers import Archived, Document, Sources
from app.domain.values.canonical_addresses import archived_page, is_same_page

_WAYBACK = frozenset({"web.archive.org", "archive.org", "www.archive.org", "wayback.archive.org"})
_ARCHIVE_TODAY = frozenset(
    f"archive.{ending}" for ending in ("today", "ph", "is", "md", "vn", "li", "fo")
)


def archived_copy(document: Document, where: Where) -> Iterator[Finding]:
    """Findings for a copy whose address asks for one, or is of another page or day."""
    copy = document.archived
    if copy is None:
        return
    where = (*where, "archived")
    parts = urlsplit(copy.url)
    host, path = (parts.hostname or "").rstrip("."), parts.path
    known = archived_page(copy.url)
    if _asks_for_one(host, path):
        message = "asks the archive for a new copy; write the address of the copy itself"
        yield Finding((*where, "url"), message)
    elif known and known.day:
        yield from _of_page(known.page, document.url, where)
        yield from _of_day(known.day, copy, where)
    elif host in _WAYBACK and path.startswith("/web"):
        message = "is of no single copy; write the address with the copy's fourteen digits"
        yield Finding((*where, "url"), message)


def copies_as_pages(sources: Sources) -> Iterator[Finding]:
    """Findings for documents whose own address is that of an archive's copy."""
    for n, document in enumerate(sources.documents):
        copy = archived_page(document.url) if document.url else None
        if copy:
            message = f"is an archive's copy; write “{copy.page}”, and the copy as “archived”"
            yield Finding(("documents", n, "url"), message)


def _asks_for_one(host: str, path: str) -> bool:
    first = path.strip("/").partition("/")[0]
    if host in _ARCHIVE_TODAY:
        return first in ("", "submit", "newest", "oldest", "timegate")
    return host in _WAYBACK and first == "save"


def _of_page(page: str, url: str | None, where: Where) -> Iterator[Finding]:
    if url and not is_same_page(page, url):
        yield Finding((*where, "url"), f"is a copy of another page than “{url}”")


def _of_day(day: str, copy: Archived, where: Where) -> Iterator[Finding]:
    if day != copy.on:
        yield Finding((*where, "on"), f"is not the day in the copy's address, {day}")
