"""One visit to a page that is due: what it shows now is set beside what it showed, and kept.

Nothing is fetched within a transaction: a visit first looks, and is put on record after.
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
    CopyOnRecord,
    Finding,
    QuoteCheckOnRecord,
    TakenSnapshot,
)
from app.domain.values.backoff import host_pause, page_pause
from app.fetching.archives import Archive, find_copy
from app.fetching.fetcher import Fetcher
from app.services.following.check_page import PageSeen, QuoteSeen, look_at, quote_on
from app.services.following.page_context import CitedWords, KnownPage, known_copies
from app.storage.contributing.quotes import save_submission_check
from app.storage.database.engine import Database
from app.storage.following.check_queue import Lease, finish, give_back
from app.storage.following.checks import save_page_check
from app.storage.following.snapshot_index import save_copy
from app.storage.following.snapshots import Snapshots, text_hash

_NOT_ASKED = frozenset({"busy", "stopped"})
_OF_THE_HOST = frozenset({"dns", "connect", "tls", "timeout", "disconnected", "protocol"})


@dataclass(frozen=True, slots=True)
class Follower:
    """What a visit needs: where it is written, who fetches, where snapshots lie, how often."""

    database: Database
    fetcher: Fetcher
    snapshots: Snapshots
    archives: tuple[Archive, ...]
    recheck: timedelta
    pause: float


@dataclass(frozen=True, slots=True)
class Visited:
    """What came of a visit; `kept` is false where the lease had ended, and all was dropped."""

    url: str
    seen: PageSeen
    quotes: tuple[QuoteSeen, ...]
    changes: int
    kept: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What a visit found: how cited and submitted words stood, and what changed since the last."""

    took: float
    quotes: tuple[QuoteSeen, ...]
    submitted: tuple[QuoteSeen, ...]
    changes: Sequence[ChangedWording]
    taken: TakenSnapshot | None
    copies: Sequence[CopyOnRecord]


@dataclass(frozen=True, slots=True)
class Visit:
    """A look at a leased page, not yet on record; `found` is None where it was not asked for."""

    lease: Lease
    known: KnownPage
    seen: PageSeen
    found: Found | None


def visit(follower: Follower, lease: Lease, known: KnownPage) -> Visit:
    """Look at a leased page; `known` is what the record knew of it when it was leased.

    Nothing is written but the snapshot's files. A page is not asked for where the program is
    stopping.
    """
    started = monotonic()
    seen = look_at(follower.fetcher, lease.url)
    if seen.rule in _NOT_ASKED:
        return Visit(lease, known, seen, None)
    took = monotonic() - started
    quotes = tuple(quote_on(seen, words.quote, _selector(words.last)) for words in known.words)
    changes = [
        change
        for words, quote in zip(known.words, quotes, strict=True)
        if (change := _change(words, quote)) is not None
    ]
    found = Found(
        took=took,
        quotes=quotes,
        submitted=tuple(quote_on(seen, words.quote) for words in known.pending),
        changes=changes,
        taken=_snapshot(follower, known, seen),
        copies=_copies(follower, lease.url),
    )
    return Visit(lease, known, seen, found)


def keep(session: Session, follower: Follower, visit: Visit) -> Visited:
    """Put on record what a visit found, or nothing of it where its lease is not ours any more.

    A page that was not asked for goes back to the queue.
    """
    lease, known, seen, found = visit.lease, visit.known, visit.seen, visit.found
    if found is None:
        give_back(session, lease)
        return Visited(lease.url, seen, (), 0, kept=False)
    kept = _end(session, follower, visit)
    if kept:
        now = datetime.now(UTC)
        page = _checked_page(known, seen, found, now)
        quotes = [_checked(words, q) for words, q in zip(known.words, found.quotes, strict=True)]
        number = save_page_check(session, page, quotes, taken=found.taken, changes=found.changes)
        for words, quote in zip(known.pending, found.submitted, strict=True):
            check = SubmissionCheck(page_check=number, at=page.at, **standing(quote))
            save_submission_check(session, words.submission, check, words.citation)
        for copy in found.copies:
            save_copy(session, lease.url, copy)
    return Visited(lease.url, seen, found.quotes + found.submitted, len(found.changes), kept)


