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

from app.domain.disagreement.comparison import ENGINE
from app.domain.disagreement.engine import compare
from app.domain.records.claims import Claim, claim_of
from app.domain.records.kinds import SubjectKind
from app.domain.records.references import Key, named_by_claim, needed_by_claim
from app.domain.records.registers import Dossier, Registers
from app.domain.revisions.chain import Origin, Revision
from app.queries.gather import gather
from app.queries.registers import dossier_of, registers_of
from app.storage.claims.documents import get_claims
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

    `registers` hold everything that the claim names, as it is on record now.
    """
    comparison = compare_claim(claim, registers, dossier)
    computed = {"engine": ENGINE, "comparison": comparison}
    # The comparison goes into the revision too, as it was then: a later engine may say otherwise,
    # and the history shows what readers saw.
    revision = _append(session, "claim", claim.to_json(), by, **computed)
    save_claim(
        session,
        dossier.id,
        claim,
        comparison,
        engine=ENGINE,
        references=needed_by_claim(claim, registers, dossier),
        revision=revision,
    )
    return revision


def compare_again(session: Session, claim: Claim, registers: Registers, dossier: Dossier) -> None:
    """Replace the comparison of a claim as it is stored; no revision comes of it."""
    # Nobody changed the claim: a revision would name an author for what the program computed.
    save_comparison(
        session,
        claim,
        compare_claim(claim, registers, dossier),
        engine=ENGINE,
        references=needed_by_claim(claim, registers, dossier),
    )


def compare_naming(session: Session, changed: Collection[Key]) -> list[str]:
    """Compare again every claim that names one of these entries; returns their ids, sorted."""
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
    return keys


def registers_for(session: Session, claims: Iterable[tuple[Claim, Dossier]]) -> Registers:
    """The register entries that claims and their dossiers name, and those that these name."""
    named = {key for claim, dossier in claims for key in named_by_claim(claim, dossier)}
    return registers_of(gather(session, named).entries.values())


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
    comparison = compare(claim, registers, dossier.sides)
    # Messages alone are stored: sentences are made of them in a reader's language.
    return comparison.model_dump(mode="json", exclude={"explanations"})
