"""Whether two submissions, or a submission and a citation on record, are one statement.

They are where they are of one claim and one page, and name the same speakers, the same day and the
same words. Names tell speakers apart, not ids: of a new speaker the id is not known before.
"""

from __future__ import annotations

from app.domain.addresses import normalised_url
from app.domain.claims import Account, Citation, Claim
from app.domain.quotations import fold
from app.domain.registers import Registers
from app.errors import BadInput
from app.services.contributing.composed import Composed
from app.storage.revisions import canonical, sha256


def statement_of(composed: Composed) -> str:
    """A hash of what makes a submission the same statement as another.

    Of a proposed claim it is the question.
    """
    if composed.citation is None:
        return sha256(canonical({"question": _folded(composed.after.question)}))
    account, citation = cited(composed.after, composed.citation)
    return _hash(composed.after.id, account, citation, composed.registers)


def same_on_record(composed: Composed) -> Citation | None:
    """The citation on record that is the statement submitted."""
    if composed.before is None or composed.citation is None:
        return None
    wanted = statement_of(composed)
    _, submitted = cited(composed.after, composed.citation)
    for account, citation in composed.before.citations():
        of_that_day = citation.said == submitted.said
        if (
            of_that_day
            and _hash(composed.before.id, account, citation, composed.registers) == wanted
        ):
            return citation
    return None


def cited(claim: Claim, citation_id: str) -> tuple[Account, Citation]:
    """A citation of a claim with its account; raises KeyError where there is none."""
    for account, citation in claim.citations():
        if citation.id == citation_id:
            return account, citation
    raise KeyError(citation_id)


def page_of(document_id: str, registers: Registers) -> str:
    """What tells a document from another: its address, or else its publisher, title and day."""
    document = registers.documents[document_id]
    try:
        if document.url:
            return normalised_url(document.url)
    except BadInput:
        return document.url or ""
    return "\n".join((document.publisher, document.title, document.published or ""))


def _hash(claim: str, account: Account, citation: Citation, registers: Registers) -> str:
    names = sorted(_folded(registers.speakers[key].name) for key in citation.all_speakers)
    statement: dict[str, object] = {
        "claim": claim,
        "page": page_of(citation.document, registers),
        "speakers": names,
        "said": citation.said or "",
        "quote": _folded(citation.quote or ""),
        # Without words, what is said is told by the account alone.
        "account": "" if citation.quote else account.id,
    }
    return sha256(canonical(statement))


def _folded(text: str) -> str:
    return fold(text).casefold()
