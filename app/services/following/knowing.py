"""What is known of a page before it is looked at: who cites it, and how their words stood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from app.domain.registers import Document
from app.services.assembling import claim_of, whole_registers
from app.storage.citations import MOST_CITATIONS, citations_of
from app.storage.claims import get_claims
from app.storage.contributions import PendingQuote, pending_at, pending_pages
from app.storage.following import (
    QuoteCheckOnRecord,
    SnapshotOnRecord,
    copies_of,
    documents_at,
    last_settled,
    last_snapshot,
)
from app.storage.registers import get_entry


@dataclass(frozen=True, slots=True)
class CitedWords:
    """A quotation that is to be looked for on a page, and the last check that settled it."""

    claim: str
    citation: str
    document: str
    quote: str
    last: QuoteCheckOnRecord | None


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page as the record knows it: its quotations, and its last snapshot.

    `pending` are words that submissions say stand on it.
    """

    url: str
    words: tuple[CitedWords, ...]
    pending: tuple[PendingQuote, ...]
    snapshot: SnapshotOnRecord | None


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
    documents = whole_registers(session).documents.values()
    cited = {entry.url: urlsplit(entry.url).hostname or "" for entry in documents if entry.url}
    return {**pending_pages(session), **cited}


def known_page(session: Session, url: str) -> KnownPage:
    """What the record knows of the page at an address; of no words where nothing cites it."""
    documents = documents_at(session, url)
    words = [words for document in documents for words in _cited_words(session, document)]
    return KnownPage(
        url=url,
        words=tuple(words),
        pending=tuple(pending_at(session, url)),
        snapshot=last_snapshot(session, url),
    )


def known_copies(session: Session, url: str) -> KnownCopies:
    """Which archives' copies of the page at an address are known, and when it was first read."""
    days = [_read_on(session, document) for document in documents_at(session, url)]
    archives = {copy.archive for copy in copies_of(session, [url])[url]}
    return KnownCopies(min(days, default=None), frozenset(archives))


def _read_on(session: Session, document: str) -> date:
    body = get_entry(session, "document", document).body
    return date.fromisoformat(Document.model_validate_json(body).read_on)


def _cited_words(session: Session, document: str) -> list[CitedWords]:
    """The quotations from a document, those beyond the five hundredth left out."""
    rows = citations_of(session, "document", document, limit=MOST_CITATIONS)
    keys = {(row.claim, row.id) for row in rows}
    last = last_settled(session, keys)
    found = []
    for stored in get_claims(session, sorted({row.claim for row in rows})).values():
        claim = claim_of(stored.document)
        for _, citation in claim.citations():
            key = (claim.id, citation.id)
            if citation.quote and key in keys:
                before = last.get(key)
                same = before if before and before.quote.quote == citation.quote else None
                found.append(CitedWords(*key, document, citation.quote, same))
    return found
