"""How many claims of a dossier each option of each filter leaves, given the other filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.domain.claims import Claim
from app.storage import tables
from app.storage.search import holds_every_word

FACETS = ("state", "topic", "kind", "flag", "side", "place")
ANSWERING = ("holds", "divided", "denies")

_FACETS = tables.claim_facets.c

Values = tuple[tuple[str, ...], ...]
"""What a claim has of each facet, in the order of `FACETS`."""


@dataclass(frozen=True, slots=True)
class FacetSheet:
    """Claims by what filters choose among: how many there are of each mixture that occurs."""

    mixtures: Mapping[Values, int]

    def count(self, chosen: Mapping[str, str | None]) -> FacetCounts:
        """Every option's count with the other filters in force, and how many fit all of them.

        `chosen` has the value that each filter asks for, by its name; what is no facet is passed
        over.
        """
        asked = [chosen.get(name) for name in FACETS]
        options: list[Counter[str]] = [Counter() for _ in FACETS]
        total = 0
        for values, number in self.mixtures.items():
            missed = [
                place
                for place, value in enumerate(asked)
                if value is not None and value not in values[place]
            ]
            if len(missed) > 1:
                continue
            total += 0 if missed else number
            for place in missed or range(len(FACETS)):
                for value in values[place]:
                    options[place][value] += number
        return FacetCounts(dict(zip(FACETS, options, strict=True)), total)


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """`options` by filter and value, where any claim is left; `total` fits every filter."""

    options: Mapping[str, Mapping[str, int]]
    total: int


def facet_sheet(session: Session, dossier: str, words: str | None = None) -> FacetSheet:
    """The claims of a dossier, those with all of these words, in one read.

    Raises `BadQuery` for words that are too many or too long.
    """
    statement = select(
        _FACETS.state, _FACETS.topic, _FACETS.kind, _FACETS.flags, _FACETS.sides, _FACETS.places
    ).where(_FACETS.dossier == dossier)
    conditions = holds_every_word(tables.claims.c.words, words or "")
    if conditions:
        found = select(tables.claims.c.id).where(tables.claims.c.dossier == dossier, *conditions)
        statement = statement.where(_FACETS.claim.in_(found))
    raw = Counter[tuple[Any, ...]](map(tuple, session.execute(statement)))
    return FacetSheet({tuple(_values(row)): number for row, number in raw.items()})


def sheet_of(found: Iterable[tuple[Claim, Mapping[str, Any]]]) -> FacetSheet:
    """The same of claims at hand, each with its comparison as JSON."""
    rows = (facet_columns(claim, comparison) for claim, comparison in found)
    packed = Counter(tuple(row.values()) for row in rows)
    return FacetSheet({tuple(_values(row)): number for row, number in packed.items()})


def save_facets(
    session: Session, dossier: str, claim: Claim, comparison: Mapping[str, Any]
) -> None:
    """Write a claim's row anew."""
    session.execute(delete(tables.claim_facets).where(_FACETS.claim == claim.id))
    row = {"claim": claim.id, "dossier": dossier, **facet_columns(claim, comparison)}
    session.execute(insert(tables.claim_facets), [row])


def facet_columns(claim: Claim, comparison: Mapping[str, Any]) -> dict[str, str]:
    """What the row says besides whose it is; sets are in order, with blanks between."""
    positions = comparison["positions"].items()
    answering = [side for side, found in positions if found["position"] in ANSWERING]
    return {
        "state": comparison["state"],
        "topic": claim.topic,
        "kind": claim.kind,
        "flags": " ".join(sorted(set(comparison["flags"]))),
        "sides": " ".join(sorted(answering)),
        "places": " ".join(sorted(set(claim.places))),
    }


def _values(row: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return (tuple(value.split()) for value in row)
