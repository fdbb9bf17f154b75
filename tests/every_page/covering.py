"""Few cases that hold every pair of values: what breaks a page is seldom three things at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from itertools import combinations, product

Case = tuple[Hashable, ...]
_Pair = tuple[tuple[int, Hashable], tuple[int, Hashable]]


def pairwise(factors: Sequence[Sequence[Hashable]]) -> list[Case]:
    """Cases, a value of each factor, that together hold each pair of values of two factors.

    The same for the same factors. Their number is near the smallest possible, which is the product
    of the numbers of values of the two largest factors; each pair is held about as often as others.
    """
    held: Counter[_Pair] = Counter()
    cases = []
    for pair in _all_pairs(factors):
        if not held[pair]:
            case = _completed(pair, factors, held)
            held.update(_pairs(case))
            cases.append(case)
    return cases


def _all_pairs(factors: Sequence[Sequence[Hashable]]) -> list[_Pair]:
    """Every pair of values, those of the largest factors first."""
    numbered = sorted(enumerate(factors), key=lambda factor: -len(factor[1]))
    return [
        _ordered((left, a), (right, b))
        for (left, first), (right, second) in combinations(numbered, 2)
        for a, b in product(first, second)
    ]


def _completed(
    pair: _Pair, factors: Sequence[Sequence[Hashable]], held: Mapping[_Pair, int]
) -> Case:
    """The case with this pair that, factor by factor, holds what is held least so far."""
    chosen = dict(pair)

    def worth(one: tuple[int, Hashable]) -> tuple[int, int]:
        counts = [held[_ordered(one, other)] for other in chosen.items()]
        return counts.count(0), -sum(counts)

    for at in sorted(set(range(len(factors))) - set(chosen)):
        chosen[at] = max(((at, value) for value in factors[at]), key=worth)[1]
    return tuple(chosen[at] for at in range(len(factors)))


def _pairs(case: Case) -> list[_Pair]:
    return [_ordered(left, right) for left, right in combinations(enumerate(case), 2)]


def _ordered(left: tuple[int, Hashable], right: tuple[int, Hashable]) -> _Pair:
    return (left, right) if left[0] < right[0] else (right, left)
