"""How wide a line of text will be, near enough to place it without a browser.

The widths are those of the bundled fonts (`make vendor` measures them), without kerning, and of a
face's weights the wider one counts: a line comes out a little wider than it is, so that what is
placed by these widths never runs into what is beside it.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

Face = Literal["sans", "serif"]

ELLIPSIS = "…"
_FILE = Path(__file__).with_name("letter_widths.json")
# Of letters that the bundled fonts lack, which a reader's machine sets in a font of its own: an em
# for those that are as wide as high, for others what the wider capitals have.
_FULL, _UNKNOWN = 1.0, 0.75


def width_of(text: str, size: float, face: Face = "sans") -> float:
    """The width in pixels of a line set in letters of this many pixels."""
    return sum(_letter(letter, face) for letter in text) * size


def shortened(text: str, room: float, size: float, face: Face = "sans") -> str:
    """The text where it fits into so many pixels, else as much of it as fits, and an ellipsis."""
    if width_of(text, size, face) <= room:
        return text
    left = room - width_of(ELLIPSIS, size, face)
    kept = 0
    for letter in text:
        left -= _letter(letter, face) * size
        if left < 0:
            break
        kept += 1
    return text[:kept].rstrip() + ELLIPSIS


def wrapped(text: str, room: float, size: float, most: int, face: Face = "sans") -> tuple[str, ...]:
    """The text in at most so many lines, each of at most so many pixels; what is over is cut."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most - 1:
        taken = _that_fit(words, room, size, face)
        lines.append(shortened(" ".join(words[:taken]), room, size, face))
        words = words[taken:]
    if words:
        lines.append(shortened(" ".join(words), room, size, face))
    return tuple(lines)


def _that_fit(words: Iterable[str], room: float, size: float, face: Face) -> int:
    """How many of the words fit on one line; one at the least."""
    line = ""
    taken = 0
    for word in words:
        line = f"{line} {word}" if line else word
        if taken and width_of(line, size, face) > room:
            break
        taken += 1
    return taken


def _letter(letter: str, face: Face) -> float:
    """The width of a letter in font sizes."""
    known = _widths()[face].get(letter)
    if known is not None:
        return known
    if unicodedata.combining(letter):
        return 0.0
    return _FULL if unicodedata.east_asian_width(letter) in "WF" else _UNKNOWN


@cache
def _widths() -> Mapping[str, Mapping[str, float]]:
    """The width of each letter in font sizes, by face."""
    faces = json.loads(_FILE.read_text(encoding="utf-8"))
    return {
        face: {letter: int(width) / 1000 for width, letters in found.items() for letter in letters}
        for face, found in faces.items()
    }
