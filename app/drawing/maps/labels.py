"""Where the names of places are set on a map, so that none covers another name or a place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from app.drawing.maps.projection import Pixel
from app.drawing.text_widths import width_of

LINE = 1.15  # from one line of a name to the next, in font sizes
_GAP = 3.0  # pixels between a place's dot and its name
_ASCENT = 0.78  # of a line above its baseline, in font sizes

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the picture, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two have more than an edge in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def lies_in(self, other: Box) -> bool:
        """Whether nothing of it is outside the other."""
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True, slots=True)
class Mark:
    """A place's dot, `radius` pixels round, with the name that belongs beside it."""

    centre: Pixel
    radius: float
    name: str

    @property
    def box(self) -> Box:
        """The square that the dot fills."""
        (x, y), r = self.centre, self.radius
        return Box(x - r, y - r, x + r, y + r)


@dataclass(frozen=True, slots=True)
class Label:
    """A name as it is set: its lines, and the baseline and side of the first one."""

    lines: tuple[str, ...]
    anchor: Anchor
    x: float
    y: float
    box: Box


def place_labels(
    marks: Sequence[Mark], paper: Box, font: float, taken: Sequence[Box] = ()
) -> list[Label | None]:
    """A label for each mark, in their order; None where there is no room for one.

    The first marks are served first. No label covers a mark, another label, what is `taken`, or
    the edge of the paper.
    """
    in_the_way = [*taken, *(mark.box for mark in marks)]
    placed: list[Label | None] = []
    for mark in marks:
        label = next(
            (
                label
                for label in _candidates(mark, font)
                if label.box.lies_in(paper) and not any(label.box.meets(box) for box in in_the_way)
            ),
            None,
        )
        placed.append(label)
        if label:
            in_the_way.append(label.box)
    return placed


def broken(name: str) -> tuple[str, ...]:
    """A long name on two lines, parted after a slash or at the blank nearest to its middle."""
    middle = len(name) / 2
    ends = [i + 1 for i, letter in enumerate(name[:-1]) if letter in "/ " and i > 0]
    if not ends:
        return (name,)
    end = min(ends, key=lambda i: (name[i - 1] != "/", abs(i - middle)))
    return name[:end].rstrip(), name[end:]


def _candidates(mark: Mark, font: float) -> Iterator[Label]:
    """The positions that a name may have beside its place, the best first."""
    # Each name first on one line, which reads best; a name without a place to break is tried once.
    for lines in dict.fromkeys([(mark.name,), broken(mark.name)]):
        height = font * LINE * len(lines)
        width = max(width_of(line, font) for line in lines)
        (x, y), away = mark.centre, mark.radius + _GAP
        aslant = away * 0.8
        # Right of the dot first, as cartographers have it (Imhof 1975): a name is read from its
        # place on.
        positions: tuple[tuple[Anchor, float, float], ...] = (
            ("start", x + away, y - height / 2),
            ("end", x - away - width, y - height / 2),
            ("middle", x - width / 2, y - away - height),
            ("middle", x - width / 2, y + away),
            ("start", x + aslant, y - aslant - height),
            ("start", x + aslant, y + aslant),
            ("end", x - aslant - width, y - aslant - height),
            ("end", x - aslant - width, y + aslant),
        )
        for anchor, left, top in positions:
            box = Box(left, top, left + width, top + height)
            yield Label(lines, anchor, _stand(anchor, box), top + font * (_ASCENT + 0.2), box)


def _stand(anchor: Anchor, box: Box) -> float:
    if anchor == "start":
        return box.left
    return box.right if anchor == "end" else (box.left + box.right) / 2
