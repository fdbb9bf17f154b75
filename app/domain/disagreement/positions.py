"""Where a group of speakers stands: what they affirm, deny, or leave open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from app.domain.dates import Day
from app.domain.disagreement.courses import Compare, Shift, courses
from app.domain.disagreement.relations import Relation
from app.domain.disagreement.statements import Statement

PositionKind = Literal["holds", "divided", "denies", "sidesteps", "declined", "silent"]
ANSWERED: frozenset[PositionKind] = frozenset({"holds", "divided", "denies"})


@dataclass(frozen=True, slots=True)
class Clashing:
    """Statements on two accounts that conflict, with the relation that says so."""

    left: tuple[Statement, ...]
    right: tuple[Statement, ...]
    relation: Relation


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one group of speakers stands.

    `partings` are the clashes among themselves; `since` is the day from which they have said so
    without change, None where no statement that stands is dated.
    """

    kind: PositionKind
    affirmed: tuple[Statement, ...] = ()
    denied: tuple[Statement, ...] = ()
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
        return self.affirmed + self.denied if self.answers else self.evasive


SILENT = Stand("silent")


def stand(statements: Sequence[Statement], compare: Compare, *, over_time: bool) -> Stand:
    """Where these speakers stand, by the latest statement of each for each scope."""
    if not statements:
        return SILENT
    followed = courses(statements, compare, over_time=over_time)
    affirmed = tuple(s for course in followed for s in course.affirmed)
    denied = tuple(s for course in followed for s in course.denied)
    days = [day for course in followed for day in course.since.values() if day]
    since = min(days, default=None)
    shifts = tuple(shift for course in followed for shift in course.shifts)
    evasive = tuple(s for s in statements if s.stance in ("sidesteps", "declines"))
    if affirmed:
        partings = tuple(clashing(affirmed, affirmed, compare))
        kind: PositionKind = "divided" if partings else "holds"
        return Stand(kind, affirmed, denied, evasive, partings, shifts, since)
    if denied:
        return Stand("denies", (), denied, evasive, (), shifts, since)
    sidestepped = any(s.stance == "sidesteps" for s in evasive)
    return Stand("sidesteps" if sidestepped else "declined", evasive=evasive)


def by_account(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    """Statements grouped by their account, in the order of the accounts."""
    groups: dict[str, list[Statement]] = defaultdict(list)
    for statement in sorted(statements, key=lambda s: s.version.rank):
        groups[statement.version.account.id].append(statement)
    return groups


def clashing(
    left: Sequence[Statement], right: Sequence[Statement], compare: Compare
) -> Iterator[Clashing]:
    """The pairs of accounts, one affirmed on each side, that conflict.

    Reports of one occasion never clash with each other: the speaker said one thing.
    """
    here, there = by_account(left), by_account(right)
    pairs = (
        combinations(here, 2) if left is right else ((a, b) for a in here for b in there if a != b)
    )
    for a, b in pairs:
        compared = compare(here[a][0].version, there[b][0].version)
        if compared.kind != "conflict":
            continue
        mine, theirs = _without_shared_occasions(here[a], there[b])
        if mine and theirs:
            yield Clashing(mine, theirs, compared)


def _without_shared_occasions(
    left: Sequence[Statement], right: Sequence[Statement]
) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    shared = {_utterance(s) for s in left} & {_utterance(s) for s in right} - {None}
    return (
        tuple(s for s in left if _utterance(s) not in shared),
        tuple(s for s in right if _utterance(s) not in shared),
    )


def _utterance(statement: Statement) -> tuple[str, str] | None:
    if statement.occasion is None or statement.speaker is None:
        return None
    return statement.speaker.id, statement.occasion
