"""Degrees to pixels, for a window small enough to be drawn flat.

Equirectangular, with the window's middle parallel true to scale: along it and along every
meridian a kilometre has the same length on the picture. Snyder, Map Projections: A Working
Manual (USGS 1987), section 12.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

KM_PER_DEGREE = 111.195  # of a great circle of a sphere of 6371 km
NORTHERNMOST = 85.0
_STEEPEST = 80.0  # the middle parallel beyond which no further narrowing is drawn


class Coordinate(NamedTuple):
    """A point on the ground in WGS 84 degrees; a longitude may run past 180 within a window."""

    longitude: float
    latitude: float


class Pixel(NamedTuple):
    """A point on the picture, from its upper left corner."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the world that a picture shows, in degrees; `west` lies in −180 to 180."""

    west: float
    south: float
    east: float
    north: float

    @property
    def middle(self) -> Coordinate:
        """The point in the middle."""
        return Coordinate((self.west + self.east) / 2, (self.south + self.north) / 2)

    @property
    def narrowing(self) -> float:
        """How long a degree of longitude is in the middle, in degrees of latitude; above 0."""
        return narrowing(self.middle.latitude)

    def holds(self, point: Coordinate) -> bool:
        """Whether a point lies in it, whichever way round the world its longitude is given."""
        return (
            self.south <= point.latitude <= self.north
            and self.west <= self.shifted(point).longitude <= self.east
        )

    def shifted(self, point: Coordinate) -> Coordinate:
        """The same point with the longitude that lies nearest to the window's middle."""
        # Around the date line 179° and −179° are neighbours.
        turns = round((self.middle.longitude - point.longitude) / 360)
        return Coordinate(point.longitude + 360 * turns, point.latitude)


@dataclass(frozen=True, slots=True)
class Projection:
    """A window on a picture that is `width` pixels wide; its height follows from the window."""

    window: Window
    width: float

    @property
    def per_degree(self) -> float:
        """Pixels for a degree of latitude."""
        return self.width / ((self.window.east - self.window.west) * self.window.narrowing)

    @property
    def height(self) -> float:
        """The picture's height in pixels."""
        return (self.window.north - self.window.south) * self.per_degree

    def to_pixel(self, point: Coordinate) -> Pixel:
        """Where a point of the ground is drawn; points outside the window fall outside."""
        per_degree = self.per_degree
        return Pixel(
            (point.longitude - self.window.west) * self.window.narrowing * per_degree,
            (self.window.north - point.latitude) * per_degree,
        )

    def to_coordinate(self, pixel: Pixel) -> Coordinate:
        """The point of the ground that is drawn there."""
        per_degree = self.per_degree
        return Coordinate(
            self.window.west + pixel.x / (self.window.narrowing * per_degree),
            self.window.north - pixel.y / per_degree,
        )

    def scale_bar(self, most: float) -> tuple[int | float, float]:
        """A round length in km (1, 2 or 5 times a power of ten), and its pixels, at most `most`."""
        per_km = self.per_degree / KM_PER_DEGREE
        power = 10.0 ** math.floor(math.log10(most / per_km))
        factor = max(step for step in (1, 2, 5) if step * power * per_km <= most)
        length = round(factor * power, 6)
        return (int(length) if length >= 1 else length), length * per_km


def narrowing(latitude: float) -> float:
    """How long a degree of longitude is at a latitude, in degrees of latitude; above 0."""
    # Clamped below 90°, where it would be 0 and every width infinite.
    return math.cos(math.radians(min(_STEEPEST, abs(latitude))))
