"""Where a group of speakers stands: what they affirm, deny, or leave open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from app.domain.dates import Day
from app.domain.disagreement.clashing import Clashing, Compare, Said, partings, said
from app.domain.disagreement.courses import Shift, courses
from app.domain.disagreement.statements import Statement

PositionKind = Literal["holds", "divided", "denies", "sidesteps", "declined", "silent"]
ANSWERED: frozenset[PositionKind] = frozenset({"holds", "divided", "denies"})
NOTHING = Said({}, {})


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one group of speakers stands.

    `partings` are the clashes among themselves; `since` is the day from which they have said so
    without change, None where no statement that stands is dated.
    """

    kind: PositionKind
    said: Said = NOTHING
    evasive: tuple[Statement, ...] = ()
    partings: tuple[Clashing, ...] = ()
    shifts: tuple[Shift, ...] = ()
    since: Day | None = None

    @property
    def answers(self) -> bool:
        """Whether the claim is answered, be it by a denial."""
        return self.kind in ANSWERED

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements that the position rests on."""
        if not self.answers:
            return self.evasive
        backings = (*self.said.affirmed.values(), *self.said.denied.values())
        return tuple([statement for backing in backings for statement in backing.statements])


SILENT = Stand("silent")


def stand(statements: Sequence[Statement], compare: Compare, *, over_time: bool) -> Stand:
    """Where these speakers stand, by the latest statement of each for each scope."""
    if not statements:
        return SILENT
    followed = courses(statements, compare, over_time=over_time)
    standing = said(followed.standing)
    evasive = tuple([statement for statement in statements if statement.is_evasive])
    if not (standing.affirmed or standing.denied):
        return Stand(_evasion(evasive), evasive=evasive)
    parted = partings(standing, compare)
    affirms: PositionKind = "holds" if standing.affirmed else "denies"
    return Stand(
        "divided" if parted else affirms,
        standing,
        evasive,
        tuple(parted),
        shifts=tuple(followed.shifts),
        since=min(followed.since, default=None),
    )


def _evasion(evasive: Iterable[Statement]) -> PositionKind:
    return "sidesteps" if any(s.stance == "sidesteps" for s in evasive) else "declined"
