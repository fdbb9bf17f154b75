"""What following the links of citations found: of one claim, of one document, of all of them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from sqlalchemy.orm import Session

from app.domain.records.claims import Claim
from app.domain.records.page_checks import (
    CitationCheck,
    Finding,
    LinkState,
    PageCheck,
    PageCopy,
    WordingChange,
)
from app.domain.records.registers import Document, Registers
from app.domain.values.paging import Item, Page
from app.errors import NotFound
from app.queries.claim import WholeClaim
from app.queries.registers import entries_with, registers_of
from app.storage.claims.documents import get_claim, get_claims
from app.storage.following import link_health
from app.storage.following.checks import (
    copies_of,
    history_of_document,
    last_checks_of_claim,
    last_settled,
    last_snapshots,
    wording_changes,
)
from app.storage.following.snapshots import Snapshots
from app.storage.registers.addresses import declared_keys
from app.storage.registers.entries import get_entry

MAX_CHANGES = 100
MAX_TEXTS = 200


def read_followed(session: Session, whole: WholeClaim) -> Followed:
    """What following the links of a claim's citations found."""
    key = whole.claim.id
    citations = [citation for _, citation in whole.claim.citations()]
    documents = {citation.document for citation in citations}
    addresses = {whole.registers.documents[document].url for document in documents}
    checks = last_checks_of_claim(session, key)
    return Followed(
        checks={(key, citation): check for citation, check in checks.items()},
        settled=last_settled(session, [(key, citation.id) for citation in citations]),
        changes=wording_changes(session, claim=key, limit=MAX_CHANGES),
        copies=copies_of(session, [url for url in addresses if url]),
    )


def declared_of(session: Session, claim: Claim, registers: Registers) -> dict[str, str]:
    """The keys of the addresses that the pages of a claim's documents declare, by document."""
    documents = {citation.document for _, citation in claim.citations()}
    urls = {key: url for key in documents if (url := registers.documents[key].url)}
    known = declared_keys(session, list(urls.values()))
    return {key: known[url] for key, url in urls.items() if url in known}


def page_texts(
    session: Session, folder: Path, claim: Claim, registers: Registers
) -> dict[str, str]:
    """What the pages of a claim's documents last said, by the documents' ids, as snapshots have it.

    `folder` is where the snapshots are. At most two hundred texts are read.
    """
    cited = dict.fromkeys(citation.document for _, citation in claim.citations())
    urls = {key: url for key in cited if (url := registers.documents[key].url)}
    urls = dict(islice(urls.items(), MAX_TEXTS))
    taken = last_snapshots(session, list(urls.values()))
    snapshots = Snapshots(folder)
    texts = {}
    for key, url in urls.items():
        snapshot = taken.get(url)
        # A file that is gone is for an audit to find; here it is a page without a text.
        with suppress(NotFound):
            if snapshot is not None:
                texts[key] = snapshots.read_text(snapshot.taken.saved.text_hash)
    return texts


def read_document_checks(session: Session, document: Document, *, limit: int) -> DocumentChecks:
    """What following the link of a document found, with at most `limit` checks of its page."""
    copies = copies_of(session, [document.url] if document.url else [])
    return DocumentChecks(
        Followed(copies=copies), history_of_document(session, document.id, limit=limit)
    )


@dataclass(frozen=True, slots=True)
class Followed:
    """What following links found for the citations of one claim, by citation or address.

    Where `shown` is false, nothing is said of checks: what a page shows is older than they are.
    """

    checks: Mapping[tuple[str, str], CitationCheck] = field(default_factory=dict)
    settled: Mapping[tuple[str, str], CitationCheck] = field(default_factory=dict)
    changes: Sequence[WordingChange] = ()
    copies: Mapping[str, Sequence[PageCopy]] = field(default_factory=dict)
    shown: bool = True

    def check(self, claim: str, citation: str, quote: str) -> CitationCheck | None:
        """The last check of these very words."""
        return _of_these_words(self.checks.get((claim, citation)), quote)

    def last_settled(self, claim: str, citation: str, quote: str) -> CitationCheck | None:
        """The last check that read the page, of these very words."""
        return _of_these_words(self.settled.get((claim, citation)), quote)

    def changes_of(self, citation: str) -> list[WordingChange]:
        """The changed wordings of one citation, newest first."""
        return [change for change in self.changes if change.changed.citation == citation]


@dataclass(frozen=True, slots=True)
class DocumentChecks:
    """The archived copies of a document's page, and the checks of it, newest first."""

    followed: Followed
    history: Sequence[PageCheck]


def _of_these_words(check: CitationCheck | None, quote: str) -> CitationCheck | None:
    # A quotation may have been corrected since its check: a finding is of the words that were
    # checked, and says nothing of others.
    return check if check and check.quote.quote == quote else None


