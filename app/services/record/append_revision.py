"""Accepted changes into the record: a revision, and with it the index and the comparisons.

Whatever changes the record, files or a moderator, ends here. The caller holds the chain's head
(`storage.revisions.lock_head`) since before it read what the change depends on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.disagreement.comparison import ENGINE, Comparison
from app.domain.disagreement.engine import compare
from app.domain.disagreement.parts import ComparedPart, bodies_of_parts, with_parts
from app.domain.records.claims import Claim, claim_of
from app.domain.records.kinds import SubjectKind
from app.domain.records.references import Key, needed_by_claim
from app.domain.records.registers import Dossier, Registers
from app.domain.revisions.chain import Origin, Revision
from app.domain.values.base import canonical
from app.queries.parts import read_parts, registers_for
from app.queries.registers import dossier_of
from app.storage.claims.documents import get_claims, wholes_of
from app.storage.claims.save import save_claim, save_comparison
from app.storage.database.bulk import batched
from app.storage.registers.entries import claims_naming
from app.storage.registers.save import NewEntry, save_entries
from app.storage.revisions.log import append


@dataclass(frozen=True, slots=True)
class Author:
    """Who changes the record, when, for which reason and by which way: what a revision says of it.

    `name` is shown to everybody. `at` has a zone.
    """

    name: str
    at: datetime
    reason: str
    origin: Origin = "files"


def write_entry(
    session: Session, kind: SubjectKind, body: Mapping[str, Any], by: Author
) -> Revision:
    """Append a revision of a register entry or a dossier, and save it.

    The claims that name it are compared again apart: `compare_naming`.
    """
    return write_entries(session, [(kind, body, by)])[0]


def write_entries(
    session: Session, changes: Iterable[tuple[SubjectKind, Mapping[str, Any], Author]]
) -> list[Revision]:
    """Append a revision of each register entry or dossier, as `write_entry` does, and save all.

    An entry is named once.
    """
    entries = []
    for kind, body, by in changes:
        # Without its comparison a claim would be listed by that of its former words.
        if kind == "claim":
            raise ValueError("a claim is written with its comparison, by write_claim")
        entries.append(NewEntry(kind, body, _append(session, kind, body, by)))
    save_entries(session, entries)
    return [entry.revision for entry in entries]


def write_claim(
    session: Session, claim: Claim, registers: Registers, dossier: Dossier, by: Author
) -> Revision:
    """Append a revision of a claim with its comparison, and save it.

    `registers` hold everything that the claim names, as it is on record now. The tally that it
    counts a part of, or did, is compared again.
    """
    former = wholes_of(session, [claim.id])
    revision = write_claim_alone(session, claim, registers, dossier, by)
    compare_wholes(session, former | wholes_of(session, [claim.id]))
    return revision


def write_claim_alone(
    session: Session, claim: Claim, registers: Registers, dossier: Dossier, by: Author
) -> Revision:
    """Append and save as `write_claim` does; the tallies it counts a part of are for the caller."""
    alone = compare(claim, registers, dossier)
    # The comparison goes into the revision too, as it was then: a later engine may say otherwise,
    # and the history shows what readers saw. Without what the claims on its parts say: that is
    # theirs to change, and to be redacted with them.
    computed = {"engine": ENGINE, "comparison": _as_json(alone)}
    revision = _append(session, "claim", claim.to_json(), by, **computed)
    save_compared(session, alone, ComparedPart(claim, registers, dossier), revision)
    return revision


def save_compared(
    session: Session,
    alone: Comparison,
    compared: ComparedPart,
    revision: Revision,
    *,
    document: str | None = None,
) -> None:
    """Save what a claim's newest revision says, with its comparison.

    `alone` is that without its parts, which are read. `document` is the revision's body where that
    is of an older schema.
    """
    claim, registers, dossier = compared.claim, compared.registers, compared.dossier
    found = _with_parts(session, alone, compared)
    save_claim(
        session,
        dossier.id,
        claim,
        _as_json(found),
        engine=ENGINE,
        references=_references(found, claim, registers, dossier),
        revision=revision,
        document=document,
    )


def compare_again(session: Session, claim: Claim, registers: Registers, dossier: Dossier) -> None:
    """Replace the comparison of a claim as it is stored; no revision comes of it."""
    # Nobody changed the claim: a revision would name an author for what the program computed.
    found = _compare_on_record(session, claim, registers, dossier)
    _save_comparison(session, found, claim, registers, dossier)


def compare_naming(session: Session, changed: Collection[Key]) -> list[str]:
    """Compare again every claim that names one of these entries; returns their ids, sorted.

    And the tallies that these count a part of.
    """
    keys = sorted({key for kind, entry in changed for key in claims_naming(session, kind, entry)})
    # A few hundred at a time: a side is named by every claim of its dossiers.
    for some in batched(keys):
        claims = [
            (claim_of(stored.document), dossier_of(session, stored.dossier))
            for stored in get_claims(session, some).values()
        ]
        registers = registers_for(session, claims)
        for claim, dossier in claims:
            compare_again(session, claim, registers, dossier)
    compare_wholes(session, wholes_of(session, keys) - set(keys))
    return keys


def compare_wholes(session: Session, wholes: Collection[str]) -> None:
    """Compare these claims again, parts of which changed; those on record are saved if it shows."""
    for stored in get_claims(session, sorted(wholes)).values():
        claim, dossier = claim_of(stored.document), dossier_of(session, stored.dossier)
        registers = registers_for(session, [(claim, dossier)])
        found = _compare_on_record(session, claim, registers, dossier)
        # Most changes of a part do not show; a whole saved for nothing would have a new entity tag.
        if stored.engine != ENGINE or stored.comparison != canonical(_as_json(found)):
            _save_comparison(session, found, claim, registers, dossier)


def _compare_on_record(
    session: Session, claim: Claim, registers: Registers, dossier: Dossier
) -> Comparison:
    whole = ComparedPart(claim, registers, dossier)
    return _with_parts(session, compare(claim, registers, dossier), whole)


def _with_parts(session: Session, alone: Comparison, whole: ComparedPart) -> Comparison:
    # No other claim is a tally of parts: a load of many claims is spared a query for each.
    if whole.claim.kind != "quantity":
        return alone
    parts = read_parts(session, [whole.claim.id]).get(whole.claim.id, ())
    return with_parts(alone, whole, parts)


def _save_comparison(
    session: Session, found: Comparison, claim: Claim, registers: Registers, dossier: Dossier
) -> None:
    save_comparison(
        session,
        claim,
        _as_json(found),
        engine=ENGINE,
        references=_references(found, claim, registers, dossier),
    )


def _references(
    found: Comparison, claim: Claim, registers: Registers, dossier: Dossier
) -> set[Key]:
    """Every register entry that the claim's page or its comparison needs."""
    return {*needed_by_claim(claim, registers, dossier), *bodies_of_parts(found)}


def _append(
    session: Session, kind: SubjectKind, body: Mapping[str, Any], by: Author, **computed: Any
) -> Revision:
    return append(
        session,
        kind,
        str(body["id"]),
        body,
        author=by.name,
        origin=by.origin,
        reason=by.reason,
        at=by.at,
        **computed,
    )


def compare_claim(claim: Claim, registers: Registers, dossier: Dossier) -> dict[str, Any]:
    """The comparison of a claim between its dossier's sides, as plain JSON values."""
    return _as_json(compare(claim, registers, dossier))


def _as_json(comparison: Comparison) -> dict[str, Any]:
    # Messages alone are stored: sentences are made of them in a reader's language.
    return comparison.model_dump(mode="json", exclude={"explanations"})
