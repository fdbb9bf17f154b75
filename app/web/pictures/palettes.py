"""The colours of files that stand by themselves: those of the site's stylesheet, written out."""

from __future__ import annotations

from dataclasses import dataclass


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
    ink="#1c1b18",
    soft="#5d5950",
    line="#d9d4c8",
    sides=("#6d6a64", "#b8860b", "#00508f", "#a8456b"),
)
DARK = Palette(
    paper="#181714",
    ink="#ece8df",
    soft="#aaa498",
    line="#3b382f",
    sides=("#9b978e", "#e0b240", "#6aaae4", "#e08bac"),
)
