"""A picture with its key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.drawing.charts.plots import Column, Plot
from app.drawing.charts.tally import Tally

Glyph = Literal[
    "range", "days", "left-out", "unbounded", "carried", "shade", "denies", "unanswered", "own"
]


@dataclass(frozen=True, slots=True)
# Only signs that occur: a key that explains what is not there sends readers looking for it.
class KeyEntry:
    """A sign that occurs in a picture, and what it means."""

    glyph: Glyph
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A claim drawn: plots over axes, or a tally of answers, never both.

    `caption` says what it shows, `table` is the anchor of the table that says the same.
    """

    caption: str
    columns: tuple[Column, ...]
    plots: tuple[Plot, ...]
    tally: Tally | None
    key: tuple[KeyEntry, ...]
    note: str
    table: str
