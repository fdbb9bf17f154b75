"""Whether wordings are clauses that sentences can go on with: “the troops had pulled back”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.domain.checking.findings import Finding, citations_in, wordings_in
from app.domain.records.claims import Claim

# A lead of 240 characters has room for two, their speakers and their days.
MAX_WORDING_LENGTH = 90

_FIRST_WORD = re.compile(r"[A-Z][\w’]*?(?=’s\b|[^\w’]|$)")
# Words with a capital that do not begin a sentence, and so are names.
_NAME = re.compile(r"(?<=[\w,;:] )[“(]?([A-Z][\w’]*)")


def unfit_wordings(claim: Claim) -> Iterator[Finding]:
    """Every wording that is long, or begins with a capital of no name that the claim writes."""
    names = _names(claim)
    for where, wording in wordings_in(claim):
        first = _FIRST_WORD.match(wording)
        if first and first[0].removesuffix("’s") not in names:
            small = first[0].lower()
            yield Finding(where, f"begins with a capital; write “{small}”, unless it is a name")
        if len(wording) > MAX_WORDING_LENGTH:
            message = f"has {len(wording)} characters; sentences have room for {MAX_WORDING_LENGTH}"
            yield Finding(where, message)


def _names(claim: Claim) -> frozenset[str]:
    """What the claim's own texts write with a capital inside a sentence.

    Instead of a list of words that are no names: that ends where the words of one dossier end, and
    of the 514 wordings of the first one this leaves two to ask about.
    """
    texts = [claim.question, claim.summary, claim.note, *(text for _, text in wordings_in(claim))]
    for _, citation in citations_in(claim):
        texts += citation.quote, citation.translation, citation.note
    return frozenset(name for text in texts if text for name in _NAME.findall(text))
