"""An invented island for the pattern page, with places of each kind; no such island is known.

The words are samples, not messages: they stay English in every language of the interface.
"""

from __future__ import annotations

from typing import Literal

from app.domain.records.registers import Place
from app.drawing.maps.drawing import draw
from app.drawing.maps.outlines import Outline, Outlines, Ring
from app.drawing.maps.projection import Coordinate, Window
from app.drawing.maps.windows import around
from app.web.html.urls import Link
from app.web.pictures.place_map import CountedPlace, DrawnMap, PlaceRow, drawn
from app.web.site.patterns.samples_claims import HERE, SIDES

Precision = Literal["exact", "village", "town", "district", "region"]

# Of each drawing: its class, its width in pixels, its width by its height, its letters' size.
_DRAWINGS = (("wide", 760, 1.9, 13.0), ("narrow", 360, 1.1, 12.0))
# Longitude and latitude, in the middle of the Atlantic; the shore goes round by the east.
_EAST = ((-30.1, 0.62), (-29.7, 0.66), (-29.5, 0.5), (-29.42, 0.28), (-29.62, 0.14), (-29.95, 0.1))
_WEST = (_EAST[-1], (-30.3, 0.16), (-30.42, 0.34), (-30.34, 0.5), _EAST[0])
# Within the island and along its shore: maps draw boundaries and coasts differently.
_BORDER = (_EAST[0], (-30.0, 0.42), (-30.06, 0.26), _EAST[-1])
_BOX = Window(-30.5, 0.0, -29.4, 0.7)


def maps() -> list[DrawnMap]:
    """The island as it is drawn on a desk and on a phone; every link leads to the page itself."""
    places = _places()
    spots = [each.spot for each in places if each.spot]
    points = [*_line(_EAST), *_line(_WEST), *(spot.at for spot in spots)]
    return [
        _here(drawn(kind, draw(spots, around(points, ratio), _outlines(), width, font), places))
        for kind, width, ratio, font in _DRAWINGS
    ]


def columns() -> list[Link]:
    """The sides whose names the table shows; a link's address is the side's rank."""
    return [Link("1", SIDES[0]), Link("2", SIDES[1]), Link("0", "All sides")]


def rows() -> list[PlaceRow]:
    """Places on the map, outside the part that is drawn, and without coordinates."""
    named = ((("North Quay", "en"),), (("Le quai du nord", "fr"), ("Quai vieux", "fr")), ())
    # A place without a name of any side shows a dash in each column.
    nobody = ((), (), ())
    return [
        PlaceRow("North Quay", HERE, 9, 7, HERE, named, "on the map", HERE),
        PlaceRow("Tarn Sands", HERE, 2, 0, HERE, nobody, "outside this part of the map", HERE),
        PlaceRow("The Deeps", HERE, 0, 0, "", nobody, "no coordinates on record", ""),
    ]


def here() -> str:
    """The place whose page would show the map."""
    return "lighthouse"


def _here(map_: DrawnMap) -> DrawnMap:
    # Places of the island have no pages.
    return DrawnMap(map_.kind, map_.picture, map_.titles, dict.fromkeys(map_.urls, HERE))


def _places() -> list[CountedPlace]:
    """Much disputed, less so, not at all; a point, an area, and what is not known to be either."""
    given: tuple[tuple[str, str, float, float, Precision | None, int, int], ...] = (
        ("north-quay", "North Quay", 0.58, -29.8, "exact", 9, 7),
        ("lighthouse", "Lighthouse", 0.3, -29.55, "exact", 2, 1),
        ("high-moor", "High Moor", 0.36, -30.22, "district", 4, 2),
        ("ferry-stairs", "Ferry Stairs", 0.18, -29.8, "village", 1, 0),
        ("outer-bank", "Outer Bank", 0.02, -30.3, None, 1, 1),
    )
    return [
        CountedPlace(
            Place(id=key, name=name, latitude=lat, longitude=long, precision=precise),
            claims,
            disputed,
        )
        for key, name, lat, long, precise, claims, disputed in given
    ]


def _outlines() -> Outlines:
    lines = (
        Outline(("East",), _line(_EAST), _BOX),
        Outline(("West",), _line(_WEST), _BOX),
        Outline(("East", "West"), _line(_BORDER), _BOX),
    )
    land = (Ring(_line((*_EAST, *_WEST[1:])), _BOX),)
    return Outlines("nobody", "0", "1:1", lines, land)


def _line(points: tuple[tuple[float, float], ...]) -> tuple[Coordinate, ...]:
    return tuple(Coordinate(longitude, latitude) for longitude, latitude in points)
