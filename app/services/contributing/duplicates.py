"""Which submissions are the same statement as another, and what resembles one without being it.

The same is refused; what resembles it is for a moderator to read beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from rapidfuzz import fuzz
from sqlalchemy.orm import Session

from app.domain.quotations.folding import fold
from app.domain.records.claims import Account, Citation, Claim
from app.domain.records.kinds import KindName
from app.domain.records.registers import Registers
from app.domain.values.base import canonical, sha256
from app.domain.values.canonical_addresses import canonical_address
from app.domain.values.dates import parse_date
from app.errors import AlreadyOnRecord, BadInput, LazyMessage
from app.services.contributing.draft import Draft
from app.storage.claims.documents import get_claims
from app.storage.contributing.submissions import PendingSubmission, pending_for
from app.storage.registers.entries import entries_named
from app.storage.search.questions import AskedClaim, claims_asking

# Of 100, by Indel distance.
_ALIKE = 80
# A claim that many write about may have thousands waiting, and each is compared letter by letter.
_MAX_PENDING = 50

Why = Literal["same-speaker-and-day", "near-words-on-the-page", "same-name", "near-question"]


@dataclass(frozen=True, slots=True)
class Resembling:
    """A citation, a claim, a pending submission or an entry that a submission resembles.

    `claim` is that of a citation or submission.
    """

    kind: KindName | Literal["submission"]
    id: str
    claim: str | None
    why: Why


@dataclass(frozen=True, slots=True)
class _Words:
    """What is compared: by whom, when, where, in which words."""

    speakers: frozenset[str]
    said: str | None
    page: str | None
    quote: str


def resembling(session: Session, draft: Draft, submission: str | None = None) -> list[Resembling]:
    """Everything that a draft resembles; `submission` is its submission's id, once it has one.

    Of the claim's pending submissions the fifty newest are compared.
    """
    found = list(_same_names(session, draft))
    if draft.before is None or draft.citation is None:
        asked = claims_asking(session, draft.dossier.id, draft.after.question)
        found += (Resembling("claim", other.id, None, "near-question") for other in asked)
        return found
    own = _of_draft(draft, draft.citation)
    for _, citation in draft.before.citations():
        why = _alike(own, _of_draft(draft, citation.id))
        if why:
            found.append(Resembling("citation", citation.id, draft.before.id, why))
    for other in pending_for(session, draft.before.id, most=_MAX_PENDING):
        why = _alike(own, _of_pending(other)) if other.id != submission else None
        if why:
            found.append(Resembling("submission", other.id, draft.before.id, why))
    return found


def _same_names(session: Session, draft: Draft) -> Iterator[Resembling]:
    for new in draft.new_entries:
        name = getattr(new.entry, "name", None)
        if name:
            for entry_id in entries_named(session, new.kind, name):
                yield Resembling(new.kind, entry_id, None, "same-name")


def _alike(left: _Words, right: _Words) -> Why | None:
    # Whatever the words: two outlets often word one statement each in its own way.
    if left.speakers & right.speakers and _one_day(left.said, right.said):
        return "same-speaker-and-day"
    on_one_page = left.page is not None and left.page == right.page
    if on_one_page and left.quote and _ratio(left.quote, right.quote) >= _ALIKE:
        return "near-words-on-the-page"
    return None


def _one_day(left: str | None, right: str | None) -> bool:
    return bool(left and right and parse_date(left).overlaps(parse_date(right)))


def _of_draft(draft: Draft, citation_id: str) -> _Words:
    _, citation = cited(draft.after, citation_id)
    return _Words(
        frozenset(citation.all_speakers),
        citation.said,
        page_of(citation.document, draft.registers),
        citation.quote or "",
    )


def _of_pending(submission: PendingSubmission) -> _Words:
    sent: dict[str, Any] = json.loads(submission.body)
    speakers = {sent.get("speaker"), *sent.get("speakers", ())} - {None}
    return _Words(
        frozenset(speakers),
        sent.get("said"),
        _page(submission.url),
        sent.get("quote") or "",
    )


def _page(url: str | None) -> str | None:
    try:
        return canonical_address(url) if url else None
    except BadInput:
        return None


def _ratio(left: str, right: str) -> float:
    return fuzz.ratio(fold(left).casefold(), fold(right).casefold())


def statement_of(draft: Draft) -> str:
    """A hash of what makes a submission the same statement as another.

    Of a proposed claim it is the question.
    """
    if draft.citation is None:
        # Not the id: two contributors who propose one question will hardly choose the same.
        return sha256(canonical({"question": _folded(draft.after.question)}))
    account, citation = cited(draft.after, draft.citation)
    return _hash(draft.after.id, account, citation, draft.registers)


def same_on_record(draft: Draft) -> Citation | None:
    """The citation on record that is the statement submitted."""
    if draft.before is None or draft.citation is None:
        return None
    wanted = statement_of(draft)
    _, submitted = cited(draft.after, draft.citation)
    for account, citation in draft.before.citations():
        # The day first, as it costs nothing; a hash folds every text of the statement.
        of_that_day = citation.said == submitted.said
        if of_that_day and _hash(draft.before.id, account, citation, draft.registers) == wanted:
            return citation
    return None


def require_new_claim(session: Session, dossier: str, claim: Claim) -> None:
    """Raise `AlreadyOnRecord` where the record has a claim of this id, or with this question."""
    asked = claims_asking(session, dossier, claim.question)
    if get_claims(session, [claim.id]):
        message = LazyMessage(
            "The claim “{id}” is on record; submit citations for it instead.", id=claim.id
        )
        raise _claim_on_record(message, claim.id, asked)
    same = next((other.id for other in asked if other.is_same), None)
    if same:
        message = LazyMessage(
            "The claim “{id}” asks the same; submit citations for it instead.", id=same
        )
        raise _claim_on_record(message, same, asked)


def _claim_on_record(message: str, claim: str, asked: Iterable[AskedClaim]) -> AlreadyOnRecord:
    near = [{"kind": "claim", "id": other.id} for other in asked if other.id != claim]
    return AlreadyOnRecord(message, {"kind": "claim", "id": claim}, near)


def cited(claim: Claim, citation_id: str) -> tuple[Account, Citation]:
    """A citation of a claim with its account; raises KeyError where there is none."""
    for account, citation in claim.citations():
        if citation.id == citation_id:
            return account, citation
    raise KeyError(citation_id)


def page_of(document_id: str, registers: Registers) -> str:
    """What identifies a document: its address, or else its publisher, title and day."""
    document = registers.documents[document_id]
    try:
        if document.url:
            return canonical_address(document.url)
    except BadInput:
        return document.url or ""
    return "\n".join((document.publisher, document.title, document.published or ""))


def _hash(claim: str, account: Account, citation: Citation, registers: Registers) -> str:
    # By name: a new speaker who was sent twice has another id each time.
    names = sorted(_folded(registers.speakers[key].name) for key in citation.all_speakers)
    statement: dict[str, object] = {
        "claim": claim,
        "page": page_of(citation.document, registers),
        "speakers": names,
        "said": citation.said or "",
        "quote": _folded(citation.quote or ""),
        # Without words, only the account says what was said.
        "account": "" if citation.quote else account.id,
    }
    return sha256(canonical(statement))


def _folded(text: str) -> str:
    return fold(text).casefold()
