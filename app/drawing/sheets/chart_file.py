"""A claim's picture as a self-contained file: with its question, its source and its key."""

from __future__ import annotations

from dataclasses import dataclass

from app.drawing.charts.picture import Picture
from app.drawing.sheets.sheets import WIDTH, Sheet, Words, sheet_of
from app.drawing.text_widths import Face, wrapped

MARGIN = 24
_QUESTION, _LEAD, _SOURCE = 23, 15, 13


@dataclass(frozen=True, slots=True)
class Chart:
    """A whole file: its size in pixels, the words around the sheet, and where the sheet begins."""

    width: int
    height: float
    title: str
    description: str
    words: tuple[Words, ...]
    sheet: Sheet
    top: float


def chart(question: str, lead: str, picture: Picture | None, empty: str, source: str) -> Chart:
    """Question, where the accounts part, the picture (or why there is none), and the source."""
    words: list[Words] = []
    y = float(MARGIN)
    y = _set(words, question, y, _QUESTION, "question", 4)
    y = _set(words, lead, y + 4, _LEAD, "lead", 6)
    sheet = sheet_of(picture) if picture else Sheet()
    if picture is None:
        sheet.say(empty, "soft")
    top = y + 12
    y = _set(words, source, top + sheet.height + 14, _SOURCE, "soft", 3)
    return Chart(WIDTH + 2 * MARGIN, y + MARGIN - 8, question, lead, tuple(words), sheet, top)


def _set(words: list[Words], text: str, y: float, letters: int, style: str, most: int) -> float:
    """Set a text in lines from `y` on, and give where it ends."""
    face: Face = "serif" if style == "question" else "sans"
    for line in wrapped(text, WIDTH, letters, most, face):
        words.append(Words(MARGIN, y + letters, line, style))
        y += round(letters * 1.35)
    return y
