"""Dates as people write them, with the machine-readable form beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from app.web.views.wording import date_in_words_of

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
