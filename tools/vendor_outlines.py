"""Make the outlines that maps are drawn on from Natural Earth.

Run with `make vendor`. It asks npm for one pinned package by name, and writes
`app/drawing/maps/outlines.json`, which is committed: running and testing need neither npm nor a
network. The format is described in `app/drawing/maps/outlines.py`.
"""

from __future__ import annotations

import json
import math
import subprocess
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

PACKAGE = "world-atlas@2.0.2"
FILE = "package/countries-10m.json"
WRITTEN = Path(__file__).parents[1] / "app" / "drawing" / "maps" / "outlines.json"
SOURCE = "Natural Earth"
VERSION = "4.1.0"
SCALE = "1:10,000,000"

PER_DEGREE = 500  # the steps of the grid on which points are stored: about 200 m
BORDER_TOLERANCE = 0.007  # degrees that a line may run beside its source
COAST_TOLERANCE = 0.06
SMALLEST_ISLAND = 0.2  # degrees of latitude from end to end, below which land is left out

Point = tuple[float, float]
Grid = tuple[int, int]


def main() -> None:
    topology = fetched()
    lines, land, names = outlines(topology)
    written = {
        "source": SOURCE,
        "version": VERSION,
        "scale": SCALE,
        "package": PACKAGE,
        "per_degree": PER_DEGREE,
        "areas": names,
        "lines": lines,
        "land": land,
    }
    WRITTEN.parent.mkdir(exist_ok=True)
    WRITTEN.write_text(json.dumps(written, ensure_ascii=False, separators=(",", ":")) + "\n")
    print(f"{WRITTEN.name}: {WRITTEN.stat().st_size / 1000:.0f} KB, {len(lines)} lines")


def fetched() -> dict[str, Any]:
    """The topology out of the package, as npm's ordinary client brings it."""
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.run(
            ["npm", "pack", "--silent", PACKAGE],
            cwd=folder,
            check=True,
            capture_output=True,
            text=True,
        )
        with tarfile.open(Path(folder) / packed.stdout.split()[-1]) as package:
            file = package.extractfile(FILE)
            if file is None:
                raise SystemExit(f"{PACKAGE} holds no {FILE}")
            topology: dict[str, Any] = json.load(file)
            return topology


def outlines(topology: dict[str, Any]) -> tuple[list[Any], list[list[int]], list[str]]:
    """Lines with the areas beside them, the rings of land made of them, and the areas' names."""
    arcs = [list(_decoded(arc, topology["transform"])) for arc in topology["arcs"]]
    beside = _areas_beside(topology)
    rings = [ring for ring in _rings(topology["objects"]["land"]) if _is_large(ring, arcs)]
    kept = sorted({_index(step) for ring in rings for step in ring} | _borders(beside))
    names = sorted({name for index in kept for name in beside[index]})
    number = {index: place for place, index in enumerate(kept)}
    lines = []
    for index in kept:
        areas = [names.index(name) for name in sorted(beside[index])]
        tolerance = COAST_TOLERANCE if len(areas) == 1 else BORDER_TOLERANCE
        lines.append([areas, _deltas(simplified(arcs[index], tolerance))])
    land = [[_renumbered(step, number) for step in ring] for ring in rings]
    return lines, land, names


def simplified(line: list[Point], tolerance: float) -> list[Point]:
    """Fewer points, so that no point left out is farther off than the tolerance, in degrees.

    Douglas and Peucker 1973; longitudes weigh as much as they measure on the ground there.
    """
    narrowing = math.cos(math.radians(line[0][1]))
    flat = [(x * narrowing, y) for x, y in line]
    kept = {0, len(line) - 1}
    waiting = [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        between = range(first + 1, last)
        farthest = max(between, key=lambda i: _off(flat[i], flat[first], flat[last]), default=None)
        if farthest is None or _off(flat[farthest], flat[first], flat[last]) <= tolerance:
            continue
        kept.add(farthest)
        waiting += [(first, farthest), (farthest, last)]
    return [line[i] for i in sorted(kept)]


def _off(point: Point, start: Point, end: Point) -> float:
    """How far a point is from a stretch between two others."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length if length else 0.0
    along = min(1.0, max(0.0, along))
    return math.hypot(point[0] - start[0] - along * dx, point[1] - start[1] - along * dy)


def _decoded(arc: Iterable[tuple[int, int]], transform: dict[str, list[float]]) -> Iterator[Point]:
    """TopoJSON's delta-encoded grid steps as degrees (TopoJSON specification, section 2.1.3)."""
    (scale_x, scale_y), (offset_x, offset_y) = transform["scale"], transform["translate"]
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield x * scale_x + offset_x, y * scale_y + offset_y


def _areas_beside(topology: dict[str, Any]) -> dict[int, set[str]]:
    """For each arc the names of the areas that it bounds: one at a coast, two at a border."""
    beside: dict[int, set[str]] = defaultdict(set)
    for country in topology["objects"]["countries"]["geometries"]:
        for ring in _rings(country):
            for step in ring:
                beside[_index(step)].add(country["properties"]["name"])
    return beside


def _rings(geometry: dict[str, Any]) -> Iterator[list[int]]:
    match geometry["type"]:
        case "GeometryCollection":
            for part in geometry["geometries"]:
                yield from _rings(part)
        case "Polygon":
            yield from geometry["arcs"]
        case "MultiPolygon":
            for polygon in geometry["arcs"]:
                yield from polygon


def _borders(beside: dict[int, set[str]]) -> set[int]:
    return {index for index, names in beside.items() if len(names) > 1}


def _index(step: int) -> int:
    """The arc that a step of a ring runs along: a negative one runs it backwards."""
    return step if step >= 0 else ~step


def _renumbered(step: int, number: dict[int, int]) -> int:
    return number[step] if step >= 0 else ~number[~step]


def _is_large(ring: list[int], arcs: list[list[Point]]) -> bool:
    points = [point for step in ring for point in arcs[_index(step)]]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    width = (max(xs) - min(xs)) * math.cos(math.radians(ys[0]))
    return max(width, max(ys) - min(ys)) >= SMALLEST_ISLAND


def _deltas(line: Iterable[Point]) -> list[int]:
    """Grid steps: the first point, then each as its distance from the one before."""
    written: list[int] = []
    before: Grid = (0, 0)
    for x, y in line:
        now = (round(x * PER_DEGREE), round(y * PER_DEGREE))
        if written and now == before:
            continue
        written += [now[0] - before[0], now[1] - before[1]]
        before = now
    return written


if __name__ == "__main__":
    main()
