"""A moderator's own change of a claim: a revision in the moderator's name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.checking.check import check_claim
from app.domain.checking.references import part_of_circles
from app.domain.contributing.records import MAX_FAULTS, ApiKey
from app.domain.records.claims import Claim, claim_of
from app.domain.records.references import named_by_claim
from app.domain.revisions.chain import signed_numbers
from app.errors import BadFields, EditConflict, LazyMessage, NotAllowed
from app.queries.gather import gather, known_for
from app.queries.registers import dossier_of, registers_of
from app.services.contributing.parsing import pointer_to, read_fields, with_stop
from app.services.record.append_revision import Author, write_claim
from app.storage.claims.documents import StoredClaim, get_claim, get_claims
from app.storage.revisions.log import lock_head


def replace_claim(
    session: Session,
    claim_id: str,
    sent: Mapping[str, Any],
    *,
    of_revision: int,
    by: ApiKey,
    reason: str,
    now: datetime,
) -> StoredClaim:
    """Replace the claim that revision `of_revision` holds with a whole one.

    Sending what is there already makes no revision. Raises `NotAllowed` for a contributor's key,
    `NotFound` or `Moved`, `EditConflict` where the claim moved on meanwhile, and `BadFields` with
    everything that is wrong.
    """
    if not by.may_decide:
        raise NotAllowed(LazyMessage("Only moderators edit claims; your key may submit."))
    # Until here two moderators may hold the same revision; from here on one waits for the other.
    lock_head(session)
    stored = get_claim(session, claim_id)
    if stored.revision != of_revision:
        raise EditConflict(stored.revision)
    claim, before = read_fields(Claim, sent), claim_of(stored.document)
    # A form that is sent unchanged must not fill the history with revisions.
    if claim == before:
        return stored
    dossier = dossier_of(session, stored.dossier)
    gathered = gather(session, named_by_claim(claim, dossier))
    known = known_for(session, gathered, (), claim, dossier)
    problems = [
        *_identity_problems(before, claim),
        *(
            (pointer_to(f.where), with_stop(f.message))
            for f in check_claim(claim, known, dossier.id)
        ),
        *(("/part_of", with_stop(message)) for message in _circles(session, claim)),
        *_reason_problems(reason),
    ]
    if problems:
        raise BadFields(list(dict.fromkeys(problems))[:MAX_FAULTS])
    registers = registers_of(gathered.entries.values())
    write_claim(session, claim, registers, dossier, Author(by.name, now, reason, "api"))
    return get_claim(session, claim_id)


def _reason_problems(reason: str) -> Iterator[tuple[str, str]]:
    """A reason that an audit would take for the signature of a redaction."""
    if signed_numbers(reason):
        yield "/reason", LazyMessage("A reason that begins like this signs a redaction; reword it.")


def _identity_problems(before: Claim, after: Claim) -> Iterator[tuple[str, str]]:
    """What an edit may not change: the ids under which links find the claim."""
    if after.id != before.id:
        yield "/id", LazyMessage("The id of a claim cannot change; write “{id}”.", id=before.id)
    # Links that others made lead here by these ids.
    if after.formerly != before.formerly:
        kept = ", ".join(before.formerly) or "none"
        yield (
            "/formerly",
            LazyMessage(
                "The former ids of a claim cannot be removed; they are: {kept}.", kept=kept
            ),
        )


def _circles(session: Session, claim: Claim) -> list[str]:
    """Where the claim would be a part of itself, through whichever others."""
    # Along the line of `part_of` alone: only a circle through the edited claim can be new.
    line = {claim.id: claim}
    last = claim
    while last.part_of and last.part_of not in line:
        found = get_claims(session, [last.part_of])
        if not found:
            break
        last = claim_of(found[last.part_of].document)
        line[last.id] = last
    return [message for _, message in part_of_circles(line.values())][:1]
