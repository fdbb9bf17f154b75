"""Who speaks where: a strip a side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SideAnswer = Literal["answers", "evades", "searched", "unsearched"]


@dataclass(frozen=True, slots=True)
# One path for all claims of a kind: an element for each of a thousand claims would be most of the
# page's bytes.
class Ticks:
    """The ticks of one kind as one path, and how many they are in words; `url` lists them."""

    kind: SideAnswer
    path: str
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Covered:
    """One side's strip."""

    name: str
    rank: int
    ticks: tuple[Ticks, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """A strip a side over the same claims, in the order of when they happened."""

    claims: int
    sides: tuple[Covered, ...]
