"""How dates, numbers and lists read in the language of a page.

Every language follows the Unicode CLDR as Babel has it, English that of Britain; the words for what
CLDR does not know are in the catalogues. What Babel makes is remembered: a number takes it twenty
times as long as Python's own formatting, and a page prints the same few again and again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from app.domain.values.dates import EdtfDate, parse_date
from app.domain.values.hedges import read_quantity
from app.web.wording.calendar_words import date_words, span_words
from app.web.wording.locale import cldr_locale, language, ngettext, pgettext
from app.web.wording.locale import gettext as _

_QUALIFIERS = "?~%"
_PLAIN_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def date_in_words(date: EdtfDate) -> str:
    """An EDTF date as people write it: “27 March 2022”, “11–13 December 2020”, “the 1990s”."""
    if date.is_interval:
        return _interval(*date.text.split("/"))
    if date.has_time:
        return _moment(date)
    return _written(date.text)


def date_in_words_of(text: str) -> str:
    """An EDTF date as people write it."""
    return date_in_words(parse_date(text))


def when_in_words(text: str) -> str:
    """When something happened: a date whose open end bounds it, “by 17 April 2024”.

    What happened on one day was not going on until another, as a state was.
    """
    start, slash, end = text.partition("/")
    if slash and start in ("", ".."):
        return _open(end, pgettext("date", "by %s"), _("no later than %s"))
    if slash and end in ("", ".."):
        return _open(start, _("%s or later"), _("no earlier than %s"))
    return date_in_words_of(text)


def day_in_words(text: str | None) -> str:
    """An EDTF date as people write it; “undated” where there is none."""
    return date_in_words_of(text) if text else _("undated")


def number_in_words(text: str) -> str:
    """A quantity as it is read: “almost 600”, “20–40, best 30”; with as many decimals as given."""
    best = best_figure(text)
    return with_best(figures(text), best) if best else figures(text)


def figures(text: str) -> str:
    """A quantity as it is read, without the best figure of a range: “almost 600”, “20–40”."""
    written = read_quantity(text)
    if not written.numbers:
        return _amounts()[written.hedge]
    words = "–".join(_given(number) for number in written.numbers)
    return hedged(written.hedge) % words if written.hedge else words


def best_figure(text: str) -> str:
    """The best figure of a range as it is read, or nothing."""
    best = read_quantity(text).best
    return _given(best) if best else ""


def with_best(words: str, best: str) -> str:
    """A range with its best figure: “20–40, best 30”, “20–40 people killed, best 30”."""
    return _("%(figures)s, best %(best)s") % {"figures": words, "best": best}


def hedged(hedge: str) -> str:
    """A hedge with its number, which is `%s`."""
    return {
        "about": _("about %s"),
        "almost": _("almost %s"),
        "nearly": _("nearly %s"),
        "over": _("over %s"),
        "more than": _("more than %s"),
        "at least": _("at least %s"),
        "fewer than": _("fewer than %s"),
        "less than": _("less than %s"),
        "under": _("under %s"),
        "at most": _("at most %s"),
        "up to": _("up to %s"),
    }[hedge]


def language_in_words(tag: str) -> str:
    """What a language is called in that of the page; one that CLDR does not know by its tag."""
    try:
        name = Locale.parse(tag, sep="-").get_display_name(language())
    except (UnknownLocaleError, ValueError):
        return tag
    return name or tag


def figure(number: Decimal | float) -> str:
    """A number with its thousands apart, and no more decimals than it has, six at most."""
    return _in_digits(number, "#,##0.######", cldr_locale())


def percent(share: float) -> str:
    """A share of one, as whole percents."""
    return format_percent(share, "#,##0%", locale=cldr_locale())


def time_apart(kind: str, size: float) -> str:
    """“2 days”, “32 hours”, “8 months”: a difference of two dates in its unit."""
    number = int(size) if size == int(size) else 2  # of a broken number: as of several
    form = {
        "hours": ngettext("%s hour", "%s hours", number),
        "days": ngettext("%s day", "%s days", number),
        "months": ngettext("%s month", "%s months", number),
        "years": ngettext("%s year", "%s years", number),
    }[kind]
    return form % figure(size)


def in_small(text: str) -> str:
    """A text in small letters; in Azerbaijani “I” is small as “ı” (Unicode, SpecialCasing)."""
    if language() == "az":
        text = text.replace("İ", "i").replace("I", "ı")
    return text.lower()


def listed(words: Sequence[str], *, either: bool = False) -> str:
    """“a, b and c”, or “a, b or c” for `either`."""
    if len(words) == 1:  # as nearly always; Babel would look the language up even so
        return words[0]
    return format_list(words, style="or" if either else "standard", locale=cldr_locale())


@lru_cache(maxsize=8192)
def _in_digits(number: Decimal | float, pattern: str, locale: str) -> str:
    return format_decimal(number, pattern, locale=locale)


def _given(number: str) -> str:
    """A number in plain digits with its thousands apart, and with the decimals that it has."""
    # As many as the source gives: 2.50 is more exact than 2.5.
    decimals = len(number.partition(".")[2])
    return _in_digits(Decimal(number), "#,##0." + "0" * decimals, cldr_locale())


def _interval(start: str, end: str) -> str:
    if start in ("", ".."):
        return _open(end, _("until %s"), pgettext("no day is known", "until %s"))
    if end in ("", ".."):
        return _open(start, _("from %s"), pgettext("no day is known", "from %s"))
    if start == end:
        return _written(start)
    if start.endswith(tuple(_QUALIFIERS)) or end.endswith(tuple(_QUALIFIERS)):
        return f"{_written(start)} – {_written(end)}"
    return span_words(start, end)


def _open(text: str, of_a_day: str, of_less: str) -> str:
    # Not one message: a language may need another word, or another case, before a day than before a
    # year.
    return (of_a_day if _PLAIN_DAY.fullmatch(text) else of_less) % _written(text)


def _moment(date: EdtfDate) -> str:
    day, time = date.text.split("T")
    zone = f" UTC{date.zone}" if date.zone and date.zone != "Z" else " UTC" if date.zone else ""
    return f"{_written(day)}, {time[:5]}{zone}"


def _written(text: str) -> str:
    """A single date, with what is said of how sure it is."""
    bare = text.rstrip(_QUALIFIERS)
    qualifier = text[len(bare) :]
    words = date_words(bare)
    return _qualified()[qualifier] % words if qualifier else words


def _qualified() -> Mapping[str, str]:
    return {
        "?": _("%s, uncertain"),
        "~": pgettext("date", "about %s"),
        "%": _("about %s, uncertain"),
    }


def _amounts() -> Mapping[str, str]:
    return {
        "dozens": _("dozens"),
        "several dozen": _("several dozen"),
        "hundreds": _("hundreds"),
        "several hundred": _("several hundred"),
        "thousands": _("thousands"),
        "tens of thousands": _("tens of thousands"),
        "half": _("half"),
        "a third": _("a third"),
    }


_YEAR_MONTH_OR_DAY = re.compile(r"\d{4}(-\d\d){0,2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Day:
    """A date as people write it, and as the machine-readable form has it."""

    words: str
    edtf: str

    @property
    def is_plain(self) -> bool:
        """Whether it is a year, month or day: all that HTML's `time` takes of EDTF.

        HTML Standard, section 4.5.14; `data` takes the others.
        """
        return _YEAR_MONTH_OR_DAY.fullmatch(self.edtf) is not None


def day_view(text: str | None) -> Day | None:
    """A date on record (EDTF), or nothing where there is none."""
    return Day(date_in_words_of(text), text) if text else None


def moment_view(at: datetime) -> Day:
    """The day of a moment, by UTC."""
    text = at.astimezone(UTC).date().isoformat()
    return Day(date_in_words_of(text), text)
