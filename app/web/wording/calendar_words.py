"""A single date of any era as people write it: “27 March 2022”, “the 1990s”, “15 March 44 BC”.

By the Unicode CLDR as Babel has it. Python's calendar has the years 1 to 9999 only: the words of
another year are those of a year as long, with its own number put in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date as civil_day
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton

from app.web.wording.locale import cldr_locale, language
from app.web.wording.locale import gettext as _

_SEVERAL_YEARS = re.compile(r"(-?)(\d{2})(\dX|XX)", re.ASCII)
# Months and days of years that no date needs its era for.
_PLAIN = re.compile(r"[1-9]\d{3}(-(0\d|1[0-2])(-\d\d)?)?", re.ASCII)
_UNKNOWN = re.compile(r"(-XX)+$")


def date_words(text: str) -> str:
    """A day, month, season, year, decade or century in EDTF, without a qualifier."""
    known = _UNKNOWN.sub("", text)  # some month of 2020 is as much as 2020
    several = _SEVERAL_YEARS.fullmatch(known)
    if several:
        return _several_years(several)
    year, month, day = _parts(known)
    if month > 12:
        return _with_era(_seasons()[month] % _number(year), year, cldr_locale())
    return _in_calendar(year, month, day, cldr_locale())


def span_words(start: str, end: str) -> str:
    """From one date to another, both as for `date_words`: “11–13 December 2020”, “2019–2020”."""
    first, last = date_words(start), date_words(end)
    if start == end:
        return first
    if len(start) == len(end) and _PLAIN.fullmatch(start) and _PLAIN.fullmatch(end):
        return _plain_span(start, end, first, last)
    return f"{first} – {last}"


def _plain_span(start: str, end: str, first: str, last: str) -> str:
    """Both days, months or years of the common era, told once where they share them."""
    year, month, day = _parts(start)
    later_year, later_month, _day = _parts(end)
    if not day:
        return _months_or_years(_date(year, month), _date(later_year, later_month), bool(month))
    number, rest = first.split(" ", 1)
    # “11–13 December 2020”, only where the words after both days are the same.
    if last.endswith(f" {rest}"):
        return f"{number}–{last}"
    before, _year, _after = first.partition(str(year))
    # “30 November – 2 December 2020”, only where the year comes after the day.
    if year == later_year and before:
        return f"{before.rstrip(', ')} – {last}"
    return f"{first} – {last}"


def _months_or_years(first: civil_day, last: civil_day, of_months: bool) -> str:
    words = format_interval(first, last, "yMMMM" if of_months else "y", locale=cldr_locale())
    return words.replace("\u2009", " ")  # as between days, where CLDR has no long form


def _parts(known: str) -> tuple[int, int, int]:
    """Year, month (a season's number is above 12) and day; 0 where there is none."""
    sign, bare = ("-", known[1:]) if known.startswith("-") else ("", known)
    if bare.startswith("Y-"):
        sign, bare = "-", bare[2:]
    year, month, day = (*bare.removeprefix("Y").split("-"), "0", "0")[:3]
    return int(sign + year), int(month), int(day)


def _date(year: int, month: int, day: int = 0) -> civil_day:
    return civil_day(year, month or 1, day or 1)


@lru_cache(maxsize=8192)
def _in_calendar(year: int, month: int, day: int, locale: str) -> str:
    if not month:
        return _year_words(year, locale)
    if not 1000 <= year <= 9999:
        standing_in = _standing_in(year)
        words = _in_calendar(standing_in, month, day, locale)
        return _with_era(words.replace(str(standing_in), _number(year)), year, locale)
    if not day:
        return format_skeleton("yMMMM", _date(year, month), locale=locale)
    return format_date(_date(year, month, day), "long", locale=locale)


def _year_words(year: int, locale: str) -> str:
    """A year, with its era where a bare number would not be read as one: “44 BC”, “988 AD”."""
    if year >= 1000:
        return str(year)
    # CLDR has more than the number here: “44 г. до н. э.”
    words = format_skeleton("Gy", civil_day(2000, 1, 1), locale=locale)
    words = words.replace("2000", _number(year))
    return words if year > 0 else words.replace(_era(1, locale), _era(0, locale))


def _standing_in(year: int) -> int:
    """A year of four digits with as many days."""
    return 2000 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 2001


def _number(year: int) -> str:
    """A year's number in its era; EDTF's year 0 is 1 BC, as in ISO 8601."""
    return str(year if year > 0 else 1 - year)


def _with_era(words: str, year: int, locale: str) -> str:
    if year >= 1000:
        return words
    era = _era(1 if year > 0 else 0, locale)
    comes_first = Locale.parse(locale).datetime_skeletons["Gy"].pattern.startswith("G")
    return f"{era} {words}" if comes_first else f"{words} {era}"


def _era(number: int, locale: str) -> str:
    return str(Locale.parse(locale).eras["abbreviated"][number])


def _several_years(several: re.Match[str]) -> str:
    sign, hundreds, rest = several.groups()
    if rest == "XX":
        words = _("the %s century") % _ordinal(int(hundreds) + 1)
        return _with_era(words, -1, cldr_locale()) if sign else words
    first = int(f"{hundreds}{rest[0]}0")
    # “The 1900s” may be a hundred years, and “the 40s” are not those of the first century.
    if not sign and first >= 1000 and rest[0] != "0":
        return _decades()[rest[0]] % hundreds
    years = (-first - 9, -first) if sign else (first, first + 9)
    earliest, latest = (_year_words(year, cldr_locale()) for year in years)
    return f"{earliest}–{latest}" if first >= 1000 and not sign else f"{earliest} – {latest}"


def _decades() -> Mapping[str, str]:
    # One message each: an ending may go with how the number is said.
    return {
        # Translators: a decade; %s is all but the last two digits of its years.
        "1": _("the %s10s"),
        "2": _("the %s20s"),
        "3": _("the %s30s"),
        "4": _("the %s40s"),
        "5": _("the %s50s"),
        "6": _("the %s60s"),
        "7": _("the %s70s"),
        "8": _("the %s80s"),
        "9": _("the %s90s"),
    }


def _ordinal(number: int) -> str:
    """The number of a century: “19th”, “19-րդ”, “XIX”."""
    match language():
        case "hy":
            return f"{number}-ին" if number == 1 else f"{number}-րդ"
        case "az" | "ru":
            return _roman(number)
        case _:
            teens = number % 100 in (11, 12, 13)
            ending = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
            return f"{number}{ending}"


_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"))


def _roman(number: int) -> str:
    """A number up to 100, the last century that EDTF writes in four digits."""
    numeral = ""
    for value, letters in (*_ROMAN, (1, "I")):
        count, number = divmod(number, value)
        numeral += letters * count
    return numeral


def _seasons() -> Mapping[int, str]:
    return {
        21: _("spring %s"),
        22: _("summer %s"),
        23: _("autumn %s"),
        24: _("winter %s"),
    }
