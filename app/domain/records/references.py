"""What names what: which entries a claim, a citation or an entry refers to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.records.claims import Citation, Claim
from app.domain.records.kinds import EntryKind
from app.domain.records.registers import Dossier, RegisterEntry, Registers

Key = tuple[EntryKind, str]


def named_by_claim(claim: Claim, dossier: Dossier) -> Iterator[Key]:
    """Every register entry that a claim of this dossier names, or its comparison needs."""
    yield from (("side", side) for side in (*dossier.sides, *claim.losses_of))
    yield from (("side", search.side) for search in claim.searched)
    yield from (("place", place) for place in claim.places)
    for place in dossier.places:
        yield from (("side", name.side) for name in place.names if name.side)
    for account, citation in claim.citations():
        yield from (("side", side) for side in account.harms)
        yield from named_by_citation(citation)


def named_by_citation(citation: Citation) -> Iterator[Key]:
    """Every register entry that a citation names."""
    yield "document", citation.document
    yield from (("speaker", speaker) for speaker in citation.all_speakers)
    yield from (("speaker", speaker) for speaker in citation.speakers)
    yield from (("publisher", agency) for agency in citation.relayed_by)
    if citation.according_to:
        yield "speaker", citation.according_to


def named_by_entry(entry: RegisterEntry) -> Iterator[Key]:
    """Every register entry that another names."""
    return named_by_body(entry.to_plain())


_FIELDS: Mapping[str, EntryKind] = {
    "side": "side",
    "speaks_for": "body",
    "channels": "publisher",
    "publisher": "publisher",
    "credits": "publisher",
}


def named_by_body(body: Mapping[str, Any]) -> Iterator[Key]:
    for field, kind in _FIELDS.items():
        named = body.get(field) or ()
        for entry_id in (named,) if isinstance(named, str) else named:
            yield kind, entry_id


Reference = tuple[EntryKind, str]


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
