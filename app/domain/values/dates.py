"""Dates as sources give them: EDTF levels 0 and 1, with their earliest and latest day.

Source: Library of Congress, Extended Date/Time Format (EDTF) Specification, 4 February 2019,
also ISO 8601-2:2019. A date is stored as it was written; what is derived from it is the range of
civil days that it may mean. Days are proleptic Gregorian.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from app.errors import BadDate, LazyMessage

_YEAR = r"(?P<year>-?\d{4}|Y-?\d{5,10}|-?\d{3}X|-?\d{2}XX)"
_DATE = re.compile(
    rf"{_YEAR}(?:-(?P<month>\d{{2}}|XX)(?:-(?P<day>\d{{2}}|XX))?)?(?P<qualifier>[?~%])?", re.ASCII
)
_TIME = re.compile(
    r"(?P<date>-?\d{4}-\d{2}-\d{2})"
    r"T(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d):(?P<second>[0-5]\d)"
    r"(?P<zone>Z|[+-](?:(?:0\d|1[0-3])(?::[0-5]\d)?|14(?::00)?))?",
    re.ASCII,
)
# Seasons of level 1, as the months that they span north of the equator. The specification leaves
# them open; a winter that runs into the next year is cut at the year that it is written with.
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}
_CYCLE = 146_097  # days in 400 years, after which the calendar repeats
_CUMULATIVE_DAYS = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)


class Day(NamedTuple):
    """One civil day; compares in order of time, for any year."""

    year: int
    month: int
    day: int

    @property
    def ordinal(self) -> int:
        """Days since 1 January of year 1, which is day 1; may be negative."""
        before = self.year - 1
        leap_day = 1 if self.month > 2 and _is_leap(self.year) else 0
        years = before * 365 + before // 4 - before // 100 + before // 400
        return years + _CUMULATIVE_DAYS[self.month - 1] + leap_day + self.day

    def following(self) -> Day:
        """The day after this one."""
        if self.day < _month_length(self.year, self.month):
            return Day(self.year, self.month, self.day + 1)
        if self.month < 12:
            return Day(self.year, self.month + 1, 1)
        return Day(self.year + 1, 1, 1)

    def preceding(self) -> Day:
        """The day before this one."""
        if self.day > 1:
            return Day(self.year, self.month, self.day - 1)
        if self.month > 1:
            return Day(self.year, self.month - 1, _month_length(self.year, self.month - 1))
        return Day(self.year - 1, 12, 31)

    @classmethod
    def at(cls, ordinal: int) -> Day:
        """The day that has this ordinal."""
        cycles, within = divmod(ordinal - 1, _CYCLE)
        found = dt.date.fromordinal(within + 1)
        return cls(found.year + 400 * cycles, found.month, found.day)

    def isoformat(self) -> str:
        """`YYYY-MM-DD`; years outside 0–9999 carry EDTF's prefix."""
        return _in_digits(self)


@dataclass(frozen=True, slots=True)
class EdtfDate:
    """A date on record.

    `text` is what was written; `earliest` and `latest` are the first and last day that it may
    mean, None where an interval is open or its end unknown. `zone` is the zone that a time was
    given with (None where none was).
    """

    text: str
    earliest: Day | None
    latest: Day | None
    is_interval: bool = False
    is_approximate: bool = False
    has_time: bool = False
    zone: str | None = None

    @property
    def is_one_day(self) -> bool:
        """Whether exactly one civil day is meant."""
        return self.earliest is not None and self.earliest == self.latest

    def overlaps(self, other: EdtfDate) -> bool:
        """Whether some day may be meant by both."""
        return _not_after(self.earliest, other.latest) and _not_after(other.earliest, self.latest)

    def precedes(self, other: EdtfDate) -> bool:
        """Whether every day meant here lies before every day meant there."""
        return (
            self.latest is not None and other.earliest is not None and self.latest < other.earliest
        )


@lru_cache(maxsize=8192)
def parse_date(text: str) -> EdtfDate:
    """Read an EDTF level 0 or 1 date, time or interval.

    Raises `BadDate` with a sentence that says what is wrong: for level 2, for days that no
    calendar has, and for intervals that end before they begin.
    """
    if "/" in text:
        return _parse_interval(text)
    timed = _TIME.fullmatch(text)
    if timed:
        day = _parse_single(timed["date"]).earliest
        return EdtfDate(text, day, day, has_time=True, zone=timed["zone"])
    return _parse_single(text)


