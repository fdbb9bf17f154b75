"""What is wrong with a draft of a claim and its new entries, with its place in what was sent."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.domain.checking.check import check_claim, check_sources
from app.domain.checking.findings import Finding
from app.domain.checking.references import Known
from app.domain.contributing.records import SubmittedCitation
from app.domain.records.claims import Claim
from app.domain.records.kinds import PLURALS
from app.domain.records.references import Key
from app.domain.records.registers import Dossier
from app.errors import LazyMessage
from app.queries.gather import Gathered
from app.queries.registers import sources_of
from app.services.contributing.draft import NewEntry, Pointing, Problem
from app.services.contributing.parsing import pointer_to, with_stop
from app.storage.registers.entries import ids_in_use


def claim_problems(
    before: Claim | None, after: Claim, known: Known, dossier: Dossier, point: Pointing
) -> Iterator[Problem]:
    """What is inconsistent in the claim as it would be and was not before."""
    found = list(check_claim(after, known, dossier.id))
    # What was wrong with the claim before is not for the contributor to mend.
    old = set(check_claim(before, known, dossier.id)) if found and before else set()
    for finding in found:
        pointer = point(finding.where) if finding not in old else None
        if pointer is not None:
            yield pointer, with_stop(finding.message)


def entry_problems(
    new: Sequence[NewEntry], gathered: Gathered, known: Known, today: date
) -> Iterator[Problem]:
    """What is inconsistent in the new entries on a day, at UTC."""
    if not new:
        return
    numbers: dict[str, list[NewEntry]] = {}
    for entry in new:
        numbers.setdefault(PLURALS[entry.kind], []).append(entry)
    # Bodies alone are needed of the record: `speaks_for` is checked against the body's side. All
    # else would be checked again, and its faults are not the sender's.
    on_record = sources_of(entry for key, entry in gathered.entries.items() if key[0] == "body")
    proposed = {plural: tuple(e.entry for e in made) for plural, made in numbers.items()}
    for finding in check_sources(on_record.model_copy(update=proposed), known, today):
        yield _pointer_of_entry(finding, numbers), with_stop(finding.message)


def unused_problems(new: Sequence[NewEntry], named: Collection[Key]) -> Iterator[Problem]:
    """New entries that nothing in the submission names."""
    for entry in new:
        # Accepted, it would be on record for nothing, and only a redaction takes an entry off
        # again.
        if entry.key not in named:
            yield (
                entry.pointer,
                LazyMessage("Nothing in what was sent refers to “{id}”.", id=entry.entry.id),
            )


def new_claim_problems(session: Session, claim: Claim) -> Iterator[Problem]:
    """What a claim that is new must not say of itself."""
    if ids_in_use(session, [claim.id]):
        yield (
            "/claim/id",
            LazyMessage("“{id}” is the id of something else; no id is used twice.", id=claim.id),
        )
    if claim.formerly:
        yield "/claim/formerly", LazyMessage("A new claim has had no other id; leave this out.")
    # The only circle that a new claim can close: no other names it yet.
    if claim.part_of == claim.id:
        yield "/claim/part_of", LazyMessage("is the claim itself.")


def citation_problems(
    sent: SubmittedCitation, claim: Claim, account: str | None
) -> Iterator[Problem]:
    """What is wrong with the places of a citation; `account` is where it was put, if anywhere."""
    if account is None:
        named = ", ".join(account.id for account in claim.accounts)
        yield (
            "/account",
            LazyMessage(
                "“{account}” is not an account of the claim “{claim}” ({named}).",
                account=sent.account,
                claim=claim.id,
                named=named,
            ),
        )
    if sent.id and any(citation.id == sent.id for _, citation in claim.citations()):
        yield "/id", LazyMessage("“{id}” is already a citation of this claim.", id=sent.id)


def _pointer_of_entry(finding: Finding, numbers: dict[str, list[NewEntry]]) -> str:
    plural, number, *rest = finding.where
    return numbers[str(plural)][int(number)].pointer + pointer_to(rest)
