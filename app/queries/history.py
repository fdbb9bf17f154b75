"""What stood on record before: the history of a subject, and a claim as it was at a revision."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pydantic import ValidationError
from sqlalchemy.orm import Session

from app.domain.disagreement.comparison import comparison_of
from app.domain.records.claims import Claim, claim_of
from app.domain.records.kinds import PLURALS, REGISTER_KINDS, SubjectKind, entry_of
from app.domain.records.references import Key, entry_keys, named_by_claim, named_in, needed_by_claim
from app.domain.records.registers import Dossier, RegisterEntry, Registers, Sources
from app.domain.revisions.chain import Revision
from app.errors import NotFound
from app.queries.claim import ComparedClaim
from app.storage.claims.documents import StoredClaim, get_claims
from app.storage.registers.entries import get_entries
from app.storage.revisions.former_ids import former_ids_of, is_id, missing
from app.storage.revisions.log import StoredRevision, get
from app.storage.revisions.past import bodies_as_of, history_page, revision_after


def ids_of(session: Session, kind: SubjectKind, key: str) -> tuple[str, ...]:
    """The ids under which a subject has revisions: its own, and those that it had before.

    What was taken down has its history still. Raises `NotFound`, or `Moved` where all that is known
    of an id is that it was renamed.
    """
    ids = (key, *former_ids_of(session, kind, key)) if is_id(key) else ()
    if not ids or not history_page(session, kind, ids, limit=1):
        raise missing(session, kind, key)
    return ids


def revision_of(
    session: Session, kind: SubjectKind, ids: Collection[str], number: int
) -> StoredRevision:
    """One revision of a subject that had these ids; raises `NotFound`."""
    stored = get(session, number)
    revision = stored.revision
    if revision.subject_kind != kind or revision.subject_id not in ids:
        raise NotFound(f"revision of this {kind}", str(number))
    return stored


@dataclass(frozen=True, slots=True)
class EarlierRevision:
    """What a subject said at an earlier revision, and what it says at its newest, `now`.

    `then` is None where it was redacted; the newest one's words are empty where they were.
    """

    then: Mapping[str, object] | None
    present: Mapping[str, object]
    now: int


def earlier_revision(
    session: Session, kind: SubjectKind, ids: Collection[str], number: int
) -> EarlierRevision:
    """A revision of a subject beside its newest one; raises `NotFound`."""
    then = revision_of(session, kind, ids, number).body
    newest = get(session, history_page(session, kind, ids, limit=1)[0].number)
    return EarlierRevision(
        then=json.loads(then) if then else None,
        present=json.loads(newest.body) if newest.body else {},
        now=newest.revision.number,
    )


def neighbours(
    session: Session, kind: SubjectKind, ids: Collection[str], number: int
) -> tuple[Revision | None, Revision | None]:
    """The revisions of a subject before and after one of it."""
    before = history_page(session, kind, ids, limit=1, before=number)
    return (before[0] if before else None), revision_after(session, kind, ids, number)


def past_claim(
    session: Session, stored: StoredRevision, ids: Collection[str]
) -> ComparedClaim | None:
    """A claim as it stood; None where it, or something that it named, was redacted."""
    number = stored.revision.number
    present = next(iter(get_claims(session, list(ids)).values()), None)
    if stored.body is None or stored.comparison is None or present is None:
        return None
    claim = claim_of(stored.body)
    try:
        dossier = _dossier_as_of(session, present, number)
        registers = Registers(_sources_as_of(session, claim, dossier, number))
        needed_by_claim(claim, registers, dossier)  # raises where one of them is not there
        return ComparedClaim(claim, comparison_of(stored.comparison), registers, dossier)
    except (KeyError, ValidationError):
        # Something that it named is redacted, or stood in a shape that no longer is read.
        return None


def _dossier_as_of(session: Session, present: StoredClaim, number: int) -> Dossier:
    key: Key = ("dossier", present.dossier)
    return Dossier.model_validate_json(_bodies(session, {key}, number)[key])


def _sources_as_of(session: Session, claim: Claim, dossier: Dossier, number: int) -> Sources:
    """The register entries that a claim needs, as they stood; each names further ones."""
    found: dict[Key, RegisterEntry] = {}
    looked: set[Key] = set()
    wanted = {key for key in named_by_claim(claim, dossier) if key[0] in REGISTER_KINDS}
    while wanted:
        looked |= wanted
        bodies = _bodies(session, wanted, number)
        read = {key: entry_of(key[0], text) for key, text in bodies.items()}
        found.update(read)
        wanted = {key for entry in read.values() for key in entry_keys(named_in(entry))} - looked
    registers: dict[str, list[RegisterEntry]] = defaultdict(list)
    for (kind, _key), entry in sorted(found.items(), key=lambda item: item[0]):
        registers[PLURALS[kind]].append(entry)
    return Sources.model_validate(registers)


def _bodies(session: Session, keys: Collection[Key], number: int) -> dict[Key, str]:
    """What entries said then; for one whose words of then are redacted, what it says now."""
    then = bodies_as_of(session, keys, number)
    lost = set(keys) - then.keys()
    now = {(entry.kind, entry.id): entry.body for entry in get_entries(session, lost)}
    return {**now, **then}
