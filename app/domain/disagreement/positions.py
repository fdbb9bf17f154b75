"""Where a group of speakers stands: what they affirm, deny, or leave open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from app.domain.disagreement.clashes import Clashing, Compare, Said, clashes, partings, said
from app.domain.disagreement.histories import Shift, courses
from app.domain.disagreement.relations import Relation, RelationKind, Rule
from app.domain.disagreement.statements import Statement
from app.domain.values.dates import Day

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


_WORST_FIRST: tuple[RelationKind, ...] = ("compatible", "same", "not-comparable")
_NO_ANSWER = Relation("not-comparable", "no-answer")


@dataclass(frozen=True, slots=True)
class Pair:
    """How two sides stand to each other, by which rule, and the clashes behind a conflict."""

    kind: RelationKind | Literal["silent"]
    rule: Rule | None = None
    clashes: tuple[Clashing, ...] = ()

    @property
    def comparable(self) -> bool:
        """Whether anything the two say can be compared."""
        return self.kind in ("conflict", "compatible", "same")


def pair(left: Stand, right: Stand, compare: Compare) -> Pair:
    """The relation of two sides; `silent` where one of them gives no answer."""
    if not (left.answers and right.answers):
        return Pair("silent")
    found = clashes(left.said, right.said, compare)
    if found:
        return Pair("conflict", found[0].relation.rule, tuple(found))
    # A conflict that is no clash lies between two reports of one joint statement.
    others = [r for r in _relations(left.said, right.said, compare) if r.kind != "conflict"]
    worst = min(others, key=lambda r: _WORST_FIRST.index(r.kind), default=_NO_ANSWER)
    return Pair(worst.kind, worst.rule)


def _relations(left: Said, right: Said, compare: Compare) -> Iterator[Relation]:
    for mine in left.affirmed.values():
        for theirs in right.affirmed.values():
            yield compare(mine.version, theirs.version)
    yield from _beside_denials(left, right, compare)
    yield from _beside_denials(right, left, compare)
    for account in left.denied:
        yield Relation("same" if account in right.denied else "not-comparable", "denials")


def _beside_denials(denying: Said, holding: Said, compare: Compare) -> Iterator[Relation]:
    """Denying one account goes together with holding another that excludes it."""
    for refused in denying.denied.values():
        for held in holding.affirmed.values():
            excluded = compare(refused.version, held.version).kind == "conflict"
            yield Relation("compatible" if excluded else "not-comparable", "denials")
