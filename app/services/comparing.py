"""Comparing a claim as the record stands, and what that comparison rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.domain.claims import Claim
from app.domain.disagreement import compare
from app.domain.registers import Dossier, Registers
from app.storage.revisions import EntryKind

Reference = tuple[EntryKind, str]


def compare_claim(claim: Claim, registers: Registers, dossier: Dossier) -> dict[str, Any]:
    """The comparison of a claim between its dossier's sides, as plain JSON values."""
    return compare(claim, registers, dossier.sides).model_dump(mode="json")


def references(claim: Claim, registers: Registers, dossier: Dossier) -> set[Reference]:
    """Every register entry that a claim's page or its comparison needs."""
    found: set[Reference] = {("dossier", dossier.id)}
    found |= {("side", side) for side in (*dossier.sides, *claim.losses_of)}
    found |= {("side", search.side) for search in claim.searched}
    for place in (place for place in dossier.places if place.id in claim.places):
        found.add(("place", place.id))
        found |= {("side", name.side) for name in place.names if name.side}
    for account, citation in claim.citations():
        found |= {("side", side) for side in account.harms}
        found |= set(_of_document(citation.document, registers))
        for agency in citation.relayed_by:
            found |= set(_of_publisher(agency, registers))
        for key in (*citation.all_speakers, citation.according_to):
            if key:
                found |= set(_of_speaker(key, registers))
    return found


def _of_document(key: str, registers: Registers) -> Iterator[Reference]:
    document = registers.documents[key]
    yield "document", key
    for publisher in (document.publisher, *document.credits):
        yield from _of_publisher(publisher, registers)


def _of_publisher(key: str, registers: Registers) -> Iterator[Reference]:
    yield "publisher", key
    side = registers.publishers[key].side
    if side:
        yield "side", side


def _of_speaker(key: str, registers: Registers) -> Iterator[Reference]:
    speaker = registers.speakers[key]
    yield "speaker", key
    yield "side", speaker.side
    if speaker.speaks_for:
        yield "body", speaker.speaks_for
        yield "side", registers.bodies[speaker.speaks_for].side
