"""How wide a line of text will be, near enough to place it without a browser.

The classes of letters are measured in Source Sans 3 and Noto Sans Armenian, rounded up: a line is
said to be a little wider than it is, so that what is placed by these widths never runs into what
stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable

ELLIPSIS = "…"
_NARROW = frozenset("iljıІіI.,:;!|'’‘·()[]-–/ \u00a0")
_WIDE = frozenset("mwMWWЖШЩЮФжшщюфmМЫы@%—ԱՄՊմաԾԽ")


def width_of(text: str, size: float) -> float:
    """The width in pixels of a line set in letters of this many pixels."""
    return sum(map(_letter, text)) * size


def shortened(text: str, room: float, size: float) -> str:
    """The text where it fits into so many pixels, else as much of it as fits, and an ellipsis."""
    if width_of(text, size) <= room:
        return text
    left = room - width_of(ELLIPSIS, size)
    kept = 0
    for letter in text:
        left -= _letter(letter) * size
        if left < 0:
            break
        kept += 1
    return text[:kept].rstrip() + ELLIPSIS


def wrapped(text: str, room: float, size: float, most: int) -> tuple[str, ...]:
    """The text in at most so many lines, each of at most so many pixels; what is over is cut."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most - 1:
        taken = _that_fit(words, room, size)
        lines.append(shortened(" ".join(words[:taken]), room, size))
        words = words[taken:]
    if words:
        lines.append(shortened(" ".join(words), room, size))
    return tuple(lines)


def _that_fit(words: Iterable[str], room: float, size: float) -> int:
    """How many of the words fit on one line; one at the least."""
    line = ""
    taken = 0
    for word in words:
        line = f"{line} {word}" if line else word
        if taken and width_of(line, size) > room:
            break
        taken += 1
    return taken


def _letter(letter: str) -> float:
    if letter in _NARROW:
        return 0.31
    if letter in _WIDE:
        return 0.86
    if letter.isdigit():
        return 0.51
    if letter.isupper():
        return 0.64
    return 0.57 if letter < "Ͱ" else 0.61
