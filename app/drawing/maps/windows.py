"""Which part of the world a map shows: all places of a list, or the neighbourhood of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.drawing.maps.projection import NORTHERNMOST, Coordinate, Window, narrowing

CLOSEST = 4  # the highest level of zoom; each shows half of what the one before does
_MARGIN = 0.14  # of the places' extent, on each side
_LEAST = 0.3  # degrees of latitude from the lower to the upper edge
_WIDEST = 359.9


@dataclass(frozen=True, slots=True)
class Region:
    """A neighbourhood worth its own map: the number of a place in the middle, and of all in it."""

    middle: int
    members: tuple[int, ...]


def around(points: Sequence[Coordinate], ratio: float) -> Window:
    """The window that contains all points with a margin; `ratio` is its width by its height.

    Raises ValueError without a point.
    """
    if not points:
        raise ValueError("no point to draw a map around")
    west, east = _longitudes([point.longitude for point in points])
    south = min(point.latitude for point in points)
    north = max(point.latitude for point in points)
    middle = Coordinate((west + east) / 2, (south + north) / 2)
    # A single village would be drawn so close that no coast or boundary says where it is.
    height = max(_LEAST, (north - south) * (1 + 2 * _MARGIN))
    width = (east - west) * narrowing(middle.latitude) * (1 + 2 * _MARGIN)
    return at(middle, max(height, width / ratio), ratio)


def at(middle: Coordinate, height: float, ratio: float) -> Window:
    """A window of this height in degrees around a point, moved where the poles are too near."""
    height = min(height, 2 * NORTHERNMOST)
    latitude = min(NORTHERNMOST - height / 2, max(height / 2 - NORTHERNMOST, middle.latitude))
    width = min(_WIDEST, height * ratio / narrowing(latitude))
    height = width * narrowing(latitude) / ratio
    longitude = (middle.longitude + 180) % 360 - 180
    west = (longitude - width / 2 + 180) % 360 - 180
    return Window(west, latitude - height / 2, west + width, latitude + height / 2)


def closer(window: Window, middle: Coordinate, zoom: int, ratio: float) -> Window:
    """The window around another middle, showing half as much for each level of zoom."""
    return at(middle, (window.north - window.south) / 2**zoom, ratio)


def regions(points: Sequence[Coordinate], height: float, ratio: float) -> list[Region]:
    """Neighbourhoods of this height in degrees that together contain all points with neighbours.

    Each is centred on one of the points, the fullest first; a point belongs to one of them.
    """
    # Greedy, not optimal: covering points with the fewest windows is NP-hard, and a reader needs a
    # few sensible ones.
    found = []
    left = set(range(len(points)))
    while left:
        middle, members = max(
            ((place, _within(points, left, place, height, ratio)) for place in sorted(left)),
            key=lambda held: len(held[1]),
        )
        left -= set(members)
        if len(members) > 1:
            found.append(Region(middle, members))
    return found


def _within(
    points: Sequence[Coordinate], left: set[int], middle: int, height: float, ratio: float
) -> tuple[int, ...]:
    window = at(points[middle], height, ratio)
    return tuple(place for place in sorted(left) if place == middle or window.holds(points[place]))


def _longitudes(longitudes: Sequence[float]) -> tuple[float, float]:
    """The shortest stretch of a parallel that contains all; its end may lie past 180."""
    ordered = sorted({(longitude + 180) % 360 - 180 for longitude in longitudes})
    following = [*ordered[1:], ordered[0] + 360]
    gaps = [after - before for before, after in zip(ordered, following, strict=True)]
    # The window is what the widest empty stretch leaves: places on both sides of the date line
    # stay together.
    widest = gaps.index(max(gaps))
    west = following[widest] if widest + 1 < len(ordered) else ordered[0]
    east = ordered[widest]
    return west, east if east >= west else east + 360
