"""Few cases that hold every pair of values: what breaks a page is seldom three things at once."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import combinations, product

Case = tuple[Hashable, ...]
_Pair = tuple[tuple[int, Hashable], tuple[int, Hashable]]


def pairwise(factors: Sequence[Sequence[Hashable]]) -> list[Case]:
    """Cases, a value of each factor, that together hold each pair of values of two factors.

    The same for the same factors. Their number is near the smallest possible, which is the product
    of the numbers of values of the two largest factors.
    """
    # In order: a set's own order is another in every process.
    missing = dict.fromkeys(_all_pairs(factors))
    cases = []
    while missing:
        case = _completed(next(iter(missing)), factors, missing)
        for pair in _pairs(case):
            missing.pop(pair, None)
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
    pair: _Pair, factors: Sequence[Sequence[Hashable]], missing: dict[_Pair, None]
) -> Case:
    """The case with this pair that, factor by factor, holds most of what is missing."""
    chosen = dict(pair)
    for factor in sorted(set(range(len(factors))) - set(chosen)):
        chosen[factor] = max(
            factors[factor],
            key=lambda value, at=factor: sum(  # type: ignore[misc]
                _ordered((at, value), other) in missing for other in chosen.items()
            ),
        )
    return tuple(chosen[factor] for factor in range(len(factors)))


def _pairs(case: Case) -> list[_Pair]:
    return [_ordered(left, right) for left, right in combinations(enumerate(case), 2)]


def _ordered(left: tuple[int, Hashable], right: tuple[int, Hashable]) -> _Pair:
    return (left, right) if left[0] < right[0] else (right, left)
