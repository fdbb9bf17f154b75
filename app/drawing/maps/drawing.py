"""A map as geometry: what a template needs to write it down, and nothing that it must compute."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.drawing.maps.labels import LINE, Box, Label, Mark, place_labels
from app.drawing.maps.outlines import Outlines
from app.drawing.maps.projection import Coordinate, Projection, Window
from app.drawing.text_widths import width_of

_MIN_RADIUS, _MAX_RADIUS = 4.0, 15.0  # radii of dots, in pixels
_PER_ROOT = 3.0  # pixels that a radius grows by for the square root of one claim
_EDGE = 4.0  # pixels that are left free along the paper's edge
_BAR_SHARE = 0.25  # of the picture's width that the scale bar may take


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to be drawn; `weight` is what its dot is sized by.

    `precise` says that the point represents the place itself, and not for an area around it.
    """

    id: str
    name: str
    at: Coordinate
    weight: int
    precise: bool = True


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a label, with its baseline."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A place as it is drawn; without lines where its name found no room."""

    id: str
    x: float
    y: float
    radius: float
    precise: bool
    has_weight: bool
    anchor: str
    lines: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class MapPicture:
    """A map: SVG path data in pixels, its dots in the order given, and a scale bar.

    `unnamed` are the ids of places whose names found no room, `between` the pairs of areas whose
    boundary lines are on the map.
    """

    width: int
    height: int
    font: float
    land: str
    coasts: str
    boundaries: str
    dots: tuple[Dot, ...]
    bar_km: int | float
    bar: float
    bar_y: float
    unnamed: tuple[str, ...]
    between: tuple[tuple[str, str], ...]


def draw(
    spots: Sequence[Spot], window: Window, outlines: Outlines, width: int, font: float
) -> MapPicture:
    """The spots that lie in a window, on what the outlines have there.

    `width` and `font` are in pixels. Where names compete for room, the spots named first win.
    """
    projection = Projection(window, width)
    height = round(projection.height)
    inside = [spot for spot in spots if window.holds(spot.at)]
    marks = [_mark(spot, projection) for spot in inside]
    bar_km, bar = projection.scale_bar(width * _BAR_SHARE)
    bar_y = height - 10.0
    paper = Box(_EDGE, _EDGE, width - _EDGE, height - _EDGE)
    # No name may cover the scale bar, so it is placed first.
    bar_box = Box(0, bar_y - font - 8, bar + 12 + width_of(f"{bar_km} km", font), height)
    labels = place_labels(marks, paper, font, [bar_box])
    seen = outlines.seen(window)
    return MapPicture(
        width=width,
        height=height,
        font=font,
        land="".join(_path(ring, projection) + "Z" for ring in seen.land),
        coasts="".join(_path(line, projection) for line in seen.coasts),
        boundaries="".join(_path(line, projection) for line in seen.boundaries),
        dots=tuple(map(_dot, inside, marks, labels, [font] * len(inside))),
        bar_km=bar_km,
        bar=_round(bar),
        bar_y=bar_y,
        unnamed=tuple(spot.id for spot, label in zip(inside, labels, strict=True) if label is None),
        between=seen.between,
    )


def radius(weight: int) -> float:
    """The radius of a dot in pixels: its area grows with the weight, up to a bound."""
    # The area and not the radius grows with the claims: the eye compares areas.
    return min(_MAX_RADIUS, _MIN_RADIUS + _PER_ROOT * math.sqrt(max(0, weight)))


def _mark(spot: Spot, projection: Projection) -> Mark:
    centre = projection.to_pixel(projection.window.shifted(spot.at))
    name = f"{spot.name} {spot.weight}" if spot.weight else spot.name
    return Mark(centre, radius(spot.weight), name)


def _dot(spot: Spot, mark: Mark, label: Label | None, font: float) -> Dot:
    lines: list[TextLine] = []
    if label:
        step = font * LINE
        lines = [
            TextLine(text, _round(label.x), _round(label.y + number * step))
            for number, text in enumerate(label.lines)
        ]
    return Dot(
        id=spot.id,
        x=_round(mark.centre.x),
        y=_round(mark.centre.y),
        radius=_round(mark.radius),
        precise=spot.precise,
        has_weight=bool(spot.weight),
        anchor=label.anchor if label else "start",
        lines=tuple(lines),
    )


def _path(line: Iterable[Coordinate], projection: Projection) -> str:
    """SVG path data for a line, to a tenth of a pixel; points that fall together are one."""
    written: list[str] = []
    for point in line:
        x, y = projection.to_pixel(point)
        step = f"{_round(x):g} {_round(y):g}"
        # A detailed coast on a small picture has most of its points within the same tenth of a
        # pixel.
        if not written or written[-1] != step:
            written.append(step)
    return "M" + "L".join(written)


def _round(pixels: float) -> float:
    return round(pixels, 1)
