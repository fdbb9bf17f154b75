"""Checks of pages and of quotations on them: saving them, and reading the last ones.

Checks are numbered without a gap in the order in which they appear, so that a reader who has seen
all up to n and asks for those since n misses none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Subquery, and_, func, insert, select, tuple_, update
from sqlalchemy.orm import Session

from app.domain.records.page_checks import (
    ChangedWording,
    CheckedPage,
    CheckedQuote,
    CitationCheck,
    PageCheck,
    PageCopy,
    SavedSnapshot,
    Snapshot,
    TakenSnapshot,
    WordingChange,
)
from app.domain.values.addresses import page_key
from app.storage import tables
from app.storage.database.bulk import batched, storable_row, upsert

_PAGES = tables.page_checks.c
_QUOTES = tables.quote_checks.c
_SNAPSHOTS = tables.snapshots.c
_ENTRIES = tables.register_entries.c

OF_PAGE: tuple[ColumnElement[Any], ...] = tuple(  # in the order of PageCheck
    _SNAPSHOTS.text_hash if field.name == "text_hash" else _PAGES[field.name]
    for field in fields(PageCheck)
)
_SETTLED = ("verbatim", "altered", "struck-out", "missing")
_OF_QUOTE = tuple(_QUOTES[field.name] for field in fields(CheckedQuote))


def check_number(session: Session) -> int:
    """The number of the last page check, 0 while there is none."""
    number: int = session.execute(select(tables.checks_head.c.number)).scalar_one()
    return number


def save_page_check(
    session: Session,
    page: CheckedPage,
    quotes: Sequence[CheckedQuote] = (),
    *,
    taken: TakenSnapshot | None = None,
    changes: Sequence[ChangedWording] = (),
) -> int:
    """Store the check of a page; returns its number.

    `taken` is the snapshot that it took, if it took one. Until the transaction ends, no other can
    save a check. What no database can store in a text (U+0000, lone surrogates) is replaced by
    U+FFFD.
    """
    number = _next_number(session)
    if taken is not None:
        save_snapshot(session, number, page, taken)
    row = asdict(page) | {"number": number, "page": page_key(page.url)}
    if taken is not None:
        row["snapshot"] = number
    session.execute(insert(tables.page_checks), storable_row(row))
    # The newest check of each page in a table of its own: a list of 500 pages would otherwise look
    # for the newest among all checks that there ever were.
    last = {"page": row["page"], "number": number}
    upsert(session, tables.last_page_checks, [last])
    if quotes:
        rows = [storable_row(asdict(quote) | {"page_check": number}) for quote in quotes]
        session.execute(insert(tables.quote_checks), rows)
    save_changes(session, number, page.at, changes)
    return number


def last_checks_of_claim(session: Session, claim: str) -> dict[str, CitationCheck]:
    """The last check of each citation of a claim that was checked, by the citation's id.

    It is of the words that the citation had then: compare `quote.quote`, and `page.url`.
    """
    checks = _read(session, _QUOTES.claim == claim)
    return {citation: check for (_, citation), check in checks.items()}


def last_settled(
    session: Session, citations: Collection[tuple[str, str]]
) -> dict[tuple[str, str], CitationCheck]:
    """Of each of these citations the last check that read its page, whatever it found there."""
    found: dict[tuple[str, str], CitationCheck] = {}
    for some in batched(citations):
        found |= _read(session, _among(some), _QUOTES.finding.in_(_SETTLED))
    return found


def history_of_document(
    session: Session, document: str, *, limit: int, before: int | None = None
) -> list[PageCheck]:
    """The checks of a document's page, newest first, at most `limit`, those before a number."""
    its_page = select(_ENTRIES.page).where(_ENTRIES.kind == "document", _ENTRIES.id == document)
    statement = (
        select(*OF_PAGE)
        .outerjoin(tables.snapshots, _SNAPSHOTS.number == _PAGES.snapshot)
        .where(_PAGES.page == its_page.scalar_subquery())
        .order_by(_PAGES.number.desc())
        .limit(limit)
    )
    if before is not None:
        statement = statement.where(_PAGES.number < before)
    return [PageCheck(*row) for row in session.execute(statement)]


