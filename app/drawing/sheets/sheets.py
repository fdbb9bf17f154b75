"""A picture as a sheet of its own: where its strips and words are, in pixels from its corner."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.drawing.charts.picture import KeyEntry, Picture
from app.drawing.charts.plots import Column, Plot, Strip, Tick
from app.drawing.charts.tally import TallyRow
from app.drawing.text_widths import width_of, wrapped

WIDTH = 800
BESIDE = 160
"""Pixels of the column of names at the left."""
_LETTERS = 14
_LINE = 19
_ROOM = 9
_SIGN, _SIGN_APART = 34, 24


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text with the class that it is set by; `x` and `y` are of its base line."""

    x: float
    y: float
    words: str
    style: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A strip, an axis or a row of a tally, from `y` on, right of the names."""

    y: float
    height: float
    strip: Strip | None = None
    row: TallyRow | None = None
    ticks: tuple[Tick, ...] = ()


@dataclass(frozen=True, slots=True)
class Sign:
    """A side's mark before its name."""

    x: float
    y: float
    rank: int


@dataclass(frozen=True, slots=True)
class KeySign:
    """A sign of the key before its meaning."""

    x: float
    y: float
    entry: KeyEntry


@dataclass(slots=True)
class Sheet:
    """Everything on a sheet 800 pixels wide and `height` pixels high."""

    height: float = 0.0
    words: list[Words] = field(default_factory=list)
    drawn: list[Drawn] = field(default_factory=list)
    signs: list[Sign] = field(default_factory=list)
    keys: list[KeySign] = field(default_factory=list)
    rules: list[float] = field(default_factory=list)

    @property
    def plot_width(self) -> int:
        """Pixels of the strips, with room at both sides for marks that reach over their ends."""
        return WIDTH - BESIDE - 16

    def say(self, text: str, style: str, *, x: float = 0.0, most: int = 3) -> None:
        """Set a text over the whole width in at most so many lines, and go on below it."""
        for line in wrapped(text, WIDTH - x, _LETTERS, most):
            self.words.append(Words(x, self.height + _LETTERS, line, style))
            self.height += _LINE


def sheet_of(picture: Picture, *, with_key: bool = True) -> Sheet:
    """A claim's picture as a sheet, with its notes, and with its key where that is asked for."""
    sheet = Sheet()
    # The same strips as on the page: what is embedded elsewhere must not differ from what is
    # cited.
    for plot in picture.plots:
        _put_plot(sheet, plot)
    if picture.tally:
        _put_heads(sheet, picture.tally.columns)
        for row in picture.tally.rows:
            _put_row(sheet, row)
    sheet.height += _ROOM
    if picture.note:
        sheet.say(picture.note, "note")
    if with_key:
        _put_key(sheet, picture.key)
    return sheet


def _put_plot(sheet: Sheet, plot: Plot) -> None:
    if plot.heading:
        sheet.height += _ROOM
        sheet.say(plot.heading, "name", most=2)
    for strip in plot.strips:
        _put_strip(sheet, strip, plot.ticks)
    if plot.ticks:
        sheet.drawn.append(Drawn(sheet.height, plot.axis_height, ticks=plot.ticks))
        sheet.height += plot.axis_height
    if plot.note:
        sheet.say(plot.note, "note")
    sheet.height += _ROOM


def _put_strip(sheet: Sheet, strip: Strip, ticks: tuple[Tick, ...]) -> None:
    top = sheet.height
    sheet.rules.append(top)
    _put_name(sheet, strip.column)
    if strip.height:
        sheet.drawn.append(Drawn(top + 4, strip.height, strip=strip, ticks=ticks))
    else:
        # A silent side keeps its row: that it says nothing is part of the picture.
        sheet.words.append(Words(BESIDE, top + 19, strip.column.silence, "soft"))
    names = len(wrapped(strip.column.name, BESIDE - 28, _LETTERS, 2))
    sheet.height = top + max(strip.height + 4, names * _LINE + _ROOM)


def _put_name(sheet: Sheet, column: Column) -> None:
    sheet.signs.append(Sign(7, sheet.height + 15, column.rank))
    for number, line in enumerate(wrapped(column.name, BESIDE - 28, _LETTERS, 2)):
        sheet.words.append(Words(20, sheet.height + 19 + number * _LINE, line, "name"))


def _put_heads(sheet: Sheet, columns: tuple[Column, ...]) -> None:
    """The sides over their parts of a tally."""
    share = sheet.plot_width / len(columns)
    for place, column in enumerate(columns):
        x = BESIDE + share * place
        sheet.signs.append(Sign(x + 7, sheet.height + 15, column.rank))
        line = wrapped(column.name, share - 24, _LETTERS, 1)[0]
        sheet.words.append(Words(x + 20, sheet.height + 19, line, "name"))
    sheet.height += _LINE + _ROOM


def _put_row(sheet: Sheet, row: TallyRow) -> None:
    top = sheet.height
    sheet.rules.append(top)
    lines = wrapped(row.words, BESIDE - 12, _LETTERS, 4)
    for number, line in enumerate(lines):
        sheet.words.append(Words(0, top + 19 + number * _LINE, line, "answer"))
    sheet.drawn.append(Drawn(top + 5, row.height, row=row))
    sheet.height = top + max(row.height + 5, len(lines) * _LINE) + _ROOM


def _put_key(sheet: Sheet, key: tuple[KeyEntry, ...]) -> None:
    x = 0.0
    for entry in key:
        width = _SIGN + 6 + width_of(entry.words, 13)
        if x and x + width > WIDTH:
            x = 0.0
            sheet.height += _LINE
        sheet.keys.append(KeySign(x, sheet.height, entry))
        sheet.words.append(Words(x + _SIGN + 6, sheet.height + 12, entry.words, "key"))
        x += width + _SIGN_APART
    sheet.height += _LINE if key else 0


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by what they are for; `sides` are by rank, the others first."""

    paper: str
    ink: str
    soft: str
    line: str
    sides: tuple[str, ...]


LIGHT = Palette(
    paper="#fdfcf9",
    ink="#1b1a17",
    soft="#5a564d",
    line="#d8d3c7",
    sides=("#45423b", "#b07d06", "#0b4f93", "#b0447a", "#1c8479", "#573287", "#80420f"),
)
DARK = Palette(
    paper="#161513",
    ink="#ece8df",
    soft="#aca69a",
    line="#3a372f",
    sides=("#d2cdc3", "#e5b84a", "#6ca6ec", "#e78bb4", "#5fc2b2", "#b79df0", "#d08c5a"),
)
