"""The words of axes: numbers and days, short enough to stand under a tick."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from babel.dates import format_skeleton
from babel.numbers import format_decimal

from app.domain.dates import Day
from app.web import i18n
from app.web.pictures.calendar import DayScale, DayTick
from app.web.pictures.placing import legible, tick
from app.web.pictures.plots import Tick
from app.web.pictures.scales import NumberScale


def number_ticks(scale: NumberScale) -> tuple[Tick, ...]:
    """The ticks of a scale of numbers."""
    return legible(tick(scale.at(number), number_words(number)) for number in scale.ticks)


def number_words(number: Decimal) -> str:
    """A number as people write it."""
    return str(format_decimal(number, locale=i18n.language()))


def day_ticks(scale: DayScale) -> tuple[Tick, ...]:
    """The ticks of a calendar, where days, months or years begin; a day's words stand at its noon.

    The year stands under the first tick and where it changes.
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
    language = i18n.language()
    locale = "en_GB" if language == "en" else language
    return str(format_skeleton(skeleton, date(*day), locale=locale))
