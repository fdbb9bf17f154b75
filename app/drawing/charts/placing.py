"""Where labels, bars and marks are placed, so that no label runs into another.

What is placed is placed for the narrowest plot that a page can have; on a wider one everything
is farther apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.drawing.charts.plots import (
    LETTERS,
    NARROW,
    PITCH,
    Anchor,
    Aside,
    Bar,
    Column,
    Item,
    Label,
    Line,
    Mark,
    Placed,
    Shade,
    Strip,
    Tick,
)
from app.drawing.text_widths import shortened, width_of

_LABEL, _LINE, _ROOM, _ASIDE = 19, 15, 7, 22
_APART = 10
_MARK = 8


def strip(
    column: Column,
    items: Sequence[Item],
    asides: Sequence[tuple[str, tuple[Mark, ...]]] = (),
    shades: Sequence[Shade] = (),
) -> Strip:
    """Place the accounts of a side: in as few rows as their labels and bars have room in."""
    placed: list[Placed] = []
    top = 0
    for row in _rows(items):
        # Heights are summed here and nowhere else: the template only writes numbers down.
        placed += [_placed(item, top) for item in row]
        top += _LABEL + _LINE * max(len(item.marks) for item in row) + _ROOM
    rows = []
    for words, marks in asides:
        room = NARROW - PITCH * len(marks) - 4
        rows.append(Aside(shortened(words, room, LETTERS), marks, top + _ASIDE // 2))
        top += _ASIDE
    return Strip(column, tuple(placed), tuple(rows), tuple(shades), top)


def tick(at: float, words: str, below: str = "", words_at: float | None = None) -> Tick:
    """A tick whose words stay within the plot; they are at the tick unless set otherwise."""
    middle = at if words_at is None else words_at
    # For the narrowest plot, where a label takes the largest share of the axis.
    half = max(width_of(words, LETTERS), width_of(below, LETTERS)) / 2 / NARROW * 100
    anchor: Anchor = "start" if middle < half else "end" if middle > 100 - half else "middle"
    return Tick(at, at if anchor == "start" else middle, words, below, anchor)


def legible(ticks: Iterable[Tick]) -> tuple[Tick, ...]:
    """The same ticks, without the words that would run into those before them."""
    shown: list[Tick] = []
    free = -float(NARROW)
    for found in ticks:
        width = max(width_of(found.words, LETTERS), width_of(found.below, LETTERS))
        at = found.words_at / 100 * NARROW
        start = {"start": at, "middle": at - width / 2, "end": at - width}[found.anchor]
        if start < free + _APART / 2:
            # The line stays: an axis with uneven steps would show numbers that no source gives.
            found = replace(found, words="", below="")
        else:
            free = start + width
        shown.append(found)
    return tuple(shown)


def label(words: str, beside: str, bar: Bar) -> Label:
    """The words over the middle of a bar, or from or to an end of the plot where they need it."""
    words = shortened(words, NARROW, LETTERS)
    # The answer is what a reader came for; what goes with it is in the title of the marks too.
    if width_of(f"{words} {beside}", LETTERS) > NARROW:
        beside = ""
    width = width_of(f"{words} {beside}".strip(), LETTERS) / NARROW * 100
    at = bar.named if bar.named is not None else (bar.low + bar.high) / 2
    if width / 2 <= at <= 100 - width / 2:
        return Label(words, beside, at, "middle")
    if at < 50:
        return Label(words, beside, _held(bar.low, width), "start")
    return Label(words, beside, 100 - _held(100 - bar.high, width), "end")


def _held(edge: float, width: float) -> float:
    """The bar's edge, or as far out as words of this width need."""
    return round(max(min(edge, 100 - width), 0.0), 2)


def _rows(items: Iterable[Item]) -> list[list[Item]]:
    """Each item in the first row in which neither its label nor its bar runs into another's."""
    rows: list[list[Item]] = []
    for item in items:
        for row in rows:
            if not any(_clash(item, other) for other in row):
                row.append(item)
                break
        else:
            rows.append([item])
    return rows


def _clash(one: Item, other: Item) -> bool:
    return _overlap(_label_extent(one), _label_extent(other)) or _overlap(
        _bar_extent(one), _bar_extent(other)
    )


def _overlap(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] < other[1] + _APART and other[0] < one[1] + _APART


def _label_extent(item: Item) -> tuple[float, float]:
    """From where to where the label goes, in pixels of the narrowest plot."""
    placed = label(item.words, item.beside, item.bar)
    width = width_of(f"{placed.words} {placed.beside}".strip(), LETTERS)
    at = placed.at / 100 * NARROW
    start = {"start": at, "middle": at - width / 2, "end": at - width}[placed.anchor]
    return start, start + width


def _bar_extent(item: Item) -> tuple[float, float]:
    bar = item.bar
    return bar.low / 100 * NARROW - _MARK, bar.reach / 100 * NARROW + _MARK


def _placed(item: Item, top: int) -> Placed:
    lines = tuple(
        Line(mark, top + _LABEL + _LINE * number + _LINE // 2)
        for number, mark in enumerate(item.marks)
    )
    return Placed(label(item.words, item.beside, item.bar), item.bar, lines, top + 14)
