"""The words of axes: numbers and days, short enough to fit under a tick."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from babel.dates import format_skeleton
from babel.numbers import format_decimal

from app.domain.values.dates import Day
from app.drawing.charts.calendar import DayScale, DayTick
from app.drawing.charts.placing import legible, tick
from app.drawing.charts.plots import Tick
from app.drawing.charts.scales import NumberScale
from app.web.wording.locale import language as page_language


def number_ticks(scale: NumberScale) -> tuple[Tick, ...]:
    """The ticks of a scale of numbers."""
    return legible(tick(scale.at(number), number_words(number)) for number in scale.ticks)


def number_words(number: Decimal) -> str:
    """A number as people write it."""
    return str(format_decimal(number, locale=page_language()))


def day_ticks(scale: DayScale) -> tuple[Tick, ...]:
    """The ticks of a calendar, where days, months or years begin.

    A day's words are centred on its noon; the year is under the first tick and where it changes.
    """
    return legible(
        tick(
            scale.beginning(found.day),
            *words,
            scale.middle(found.day) if found.unit == "day" else None,
        )
        for found, words in zip(scale.ticks, _words(scale.ticks), strict=True)
    )


def _words(ticks: Iterable[DayTick]) -> Iterator[tuple[str, str]]:
    year: int | None = None
    for found in ticks:
        if found.unit == "year":
            # Not by `number_words`: a year is written without a separator of thousands.
            yield str(found.day.year), ""
            continue
        yield _short(found), "" if found.day.year == year else str(found.day.year)
        year = found.day.year


def _short(found: DayTick) -> str:
    """“11 Dec” or “Dec”; in digits for years that no calendar of Python's has."""
    day: Day = found.day
    if not 1 <= day.year <= 9999:
        return f"{day.day}.{day.month}." if found.unit == "day" else str(day.month)
    skeleton = "MMMd" if found.unit == "day" else "MMM"
    language = page_language()
    # CLDR's plain English is American, “Dec 11”.
    locale = "en_GB" if language == "en" else language
    return str(format_skeleton(skeleton, date(*day), locale=locale))
