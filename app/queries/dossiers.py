"""A dossier as a whole: its claims by state, who speaks where, what the record rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.orm import Session

from app.domain.records.claim_filter import ANSWERING, ClaimFilter
from app.domain.records.registers import Dossier, Publisher
from app.queries.claim_lists import ClaimsWithEntries, first_claims
from app.storage.claims.dossier_figures import (
    SidePosition,
    documents_by_side,
    extent,
    most_cited,
    positions_by_claim,
)
from app.storage.claims.lists import count_by
from app.storage.registers.entries import all_entries, get_entries

_MOST_CITED = 3

SideAnswer = Literal["answers", "evades", "searched", "unsearched"]


@dataclass(frozen=True, slots=True)
class DossierSummary:
    """A dossier with how many of its claims are in each state, and the first of them."""

    dossier: Dossier
    states: Mapping[str, int]
    first: ClaimsWithEntries


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which side speaks of which claim: by side, of each claim's place in the order of dates."""

    claims: int
    sides: Mapping[str, Mapping[int, SideAnswer]]


@dataclass(frozen=True, slots=True)
class Basis:
    """What a dossier rests on; documents by side are those whose publisher is of that side.

    `most_cited` are the publishers with most citations, and how many each has.
    """

    citations: int
    documents: int
    publishers: int
    documents_by_side: Mapping[str, int]
    most_cited: tuple[tuple[Publisher, int], ...] = ()


def summaries(session: Session, *, claims: int) -> list[DossierSummary]:
    """Every dossier, in order, with so many of its claims, the disputed first."""
    dossiers = [Dossier.model_validate_json(e.body) for e in all_entries(session, "dossier")]
    return [
        DossierSummary(
            dossier,
            count_states(session, dossier.id),
            first_claims(session, ClaimFilter(dossier=dossier.id), limit=claims),
        )
        for dossier in dossiers
    ]


def count_states(session: Session, dossier: str) -> dict[str, int]:
    """How many claims of a dossier are in each state that any of them is in."""
    return count_by(session, ClaimFilter(dossier=dossier), "state")


def coverage_of(session: Session, dossier: str) -> Coverage:
    """Of every claim of a dossier whether each compared side answers, evades or is silent."""
    # Places in the order of dates, and not ids: pictures draw a claim at its place.
    places: dict[str, int] = {}
    sides: dict[str, dict[int, SideAnswer]] = defaultdict(dict)
    for found in positions_by_claim(session, dossier):
        place = places.setdefault(found.claim, len(places))
        sides[found.side][place] = _side_answer(found)
    return Coverage(len(places), sides)


def basis_of(session: Session, dossier: str) -> Basis:
    """What a dossier rests on."""
    found = extent(session, dossier)
    by_side = documents_by_side(session, dossier)
    cited = most_cited(session, dossier, limit=_MOST_CITED)
    entries = get_entries(session, [("publisher", key) for key, _ in cited])
    publishers = {entry.id: Publisher.model_validate_json(entry.body) for entry in entries}
    return Basis(
        found.citations,
        found.documents,
        found.publishers,
        by_side,
        tuple((publishers[key], number) for key, number in cited if key in publishers),
    )


def _side_answer(found: SidePosition) -> SideAnswer:
    if found.position in ANSWERING:
        return "answers"
    # It spoke and did not answer: not the same as having said nothing.
    if found.position != "silent":
        return "evades"
    return "searched" if found.searched else "unsearched"
