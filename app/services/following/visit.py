"""One visit to a page that is due: what it says now is compared with what it said, and stored.

Nothing is fetched within a transaction, which would hold its locks as long as a stranger's server
takes: a visit first reads, and is stored after.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from time import monotonic
from typing import TypedDict

from sqlalchemy.orm import Session

from app.domain.contributing.records import SubmissionCheck
from app.domain.quotations.folding import fold
from app.domain.quotations.pages import Selector
from app.domain.records.page_checks import (
    ChangedWording,
    CheckedPage,
    CheckedQuote,
    CitationCheck,
    Finding,
    PageCopy,
    TakenSnapshot,
)
from app.domain.values.backoff import host_pause, page_pause
from app.fetching.archives import Archive, find_copy
from app.fetching.fetcher import Fetcher
from app.services.following.check_page import PageSeen, QuoteSeen, fetch_page, quotes_on
from app.services.following.page_context import CitedWords, KnownPage, known_copies
from app.storage.contributing.quotes import save_submission_check
from app.storage.database.engine import Database
from app.storage.following.check_queue import Lease, finish, release
from app.storage.following.checks import save_copy, save_page_check
from app.storage.following.snapshots import Snapshots, text_hash
from app.storage.registers.addresses import save_declared

# The fetcher refused before any request: the page is not at fault, and no failure is counted.
_NOT_ASKED = frozenset({"busy", "stopped"})
_OF_THE_HOST = frozenset({"dns", "connect", "tls", "timeout", "disconnected", "protocol"})


@dataclass(frozen=True, slots=True)
class VisitContext:
    """What a visit needs: the database, the fetcher, the snapshots, the archives, and how often."""

    database: Database
    fetcher: Fetcher
    snapshots: Snapshots
    archives: tuple[Archive, ...]
    recheck: timedelta
    pause: float


@dataclass(frozen=True, slots=True)
class Visited:
    """The result of a visit; not `is_stored` where the lease had ended, and all was dropped."""

    url: str
    seen: PageSeen
    quotes: tuple[QuoteSeen, ...]
    changes: int
    is_stored: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What a visit found of cited and submitted words, and what changed since the last visit."""

    took: float
    quotes: tuple[QuoteSeen, ...]
    submitted: tuple[QuoteSeen, ...]
    changes: Sequence[ChangedWording]
    taken: TakenSnapshot | None
    copies: Sequence[PageCopy]


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit to a leased page, not stored yet; `found` is None where it was not requested."""

    lease: Lease
    known: KnownPage
    seen: PageSeen
    found: Found | None


def visit(context: VisitContext, lease: Lease, known: KnownPage) -> Visit:
    """Read a leased page; `known` is what the record knew of it when it was leased.

    Nothing is written but the snapshot's files. A page is not requested where the program is
    stopping.
    """
    started = monotonic()
    seen = fetch_page(context.fetcher, lease.url)
    if seen.rule in _NOT_ASKED:
        return Visit(lease, known, seen, None)
    took = monotonic() - started
    cited = [(words.quote, _selector(words.last)) for words in known.words]
    asked = [*cited, *((words.quote, None) for words in known.pending)]
    seen, found_quotes = quotes_on(seen, asked, known.titles)
    quotes, submitted = found_quotes[: len(cited)], found_quotes[len(cited) :]
    changes = [
        change
        for words, quote in zip(known.words, quotes, strict=True)
        if (change := _change(words, quote)) is not None
    ]
    found = Found(
        took=took,
        quotes=quotes,
        submitted=submitted,
        changes=changes,
        taken=_snapshot(context, known, seen),
        copies=_copies(context, lease.url),
    )
    return Visit(lease, known, seen, found)


def persist(session: Session, context: VisitContext, visit: Visit) -> Visited:
    """Store what a visit found, or nothing of it where its lease is not ours any more.

    A page that was not requested goes back to the queue.
    """
    lease, known, seen, found = visit.lease, visit.known, visit.seen, visit.found
    if found is None:
        release(session, lease)
        return Visited(lease.url, seen, (), 0, is_stored=False)
    # The lease ends in the transaction that stores the result: of two workers that visited a page,
    # as one was slow, one result is stored.
    is_ours = _end(session, context, visit)
    if is_ours:
        now = datetime.now(UTC)
        page = _checked_page(known, seen, found, now)
        quotes = [_checked(words, q) for words, q in zip(known.words, found.quotes, strict=True)]
        number = save_page_check(session, page, quotes, taken=found.taken, changes=found.changes)
        for words, quote in zip(known.pending, found.submitted, strict=True):
            check = SubmissionCheck(page_check=number, at=page.at, **columns(quote))
            save_submission_check(session, words.submission, check, words.citation)
        if seen.text is not None:
            save_declared(session, lease.url, seen.text.about.canonical)
        for copy in found.copies:
            save_copy(session, lease.url, copy)
    return Visited(lease.url, seen, found.quotes + found.submitted, len(found.changes), is_ours)


def _end(session: Session, context: VisitContext, visit: Visit) -> bool:
    """End the lease, with when the page is due again; False where it has ended before."""
    now, lease = datetime.now(UTC), visit.lease
    failed = visit.seen.state == "unreachable"
    after = page_pause(lease.failures + 1) if failed else context.recheck
    return finish(
        session,
        lease,
        now,
        now + min(after, context.recheck),
        failed=failed,
        host_not_before=_host_rests_until(lease, visit.seen, now),
        pause=context.pause,
    )


def _host_rests_until(lease: Lease, seen: PageSeen, now: datetime) -> datetime | None:
    """Until when the host gets no request, as it failed or asked for it; None where neither."""
    fetched = seen.fetched
    status = (fetched.status if fetched else None) or 0
    # A page that is gone or forbidden says nothing about its host's other pages.
    failed = seen.rule in _OF_THE_HOST or status == 429 or status >= 500
    if fetched is None or not failed:
        return None
    return now + host_pause(lease.host_failures + 1, fetched.retry_after)


def _snapshot(context: VisitContext, known: KnownPage, seen: PageSeen) -> TakenSnapshot | None:
    """A snapshot of a page that was read, unless it says what the last one says."""
    if seen.text is None or seen.fetched is None or _unchanged(known, seen):
        return None
    fetched = seen.fetched
    saved = context.snapshots.save(
        fetched.url,
        fetched.final_url,
        fetched.at,
        fetched.status or 200,
        fetched.headers,
        fetched.body,
        seen.text.text,
    )
    media_type = dict(fetched.headers).get("content-type")
    return TakenSnapshot(saved, media_type, seen.text.encoding)


def _unchanged(known: KnownPage, seen: PageSeen) -> bool:
    # By the text and not by the bytes: most pages differ in every answer by a token or a clock.
    last = known.snapshot
    return (
        seen.text is not None
        and last is not None
        and last.taken.saved.text_hash == text_hash(seen.text.text)
    )


def _copies(context: VisitContext, url: str) -> list[PageCopy]:
    """Copies made nearest to the reading, asked for at archives of which none is known yet."""
    if not context.archives:
        return []
    with context.database.reading() as session:
        known = known_copies(session, url)
    # Noon, as the day of reading has no zone: it is within twelve hours anywhere.
    near = datetime.combine(known.read_on, time(12), UTC) if known.read_on else None
    found = []
    for archive in context.archives:
        if archive.name not in known.archives:
            copy = find_copy(context.fetcher.fetch, archive, url, near)
            if copy:
                now = datetime.now(UTC)
                found.append(PageCopy(archive.name, copy.url, copy.at, now))
    return found


def _checked_page(known: KnownPage, seen: PageSeen, found: Found, now: datetime) -> CheckedPage:
    fetched = seen.fetched
    unchanged = known.snapshot.number if known.snapshot and _unchanged(known, seen) else None
    return CheckedPage(
        url=known.url,
        at=fetched.at if fetched else now,
        state=seen.state,
        rule=seen.rule,
        reason=seen.reason,
        status=fetched.status if fetched else None,
        final_url=fetched.final_url if fetched else known.url,
        took=found.took,
        snapshot=unchanged,
    )


def _checked(words: CitedWords, seen: QuoteSeen) -> CheckedQuote:
    return CheckedQuote(
        claim=words.claim, citation=words.citation, quote=words.quote, **columns(seen)
    )


def _change(words: CitedWords, seen: QuoteSeen) -> ChangedWording | None:
    """What the page words otherwise than at the last visit that read it; None where nothing."""
    last = words.last
    if last is None or seen.check is None:
        return None
    before, after = _passage(last), _passage_now(seen)
    # Folded: white space, quotation marks and dashes change with a site's design, not with its
    # words.
    if fold(before) == fold(after):
        return None
    return ChangedWording(
        document=words.document,
        claim=words.claim,
        citation=words.citation,
        before=before,
        after=after,
        finding_before=last.quote.finding,
        finding_after=seen.finding,
    )


def _passage(check: CitationCheck) -> str:
    quote = check.quote
    parts = (quote.context_before, quote.context_exact, quote.context_after)
    return "".join(part or "" for part in parts)


def _passage_now(seen: QuoteSeen) -> str:
    context = seen.context
    return f"{context.before}{context.exact}{context.after}" if context else ""


def _selector(check: CitationCheck | None) -> Selector | None:
    quote = check.quote if check else None
    if quote is None or quote.exact is None:
        return None
    return Selector(quote.exact, quote.prefix or "", quote.suffix or "")


class QuoteColumns(TypedDict):
    """What `CheckedQuote` and `SubmissionCheck` have in common."""

    finding: Finding
    exact: str | None
    prefix: str | None
    suffix: str | None
    directive: str | None
    differences: str | None
    context_before: str | None
    context_exact: str | None
    context_after: str | None


def columns(seen: QuoteSeen) -> QuoteColumns:
    """The result of checking a quotation, as it is stored."""
    selector = seen.check.selector if seen.check else None
    context = seen.context
    return QuoteColumns(
        finding=seen.finding,
        exact=selector.exact if selector else None,
        prefix=selector.prefix if selector else None,
        suffix=selector.suffix if selector else None,
        directive=seen.directive,
        differences=_differences(seen),
        context_before=context.before if context else None,
        context_exact=context.exact if context else None,
        context_after=context.after if context else None,
    )


def _differences(seen: QuoteSeen) -> str | None:
    found = seen.check.differences if seen.check else ()
    return json.dumps([[d.kind, d.text] for d in found], ensure_ascii=False) if found else None