def list_document_checks(
    session: Session, document: str, *, limit: int, before: int | None = None
) -> Page[PageCheck]:
    """The checks of a document's page, newest first, those before a number.

    Raises `NotFound`, or `Moved` where the document's id was renamed.
    """
    # For its errors: no document is not the same as one that was never checked.
    get_entry(session, "document", document)
    found = history_of_document(session, document, limit=limit + 1, before=before)
    return _page(found, [check.number for check in found], limit)


def list_quote_checks(session: Session, claim: str) -> list[CitationCheck]:
    """The last check of every quotation of a claim that was checked.

    Raises `NotFound`, or `Moved` where the claim's id was renamed.
    """
    get_claim(session, claim)
    return list(last_checks_of_claim(session, claim).values())


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A document with an address, its publisher's name, and the last check of its page, if any.

    `failures` is how often in a row the page failed, `due_at` when it is checked next, None where
    that is not planned. `findings` counts the document's citations by what was found of them.
    """

    document: Document
    publisher: str
    check: PageCheck | None
    failures: int
    due_at: datetime | None
    findings: Mapping[Finding, int]

    @property
    def state(self) -> LinkState:
        """The state of the document's page."""
        return self.check.state if self.check else "unchecked"


@dataclass(frozen=True, slots=True)
class PublisherLinks:
    """How many documents with an address a publisher has, by the state of their pages."""

    publisher: str
    name: str
    documents: Mapping[LinkState, int]


def list_links(
    session: Session,
    *,
    publisher: str | None = None,
    state: LinkState | None = None,
    limit: int,
    cursor: str | None = None,
) -> Page[DocumentLink]:
    """A page of the documents that have an address, in the register's order.

    Only those of a publisher, and only those whose page is in a state, where these are given.
    Raises `BadQuery` for a limit out of bounds or a cursor that is not this list's.
    """
    page = link_health.link_health(
        session, publisher=publisher, state=state, limit=limit, cursor=cursor
    )
    documents = registers_of(item.document for item in page.items).documents
    # The names of those on the page, and not the whole register.
    names = _names_of_publishers(session, {entry.publisher for entry in documents.values()})
    items = tuple(
        DocumentLink(
            document=documents[item.document.id],
            publisher=names[documents[item.document.id].publisher],
            check=item.check,
            failures=item.failures,
            due_at=item.due_at,
            findings=item.findings,
        )
        for item in page.items
    )
    return Page(items, page.next_cursor, page.total)


def count_links(session: Session) -> list[PublisherLinks]:
    """The publishers of documents with an address, by name, each with how their pages are."""
    counts: dict[str, dict[LinkState, int]] = defaultdict(dict)
    for count in link_health.count_links(session):
        counts[count.publisher][count.state] = count.documents
    names = _names_of_publishers(session, counts.keys())
    found = [PublisherLinks(key, names[key], states) for key, states in counts.items()]
    return sorted(found, key=lambda publisher: publisher.name.casefold())


@dataclass(frozen=True, slots=True)
class RewordedPassage:
    """A changed wording, with the question of the claim that cites it and its document."""

    change: WordingChange
    question: str
    document: Document


def latest_rewordings(
    session: Session, *, limit: int, before: int | None = None
) -> Page[RewordedPassage]:
    """Passages that pages word otherwise than before, newest first, those before a number.

    What is of a claim or a document that is no longer on record is left out.
    """
    found = wording_changes(session, limit=limit + 1, before=before)
    page = _page(found, [change.number for change in found], limit)
    claims = get_claims(session, sorted({change.changed.claim for change in page.items}))
    questions = {key: json.loads(claim.document)["question"] for key, claim in claims.items()}
    cited = {change.changed.document for change in page.items}
    documents = entries_with(session, {("document", key) for key in cited}).documents
    items = tuple(
        RewordedPassage(change, questions[change.changed.claim], documents[change.changed.document])
        for change in page.items
        # Checks are of pages and outlive the claims that cited them.
        if change.changed.claim in questions and change.changed.document in documents
    )
    return Page(items, page.next_cursor, None)


def rewordings_since(session: Session, since: int, *, limit: int) -> Page[WordingChange]:
    """Changed wordings after a number, oldest first: a mirror reads on and misses nothing."""
    found = wording_changes(session, limit=limit + 1, since=since)
    return _page(found, [change.number for change in found], limit)


def _names_of_publishers(session: Session, keys: Collection[str]) -> Mapping[str, str]:
    found = entries_with(session, {("publisher", key) for key in keys}).publishers
    return {key: publisher.name for key, publisher in found.items()}


def _page(found: Sequence[Item], numbers: Sequence[int], limit: int) -> Page[Item]:
    """A page of what is numbered, of which one more than fits was read; its cursor is a number."""
    following = str(numbers[limit - 1]) if len(found) > limit else None
    return Page(tuple(found[:limit]), following, None)
