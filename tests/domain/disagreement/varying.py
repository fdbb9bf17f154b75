"""What the properties of comparisons share: claims made a little different, and compared."""

from __future__ import annotations

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from app.domain.disagreement.comparison import Comparison
from app.domain.disagreement.engine import compare
from app.domain.records.claims import Claim
from app.domain.values.dates import Day
from tests.domain.factories import DOSSIER, REGISTERS

FAST = settings(max_examples=60, deadline=None)
SPEAKERS = REGISTERS.speakers
views = st.sampled_from([None, Day(2020, 10, 10), Day(2020, 10, 11), Day(2020, 10, 12)])
days = st.sampled_from([Day(2020, 10, 10), Day(2020, 10, 11), Day(2020, 10, 12)])


def compared(claim: Claim, day: Day | None = None) -> Comparison:
    """The comparison of a claim between the sides of the tests."""
    return compare(claim, REGISTERS, DOSSIER, day)


def body_of(claim: Claim) -> dict[str, Any]:
    """The claim as plain values, without what is left at its default."""
    return claim.model_dump(mode="json", exclude_defaults=True, by_alias=True)


def with_citations(claim: Claim, account: str, more: list[dict[str, Any]]) -> Claim:
    """The claim with further citations on one account."""
    body = body_of(claim)
    for entry in body["accounts"]:
        if entry["id"] == account:
            entry["citations"] += more
    return Claim.model_validate(body)


def relations(found: Comparison) -> dict[tuple[str, str], str]:
    """How each pair of sides relates."""
    return {(r.left, r.right): r.relation for r in found.relations}


def holding(found: Comparison) -> dict[str, tuple[object, ...]]:
    """What each side does, on whose word, whatever the accounts are called."""
    return {
        side: (p.position, p.standing, p.reported, p.since, p.searched)
        for side, p in found.positions.items()
    }
