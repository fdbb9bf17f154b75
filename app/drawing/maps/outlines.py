"""Coasts and boundary lines of the world, as one data set draws them, and what of them is where.

`outlines.json` has `lines`, each `[areas, steps]`: the numbers of the areas beside it (one at a
coast, two at a boundary), and the line as steps on a grid of `per_degree` to a degree: longitude
and latitude of its first point, then how far each further point lies from the one before. `land`
has the rings of land, each the numbers of the lines that it runs along, `~n` for backwards.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from app.drawing.maps.clipping import clip_line, clip_ring
from app.drawing.maps.projection import Coordinate, Window

_FILE = Path(__file__).parent / "outlines.json"
_TURNS = (-360.0, 0.0, 360.0)
# Where the data set cuts the world open, its areas end in lines that are nothing on the ground.
_SEAM, _BOTTOM = 179.99, -85.0

Line = tuple[Coordinate, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A line, with the names of the areas beside it and the box it lies in."""

    areas: tuple[str, ...]
    points: Line
    box: Window


@dataclass(frozen=True, slots=True)
class Ring:
    """The outer or an inner edge of land."""

    points: Line
    box: Window


@dataclass(frozen=True, slots=True)
class Seen:
    """What of the outlines lies within a window, cut to it; `between` names areas in pairs."""

    land: tuple[Line, ...]
    coasts: tuple[Line, ...]
    boundaries: tuple[Line, ...]
    between: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Outlines:
    """The whole data set, with where it comes from."""

    source: str
    version: str
    scale: str
    lines: tuple[Outline, ...]
    land: tuple[Ring, ...]

    def seen(self, window: Window) -> Seen:
        """What lies within a window, on whichever turn round the world."""
        coasts: list[Line] = []
        boundaries: list[Line] = []
        between: set[tuple[str, str]] = set()
        for line, turn in _near(self.lines, window):
            parts = list(_drawn(line, turn, window))
            if len(line.areas) == 1:
                coasts += parts
            elif parts:
                boundaries += parts
                between.add((line.areas[0], line.areas[1]))
        land = (
            clip_ring(_turned(ring.points, turn), window) for ring, turn in _near(self.land, window)
        )
        return Seen(
            land=tuple(tuple(ring) for ring in land if ring),
            coasts=tuple(coasts),
            boundaries=tuple(boundaries),
            between=tuple(sorted(between)),
        )

    def area_of(self, point: Coordinate) -> str | None:
        """The area that the data set has there; None at sea, and beside a coast perhaps.

        A ray to the east crosses the edge of the area around its start an odd number of times.
        """
        # The data set ends at ±180 degrees; a window may run past it.
        longitude = (point.longitude + 180) % 360 - 180
        crossings: dict[str, int] = {}
        for line in self.lines:
            if line.box.south <= point.latitude <= line.box.north and line.box.east >= longitude:
                crossed = _crossings(line.points, longitude, point.latitude)
                for area in line.areas if crossed % 2 else ():
                    crossings[area] = crossings.get(area, 0) + 1
        return next((area for area, count in sorted(crossings.items()) if count % 2), None)


@lru_cache(maxsize=1)
def load_outlines() -> Outlines:
    """The data set that this program ships."""
    return outlines_of(json.loads(_FILE.read_text(encoding="utf-8")))


def outlines_of(written: Mapping[str, Any]) -> Outlines:
    """A data set out of its file's JSON."""
    names, per_degree = written["areas"], written["per_degree"]
    lines = [_points(steps, per_degree) for _areas, steps in written["lines"]]
    rings = [tuple(_joined(steps, lines)) for steps in written["land"]]
    return Outlines(
        source=written["source"],
        version=written["version"],
        scale=written["scale"],
        lines=tuple(
            Outline(tuple(names[area] for area in areas), points, _box(points))
            for (areas, _steps), points in zip(written["lines"], lines, strict=True)
        ),
        land=tuple(Ring(points, _box(points)) for points in rings),
    )


def _points(steps: Sequence[int], per_degree: int) -> Line:
    points = []
    x = y = 0
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append(Coordinate(x / per_degree, y / per_degree))
    return tuple(points)


def _joined(steps: Sequence[int], lines: Sequence[Line]) -> Iterator[Coordinate]:
    for step in steps:
        # Without its last point, which is the next line's first.
        yield from lines[step][:-1] if step >= 0 else lines[~step][:0:-1]


def _box(points: Line) -> Window:
    longitudes, latitudes = [p.longitude for p in points], [p.latitude for p in points]
    return Window(min(longitudes), min(latitudes), max(longitudes), max(latitudes))


def _near(things: Sequence[Any], window: Window) -> Iterator[tuple[Any, float]]:
    """Those whose boxes meet the window, with the turn in degrees on which they do."""
    for thing in things:
        box: Window = thing.box
        if box.north < window.south or box.south > window.north:
            continue
        # A window across the date line sees what the data set has at the other end of the world.
        for turn in _TURNS:
            if box.east + turn >= window.west and box.west + turn <= window.east:
                yield thing, turn


def _drawn(line: Outline, turn: float, window: Window) -> Iterator[Line]:
    for part in _without_seams(line.points):
        for inside in clip_line(_turned(part, turn), window):
            yield tuple(inside)


def _without_seams(points: Line) -> Iterator[Line]:
    part = [points[0]]
    for before, point in pairwise(points):
        if _is_seam(before) and _is_seam(point):
            yield tuple(part)
            part = []
        part.append(point)
    yield tuple(part)


def _is_seam(point: Coordinate) -> bool:
    return abs(point.longitude) > _SEAM or point.latitude < _BOTTOM


def _turned(points: Line, turn: float) -> Line:
    if not turn:
        return points
    return tuple(Coordinate(p.longitude + turn, p.latitude) for p in points)


def _crossings(points: Line, longitude: float, latitude: float) -> int:
    count = 0
    for a, b in pairwise(points):
        if (a.latitude > latitude) != (b.latitude > latitude):
            along = (latitude - a.latitude) / (b.latitude - a.latitude)
            count += a.longitude + along * (b.longitude - a.longitude) > longitude
    return count
