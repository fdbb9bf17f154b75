"""Where a submitted citation goes: the claim with the citation in it, and the way back."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.checking.findings import Where
from app.domain.contributing.ids import free_id, slug
from app.domain.contributing.submissions import SubmittedCitation
from app.domain.records.claims import Account, Citation, Claim
from app.services.contributing.new_entries import Entries
from app.services.contributing.parsing import pointer_to

Pointing = Callable[[Where], str | None]
"""Where in what was sent a place of a claim comes from; None where from nothing in it."""

_KEPT = {
    "speakers",
    "according_to",
    "relayed_by",
    "stance",
    "said",
    "occasion",
    "form",
    "voice",
    "quote",
    "translation",
    "note",
}


def citation_of(sent: SubmittedCitation, claim: Claim, entries: Entries) -> Citation:
    """The citation as it would stand; new entries that it names are proposed on the way."""
    new = sent.new_document
    document = sent.document or ""
    if new:
        found = entries.found_at(new.url, "/new_document")
        document = found or entries.document(new, "/new_document")
    speaker = sent.speaker
    if sent.new_speaker:
        speaker = entries.speaker(sent.new_speaker, "/new_speaker")
    who = speaker or "-".join(sent.speakers) or document
    taken = {citation.id for _, citation in claim.citations()}
    wished = slug(who, sent.said if who != document else None, otherwise="citation")
    return Citation(
        id=sent.id or free_id(wished, lambda ids: taken.intersection(ids)),
        speaker=speaker,
        document=document,
        **sent.model_dump(include=_KEPT, exclude_none=True),
    )


def placed_in(
    sent: SubmittedCitation, claim: Claim, citation: Citation
) -> tuple[Claim, str | None]:
    """The claim with the citation in its account, and the account's id; None where it has none.

    The claim then has it in an account of its own, so that the rest can be checked.
    """
    if sent.new_account is None:
        for account in claim.accounts:
            if account.id == sent.account:
                grown = account.model_copy(update={"citations": (*account.citations, citation)})
                others = tuple(grown if a is account else a for a in claim.accounts)
                return claim.model_copy(update={"accounts": others}), account.id
        added = Account(id=sent.account or "account", citations=(citation,))
        return claim.model_copy(update={"accounts": (*claim.accounts, added)}), None
    new = sent.new_account
    taken = {account.id for account in claim.accounts}
    wished = slug(new.answer, None if new.answer else new.wording, otherwise="account")
    key = new.id or free_id(wished, lambda ids: taken.intersection(ids))
    fields = new.model_dump(exclude={"id"}, exclude_none=True)
    added = Account(**fields, id=key, citations=(citation,))
    return claim.model_copy(update={"accounts": (*claim.accounts, added)}), key


def pointing_into(sent: SubmittedCitation, claim: Claim, citation: Citation) -> Pointing:
    """From places of the claim to those of what was sent."""
    number, account = next(
        (n, account) for n, account in enumerate(claim.accounts) if citation in account.citations
    )
    in_account: Where = ("accounts", number)
    in_citation: Where = (*in_account, "citations", account.citations.index(citation))
    renamed = {
        "speaker": "new_speaker" if sent.new_speaker else "speaker",
        "document": "new_document" if sent.new_document else "document",
    }

    def point(where: Where) -> str | None:
        if where == (*in_citation, "id"):
            return None  # told where ids are made
        if where[:4] == in_citation:
            field, *rest = where[4:]
            return pointer_to((renamed.get(str(field), field), *rest))
        if where[:2] == in_account and sent.new_account:
            return f"/new_account{pointer_to(where[2:])}"
        return None

    return point
