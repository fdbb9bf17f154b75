"""Plots: bars and marks along one axis, a strip a side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

NARROW = 296
"""Pixels of the narrowest plot: that of a page 360 pixels wide."""
LETTERS = 13
PITCH = 17
"""Pixels from one mark to the next where they are in a row."""

# SVG's `text-anchor`: the template writes it as it is.
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Label:
    """Words over a bar: the answer, and softer what goes with it; `at` is in per cent."""

    words: str
    beside: str
    at: float
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Bar:
    """What an account answers along the axis, in per cent of it.

    `named` is the number that it names, None for a range; `left_out` says that this number itself
    is not meant. A bar that is open at an end has no bound there. After `high` a state is carried
    on as far as `carried`; states are drawn `thick`.
    """

    low: float
    high: float
    named: float | None = None
    left_out: bool = False
    open_low: bool = False
    open_high: bool = False
    carried: float | None = None
    thick: bool = False

    @property
    def is_point(self) -> bool:
        """Whether it is one number or day, and no range."""
        return self.low == self.high

    @property
    def reach(self) -> float:
        """Where it ends, with what is carried on."""
        return max(self.high, self.carried or 0.0)


Manner = Literal["says", "denies", "unanswered"]


@dataclass(frozen=True, slots=True)
class Mark:
    """Who says something, as a link to the first of the words; `title` has a line for each.

    `is_own` where it is an outlet in its own voice, and no speaker's statement.
    """

    url: str
    title: str
    manner: Manner
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One account of one side, to be placed."""

    words: str
    beside: str
    bar: Bar
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A mark on its line; `y` in pixels from the top of the strip."""

    mark: Mark
    y: int


@dataclass(frozen=True, slots=True)
class Placed:
    """An account at its position in its strip; `y` is the base line of its label."""

    label: Label
    bar: Bar
    lines: tuple[Line, ...]
    y: int


@dataclass(frozen=True, slots=True)
class Aside:
    """Marks that have no place on the axis, in a row of their own, with why that is so."""

    words: str
    marks: tuple[Mark, ...]
    y: int

    @property
    def indent(self) -> int:
        """Where the words begin, in pixels: after the marks."""
        return PITCH * len(self.marks) + 4


@dataclass(frozen=True, slots=True)
class Shade:
    """A stretch of the axis over which sides conflict, in per cent."""

    low: float
    width: float


@dataclass(frozen=True, slots=True)
class Column:
    """A side's place in a picture: its name, its rank (0 for the others), and why it is silent."""

    side: str
    name: str
    rank: int
    silence: str


@dataclass(frozen=True, slots=True)
class Strip:
    """One side of a plot; `height` in pixels, 0 where there is nothing to draw."""

    column: Column
    placed: tuple[Placed, ...]
    asides: tuple[Aside, ...]
    shades: tuple[Shade, ...]
    height: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the axis, and its words at their own place; `below` is a second line of them."""

    at: float
    words_at: float
    words: str
    below: str
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Plot:
    """Strips over one axis; `heading` says what is counted, `note` what the axis does."""

    heading: str
    strips: tuple[Strip, ...]
    ticks: tuple[Tick, ...]
    note: str

    @property
    def axis_height(self) -> int:
        """Pixels for the words of the axis."""
        return 36 if any(tick.below for tick in self.ticks) else 22
