"""A place with its names by side."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.registers import Place, Registers
from app.web import urls
from app.web.i18n import gettext as _
from app.web.views.written import name_of


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
    if place.also:
        groups.setdefault(_("Also written"), []).extend((name, "") for name in place.also)
    names = tuple(NamesView(by, tuple(given)) for by, given in groups.items())
    return PlaceView(place.id, place.name, urls.entry("places", place.id), names)
