"""The parameter `as_known_on`: the record as a reader could have known it on a day."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from app.domain.dates import Day, parse_date
from app.errors import BadDate, Sentence


def _is_day(text: str) -> str:
    try:
        date = parse_date(text)
    except BadDate as fault:
        raise ValueError(fault.sentence) from fault
    if not date.is_one_day:
        raise ValueError(Sentence("write one day as YYYY-MM-DD."))
    return text


KnownOn = Annotated[
    str,
    Field(
        pattern=r"^\d{4}-\d{2}-\d{2}$",
        description="Show the record as it could be known on this day (YYYY-MM-DD).",
    ),
    AfterValidator(_is_day),
]


def day_of(known_on: str | None) -> Day | None:
    """The day that a checked parameter names."""
    return parse_date(known_on).latest if known_on else None
