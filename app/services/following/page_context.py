"""What is known of a page before it is checked: what is cited from it, and the last results."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from app.domain.contributing.records import PendingQuote
from app.domain.records.claims import claim_of
from app.domain.records.page_checks import CitationCheck, Snapshot
from app.domain.records.registers import Document
from app.storage.claims.citations import CitedHere, cited_at
from app.storage.claims.documents import get_claims
from app.storage.contributing.quotes import pending_at, pending_pages
from app.storage.following.checks import (
    copies_of,
    documents_at,
    last_settled,
    last_snapshots,
    titles_at,
)
from app.storage.registers.entries import document_addresses, get_entry

CitationKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class CitedWords:
    """A quotation that is to be checked on a page, and the last check that settled it."""

    claim: str
    citation: str
    document: str
    quote: str
    last: CitationCheck | None


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page as the record knows it: its quotations, and its last snapshot.

    `pending` are words that submissions quote from it, `titles` those of the documents at it.
    """

    url: str
    words: tuple[CitedWords, ...]
    pending: tuple[PendingQuote, ...]
    snapshot: Snapshot | None
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownCopies:
    """The archives of which a copy of a page is known.

    `read_on` is the first day on which the page was read for the record, None where nothing cites
    it.
    """

    read_on: date | None
    archives: frozenset[str]


def wanted_pages(session: Session) -> Mapping[str, str]:
    """The address of every document that has one, and of every page of a pending submission.

    Each with its host.
    """
    cited = {url: urlsplit(url).hostname or "" for url in document_addresses(session)}
    # The record's own address wins, where a submission writes it otherwise.
    return {**pending_pages(session), **cited}


def known_pages(session: Session, urls: Collection[str]) -> dict[str, KnownPage]:
    """What the record knows of the pages at these addresses; no words where nothing cites one."""
    # A few queries for all leased pages, in place of some for each.
    cited = cited_at(session, urls)
    keys = {(here.claim, here.citation) for page in cited.values() for here in page}
    last = last_settled(session, keys) if keys else {}
    quotes = _quotes(session, keys)
    pending, snapshots = pending_at(session, urls), last_snapshots(session, urls)
    titles = titles_at(session, urls)
    return {
        url: KnownPage(
            url=url,
            words=tuple(_cited_words(cited.get(url, ()), quotes, last)),
            pending=tuple(pending.get(url, ())),
            snapshot=snapshots.get(url),
            titles=titles.get(url, ()),
        )
        for url in urls
    }


def known_copies(session: Session, url: str) -> KnownCopies:
    """Which archives' copies of the page at an address are known, and when it was first read."""
    days = [_read_on(session, document) for document in documents_at(session, url)]
    archives = {copy.archive for copy in copies_of(session, [url])[url]}
    return KnownCopies(min(days, default=None), frozenset(archives))


def _read_on(session: Session, document: str) -> date:
    body = get_entry(session, "document", document).body
    return date.fromisoformat(Document.model_validate_json(body).read_on)


def _quotes(session: Session, keys: Collection[CitationKey]) -> dict[CitationKey, str]:
    """The words of each of these citations that quotes some."""
    claims = get_claims(session, sorted({claim for claim, _ in keys})) if keys else {}
    return {
        (stored.id, citation.id): citation.quote
        for stored in claims.values()
        for _, citation in claim_of(stored.document).citations()
        if citation.quote and (stored.id, citation.id) in keys
    }


def _cited_words(
    cited: Iterable[CitedHere],
    quotes: Mapping[CitationKey, str],
    last: Mapping[CitationKey, CitationCheck],
) -> Iterator[CitedWords]:
    for here in cited:
        key = here.claim, here.citation
        if quote := quotes.get(key):
            before = last.get(key)
            # A check of other words says nothing of these: the citation was edited since.
            same = before if before and before.quote.quote == quote else None
            yield CitedWords(*here, quote, same)
