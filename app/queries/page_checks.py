"""What following the links of citations found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from app.domain.records.page_checks import (
    CopyOnRecord,
    PageCheckOnRecord,
    QuoteCheckOnRecord,
    WordingChange,
)
from app.domain.records.registers import Document
from app.queries.claim import WholeClaim
from app.storage.following.checks import (
    history_of_document,
    last_checks_of_claim,
    last_settled,
    wording_changes,
)
from app.storage.following.snapshot_index import copies_of

_MOST_CHANGES = 100


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
        changes=wording_changes(session, claim=key, limit=_MOST_CHANGES),
        copies=copies_of(session, [url for url in addresses if url]),
    )


def read_document_checks(session: Session, document: Document, *, limit: int) -> DocumentChecks:
    """What following the link of a document found, with at most `limit` checks of its page."""
    copies = copies_of(session, [document.url] if document.url else [])
    return DocumentChecks(
        Followed(copies=copies), history_of_document(session, document.id, limit=limit)
    )


@dataclass(frozen=True, slots=True)
class DocumentChecks:
    """The archived copies of a document's page, and the checks of it, newest first."""

    followed: Followed
    history: Sequence[PageCheckOnRecord]


@dataclass(frozen=True, slots=True)
class Followed:
    """What following links found for the citations of one claim, by citation or address.

    Where `shown` is false, nothing is said of checks: what a page shows is older than they are.
    """

    checks: Mapping[tuple[str, str], QuoteCheckOnRecord] = field(default_factory=dict)
    settled: Mapping[tuple[str, str], QuoteCheckOnRecord] = field(default_factory=dict)
    changes: Sequence[WordingChange] = ()
    copies: Mapping[str, Sequence[CopyOnRecord]] = field(default_factory=dict)
    shown: bool = True

    def check(self, claim: str, citation: str, quote: str) -> QuoteCheckOnRecord | None:
        """The last check of these very words."""
        return _of_these_words(self.checks.get((claim, citation)), quote)

    def last_settled(self, claim: str, citation: str, quote: str) -> QuoteCheckOnRecord | None:
        """The last check that read the page, of these very words."""
        return _of_these_words(self.settled.get((claim, citation)), quote)

    def changes_of(self, citation: str) -> list[WordingChange]:
        """The changed wordings of one citation, newest first."""
        return [change for change in self.changes if change.changed.citation == citation]


def _of_these_words(check: QuoteCheckOnRecord | None, quote: str) -> QuoteCheckOnRecord | None:
    return check if check and check.quote.quote == quote else None
