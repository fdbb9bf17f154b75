"""Maps of places, drawn as geometry: windows, projection, outlines, labels. No tiles, no I/O.

The one file that is read is `outlines.json`, which `make vendor` writes.
"""

from app.web.maps.drawing import Dot, MapPicture, Spot, draw
from app.web.maps.outlines import Outlines, load_outlines
from app.web.maps.projection import Coordinate, Window

__all__ = [
    "Coordinate",
    "Dot",
    "MapPicture",
    "Outlines",
    "Spot",
    "Window",
    "draw",
    "load_outlines",
]
