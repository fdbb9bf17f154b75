"""What a search found, and how much of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.domain.records.kinds import FOUND_KINDS, FoundKind

# Ranking a common word over a million texts takes most of a second, so that of more results only
# these are ranked (docs/decisions/2026-11-22-search.md).
MAX_RANKED = 1_000
"""So many of a kind are ranked and listed: those that came on record first."""
MAX_COUNTED = 10_000

Order = tuple[int, int, str, str, str]
ResultCounts = Mapping[FoundKind, int | None]
"""How many of each kind were found; None for more than 10,000."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Something that holds what was asked for; `claim` is empty for a register entry.

    `tier` is how well: 0 in its names and whole words, 1 in its names, 2 whole words anywhere,
    3 anywhere, 4 by the sound of a name.
    """

    kind: FoundKind
    tier: int
    sort: str
    claim: str
    id: str

    @property
    def order(self) -> Order:
        """What results are sorted by."""
        # Claim and id come last so that no two results are equal: pages of results must not
        # overlap.
        return FOUND_KINDS.index(self.kind), self.tier, self.sort, self.claim, self.id


def total_of(counts: Collection[int | None]) -> int | None:
    """Their sum; None where it is above 10,000 or one of them is not known."""
    known = [count for count in counts if count is not None]
    total = sum(known)
    return total if len(known) == len(counts) and total <= MAX_COUNTED else None
