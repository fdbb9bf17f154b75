"""The claims that count parts of others, with what it takes to compare them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy.orm import Session

from app.domain.disagreement.parts import ComparedPart
from app.domain.records.claims import Claim, claim_of
from app.domain.records.references import named_by_claim
from app.domain.records.registers import Dossier, Registers
from app.queries.gather import gather
from app.queries.registers import dossier_of, registers_of
from app.storage.claims.documents import parts_of


def read_parts(session: Session, wholes: Collection[str]) -> dict[str, list[ComparedPart]]:
    """The parts of each of these claims that has any, by id."""
    stored = parts_of(session, wholes)
    if not stored:
        return {}
    dossiers = {key: dossier_of(session, key) for key in {part.dossier for part in stored}}
    claims = [(claim_of(part.document), dossiers[part.dossier]) for part in stored]
    # Not by the references that are stored with each part: while an entry changes, those of a part
    # may not yet have what it names now.
    registers = registers_for(session, claims)
    parts: dict[str, list[ComparedPart]] = {}
    for claim, dossier in claims:
        if claim.part_of:
            parts.setdefault(claim.part_of, []).append(ComparedPart(claim, registers, dossier))
    return parts


def registers_for(session: Session, claims: Iterable[tuple[Claim, Dossier]]) -> Registers:
    """The register entries that claims and their dossiers name, and those that these name."""
    named = {key for claim, dossier in claims for key in named_by_claim(claim, dossier)}
    return registers_of(gather(session, named).entries.values())
