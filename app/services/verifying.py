"""Whether quotations stand in the documents that they are cited from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from app.domain.quotations import fold, stands_in
from app.dossiers import RecordFiles

Finding = Literal["verbatim", "missing", "unchecked"]


@dataclass(frozen=True, slots=True)
class QuoteFound:
    """What became of one quotation; `unchecked` where its document's text is not at hand."""

    claim: str
    citation: str
    document: str
    quote: str
    finding: Finding


def verify_quotes(
    record: RecordFiles,
    texts: Mapping[str, str],
    claim_id: str | None = None,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Iterator[QuoteFound]:
    """Check every quotation (or one claim's) against the texts of documents, by document id."""

    @cache
    def page(document: str) -> str:
        return fold(texts[document])

    for done, (_, claim) in enumerate(record.claims, start=1):
        progress(done, len(record.claims))
        if claim_id not in (None, claim.id):
            continue
        for _, citation in claim.citations():
            if not citation.quote:
                continue
            finding: Finding = "unchecked"
            if citation.document in texts:
                stands = stands_in(fold(citation.quote), page(citation.document))
                finding = "verbatim" if stands else "missing"
            yield QuoteFound(claim.id, citation.id, citation.document, citation.quote, finding)
