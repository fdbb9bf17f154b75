"""A place with its names by side."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.records.registers import Dossier, Place, Registers
from app.web.html import urls
from app.web.wording.locale import gettext as _
from app.web.wording.numbers_and_dates import language_in_words
from app.web.wording.record_text import name_of


@dataclass(frozen=True, slots=True)
class NamesView:
    """What one side (or nobody in particular) calls a place: names with their languages."""

    by: str
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place with its names as each side has them."""

    id: str
    name: str
    url: str
    names: tuple[NamesView, ...]


def place_view(place: Place, registers: Registers) -> PlaceView:
    """A place with its names by side, then those that no side is named for."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name in place.names:
        by = name_of(registers.sides[name.side]) if name.side else _("Also written")
        groups.setdefault(by, []).append((name.name, name.language))
    # No language is on record of these. With a guessed `lang` a screen reader would mispronounce
    # them.
    if place.also:
        groups.setdefault(_("Also written"), []).extend((name, "") for name in place.also)
    names = tuple(NamesView(by, tuple(given)) for by, given in groups.items())
    return PlaceView(place.id, place.name, urls.entry("place", place.id), names)


@dataclass(frozen=True, slots=True)
class Name:
    """A name, the tag of its language and what that is called; both empty where not on record."""

    name: str
    tag: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class NamesRow:
    """What one side calls a place; rank 0 for a side that is not compared, or for no side."""

    rank: int
    by: str
    names: tuple[Name, ...]


def named_by(place: Place, dossier: Dossier, registers: Registers) -> list[NamesRow]:
    """The names of a place by compared side, then by others, by all, and as also written.

    Every compared side has a row: that no name of a side is on record is shown.
    """
    # The compared sides first: their order is the dossier's, not that of the file.
    groups: dict[str | None, list[Name]] = {side: [] for side in dossier.sides}
    for given in place.names:
        name = Name(given.name, given.language, language_in_words(given.language))
        groups.setdefault(given.side, []).append(name)
    shared = groups.pop(None, [])
    found = [
        NamesRow(
            dossier.sides.index(side) + 1 if side in dossier.sides else 0,
            name_of(registers.sides[side]),
            tuple(names),
        )
        for side, names in groups.items()
        if side is not None
    ]
    if shared:
        found.append(NamesRow(0, _("All sides"), tuple(shared)))
    if place.also:
        found.append(NamesRow(0, _("Also written"), tuple(map(Name, place.also))))
    return found
