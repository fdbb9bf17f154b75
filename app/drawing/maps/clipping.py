"""Lines and areas cut to a window.

Lines after Liang and Barsky 1984, areas after Sutherland and Hodgman 1974.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from app.drawing.maps.projection import Coordinate, Window

_Line = Sequence[Coordinate]


def clip_line(line: _Line, window: Window) -> Iterator[list[Coordinate]]:
    """The parts of a line that lie within the window, each with two points at least."""
    part: list[Coordinate] = []
    for start, end in pairwise(line):
        inside = _stretch_within(start, end, window)
        if inside is None:
            if len(part) > 1:
                yield part
            part = []
            continue
        entering, leaving = inside
        if not part or part[-1] != entering:
            if len(part) > 1:
                yield part
            part = [entering]
        part.append(leaving)
    if len(part) > 1:
        yield part


def clip_ring(ring: _Line, window: Window) -> list[Coordinate]:
    """The part of an area within the window, closed along its edges; empty where none is.

    An area that enters the window several times comes back as one ring whose parts hang together
    by stretches of the edge: to be filled, and not to be drawn as a line.
    """
    points = list(ring)
    for is_inside, crossing in _edges(window):
        points = list(_cut(points, is_inside, crossing))
    return points


def _stretch_within(
    start: Coordinate, end: Coordinate, window: Window
) -> tuple[Coordinate, Coordinate] | None:
    dx, dy = end.longitude - start.longitude, end.latitude - start.latitude
    first, last = 0.0, 1.0
    for towards, room in (
        (-dx, start.longitude - window.west),
        (dx, window.east - start.longitude),
        (-dy, start.latitude - window.south),
        (dy, window.north - start.latitude),
    ):
        # Parallel to this edge: dividing by it is no way to find out, being on the right side is.
        if towards == 0:
            if room < 0:
                return None
        elif towards < 0:
            first = max(first, room / towards)
        else:
            last = min(last, room / towards)
    if first > last:
        return None
    return _along(start, end, first), _along(start, end, last)


def _along(start: Coordinate, end: Coordinate, share: float) -> Coordinate:
    """The point that a share of the way from one point to another ends at; the ends exactly."""
    # Computed ends would miss the given ones by a rounding, and a line would come apart into
    # pieces.
    if share in (0.0, 1.0):
        return end if share else start
    return Coordinate(
        start.longitude + share * (end.longitude - start.longitude),
        start.latitude + share * (end.latitude - start.latitude),
    )


_Inside = Callable[[Coordinate], bool]
_Crossing = Callable[[Coordinate, Coordinate], Coordinate]


def _edges(window: Window) -> Iterator[tuple[_Inside, _Crossing]]:
    yield lambda p: p.longitude >= window.west, lambda a, b: _at_longitude(a, b, window.west)
    yield lambda p: p.longitude <= window.east, lambda a, b: _at_longitude(a, b, window.east)
    yield lambda p: p.latitude >= window.south, lambda a, b: _at_latitude(a, b, window.south)
    yield lambda p: p.latitude <= window.north, lambda a, b: _at_latitude(a, b, window.north)


def _cut(points: _Line, is_inside: _Inside, crossing: _Crossing) -> Iterator[Coordinate]:
    # Each point with the one before it, the first with the last: a ring is closed without
    # repeating a point.
    for before, point in zip([*points[-1:], *points[:-1]], points, strict=True):
        if is_inside(point):
            if not is_inside(before):
                yield crossing(before, point)
            yield point
        elif is_inside(before):
            yield crossing(before, point)


def _at_longitude(a: Coordinate, b: Coordinate, longitude: float) -> Coordinate:
    along = (longitude - a.longitude) / (b.longitude - a.longitude)
    return Coordinate(longitude, a.latitude + along * (b.latitude - a.latitude))


def _at_latitude(a: Coordinate, b: Coordinate, latitude: float) -> Coordinate:
    along = (latitude - a.latitude) / (b.latitude - a.latitude)
    return Coordinate(a.longitude + along * (b.longitude - a.longitude), latitude)
