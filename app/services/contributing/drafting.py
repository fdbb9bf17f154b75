"""A submission checked against the record: the claim as it would be, or all that is wrong.

Nothing is written here, and no draft is stored: it holds for the record as the session sees it, and
the record moves on while a submission waits. It is composed again when a moderator opens
it, and when it is accepted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.domain.checking.findings import Where
from app.domain.contributing.records import (
    MAX_FAULTS,
    SubmittedCitation,
    SubmittedClaim,
    free_id,
    slug,
)
from app.domain.records.claims import Account, Citation, Claim, claim_of
from app.domain.records.kinds import PLURALS
from app.domain.records.references import Key, entry_keys, named_by_claim, named_in
from app.domain.records.registers import Document, Dossier, Registers
from app.errors import AlreadyOnRecord, BadFields, LazyMessage, Moved, NotFound
from app.queries.gather import gather, known_for
from app.queries.registers import dossier_of, registers_of
from app.services.contributing.draft import Draft, Entries, NewEntry, Pointing, Problem
from app.services.contributing.duplicates import require_new_claim, same_on_record
from app.services.contributing.parsing import pointer_to
from app.services.contributing.validation import (
    citation_problems,
    claim_problems,
    entry_problems,
    new_claim_problems,
    unused_problems,
)
from app.storage.claims.documents import get_claim

# Listed by name: a new field of what is sent must not reach a citation unseen.
_UNCHANGED = {
    "speakers",
    "according_to",
    "relayed_by",
    "stance",
    "certainty",
    "as_of",
    "wording",
    "reading",
    "said",
    "occasion",
    "form",
    "voice",
    "quote",
    "translation",
    "note",
}


def compose(session: Session, sent: SubmittedCitation | SubmittedClaim, at: datetime) -> Draft:
    """The claim as it would be with what was sent at this time.

    Raises `BadFields` with everything that is wrong, and `AlreadyOnRecord` where the record has the
    same statement, or a claim of the id or with the question that is proposed.
    """
    if isinstance(sent, SubmittedClaim):
        return _compose_claim(session, sent, at)
    return _compose_citation(session, sent, at)


def _compose_citation(session: Session, sent: SubmittedCitation, at: datetime) -> Draft:
    try:
        stored = get_claim(session, sent.claim)
    except (NotFound, Moved) as error:
        # Alone: without its claim nothing else of a citation can be checked.
        raise BadFields([("/claim", _not_there(error))]) from None
    before, dossier = claim_of(stored.document), dossier_of(session, stored.dossier)
    entries = Entries(session, at)
    citation = _citation_of(sent, before, entries)
    after, account = _placed_in(sent, before, citation)
    problems = [*entries.problems, *citation_problems(sent, before, account)]
    point = _pointing_into(sent, after, citation)
    registers = _checked_registers(
        session, before, after, dossier, entries.made, point, problems, at
    )
    draft = Draft(
        dossier=dossier,
        before=before,
        revision=stored.revision,
        after=after,
        account=account,
        citation=citation.id,
        new_entries=tuple(entries.made),
        registers=registers,
    )
    # After all that is wrong: a sender who reads that the statement is on record looks no further.
    same = same_on_record(draft)
    if same:
        raise AlreadyOnRecord(
            LazyMessage(
                "This statement is already on record, as “{id}” of “{claim}”.",
                id=same.id,
                claim=before.id,
            ),
            {"kind": "citation", "id": same.id, "claim": before.id},
        )
    return draft


def _citation_of(sent: SubmittedCitation, claim: Claim, entries: Entries) -> Citation:
    """The citation as it would be; new entries that it names are proposed on the way."""
    new = sent.new_document
    document = sent.document or ""
    if new:
        found = entries.found_at(new.url, "/new_document")
        # A page that is on record already is that document, whatever title was sent with it: two
        # documents of one page would count as two.
        document = found or entries.document(new, "/new_document")
    speaker = sent.speaker
    if sent.new_speaker:
        speaker = entries.speaker(sent.new_speaker, "/new_speaker")
    # Ids are public and last, so that they are of who and when, which do not change; a wording may
    # be redacted.
    who = speaker or "-".join(sent.speakers) or document
    taken = {citation.id for _, citation in claim.citations()}
    wished = slug(who, sent.said if who != document else None, otherwise="citation")
    return Citation(
        id=sent.id or free_id(wished, lambda ids: taken.intersection(ids)),
        speaker=speaker,
        document=document,
        **sent.model_dump(include=_UNCHANGED, exclude_none=True),
    )


def _placed_in(
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
        # To go on, so that the sender reads everything that is wrong at once.
        added = Account(id=sent.account or "account", citations=(citation,))
        return claim.model_copy(update={"accounts": (*claim.accounts, added)}), None
    new = sent.new_account
    taken = {account.id for account in claim.accounts}
    wished = slug(new.answer, None if new.answer else new.wording, otherwise="account")
    key = new.id or free_id(wished, lambda ids: taken.intersection(ids))
    fields = new.model_dump(exclude={"id"}, exclude_none=True)
    added = Account(**fields, id=key, citations=(citation,))
    return claim.model_copy(update={"accounts": (*claim.accounts, added)}), key


def _pointing_into(sent: SubmittedCitation, claim: Claim, citation: Citation) -> Pointing:
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
            return None  # reported where ids are made
        if where[:4] == in_citation:
            field, *rest = where[4:]
            return pointer_to((renamed.get(str(field), field), *rest))
        if where[:2] == in_account and sent.new_account:
            return f"/new_account{pointer_to(where[2:])}"
        return None

    return point


def _compose_claim(session: Session, sent: SubmittedClaim, at: datetime) -> Draft:
    claim = sent.claim
    require_new_claim(session, sent.dossier, claim)
    try:
        dossier = dossier_of(session, sent.dossier)
    except (NotFound, Moved) as error:
        raise BadFields([("/dossier", _not_there(error))]) from None
    entries = _entries_of_claim(session, sent, at)
    named = {*named_by_claim(claim, dossier), *_named_by(entries.made)}
    problems = [
        *entries.problems,
        *new_claim_problems(session, claim),
        *unused_problems(entries.made, named),
    ]
    registers = _checked_registers(
        session, None, claim, dossier, entries.made, _in_claim, problems, at
    )
    return Draft(
        dossier=dossier,
        before=None,
        revision=None,
        after=claim,
        account=None,
        citation=None,
        new_entries=tuple(entries.made),
        registers=registers,
    )


def _checked_registers(
    session: Session,
    before: Claim | None,
    after: Claim,
    dossier: Dossier,
    new: Sequence[NewEntry],
    point: Pointing,
    problems: list[Problem],
    at: datetime,
) -> Registers:
    """The registers that a claim needs, new entries among them.

    Raises `BadFields` with these problems, and all that the record adds to them.
    """
    # New entries are not on record yet and would be missed there.
    own = {entry.key for entry in new}
    gathered = gather(session, {*named_by_claim(after, dossier), *_named_by(new)} - own)
    known = known_for(session, gathered, own, after, dossier)
    known = replace(known, documents={**known.documents, **_documents_among(new)})
    problems += claim_problems(before, after, known, dossier, point)
    problems += entry_problems(new, gathered, known, at.astimezone(UTC).date())
    if problems:
        raise BadFields(list(dict.fromkeys(problems))[:MAX_FAULTS])
    registers = registers_of(gathered.entries.values())
    for entry in new:
        getattr(registers, PLURALS[entry.kind])[entry.entry.id] = entry.entry
    return registers


def _documents_among(new: Iterable[NewEntry]) -> dict[str, Document]:
    return {made.entry.id: made.entry for made in new if isinstance(made.entry, Document)}


def _in_claim(where: Where) -> str:
    return f"/claim{pointer_to(where)}"


# Publishers first: documents name them.
def _entries_of_claim(session: Session, sent: SubmittedClaim, at: datetime) -> Entries:
    entries = Entries(session, at)
    for number, publisher in enumerate(sent.new_publishers):
        entries.publisher(publisher, f"/new_publishers/{number}")
    for number, speaker in enumerate(sent.new_speakers):
        entries.speaker(speaker, f"/new_speakers/{number}")
    for number, document in enumerate(sent.new_documents):
        pointer = f"/new_documents/{number}"
        found = entries.found_at(document.url, pointer)
        if found:
            message = LazyMessage(
                "is already the address of the document “{document}”; use that one.",
                document=found,
            )
            entries.problems.append((f"{pointer}/url", message))
        entries.document(document, pointer)
    return entries


def _named_by(new: Iterable[NewEntry]) -> Iterator[Key]:
    for entry in new:
        yield from entry_keys(named_in(entry.entry))


def _not_there(error: NotFound | Moved) -> str:
    if isinstance(error, Moved):
        return LazyMessage("“{key}” was renamed; write “{now}”.", key=error.key, now=error.now)
    return LazyMessage("“{key}” is no {kind} on record.", key=error.key, kind=error.kind)
