"""The position of a group of speakers: what they affirm, deny, or leave open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from app.domain.disagreement.clashes import (
    Clashing,
    Held,
    Meeting,
    clashes_within,
    meetings,
    worst,
)
from app.domain.disagreement.histories import Shift, Unordered, earliest, histories
from app.domain.disagreement.judge import Judge
from app.domain.disagreement.relations import Relation, RelationKind, Rule
from app.domain.disagreement.statements import Statement

PositionKind = Literal["holds", "divided", "denies", "sidesteps", "declined", "silent"]
ANSWERED: frozenset[PositionKind] = frozenset({"holds", "divided", "denies"})


NOTHING = Held()


@dataclass(frozen=True, slots=True)
class Position:
    """The position of one group of speakers.

    `clashes` are those of its speakers with each other, `unordered` each one's with itself. `since`
    is when they began to say so, in the words of the citation; None where that is undated.
    `is_reported` says that some of it is known only through others.
    """

    kind: PositionKind
    held: Held = NOTHING
    evasive: tuple[Statement, ...] = ()
    clashes: tuple[Clashing, ...] = ()
    unordered: tuple[Unordered, ...] = ()
    shifts: tuple[Shift, ...] = ()
    since: str | None = None

    @property
    def answers(self) -> bool:
        """Whether the claim is answered, be it by a denial."""
        return self.kind in ANSWERED

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements that the position rests on."""
        return self.held.statements() if self.answers else self.evasive

    @property
    def is_reported(self) -> bool:
        """Whether some of it is known only through another speaker."""
        return any(statement.reporter for statement in self.statements)


SILENT = Position("silent")


def position_of(statements: Sequence[Statement], judge: Judge, *, official: bool) -> Position:
    """The position of these speakers, by the latest statement of each for each scope.

    Only clashing officials divide a side; of others, both versions are held.
    """
    if not statements:
        return SILENT
    followed = histories(statements, judge)
    held = followed.held()
    evasive = tuple([statement for statement in statements if statement.is_evasive])
    # Only where nothing is answered: who answered once and later refused still holds the answer.
    if not held.choices:
        return Position(_evasion(evasive), evasive=evasive) if evasive else SILENT
    found = clashes_within(held, judge)
    divides = official and any(not clash.is_reported for clash in found)
    affirms: PositionKind = "holds" if held.affirmed else "denies"
    since = earliest(followed.since)
    return Position(
        "divided" if divides else affirms,
        held,
        evasive,
        clashes=tuple(found),
        unordered=tuple(followed.unordered),
        shifts=tuple(followed.shifts),
        since=since.text if since else None,
    )


def _evasion(evasive: Iterable[Statement]) -> PositionKind:
    # Having spoken says more than having refused to.
    return "sidesteps" if any(s.stance == "sidesteps" for s in evasive) else "declined"


@dataclass(frozen=True, slots=True)
class Pair:
    """How two sides relate, by which rule, and the clashes behind a conflict."""

    kind: RelationKind | Literal["silent"]
    rule: Rule | None = None
    clashes: tuple[Clashing, ...] = ()

    @property
    def comparable(self) -> bool:
        """Whether anything the two say can be compared."""
        return self.kind in ("conflict", "compatible", "same")


def pair(left: Position, right: Position, judge: Judge) -> Pair:
    """The relation of two sides; `silent` where one of them gives no answer."""
    if not (left.answers and right.answers):
        return Pair("silent")
    met = meetings(left.held, right.held, judge)
    found = [clash for meeting in met for clash in _clashes_in(meeting)]
    if found:
        # What both affirm says more of how they differ than what one of them denies.
        found.sort(key=lambda clash: clash.left.denies or clash.right.denies)
        return Pair("conflict", found[0].relation.rule, tuple(found))
    known = worst([meeting for meeting in met if isinstance(meeting, Relation)])
    return Pair(known.kind, known.rule)


def _clashes_in(meeting: Meeting) -> tuple[Clashing, ...]:
    return () if isinstance(meeting, Relation) else meeting
