"""Two sides against each other: the worst relation between what can be compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from app.domain.disagreement.clashing import Clashing, Compare, Said, clashes
from app.domain.disagreement.positions import Stand
from app.domain.disagreement.relations import Relation, RelationKind, Rule

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
