"""Axes of numbers and of days, and the widths of their words."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.values.dates import Day
from app.drawing.charts.calendar import day_scale
from app.drawing.charts.placing import label, legible, strip, tick
from app.drawing.charts.plots import NARROW, Bar, Column, Item, Mark
from app.drawing.charts.scales import number_scale, round_step
from app.drawing.text_widths import shortened, width_of, wrapped

anywhere = st.lists(st.decimals(min_value=0, max_value=10**12, places=0), min_size=1, max_size=12)
close = st.builds(
    lambda basis, more: [Decimal(basis) + n for n in more],
    st.integers(100, 10**9),
    st.lists(st.integers(0, 20), min_size=1, max_size=8),
)
numbers = anywhere | close
days = st.builds(Day, st.integers(-4000, 12000), st.integers(1, 12), st.integers(1, 28))
shares = st.floats(0, 100).map(lambda x: round(x, 2))
words = st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=80)


@given(numbers)
def test_every_number_has_its_place_on_its_axis_in_order(given_numbers: list[Decimal]) -> None:
    scale = number_scale(given_numbers)
    assert scale.start < scale.end
    assert all(scale.start <= number < scale.end for number in given_numbers)
    places = [scale.at(number) for number in sorted(given_numbers)]
    assert places == sorted(places)
    assert all(0 <= place <= 100 for place in places)


@given(numbers)
def test_an_axis_begins_at_zero_or_says_that_it_does_not(given_numbers: list[Decimal]) -> None:
    scale = number_scale(given_numbers)
    assert scale.is_broken == (scale.start != 0)
    if not scale.is_broken:
        assert scale.at(Decimal(0)) == 0
    assert number_scale(given_numbers, from_zero=True).start == 0


@given(numbers)
def test_ticks_are_few_round_and_evenly_apart(given_numbers: list[Decimal]) -> None:
    scale = number_scale(given_numbers)
    steps = {after - before for before, after in pairwise(scale.ticks)}
    assert len(steps) == 1
    step = steps.pop()
    assert step == step.to_integral_value()
    assert str(step.normalize().as_tuple().digits) in map(str, [(1,), (2,), (2, 5), (5,)])
    assert (scale.ticks[0], scale.ticks[-1]) == (scale.start, scale.end)
    assert 2 <= len(scale.ticks) <= 9


@pytest.mark.parametrize(
    ("given_numbers", "start", "end"),
    [
        ([0], 0, 2),
        ([1], 0, 2),
        ([7, 70], 0, 80),
        ([1960, 1800, 2200], 1700, 2300),
        ([218, 238], 215, 240),
        ([5, 5], 0, 6),
    ],
)
def test_axes_as_people_would_draw_them(given_numbers: list[int], start: int, end: int) -> None:
    scale = number_scale([Decimal(number) for number in given_numbers])
    assert (scale.start, scale.end) == (start, end)


def test_fractions_have_fractions_on_their_axis() -> None:
    assert round_step(Decimal("0.03"), whole=False) == Decimal("0.05")
    assert number_scale([Decimal("0.4")], whole=False).end == Decimal("0.5")


@given(st.lists(days, min_size=1, max_size=8))
def test_every_day_has_its_place_on_its_calendar(given_days: list[Day]) -> None:
    scale = day_scale(given_days)
    for day in given_days:
        begins, noon, ends = scale.beginning(day), scale.middle(day), scale.end(day)
        assert 0 <= begins <= noon <= ends <= 100
    assert len(scale.ticks) <= 9
    places = [scale.beginning(found.day) for found in scale.ticks]
    assert places == sorted(places)
    assert all(scale.first <= found.day.ordinal <= scale.last for found in scale.ticks)


@pytest.mark.parametrize(
    ("first", "last", "unit", "expected"),
    [
        (Day(2020, 12, 11), Day(2020, 12, 14), "day", (2020, 12, 10)),
        (Day(2020, 9, 27), Day(2020, 12, 11), "month", (2020, 10, 1)),
        (Day(1994, 5, 12), Day(2024, 4, 26), "year", (2000, 1, 1)),
    ],
)
def test_calendars_have_ticks_at_days_months_or_years(
    first: Day, last: Day, unit: str, expected: tuple[int, int, int]
) -> None:
    ticks = day_scale([first, last]).ticks
    assert {found.unit for found in ticks} == {unit}
    assert expected in {tuple(found.day) for found in ticks}


@given(words, st.floats(20, 500), st.floats(8, 40), st.integers(1, 5))
def test_text_is_cut_into_lines_that_fit(text: str, room: float, size: float, most: int) -> None:
    lines = wrapped(text, room, size, most)
    assert len(lines) <= most
    assert all(width_of(line, size) <= room or line == "…" for line in lines)
    if not any("…" in line for line in lines):
        assert " ".join(lines).split() == text.split()


def test_text_that_fits_is_left_as_it_is() -> None:
    assert shortened("almost 600", 200, 13) == "almost 600"
    assert shortened("almost 600", 40, 13).endswith("…")


@given(words, words, shares, shares)
def test_a_label_stays_within_the_narrowest_plot(
    text: str, beside: str, one: float, other: float
) -> None:
    low, high = sorted((one, other))
    placed = label(text, beside, Bar(low, high))
    width = width_of(f"{placed.words} {placed.beside}".strip(), 13)
    at = placed.at / 100 * NARROW
    start = {"start": at, "middle": at - width / 2, "end": at - width}[placed.anchor]
    assert start >= -0.1
    assert start + width <= NARROW + 0.1


@given(st.lists(st.tuples(words, shares, shares), min_size=1, max_size=8))
def test_no_label_runs_into_another_one(items: list[tuple[str, float, float]]) -> None:
    mark = Mark("#citation-a", "Somebody", "says")
    made = strip(
        Column("north", "Northern", 1, ""),
        [Item(text, "", Bar(*sorted(ends)), (mark,)) for text, *ends in items],  # type: ignore[arg-type]
    )
    assert len(made.placed) == len(items)
    spans: dict[int, list[tuple[float, float]]] = {}
    for placed in made.placed:
        width = width_of(placed.label.words, 13)
        at = placed.label.at / 100 * NARROW
        start = {"start": at, "middle": at - width / 2, "end": at - width}[placed.label.anchor]
        spans.setdefault(placed.y, []).append((start, start + width))
        assert all(placed.y < line.y < made.height for line in placed.lines)
    for row in spans.values():
        row.sort()
        assert all(one[1] < other[0] for one, other in pairwise(row))


@given(st.lists(st.tuples(shares, words), min_size=1, max_size=12))
def test_words_of_ticks_are_left_out_before_they_run_together(
    found: list[tuple[float, str]],
) -> None:
    ticks = legible(tick(at, text[:8]) for at, text in sorted(found))
    free = -1e9
    for each in ticks:
        if not each.words:
            continue
        width = width_of(each.words, 13)
        at = each.words_at / 100 * NARROW
        start = {"start": at, "middle": at - width / 2, "end": at - width}[each.anchor]
        assert start >= free
        free = start + width
