"""The map of a dossier's places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import Field

from app.domain.records.registers import Dossier
from app.drawing.maps.drawing import Spot, draw
from app.drawing.maps.outlines import load_outlines
from app.drawing.maps.projection import Coordinate, Window
from app.drawing.maps.windows import CLOSEST, around, closer, regions
from app.errors import BadQuery, LazyMessage
from app.queries.across import states_by_place, subject_of
from app.web.html import urls
from app.web.html.rendering import render
from app.web.html.urls import Link, trail
from app.web.http.dependencies import ReadSession
from app.web.http.parameters import PageQuery
from app.web.overview.dossier import across_links
from app.web.pictures.place_map import (
    CountedPlace,
    DrawnMap,
    coordinate,
    counted,
    drawn,
    name_columns,
    outline_notes,
    place_row,
)
from app.web.wording.locale import gettext as _
from app.web.wording.locale import ngettext
from app.web.wording.record_text import title_of

router = APIRouter()

# Of each drawing: its class, its width in pixels, its width by its height, its letters' size.
_DRAWINGS = (("wide", 760, 1.45, 13.0), ("narrow", 360, 0.9, 12.0))
_RATIO = _DRAWINGS[0][2]
# The table below the map names every place: these are only the nearest steps.
_MAX_REGIONS = 8
# ASCII digits: with those of other scripts one point would have many addresses.
_POINT = re.compile(r"(-?\d{1,2}(?:\.\d{1,6})?),(-?\d{1,3}(?:\.\d{1,6})?)", re.ASCII)


class MapQuery(PageQuery):
    """Which dossier, how close, and around which place or point (`latitude,longitude`)."""

    dossier: str | None = Field(None, max_length=64)
    zoom: int | None = Field(None, ge=0, le=CLOSEST)
    at: str | None = Field(None, max_length=64)


@dataclass(frozen=True, slots=True)
class View:
    """What part is asked for: all places, or what lies around a point, `zoom` times halved."""

    points: tuple[Coordinate, ...]
    middle: Coordinate
    zoom: int

    def window(self, ratio: float) -> Window:
        """The part for a drawing of this ratio."""
        whole = around(self.points, ratio)
        return closer(whole, self.middle, self.zoom, ratio) if self.zoom else whole


@router.get("/map")
def place_map(session: ReadSession, query: Annotated[MapQuery, Query()]) -> Response:
    """Where the claims of a dossier are about, and how many of them are disputed there."""
    dossier, registers = subject_of(session, query.dossier)
    places = counted(dossier, states_by_place(session, dossier.id))
    spots = [each.spot for each in places if each.spot]
    view = _view(dossier, spots, query)
    maps = _maps(view, spots, places) if view else []
    # The two drawings have different edges; a reader sees one of them, by the width of the screen.
    drawn_ids = {dot.id for each in maps for dot in each.picture.dots}
    shown = [spot for spot in spots if spot.id in drawn_ids]
    context = {
        "title": _("Map of the places"),
        "description": _("How many claims are disputed at each place of a dossier."),
        "steps": trail(Link(urls.dossier(dossier.id), title_of(dossier))),
        "across": across_links(dossier.id),
        "lead": _lead(places, spots),
        "maps": maps,
        "moves": _moves(dossier, view) if view else [],
        "regions": _regions(dossier, view, shown) if view else [],
        "unnamed": _unnamed(maps, places),
        "notes": outline_notes(load_outlines(), _between(maps), shown) if maps else [],
        "columns": name_columns(dossier, registers),
        "rows": [
            place_row(
                each,
                dossier,
                is_shown=each.spot in shown,
                # Never wider than the reader's own view, and close enough to tell the place from
                # its neighbours.
                show_url=_url(dossier, each.place.id, max(2, view.zoom) if view else 2),
            )
            for each in places
        ],
        "empty": _("No place in this dossier is on record yet."),
    }
    return render("map.html", context)


def _view(dossier: Dossier, spots: Sequence[Spot], query: MapQuery) -> View | None:
    """The part asked for; None where no place has coordinates. Raises `BadQuery`."""
    # First, so that a bad point is refused even where there is no map.
    middle = _middle(dossier, query.at) if query.at else None
    if not spots:
        return None
    points = tuple(spot.at for spot in spots)
    whole = around(points, _RATIO)
    # On the map of all places a middle would change nothing.
    zoom = query.zoom if query.zoom is not None else int(middle is not None)
    return View(points, middle or whole.middle, zoom)


def _middle(dossier: Dossier, at: str) -> Coordinate:
    written = _POINT.fullmatch(at)
    if written:
        latitude, longitude = map(float, written.groups())
        if abs(latitude) <= 90 and abs(longitude) <= 180:
            return Coordinate(longitude, latitude)
    found = next((place for place in dossier.places if place.id == at), None)
    point = coordinate(found) if found else None
    if point is None:
        raise BadQuery(
            "at",
            LazyMessage(
                "“{at}” is neither a place of this dossier that has coordinates nor a point "
                "written as latitude,longitude.",
                at=at,
            ),
        )
    return point


def _maps(view: View, spots: Sequence[Spot], places: Sequence[CountedPlace]) -> list[DrawnMap]:
    return [
        drawn(kind, draw(spots, view.window(ratio), load_outlines(), width, font), places)
        for kind, width, ratio, font in _DRAWINGS
    ]


def _between(maps: Sequence[DrawnMap]) -> list[tuple[str, str]]:
    return sorted({pair for each in maps for pair in each.picture.between})


def _lead(places: Sequence[CountedPlace], spots: Sequence[Spot]) -> str:
    words = ngettext(
        "%(count)d place is on record, %(located)d of them with coordinates.",
        "%(count)d places are on record, %(located)d of them with coordinates.",
        len(places),
    )
    return words % {"count": len(places), "located": len(spots)}


def _unnamed(maps: Sequence[DrawnMap], places: Sequence[CountedPlace]) -> dict[str, list[Link]]:
    """The places whose names found no room, by drawing."""
    names = {each.place.id: each.place.name for each in places}
    return {
        each.kind: [Link(each.urls[key], names[key]) for key in each.picture.unnamed]
        for each in maps
    }


def _moves(dossier: Dossier, view: View) -> list[Link]:
    """Closer, wider, and, on a part of the map, on to its neighbours."""
    at = _written(view.middle)
    moves = []
    if view.zoom < CLOSEST:
        moves.append(Link(_url(dossier, at, view.zoom + 1), _("Closer")))
    if not view.zoom:
        return moves
    wider = _url(dossier, at, view.zoom - 1) if view.zoom > 1 else _url(dossier)
    window = view.window(_RATIO)
    x, y = view.middle
    step_x, step_y = (window.east - window.west) / 2, (window.north - window.south) / 2
    neighbours = (
        (_("North"), x, y + step_y),
        (_("East"), x + step_x, y),
        (_("South"), x, y - step_y),
        (_("West"), x - step_x, y),
    )
    moves += [Link(wider, _("Wider")), Link(_url(dossier), _("All places"))]
    moves += [
        Link(_url(dossier, _written(Coordinate(longitude, latitude)), view.zoom), name)
        for name, longitude, latitude in neighbours
        # Nearer to a pole the window cannot move (`NORTHERNMOST`).
        if abs(latitude) <= 85
    ]
    return moves


def _regions(dossier: Dossier, view: View, shown: Sequence[Spot]) -> list[Link]:
    """Neighbourhoods within the part that is drawn, each with how many places it holds."""
    if view.zoom == CLOSEST:
        return []
    window = view.window(_RATIO)
    height = (window.north - window.south) / 2
    found = regions([spot.at for spot in shown], height, _RATIO)
    links = []
    for region in found[:_MAX_REGIONS]:
        spot, number = shown[region.middle], len(region.members)
        words = ngettext(
            "Around %(place)s: %(count)d place", "Around %(place)s: %(count)d places", number
        )
        url = _url(dossier, spot.id, view.zoom + 1)
        links.append(Link(url, words % {"place": spot.name, "count": number}))
    return links


def _url(dossier: Dossier, at: str = "", zoom: int = 0) -> str:
    return urls.across("map", dossier.id, {"zoom": str(zoom) if zoom else "", "at": at})


def _written(point: Coordinate) -> str:
    # A step over the 180th meridian goes on from the other side, in an address that can be read.
    longitude = (point.longitude + 180) % 360 - 180
    return f"{point.latitude:.4f},{longitude:.4f}"
