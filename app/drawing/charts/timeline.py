"""Statements by day."""

from __future__ import annotations

from dataclasses import dataclass

from app.drawing.charts.plots import Tick


@dataclass(frozen=True, slots=True)
class Tall:
    """One side's bar in a span; `y` and `height` in pixels."""

    rank: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Span:
    """Some days with what was said on them: `at` and `width` in per cent, `url` the list there."""

    at: float
    width: float
    url: str
    title: str
    bars: tuple[Tall, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A side's row; `y` is the base line of its bars, `said` how much it said in all."""

    name: str
    rank: int
    y: float
    said: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """A row a side over one axis of days; `unit` says what a bar counts."""

    rows: tuple[Row, ...]
    spans: tuple[Span, ...]
    ticks: tuple[Tick, ...]
    height: int
    unit: str
