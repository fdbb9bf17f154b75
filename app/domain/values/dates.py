"""Dates as sources give them: EDTF levels 0 and 1, with their earliest and latest day.

Source: Library of Congress, Extended Date/Time Format (EDTF) Specification, 4 February 2019,
also ISO 8601-2:2019. A date is stored as it was written; what is derived from it is the range of
civil days that it may mean. Days are proleptic Gregorian.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, NamedTuple

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
_SECONDS_A_DAY = 86_400
_CUMULATIVE_DAYS = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)


Qualifier = Literal["", "?", "~", "%"]
_APPROXIMATE = ("~", "%")
Unit = Literal["time", "day", "month", "year"]
_UNITS: tuple[Unit, ...] = ("time", "day", "month", "year")  # from the finest to the coarsest


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
        """`YYYY-MM-DD`; years of more than four digits carry EDTF's prefix."""
        return _in_digits(self)


@dataclass(frozen=True, slots=True)
class EdtfDate:
    """A date on record.

    `text` is what was written; `earliest` and `latest` are the first and last day that it may
    mean, None where an interval is open or its end unknown. `qualifier` is how sure a single date
    is (`?` uncertain, `~` approximate, `%` both); the ends of an interval have their own, in its
    text. `zone` is the zone that a time was given with (None where none was).
    """

    text: str
    earliest: Day | None
    latest: Day | None
    is_interval: bool = False
    qualifier: Qualifier = ""
    has_time: bool = False
    zone: str | None = None

    @property
    def is_one_day(self) -> bool:
        """Whether exactly one civil day is meant."""
        return self.earliest is not None and self.earliest == self.latest

    @property
    def unit(self) -> Unit:
        """How finely it is given; a season as a month, an interval as the coarser of its ends."""
        if self.has_time:
            return "time"
        return max((_unit(end) for end in _ends(self.text) if end), key=_UNITS.index)

    def widened(self) -> EdtfDate:
        """The date with room for what “about” means, the text as it was.

        Each bound whose end is approximate (`~`, `%`) lies one unit of that end's own precision
        further out: a day, month, season, year, decade or century. What is only uncertain (`?`) is
        another day altogether if it is wrong, and stays as it is.
        """
        start, end = _ends(self.text)
        # From the text, not from these bounds: a date that is widened already stays as it is.
        date = parse_date(self.text)
        earliest, latest = date.earliest, date.latest
        if earliest and start.endswith(_APPROXIMATE):
            earliest = _earlier(earliest, start)
        if latest and end.endswith(_APPROXIMATE):
            latest = _later(latest, end)
        return replace(date, earliest=earliest, latest=latest)

    def instants(self, zone: str) -> tuple[int | None, int | None]:
        """The first and last second that may be meant, in seconds since the year 1 began in UTC.

        A day lasts from midnight to the second before the next one at `zone`, an offset such as
        `+04:00`; a time without a zone is read there too, and one with a zone at its own. None
        where an end is open; an approximate date is widened first.
        """
        return _instants(self.text, zone)

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
    return EdtfDate(text, earliest, latest, is_interval=True)


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
        qualifier=_qualifier(match["qualifier"]),
    )


def _qualifier(written: str | None) -> Qualifier:
    match written:
        case "?" | "~" | "%":
            return written
        case _:
            return ""


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


def _ends(text: str) -> tuple[str, str]:
    """Both ends of a date that has been read, each empty where it is open; a date is its own."""
    start, slash, end = text.partition("/")
    if not slash:
        return text, text
    return start.removesuffix(".."), end.removesuffix("..")


def _unit(text: str) -> Unit:
    """How finely a single date without a time is given."""
    match _known(text).removeprefix("Y").lstrip("-").count("-"):
        case 0:
            return "year"
        case 1:
            return "month"
        case _:
            return "day"


def _known(text: str) -> str:
    """A single date without its qualifier, and without a month or day that is not known."""
    return text.rstrip("?~%").removesuffix("-XX").removesuffix("-XX")


def _earlier(day: Day, text: str) -> Day:
    """The first day of the unit before the one that begins on this day."""
    if _unit(text) == "day":
        return day.preceding()
    years, months = divmod(day.month - 1 - _months_in(text), 12)
    return Day(day.year + years, months + 1, 1)


def _later(day: Day, text: str) -> Day:
    """The last day of the unit after the one that ends on this day."""
    if _unit(text) == "day":
        return day.following()
    years, months = divmod(day.month - 1 + _months_in(text), 12)
    year, month = day.year + years, months + 1
    return Day(year, month, _month_length(year, month))


def _months_in(text: str) -> int:
    """How many months the unit has that a month, season, year, decade or century is given in."""
    known = _known(text)
    if _unit(text) == "month":
        return 3 if int(known[-2:]) in _SEASONS else 1
    return {0: 12, 1: 120, 2: 1200}[known.count("X")]


# A comparison asks for the same few dates again and again.
@lru_cache(maxsize=8192)
def _instants(text: str, zone: str) -> tuple[int | None, int | None]:
    return _seconds(parse_date(text), zone)


def _seconds(date: EdtfDate, zone: str) -> tuple[int | None, int | None]:
    if date.has_time and date.earliest:
        hour, minute, second = map(int, date.text.partition("T")[2][:8].split(":"))
        within = hour * 3600 + minute * 60 + second
        at = _midnight(date.earliest, date.zone or zone) + within
        return at, at
    wide = date.widened()
    return (
        _midnight(wide.earliest, zone) if wide.earliest else None,
        _midnight(wide.latest, zone) + _SECONDS_A_DAY - 1 if wide.latest else None,
    )


def _midnight(day: Day, zone: str) -> int:
    """When a day begins at an offset from UTC, in seconds since the year 1 began in UTC."""
    return (day.ordinal - 1) * _SECONDS_A_DAY - _offset(zone)


def _offset(zone: str) -> int:
    """Seconds that the clock of a zone is ahead of UTC: `Z`, `+04`, `-03:30`."""
    if zone == "Z":
        return 0
    hours, _colon, minutes = zone[1:].partition(":")
    seconds = int(hours) * 3600 + int(minutes or "0") * 60
    return -seconds if zone[0] == "-" else seconds


@lru_cache(maxsize=8192)
def _in_digits(day: Day) -> str:
    sign = "-" if day.year < 0 else ""
    year = f"{sign}{abs(day.year):04d}" if abs(day.year) <= 9999 else f"Y{day.year}"
    return f"{year}-{day.month:02d}-{day.day:02d}"


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _month_length(year: int, month: int) -> int:
    # monthrange knows years 1 to 9999 only; a year of the same leapness has the same months.
    return monthrange(2000 if _is_leap(year) else 2001, month)[1]


def _not_after(first: Day | None, second: Day | None) -> bool:
    return first is None or second is None or first <= second
