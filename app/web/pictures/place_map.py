"""A dossier's places on a map, and the table that says the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.records.registers import Dossier, Place, Registers
from app.drawing.maps.drawing import MapPicture, Spot
from app.drawing.maps.outlines import Outlines
from app.drawing.maps.projection import Coordinate
from app.web.html import urls
from app.web.html.urls import Link
from app.web.wording import terms
from app.web.wording.locale import gettext as _
from app.web.wording.locale import ngettext
from app.web.wording.record_text import name_of

# The point of a district or region is somewhere in it; drawn like a village's it would claim a
# spot.
_PRECISE = ("exact", "village", "town")


@dataclass(frozen=True, slots=True)
class CountedPlace:
    """A place with how many claims are about it, and how many of these are disputed."""

    place: Place
    claims: int
    disputed: int

    @property
    def disputed_in_words(self) -> str:
        """How many of the claims are disputed, in words."""
        if not self.claims:
            return _("no claim")
        words = ngettext(
            "%(disputed)d of %(count)d claim disputed",
            "%(disputed)d of %(count)d claims disputed",
            self.claims,
        )
        return words % {"disputed": self.disputed, "count": self.claims}

    @property
    def at(self) -> Coordinate | None:
        """Where it is, if that is on record."""
        return coordinate(self.place)

    @property
    def spot(self) -> Spot | None:
        """What is drawn of it."""
        if self.at is None:
            return None
        return Spot(
            id=self.place.id,
            name=self.place.name,
            at=self.at,
            # By disputes and not by claims: the map shows where accounts part, not where the record
            # is thick.
            weight=self.disputed,
            precise=self.place.precision in _PRECISE,
        )


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place in the table beside a map; `names` are by side, in the order of the columns."""

    name: str
    url: str
    claims: int
    disputed: int
    list_url: str
    names: tuple[tuple[tuple[str, str], ...], ...]
    where: str
    show_url: str


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """One drawing of a map; `titles` and `urls` are of its places, by id."""

    kind: str
    picture: MapPicture
    titles: Mapping[str, str]
    urls: Mapping[str, str]


def counted(dossier: Dossier, states: Mapping[str, Mapping[str, int]]) -> list[CountedPlace]:
    """The places of a dossier, the most disputed first; `states` of claims are by place."""
    found = [
        CountedPlace(
            place,
            Counter(states.get(place.id, {})).total(),
            states.get(place.id, {}).get("disputed", 0),
        )
        for place in dossier.places
    ]
    # Where names compete for room on a map, the first win.
    return sorted(found, key=lambda each: (-each.disputed, -each.claims))


def coordinate(place: Place) -> Coordinate | None:
    """Where a place is, if that is on record."""
    if place.latitude is None or place.longitude is None:
        return None
    return Coordinate(place.longitude, place.latitude)


def drawn(kind: str, picture: MapPicture, places: Sequence[CountedPlace]) -> DrawnMap:
    """A picture with what its links say and where they lead."""
    return DrawnMap(
        kind,
        picture,
        {each.place.id: _title(each) for each in places},
        {each.place.id: urls.entry("place", each.place.id) for each in places},
    )


def place_row(each: CountedPlace, dossier: Dossier, *, is_shown: bool, show_url: str) -> PlaceRow:
    """A place as the table has it; `is_shown` where it lies on the part that is drawn."""
    place = each.place
    where = _("on the map") if is_shown else _("outside this part of the map")
    if each.at is None:
        where = _("no coordinates on record")
    return PlaceRow(
        name=place.name,
        url=urls.entry("place", place.id),
        claims=each.claims,
        disputed=each.disputed,
        list_url=urls.dossier(dossier.id, {"place": place.id}) if each.claims else "",
        names=tuple(
            tuple((name.name, name.language) for name in place.names if name.side == side)
            for side in (*dossier.sides, None)
        ),
        where=where,
        show_url=show_url if each.at is not None else "",
    )


def name_columns(dossier: Dossier, registers: Registers) -> list[Link]:
    """The sides whose names the table shows, and at the end the names that all use.

    A link's address is the side's rank, for its mark.
    """
    named = [
        Link(str(rank), name_of(registers.sides[side]))
        for rank, side in enumerate(dossier.sides, start=1)
    ]
    return [*named, Link("0", _("All sides"))]


def outline_notes(
    outlines: Outlines, between: Iterable[tuple[str, str]], shown: Sequence[Spot]
) -> list[str]:
    """What the outlines of a map claim and what they do not, in sentences.

    `between` are the pairs of areas whose boundaries are drawn, `shown` the places that are.
    """
    source = {
        "source": outlines.source,
        "version": outlines.version,
        "scale": outlines.scale,
    }
    notes = [
        _(
            "The outlines are those of %(source)s, version %(version)s (public domain), drawn for "
            "a scale of %(scale)s and simplified further: a boundary may run a kilometre or more "
            "beside the ground's, a coast several."
        )
        % source
    ]
    pairs = ", ".join(f"{left} – {right}" for left, right in between)
    if pairs:
        notes.append(
            _(
                "The dashed lines are boundaries as this data set has them, under its names: "
                "%(pairs)s. It does not say which of them are disputed, so all are drawn alike."
            )
            % {"pairs": pairs}
        )
    else:
        notes.append(_("The data set has no boundary in this part of the world."))
    notes += _area_notes(outlines, shown)
    notes.append(nothing_claimed())
    return notes


def nothing_claimed() -> str:
    """What no map of ours says."""
    return _("No line and no dot here says who holds a place, or who should.")


def _area_notes(outlines: Outlines, shown: Sequence[Spot]) -> list[str]:
    # The data set's areas are named below the map, never on it: a name on a disputed area
    # would take a side (docs/decisions/2026-11-22-map-outlines.md).
    areas = Counter(area for spot in shown if (area := outlines.area_of(spot.at)))
    if not areas:
        return []
    counts = ", ".join(f"{area} {number}" for area, number in areas.most_common())
    return [
        _(
            "By these lines the places shown lie in the data set's areas so: %(areas)s. It has no "
            "other areas among them. That is how it was drawn, and no finding of this record."
        )
        % {"areas": counts}
    ]


def _title(each: CountedPlace) -> str:
    words = {"place": each.place.name, "disputed": each.disputed_in_words}
    if each.place.precision is None:
        return _("%(place)s: %(disputed)s; how precise the point is, is not on record") % words
    precision = terms.precision(each.place.precision)
    return _("%(place)s: %(disputed)s (%(precision)s)") % (words | {"precision": precision})