def _end(session: Session, follower: Follower, visit: Visit) -> bool:
    """End the lease, with when the page is due again; False where it has ended before."""
    now, lease = datetime.now(UTC), visit.lease
    failed = visit.seen.state == "unreachable"
    after = page_pause(lease.failures + 1) if failed else follower.recheck
    return finish(
        session,
        lease,
        now,
        now + min(after, follower.recheck),
        failed=failed,
        host_not_before=_host_rests_until(lease, visit.seen, now),
        pause=follower.pause,
    )


def _host_rests_until(lease: Lease, seen: PageSeen, now: datetime) -> datetime | None:
    """Until when the host is left alone because it failed, or asked for it; None where neither."""
    fetched = seen.fetched
    status = (fetched.status if fetched else None) or 0
    failed = seen.rule in _OF_THE_HOST or status == 429 or status >= 500
    if fetched is None or not failed:
        return None
    return now + host_pause(lease.host_failures + 1, fetched.retry_after)


def _snapshot(follower: Follower, known: KnownPage, seen: PageSeen) -> TakenSnapshot | None:
    """A snapshot of a page that was read, unless it says what the last one says."""
    if seen.text is None or seen.fetched is None or _unchanged(known, seen):
        return None
    fetched = seen.fetched
    saved = follower.snapshots.save(
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
    last = known.snapshot
    return (
        seen.text is not None
        and last is not None
        and last.taken.saved.text_hash == text_hash(seen.text.text)
    )


def _copies(follower: Follower, url: str) -> list[CopyOnRecord]:
    """Copies made nearest to the reading, asked for at archives of which none is known yet."""
    if not follower.archives:
        return []
    with follower.database.reading() as session:
        known = known_copies(session, url)
    near = datetime.combine(known.read_on, time(12), UTC) if known.read_on else None
    found = []
    for archive in follower.archives:
        if archive.name not in known.archives:
            copy = find_copy(follower.fetcher.fetch, archive, url, near)
            if copy:
                now = datetime.now(UTC)
                found.append(CopyOnRecord(archive.name, copy.url, copy.at, now))
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
        claim=words.claim, citation=words.citation, quote=words.quote, **standing(seen)
    )


def _change(words: CitedWords, seen: QuoteSeen) -> ChangedWording | None:
    """What the page words otherwise than at the last look that read it; None where nothing."""
    last = words.last
    if last is None or seen.check is None:
        return None
    before, after = _passage(last), _passage_now(seen)
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


def _passage(check: QuoteCheckOnRecord) -> str:
    quote = check.quote
    parts = (quote.context_before, quote.context_exact, quote.context_after)
    return "".join(part or "" for part in parts)


def _passage_now(seen: QuoteSeen) -> str:
    context = seen.context
    return f"{context.before}{context.exact}{context.after}" if context else ""


def _selector(check: QuoteCheckOnRecord | None) -> Selector | None:
    quote = check.quote if check else None
    if quote is None or quote.exact is None:
        return None
    return Selector(quote.exact, quote.prefix or "", quote.suffix or "")


class Standing(TypedDict):
    """What `storage.following.CheckedQuote` and `storage.contributions.SubmissionCheck` share."""

    finding: Finding
    exact: str | None
    prefix: str | None
    suffix: str | None
    directive: str | None
    differences: str | None
    context_before: str | None
    context_exact: str | None
    context_after: str | None


def standing(seen: QuoteSeen) -> Standing:
    """How words stood that were looked for."""
    selector = seen.check.selector if seen.check else None
    context = seen.context
    return Standing(
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
