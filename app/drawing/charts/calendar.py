"""Scales of days: from a day to its place on a calendar, with ticks at days, months or years."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Literal

from app.domain.values.dates import Day

MAX_TICKS = 6
Unit = Literal["day", "month", "year"]
_DAYS_OF = {"day": 1, "month": 31, "year": 366}
_STEPS: tuple[tuple[Unit, int], ...] = (
    *(("day", n) for n in (1, 2, 5, 10)),
    *(("month", n) for n in (1, 2, 3, 6)),
)


@dataclass(frozen=True, slots=True)
class DayTick:
    """A day at which the calendar has a line, and the unit that it is labelled in."""

    day: Day
    unit: Unit


@dataclass(frozen=True, slots=True)
class DayScale:
    """A calendar from the beginning of one day to the end of another, both ordinals."""

    first: int
    last: int
    ticks: tuple[DayTick, ...]

    def beginning(self, day: Day) -> float:
        """Where a day begins, in per cent of the axis, clamped to its ends."""
        return self._at(day.ordinal)

    def end(self, day: Day) -> float:
        """Where a day ends."""
        return self._at(day.ordinal + 1)

    def middle(self, day: Day) -> float:
        """Where noon of a day is."""
        return self._at(day.ordinal + 0.5)

    def _at(self, ordinal: float) -> float:
        share = (ordinal - self.first) / (self.last + 1 - self.first) * 100
        return round(min(max(share, 0.0), 100.0), 2)


def day_scale(days: Collection[Day]) -> DayScale:
    """A calendar that covers all of these days, with a little room at both ends.

    Raises ValueError where no day is given.
    """
    first, last = min(days), max(days)
    # A bar that ends at the very edge looks as if it went on.
    room = max(1, round((last.ordinal - first.ordinal) * 0.04))
    start, end = first.ordinal - room, last.ordinal + room
    unit, step = _step(end + 1 - start)
    ticks = (DayTick(day, unit) for day in _walk(first, unit, step, start, end))
    return DayScale(start, end, tuple(ticks))


def _step(days: int) -> tuple[Unit, int]:
    for unit, step in _STEPS:
        if days / (_DAYS_OF[unit] * step) <= MAX_TICKS:
            return unit, step
    return "year", next(years for years in _round_years() if days / (366 * years) <= MAX_TICKS)


def _round_years() -> Iterator[int]:
    """1, 2, 5, 10, 20, 50 and so on."""
    for power in count():
        yield from (factor * 10**power for factor in (1, 2, 5))


def _walk(first: Day, unit: Unit, step: int, start: int, end: int) -> Iterator[Day]:
    """The days of a round step between two ordinals."""
    day = _round_before(first, unit, step)
    while day.ordinal > start:
        day = _moved(day, unit, -step)
    while day.ordinal <= end:
        if day.ordinal >= start:
            yield day
        day = _moved(day, unit, step)


def _round_before(day: Day, unit: Unit, step: int) -> Day:
    if unit == "year":
        return Day(day.year // step * step, 1, 1)
    if unit == "month":
        return Day(day.year, (day.month - 1) // step * step + 1, 1)
    # Steps of days begin with the month, so that the same days have lines whatever the first one
    # is.
    return day if step == 1 else Day(day.year, day.month, 1)


def _moved(day: Day, unit: Unit, step: int) -> Day:
    if unit == "year":
        return Day(day.year + step, 1, 1)
    if unit == "month":
        months = day.year * 12 + day.month - 1 + step
        return Day(months // 12, months % 12 + 1, 1)
    # Day by day: a calendar's own `following` knows months, leap years and years before 1, which
    # arithmetic on `datetime.date` does not (it begins with year 1).
    for _ in range(abs(step)):
        day = day.following() if step > 0 else day.preceding()
    return day
