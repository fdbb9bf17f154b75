"""The position of a group of speakers: what they affirm, deny, or leave open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from app.domain.disagreement.clashes import (
    Clashing,
    Compare,
    StatementsByAccount,
    by_account,
    clashes,
    clashes_within,
)
from app.domain.disagreement.histories import Shift, histories
from app.domain.disagreement.relations import Relation, RelationKind, Rule
from app.domain.disagreement.statements import Statement
from app.domain.values.dates import Day

PositionKind = Literal["holds", "divided", "denies", "sidesteps", "declined", "silent"]
ANSWERED: frozenset[PositionKind] = frozenset({"holds", "divided", "denies"})
NOTHING = StatementsByAccount({}, {})


@dataclass(frozen=True, slots=True)
class Position:
    """The position of one group of speakers.

    `internal_clashes` are the clashes among themselves; `since` is the day from which they have
    said so without change, None where no current statement is dated.
    """

    kind: PositionKind
    by_account: StatementsByAccount = NOTHING
    evasive: tuple[Statement, ...] = ()
    internal_clashes: tuple[Clashing, ...] = ()
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
        supports = (*self.by_account.affirmed.values(), *self.by_account.denied.values())
        return tuple([statement for support in supports for statement in support.statements])


SILENT = Position("silent")


def position_of(statements: Sequence[Statement], compare: Compare, *, over_time: bool) -> Position:
    """The position of these speakers, by the latest statement of each for each scope."""
    if not statements:
        return SILENT
    followed = histories(statements, compare, over_time=over_time)
    current = by_account(followed.current)
    evasive = tuple([statement for statement in statements if statement.is_evasive])
    # Only where nothing is answered: who answered once and later refused still holds the answer.
    if not (current.affirmed or current.denied):
        return Position(_evasion(evasive), evasive=evasive)
    internal = clashes_within(current, compare)
    affirms: PositionKind = "holds" if current.affirmed else "denies"
    return Position(
        "divided" if internal else affirms,
        current,
        evasive,
        tuple(internal),
        shifts=tuple(followed.shifts),
        since=min(followed.since, default=None),
    )


def _evasion(evasive: Iterable[Statement]) -> PositionKind:
    # Having spoken says more than having refused to.
    return "sidesteps" if any(s.stance == "sidesteps" for s in evasive) else "declined"


# Without `conflict`, which is found by its clashes: a pair conflicts only where statements can be
# shown that do. What cannot be compared comes last, as one comparable pair is enough to say
# something.
_WORST_FIRST: tuple[RelationKind, ...] = ("compatible", "same", "not-comparable")
_NO_ANSWER = Relation("not-comparable", "no-answer")


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


def pair(left: Position, right: Position, compare: Compare) -> Pair:
    """The relation of two sides; `silent` where one of them gives no answer."""
    if not (left.answers and right.answers):
        return Pair("silent")
    found = clashes(left.by_account, right.by_account, compare)
    if found:
        return Pair("conflict", found[0].relation.rule, tuple(found))
    # A conflict that is no clash lies between two reports of one joint statement.
    others = [
        r for r in _relations(left.by_account, right.by_account, compare) if r.kind != "conflict"
    ]
    worst = min(others, key=lambda r: _WORST_FIRST.index(r.kind), default=_NO_ANSWER)
    return Pair(worst.kind, worst.rule)


def _relations(
    left: StatementsByAccount, right: StatementsByAccount, compare: Compare
) -> Iterator[Relation]:
    for mine in left.affirmed.values():
        for theirs in right.affirmed.values():
            yield compare(mine.version, theirs.version)
    yield from _beside_denials(left, right, compare)
    yield from _beside_denials(right, left, compare)
    for account in left.denied:
        yield Relation("same" if account in right.denied else "not-comparable", "denials")


def _beside_denials(
    denying: StatementsByAccount, holding: StatementsByAccount, compare: Compare
) -> Iterator[Relation]:
    """Denying one account goes together with holding another that excludes it."""
    # A denial of X agrees with Y only where X and Y exclude each other; else it says nothing of Y.
    for refused in denying.denied.values():
        for held in holding.affirmed.values():
            excluded = compare(refused.version, held.version).kind == "conflict"
            yield Relation("compatible" if excluded else "not-comparable", "denials")
