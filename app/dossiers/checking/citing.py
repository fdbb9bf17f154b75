"""Whether citations say whose words they hold, and hold few."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.claims import Citation, Claim
from app.dossiers.faults import Finding, Where

QUOTE_WORDS = 15


def citations(claim: Claim) -> Iterator[Finding]:
    """Findings in single citations."""
    for where, citation in _citations(claim):
        yield from _speakers(citation, where)
        yield from _words(citation, where)


def _speakers(citation: Citation, where: Where) -> Iterator[Finding]:
    if citation.speaker and citation.speakers:
        message = "stands beside “speaker”; write one of the two"
        yield Finding((*where, "speakers"), message)
    elif len(citation.speakers) == 1:
        yield Finding((*where, "speakers"), "names one; write it as “speaker”")
    if citation.according_to and citation.according_to in citation.all_speakers:
        yield Finding((*where, "according_to"), "is the speaker; it takes another, who reports it")


def _words(citation: Citation, where: Where) -> Iterator[Finding]:
    if citation.quote is None:
        return
    length = len(citation.quote.split())
    if length > QUOTE_WORDS:
        message = f"holds {length} words; a quotation holds {QUOTE_WORDS} at most"
        yield Finding((*where, "quote"), message)
    if citation.all_speakers and citation.voice is None:
        message = "is missing; are the words the speaker's (quoted) or about them (paraphrased)?"
        yield Finding((*where, "voice"), message)


def _citations(claim: Claim) -> Iterator[tuple[Where, Citation]]:
    for n, account in enumerate(claim.accounts):
        for m, citation in enumerate(account.citations):
            yield ("accounts", n, "citations", m), citation
