"""Who gives which answer: marks in groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.drawing.charts.plots import NARROW, PITCH, Column, Mark


@dataclass(frozen=True, slots=True)
class Dot:
    """A mark in its group: `at` per cent, then `x` and `y` pixels."""

    mark: Mark
    rank: int
    at: float
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class TallyRow:
    """One answer with everybody who affirms or denies it; `height` in pixels."""

    words: str
    dots: tuple[Dot, ...]
    height: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Answers as rows, each side's marks in its own part of the width."""

    columns: tuple[Column, ...]
    rows: tuple[TallyRow, ...]


def tally_row(words: str, groups: dict[str, list[Mark]], columns: Sequence[Column]) -> TallyRow:
    """One answer with the marks of each side, by side, in the order of the columns."""
    share = 100 / len(columns)
    # A side with many voices grows downwards, not into its neighbour's part of the width.
    on_a_line = max(1, int(NARROW / len(columns)) // PITCH)
    dots = tuple(
        Dot(
            mark=mark,
            rank=column.rank,
            at=round(share * place, 2),
            x=PITCH // 2 + PITCH * (number % on_a_line),
            y=PITCH // 2 + PITCH * (number // on_a_line),
        )
        for place, column in enumerate(columns)
        for number, mark in enumerate(groups.get(column.side, []))
    )
    lowest = max((dot.y for dot in dots), default=0)
    return TallyRow(words, dots, lowest + PITCH // 2 + 1)
