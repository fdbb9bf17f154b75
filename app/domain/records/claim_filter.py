"""A reader's question to a list of claims: filters, states and kinds of gap."""

from __future__ import annotations

from dataclasses import dataclass

# In the order of lists: disputed first, as that is what a reader comes for.
STATES = ("disputed", "incomparable", "agreed", "one-sided", "outside-only", "no-account")
GAP_KINDS = ("quantity", "years", "months", "days", "hours")
# As the engine's `ANSWERED`, once more: records come before the engine and may not import it.
ANSWERING = ("holds", "divided", "denies")

# Counting every row of a long list would cost more than its page does; beyond this many it is said
# that there are more (docs/decisions/2026-11-22-many-at-once.md).
MAX_COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims a list shows: those for which all that is given holds.

    `side` answers the claim or denies an answer; `q` is what a reader typed into a search. Of
    `silent` nothing was found, and it was searched for; `blind` is the same of any side. `losses`
    are claims that count a side's losses. Both sides of `pair` answer; with `parts`, which says
    nothing without a pair, they conflict, or (false) they do not.
    """

    dossier: str | None = None
    state: str | None = None
    topic: str | None = None
    kind: str | None = None
    event: str | None = None
    side: str | None = None
    place: str | None = None
    flag: str | None = None
    publisher: str | None = None
    speaker: str | None = None
    document: str | None = None
    q: str | None = None
    silent: str | None = None
    blind: bool | None = None
    losses: bool | None = None
    pair: tuple[str, str] | None = None
    parts: bool | None = None
