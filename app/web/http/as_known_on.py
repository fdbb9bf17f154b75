"""The parameter `as_known_on`: the record as a reader could have known it on a day."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from app.domain.values.dates import Day, parse_date
from app.errors import BadDate, LazyMessage

_PATTERN = r"^\d{4}-\d{2}-\d{2}$"
_WRITTEN = re.compile(_PATTERN, re.ASCII)


def _is_day(text: str) -> str:
    try:
        date = parse_date(text)
    except BadDate as fault:
        raise ValueError(fault.sentence) from fault
    if not date.is_one_day:
        raise ValueError(LazyMessage("write one day as YYYY-MM-DD."))
    return text


KnownOn = Annotated[
    str,
    Field(
        pattern=_PATTERN,
        description="Show the record as it could be known on this day (YYYY-MM-DD).",
    ),
    AfterValidator(_is_day),
]


def read_day(text: str) -> Day:
    """The day that a reader typed; raises `BadDate`, with a sentence that says what is wrong."""
    try:
        if _WRITTEN.fullmatch(text):
            return Day(*map(int, _is_day(text).split("-")))
    except ValueError:
        pass
    raise BadDate(
        LazyMessage(
            "“{text}” is no day that can be shown; write one as YYYY-MM-DD, such as 2020-11-09.",
            text=text,
        )
    )


def day_of(known_on: str | None) -> Day | None:
    """The day that a checked parameter names."""
    return parse_date(known_on).latest if known_on else None