def days_apart(left: EdtfDate, right: EdtfDate) -> int:
    """Days between the nearer ends of two dates; 0 where they may mean one day."""
    first, second = (left, right) if left.precedes(right) else (right, left)
    if first.latest is None or second.earliest is None or not first.precedes(second):
        return 0
    return second.earliest.ordinal - first.latest.ordinal


def _parse_interval(text: str) -> EdtfDate:
    parts = text.split("/")
    if len(parts) != 2:
        raise BadDate(
            LazyMessage(
                "“{text}” is not an EDTF interval: it needs one “/” between two dates.", text=text
            )
        )
    start, end = (_parse_end(part, text) for part in parts)
    if start is None and end is None:
        raise BadDate(LazyMessage("“{text}” names no date at either end.", text=text))
    earliest = start.earliest if start else None
    latest = end.latest if end else None
    if earliest and latest and earliest > latest:
        raise BadDate(LazyMessage("“{text}” ends before it begins.", text=text))
    approximate = any(part.is_approximate for part in (start, end) if part)
    return EdtfDate(text, earliest, latest, is_interval=True, is_approximate=approximate)


def _parse_end(part: str, whole: str) -> EdtfDate | None:
    if part in ("", ".."):
        return None
    timed = _TIME.fullmatch(part)
    if timed:
        raise BadDate(
            LazyMessage(
                "“{whole}” is not an EDTF interval: its ends are days, not times.", whole=whole
            )
        )
    return _parse_single(part)


def _parse_single(text: str) -> EdtfDate:
    match = _DATE.fullmatch(text)
    if not match:
        raise BadDate(
            LazyMessage(
                "“{text}” is not an EDTF date (level 0 or 1); write 2020-11-09, 2020-11 or 2020.",
                text=text,
            )
        )
    first_year, last_year = _years(match["year"], text)
    first_month, last_month, is_season = _months(match["month"], text)
    first_day, last_day = _days(match, first_year, last_month, text, is_season)
    return EdtfDate(
        text,
        Day(first_year, first_month, first_day),
        Day(last_year, last_month, last_day),
        is_approximate=match["qualifier"] is not None,
    )


def _years(year: str, text: str) -> tuple[int, int]:
    if year.startswith("Y"):
        number = int(year[1:])
        if abs(number) < 10000:
            raise BadDate(
                LazyMessage(
                    "“{text}” writes a year of four digits with Y; leave the Y out.", text=text
                )
            )
        return number, number
    if "X" not in year:
        if year == "-0000":
            raise BadDate(LazyMessage("“{text}”: the year 0 has no sign.", text=text))
        return int(year), int(year)
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    return min(low, high), max(low, high)


def _months(month: str | None, text: str) -> tuple[int, int, bool]:
    if month is None or month == "XX":
        return 1, 12, False
    number = int(month)
    if number in _SEASONS:
        return (*_SEASONS[number], True)
    if not 1 <= number <= 12:
        raise BadDate(
            LazyMessage("“{text}” has no month {month} in any calendar.", text=text, month=month)
        )
    return number, number, False


def _days(
    match: re.Match[str], year: int, last_month: int, text: str, is_season: bool
) -> tuple[int, int]:
    day, month = match["day"], match["month"]
    month_length = _month_length(year, last_month)
    if "X" in match["year"] and not {month, day} <= {None, "XX"}:
        raise BadDate(
            LazyMessage(
                "“{text}” knows the month but not the year; that is EDTF level 2.", text=text
            )
        )
    if day is None:
        return 1, month_length
    if is_season:
        raise BadDate(LazyMessage("“{text}” has a day in a season.", text=text))
    if month == "XX" and day != "XX":
        raise BadDate(
            LazyMessage(
                "“{text}” knows the day but not the month; that is EDTF level 2.", text=text
            )
        )
    if day == "XX":
        return 1, month_length
    if not 1 <= int(day) <= month_length:
        raise BadDate(
            LazyMessage("“{text}”: that month has no day {day}.", text=text, day=int(day))
        )
    return int(day), int(day)


# A comparison names the same few days again and again.
@lru_cache(maxsize=8192)
def _in_digits(day: Day) -> str:
    year = f"{day.year:04d}" if 0 <= day.year <= 9999 else f"Y{day.year}"
    return f"{year}-{day.month:02d}-{day.day:02d}"


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _month_length(year: int, month: int) -> int:
    # monthrange knows years 1 to 9999 only; a year of the same leapness has the same months.
    return monthrange(2000 if _is_leap(year) else 2001, month)[1]


def _not_after(first: Day | None, second: Day | None) -> bool:
    return first is None or second is None or first <= second