def documents_at(session: Session, url: str) -> list[str]:
    """The documents on record whose page is at this address; several may share one."""
    here = select(_ENTRIES.id).where(_ENTRIES.page == page_key(url))
    return list(session.scalars(here.order_by(_ENTRIES.id)))


def titles_at(session: Session, urls: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The titles of the documents on record at each of these addresses that has some."""
    pages = {url: page_key(url) for url in urls}
    found: dict[str, list[str]] = defaultdict(list)
    for some in batched(set(pages.values())):
        titles = select(_ENTRIES.page, _ENTRIES.name).where(_ENTRIES.page.in_(some))
        for page, title in session.execute(titles.order_by(_ENTRIES.id)):
            found[page].append(title)
    return {url: tuple(found[page]) for url, page in pages.items() if page in found}


def newest_of_quotes(*among: ColumnElement[bool]) -> Subquery:
    """Of each citation the newest of those rows of `quote_checks` for which all of this holds."""
    return (
        select(_QUOTES.claim, _QUOTES.citation, func.max(_QUOTES.page_check).label("page_check"))
        .where(*among)
        .group_by(_QUOTES.claim, _QUOTES.citation)
        .subquery("newest")
    )


def is_row_of(newest: Subquery) -> ColumnElement[bool]:
    """Whether a row of `quote_checks` is one of those newest."""
    return and_(*(_QUOTES[key] == newest.c[key] for key in ("claim", "citation", "page_check")))


def _among(citations: Collection[tuple[str, str]]) -> ColumnElement[bool]:
    # Naming the claims apart lets SQLite use its index, which it does not for pairs alone.
    claims = {claim for claim, _ in citations}
    return _QUOTES.claim.in_(claims) & tuple_(_QUOTES.claim, _QUOTES.citation).in_(citations)


def _read(session: Session, *among: ColumnElement[bool]) -> dict[tuple[str, str], CitationCheck]:
    newest = newest_of_quotes(*among)
    rows = session.execute(
        select(*_OF_QUOTE, *OF_PAGE)
        .join_from(newest, tables.quote_checks, is_row_of(newest))
        .join(tables.page_checks, _PAGES.number == _QUOTES.page_check)
        .outerjoin(tables.snapshots, _SNAPSHOTS.number == _PAGES.snapshot)
    )
    return {(row.claim, row.citation): _as_check(row) for row in rows}


def _as_check(row: Row[*tuple[Any, ...]]) -> CitationCheck:
    width = len(_OF_QUOTE)
    return CitationCheck(CheckedQuote(*row[:width]), PageCheck(*row[width:]))


def _next_number(session: Session) -> int:
    """One more than the last; on PostgreSQL the row is locked from here on.

    A sequence would hand out numbers that appear in another order than they were taken in, and one
    that commits late would hide from those who read on from a later number.
    """
    head = tables.checks_head.c
    session.execute(update(tables.checks_head).values(number=head.number + 1))
    return check_number(session)


_CHANGES = tables.wording_changes.c
_OF_CHANGE = tuple(_CHANGES[field.name] for field in fields(ChangedWording))


def save_changes(
    session: Session, page_check: int, at: datetime, changes: Sequence[ChangedWording]
) -> None:
    """Store the changes that a page check found, numbered on; `save_page_check` calls it.

    While a page check is saved no other can be, so that no number is used twice.
    """
    if not changes:
        return
    last = session.scalar(select(func.max(_CHANGES.number))) or 0
    rows = [
        storable_row(asdict(change) | {"number": number, "page_check": page_check, "at": at})
        for number, change in enumerate(changes, start=last + 1)
    ]
    session.execute(insert(tables.wording_changes), rows)


def wording_changes(
    session: Session,
    *,
    limit: int,
    before: int | None = None,
    since: int | None = None,
    claim: str | None = None,
) -> list[WordingChange]:
    """Changed wordings, of one claim or of all, at most `limit`.

    Newest first, those before a number; with `since`, oldest first, those after that number, so
    that a mirror reads on where it stopped and misses nothing.
    """
    order = _CHANGES.number.desc() if since is None else _CHANGES.number.asc()
    statement = select(_CHANGES.number, _CHANGES.page_check, _CHANGES.at, *_OF_CHANGE)
    if before is not None:
        statement = statement.where(_CHANGES.number < before)
    if since is not None:
        statement = statement.where(_CHANGES.number > since)
    if claim is not None:
        statement = statement.where(_CHANGES.claim == claim)
    rows = session.execute(statement.order_by(order).limit(limit))
    return [WordingChange(row[0], row[1], row[2], ChangedWording(*row[3:])) for row in rows]


def save_snapshot(session: Session, number: int, page: CheckedPage, taken: TakenSnapshot) -> None:
    """Store where a snapshot is, under its page check's number; `save_page_check` calls it."""
    row = {
        "number": number,
        "page": page_key(page.url),
        "url": page.url,
        "final_url": page.final_url,
        "at": page.at,
        "status": page.status,
        "media_type": taken.media_type,
        "encoding": taken.encoding,
        "text_hash": taken.saved.text_hash,
        "warc": taken.saved.warc,
        "warc_offset": taken.saved.offset,
        "warc_length": taken.saved.length,
    }
    session.execute(insert(tables.snapshots), storable_row(row))


def last_snapshots(session: Session, urls: Collection[str]) -> dict[str, Snapshot]:
    """The newest snapshot of the page at each of these addresses that has one."""
    # By hash: addresses may be longer than PostgreSQL's index takes.
    pages = {url: page_key(url) for url in urls}
    newest = select(func.max(_SNAPSHOTS.number)).group_by(_SNAPSHOTS.page)
    found = {}
    for some in batched(set(pages.values())):
        among = _SNAPSHOTS.number.in_(newest.where(_SNAPSHOTS.page.in_(some)))
        for row in session.execute(select(*_SNAPSHOTS).where(among)):
            found[row.page] = _as_snapshot(row)
    return {url: found[page] for url, page in pages.items() if page in found}


def get_snapshot(session: Session, number: int) -> Snapshot | None:
    """The snapshot that the page check of this number took."""
    row = session.execute(select(*_SNAPSHOTS).where(_SNAPSHOTS.number == number)).one_or_none()
    return None if row is None else _as_snapshot(row)


def _as_snapshot(row: Row[*tuple[Any, ...]]) -> Snapshot:
    saved = SavedSnapshot(row.warc, row.warc_offset, row.warc_length, row.text_hash)
    return Snapshot(
        number=row.number,
        url=row.url,
        final_url=row.final_url,
        at=row.at,
        status=row.status,
        taken=TakenSnapshot(saved, row.media_type, row.encoding),
    )


_COPIES = tables.archived_copies.c


def save_copy(session: Session, url: str, copy: PageCopy) -> None:
    """Store an archive's copy of the page at this address, in place of an earlier one."""
    # Counted apart from checks, as a copy changes pages without a check: caches go by this number.
    head = tables.checks_head
    session.execute(update(head).values(copies=head.c.copies + 1))
    row = asdict(copy) | {"page": page_key(url), "url": url}
    upsert(session, tables.archived_copies, [storable_row(row)])


def copies_of(session: Session, urls: Collection[str]) -> dict[str, list[PageCopy]]:
    """The copies of the pages at these addresses, each archive's, oldest first."""
    pages = {url: page_key(url) for url in urls}
    found: dict[str, list[PageCopy]] = {page: [] for page in pages.values()}
    columns = (_COPIES.archive, _COPIES.copy_url, _COPIES.copied_at, _COPIES.found_at)
    copies = select(_COPIES.page, *columns).order_by(_COPIES.copied_at, _COPIES.archive)
    for some in batched(found):
        for row in session.execute(copies.where(_COPIES.page.in_(some))):
            found[row.page].append(PageCopy(*row[1:]))
    return {url: found[page] for url, page in pages.items()}
