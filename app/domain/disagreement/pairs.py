"""Two sides against each other: the worst relation between what can be compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from app.domain.disagreement.courses import Compare
from app.domain.disagreement.positions import Clashing, Stand, by_account, clashing
from app.domain.disagreement.relations import Relation, RelationKind, Rule
from app.domain.disagreement.statements import Statement

_WORST_FIRST: tuple[RelationKind, ...] = ("conflict", "compatible", "same", "not-comparable")


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
    clashes = (
        *clashing(left.affirmed, right.affirmed, compare),
        *denials(left, right),
        *(Clashing(c.right, c.left, c.relation) for c in denials(right, left)),
    )
    if clashes:
        return Pair("conflict", clashes[0].relation.rule, clashes)
    found = list(_relations(left, right, compare))
    worst = min(found, key=lambda relation: _WORST_FIRST.index(relation.kind))
    return Pair(worst.kind, worst.rule)


def denials(left: Stand, right: Stand) -> Iterator[Clashing]:
    """Where the left denies an account that the right affirms."""
    affirmed = by_account(right.affirmed)
    for account, statements in by_account(left.denied).items():
        if account in affirmed:
            yield Clashing(
                tuple(statements), tuple(affirmed[account]), Relation("conflict", "denial")
            )


def _relations(left: Stand, right: Stand, compare: Compare) -> Iterator[Relation]:
    here, there = by_account(left.affirmed), by_account(right.affirmed)
    for mine in here.values():
        for theirs in there.values():
            yield compare(mine[0].version, theirs[0].version)
    yield from _beside_denials(left.denied, right.affirmed, compare)
    yield from _beside_denials(right.denied, left.affirmed, compare)
    for account in by_account(left.denied):
        shared = account in by_account(right.denied)
        yield Relation("same" if shared else "not-comparable", "denials")


def _beside_denials(
    denied: tuple[Statement, ...], affirmed: tuple[Statement, ...], compare: Compare
) -> Iterator[Relation]:
    """Denying one account goes together with holding another that excludes it."""
    for refused in by_account(denied).values():
        for held in by_account(affirmed).values():
            excluded = compare(refused[0].version, held[0].version).kind == "conflict"
            yield Relation("compatible" if excluded else "not-comparable", "denials")
