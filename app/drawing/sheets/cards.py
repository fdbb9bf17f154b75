"""Social cards: what others show beside a link, 1200 × 630 pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.drawing.charts.picture import Picture
from app.drawing.sheets.sheets import WIDTH as SHEET
from app.drawing.sheets.sheets import Sheet, Sign, Words, sheet_of
from app.drawing.text_widths import wrapped

WIDTH, HEIGHT = 1200, 630
MARGIN = 60
_INNER = WIDTH - 2 * MARGIN
_FOOT = 30
_TITLE_SIZES = (("large", 46, 2), ("middling", 38, 3), ("small", 32, 4))
# Smaller than this the words of a picture cannot be read on a card.
_MIN_SIZE, _MAX_SIZE = 0.9, _INNER / SHEET
_CELL = 27


@dataclass(frozen=True, slots=True)
class Answers:
    """What a side answers to a claim, or why it does not; `rank` is its place, 0 for the others."""

    name: str
    rank: int
    words: Sequence[str]
    is_silent: bool


@dataclass(frozen=True, slots=True)
class AnswerColumn:
    """A side's answers as they are set; a card without a picture has these."""

    sign: Sign
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A whole card: its words, and under them a sheet at a scale, or the sides' answers."""

    words: tuple[Words, ...]
    sheet: Sheet | None
    top: float
    scale: float
    answers: tuple[AnswerColumn, ...]


def claim_card(
    question: str, state: str, picture: Picture | None, answers: Sequence[Answers]
) -> Card:
    """A claim's card: its question, its state in words, and its picture where that fits.

    Where it does not, the sides' answers take its place, in words.
    """
    # The question comes before the picture, and takes the room that it needs; a card without its
    # question is a rumour.
    words, top = _head(question, state)
    room = HEIGHT - _FOOT - top
    sheet = sheet_of(picture, with_key=False) if picture else None
    scale = min(_MAX_SIZE, room / sheet.height) if sheet and sheet.height else 0.0
    if sheet and scale >= _MIN_SIZE:
        return Card(words, sheet, top, scale, ())
    return Card(words, None, top, 1.0, tuple(_columns(answers, top + 10)))


def text_card(title: str, lead: str) -> Card:
    """A card of words alone: for a dossier and for the site."""
    words, top = _head(title, "")
    lines = wrapped(lead, _INNER, 32, 6)
    text = [
        Words(MARGIN, top + 40 + number * 44, line, "telling") for number, line in enumerate(lines)
    ]
    return Card((*words, *text), None, top, 1.0, ())


def _head(title: str, state: str) -> tuple[tuple[Words, ...], float]:
    """The title as large as it fits, the state under it, and how far down they reach."""
    style, size, lines = _title(title)
    y = MARGIN + 34.0
    words = []
    for line in lines:
        y += size * 1.18
        words.append(Words(MARGIN, round(y - size * 0.2), line, style))
    if state:
        y += 40
        words.append(Words(MARGIN, round(y), wrapped(state, _INNER, 28, 1)[0], "state"))
    return tuple(words), y + 24


def _title(title: str) -> tuple[str, int, tuple[str, ...]]:
    # As large as it fits: sites show a card smaller than it is.
    for style, size, most in _TITLE_SIZES:
        lines = wrapped(title, _INNER, size, most + 1, "serif")
        if len(lines) <= most:
            return style, size, lines
    style, size, most = _TITLE_SIZES[-1]
    return style, size, wrapped(title, _INNER, size, most, "serif")


def _columns(answers: Sequence[Answers], top: float) -> list[AnswerColumn]:
    """A column for each side; as many lines of its answers as there is room for."""
    share = _INNER / len(answers)
    most = max(1, int((HEIGHT - MARGIN - top - 40) / (_CELL * 1.3)))
    columns = []
    for place, side in enumerate(answers):
        x = MARGIN + share * place
        name = wrapped(side.name, share - 40, 26, 1)[0]
        words = [Words(x + 26, top + 24, name, "heading")]
        text = "; ".join(side.words) or "—"
        for number, line in enumerate(wrapped(text, share - 24, _CELL, most)):
            y = round(top + 64 + number * _CELL * 1.3)
            words.append(Words(x, y, line, "silent" if side.is_silent else "answering"))
        columns.append(AnswerColumn(Sign(x + 9, top + 16, side.rank), tuple(words)))
    return columns
