"""The few cases hold every pair, and are few."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product

import pytest

from tests.every_page.covering import pairwise


@pytest.mark.parametrize(
    "factors",
    [
        ["ab", "cd"],
        ["abc", "de", "fg", "hi"],
        [range(67), [390, 1280], ["light", "dark"], ["en", "hy", "az", "ru"], [True, False]],
        ["abcd", "efgh", "ijkl", "mnop"],
        ["a", "b", "c"],
    ],
)
def test_every_pair_of_values_stands_in_a_case(factors: list[list[object]]) -> None:
    cases = pairwise(factors)
    for (left, first), (right, second) in combinations(enumerate(factors), 2):
        held = {(case[left], case[right]) for case in cases}
        assert held == set(product(first, second))


def test_cases_are_hardly_more_than_the_two_largest_factors_need() -> None:
    factors = [range(67), [390, 1280], ["light", "dark"], ["en", "hy", "az", "ru"], [True, False]]
    assert len(pairwise(factors)) <= 67 * 4 * 1.1


def test_values_are_shared_out_among_the_cases() -> None:
    cases = pairwise([range(67), [390, 1280], ["light", "dark"], "abcd", [True, False]])
    windows = Counter((width, scheme) for _page, width, scheme, _language, _scripts in cases)
    assert max(windows.values()) <= 1.2 * min(windows.values())
    assert set(Counter((case[0], case[1]) for case in cases).values()) == {2}


def test_the_same_factors_give_the_same_cases() -> None:
    factors = [range(9), "abcd", "ef"]
    assert pairwise(factors) == pairwise(factors)
