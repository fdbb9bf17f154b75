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
