"""Maps as geometry: what holds of every window, line and name."""

from __future__ import annotations

import math
from itertools import combinations, pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.dossiers.record import read_record
from app.drawing.maps.clipping import clip_line, clip_ring
from app.drawing.maps.drawing import Spot, draw, radius
from app.drawing.maps.labels import Box, Mark, broken, place_labels
from app.drawing.maps.outlines import load_outlines, outlines_of
from app.drawing.maps.projection import KM_PER_DEGREE, Coordinate, Pixel, Projection, Window
from app.drawing.maps.windows import around, at, closer, regions
from app.web.pictures.place_map import counted
from tests.loaded import ROOT

NEARLY = 1e-6
points = st.builds(Coordinate, st.floats(-180, 180), st.floats(-80, 80))
ratios = st.floats(0.5, 2.5)
near = st.builds(Coordinate, st.floats(20, 30), st.floats(-10, 10))
WINDOW = Window(22, -5, 28, 5)
# Two areas side by side on an island: x from 0 to 2, y from 0 to 1, a boundary at 1.
ISLAND = {
    "source": "Nobody",
    "version": "1",
    "scale": "1:1",
    "per_degree": 1,
    "areas": ["Left", "Right"],
    "lines": [
        [[0, 1], [1, 0, 0, 1]],
        [[0], [1, 0, -1, 0, 0, 1, 1, 0]],
        [[1], [1, 1, 1, 0, 0, -1, -1, 0]],
    ],
    "land": [[1, 2]],
}


@given(st.lists(points, min_size=1, max_size=12), ratios)
def test_a_window_holds_all_its_points_in_the_shape_that_was_asked_for(
    found: list[Coordinate], ratio: float
) -> None:
    window = around(found, ratio)
    assert -180 <= window.west < 180
    assert window.east - window.west <= 360
    if window.east - window.west < 359 and window.north < 84 and window.south > -84:
        assert all(window.holds(point) for point in found)
        projection = Projection(window, 760)
        assert projection.height * ratio == pytest.approx(760, rel=1e-6)


def test_a_window_takes_the_short_way_round_the_world() -> None:
    window = around([Coordinate(179, -17), Coordinate(-179, -18)], 1.5)
    assert window.east - window.west < 10
    assert window.holds(Coordinate(180, -17.5))
    assert window.holds(Coordinate(-180, -17.5))
    assert not window.holds(Coordinate(0, -17.5))


def test_no_point_has_no_window() -> None:
    with pytest.raises(ValueError, match="no point"):
        around([], 1.0)


@given(points, st.integers(0, 4), ratios)
def test_each_level_of_zoom_shows_half_of_the_one_before(
    middle: Coordinate, zoom: int, ratio: float
) -> None:
    whole = at(middle, 4, ratio)
    part = closer(whole, middle, zoom, ratio)
    assert part.holds(middle)
    assert (part.north - part.south) * 2**zoom == pytest.approx(whole.north - whole.south)


@given(st.lists(near, min_size=2, max_size=2), st.floats(100, 2000))
def test_projecting_keeps_directions_and_can_be_undone(
    pair: list[Coordinate], width: float
) -> None:
    projection = Projection(WINDOW, width)
    left, right = sorted(pair)
    first, second = projection.to_pixel(left), projection.to_pixel(right)
    assert first.x <= second.x
    assert (first.y <= second.y) == (left.latitude >= right.latitude) or first.y == second.y
    back = projection.to_coordinate(first)
    assert back.longitude == pytest.approx(left.longitude, abs=NEARLY)
    assert back.latitude == pytest.approx(left.latitude, abs=NEARLY)


@given(points, st.floats(0.05, 20), st.floats(200, 1600))
def test_a_scale_bar_is_round_and_as_long_as_it_says(
    middle: Coordinate, height: float, width: float
) -> None:
    projection = Projection(at(middle, height, 1.4), width)
    kilometres, pixels = projection.scale_bar(width / 4)
    assert 0 < pixels <= width / 4 + NEARLY
    assert pixels > width / 10 - NEARLY
    assert f"{kilometres:e}"[0] in "125"
    along = projection.to_coordinate(Pixel(width / 2, projection.height / 2 - pixels))
    degrees = along.latitude - projection.window.middle.latitude
    assert degrees * KM_PER_DEGREE == pytest.approx(kilometres, rel=1e-6)


@given(st.lists(near, min_size=2, max_size=20))
def test_a_clipped_line_lies_in_the_window_and_loses_nothing_of_it(line: list[Coordinate]) -> None:
    parts = list(clip_line(line, WINDOW))
    for part in parts:
        assert len(part) > 1
        for point in part:
            assert WINDOW.west - NEARLY <= point.longitude <= WINDOW.east + NEARLY
            assert WINDOW.south - NEARLY <= point.latitude <= WINDOW.north + NEARLY
    kept = {point for part in parts for point in part}
    inner = [p for p in line if 22 < p.longitude < 28 and -5 < p.latitude < 5]
    assert set(inner) <= kept


@given(near, near)
def test_the_inside_of_a_line_is_as_long_as_what_a_fine_walk_along_it_counts(
    start: Coordinate, end: Coordinate
) -> None:
    steps = 400
    inside = sum(
        WINDOW.holds(
            Coordinate(
                start.longitude + (end.longitude - start.longitude) * step / steps,
                start.latitude + (end.latitude - start.latitude) * step / steps,
            )
        )
        for step in range(steps)
    )
    length = math.dist(start, end)
    found = sum(math.dist(part[0], part[-1]) for part in clip_line([start, end], WINDOW))
    assert found == pytest.approx(length * inside / steps, abs=length * 3 / steps + NEARLY)


@given(st.lists(near, min_size=3, max_size=12))
def test_a_clipped_area_lies_in_the_window_and_is_no_larger(ring: list[Coordinate]) -> None:
    clipped = clip_ring(ring, WINDOW)
    for point in clipped:
        assert WINDOW.west - NEARLY <= point.longitude <= WINDOW.east + NEARLY
        assert WINDOW.south - NEARLY <= point.latitude <= WINDOW.north + NEARLY


def test_a_square_is_clipped_to_the_part_that_is_seen() -> None:
    square = [Coordinate(x, y) for x, y in ((20, 0), (24, 0), (24, 10), (20, 10))]
    clipped = clip_ring(square, WINDOW)
    assert {(p.longitude, p.latitude) for p in clipped} == {(22, 0), (24, 0), (24, 5), (22, 5)}
    assert clip_ring([Coordinate(x, 50) for x in (20, 21, 22)], WINDOW) == []


def test_outlines_know_what_lies_beside_a_line_and_where_a_point_is() -> None:
    outlines = outlines_of(ISLAND)
    assert outlines.area_of(Coordinate(0.5, 0.5)) == "Left"
    assert outlines.area_of(Coordinate(1.5, 0.5)) == "Right"
    assert outlines.area_of(Coordinate(361.5, 0.5)) == "Right"
    assert outlines.area_of(Coordinate(3, 0.5)) is None
    assert outlines.area_of(Coordinate(0.5, 2)) is None
    seen = outlines.seen(Window(-1, -1, 3, 2))
    assert seen.between == (("Left", "Right"),)
    assert [len(seen.land), len(seen.coasts), len(seen.boundaries)] == [1, 2, 1]
    assert outlines.seen(Window(10, 10, 11, 11)).between == ()
    assert outlines.seen(Window(170, -1, 365, 2)).between == (("Left", "Right"),)


def test_the_shipped_outlines_have_the_world() -> None:
    outlines = load_outlines()
    for area, point in {
        "France": Coordinate(2.35, 48.85),
        "Brazil": Coordinate(-47.9, -15.8),
        "Fiji": Coordinate(178.0, -17.8),
        "Australia": Coordinate(134, -25),
        None: Coordinate(-30, 40),
    }.items():
        assert outlines.area_of(point) == area
    fiji = outlines.seen(Window(176, -20, 183, -15))
    assert fiji.land
    cut_open = [
        pair
        for line in fiji.coasts
        for pair in pairwise(line)
        if all(abs(point.longitude - 180) < 0.01 for point in pair)
    ]
    assert fiji.coasts
    assert cut_open == []
    size = sum(len(line.points) for line in outlines.lines)
    assert 20_000 < size < 120_000


marks = st.builds(
    Mark,
    st.builds(Pixel, st.floats(0, 700), st.floats(0, 500)),
    st.floats(3, 15),
    st.sampled_from(["Sor", "Farrukh/Parukh 5", "Khankendi/Stepanakert 12", "Փառուխ", "Фаррух 3"]),
)


@given(st.lists(marks, max_size=25))
def test_no_name_covers_another_a_place_or_the_edge(found: list[Mark]) -> None:
    paper = Box(4, 4, 696, 496)
    bar = Box(0, 460, 150, 500)
    placed = place_labels(found, paper, 13, [bar])
    assert len(placed) == len(found)
    boxes = [label.box for label in placed if label]
    assert all(box.lies_in(paper) and not box.meets(bar) for box in boxes)
    assert not any(one.meets(other) for one, other in combinations(boxes, 2))
    assert not any(box.meets(mark.box) for box in boxes for mark in found)


def test_a_name_that_is_alone_stands_to_the_right_and_a_long_one_is_broken() -> None:
    paper = Box(0, 0, 300, 300)
    [label] = place_labels([Mark(Pixel(50, 50), 5, "Sor")], paper, 12)
    assert label is not None
    assert (label.anchor, label.lines) == ("start", ("Sor",))
    [tight] = place_labels(
        [Mark(Pixel(60, 60), 5, "Khankendi/Stepanakert 12")], Box(0, 0, 180, 150), 12
    )
    assert tight is not None
    assert tight.lines == ("Khankendi/", "Stepanakert 12")
    assert broken("Sor") == ("Sor",)
    assert broken("New Bridge") == ("New", "Bridge")


@given(st.lists(points, min_size=2, max_size=15, unique=True), st.floats(0.2, 5))
def test_regions_are_disjoint_and_leave_out_only_who_has_no_neighbour(
    found: list[Coordinate], height: float
) -> None:
    grouped = regions(found, height, 1.4)
    members = [place for region in grouped for place in region.members]
    assert len(members) == len(set(members))
    assert all(region.middle in region.members and len(region.members) > 1 for region in grouped)
    alone = set(range(len(found))) - set(members)
    for one, other in combinations(alone, 2):
        assert not at(found[one], height, 1.4).holds(found[other])


@given(st.integers(0, 400), st.integers(0, 400))
def test_more_disputed_claims_never_make_a_smaller_dot(one: int, other: int) -> None:
    assume(one <= other)
    assert 0 < radius(one) <= radius(other) <= 15


def test_every_place_of_the_shipped_record_that_has_coordinates_is_drawn() -> None:
    for dossier in read_record(ROOT).dossiers:
        places = counted(dossier, {})
        spots = [each.spot for each in places if each.spot]
        assert len(spots) == sum(place.latitude is not None for place in dossier.places)
        for width, ratio in ((760, 1.45), (360, 0.9)):
            window = around([spot.at for spot in spots], ratio)
            picture = draw(spots, window, load_outlines(), width, 12)
            assert {dot.id for dot in picture.dots} == {spot.id for spot in spots}
            assert all(0 < dot.x < picture.width for dot in picture.dots)
            assert all(0 < dot.y < picture.height for dot in picture.dots)
            named = {dot.id for dot in picture.dots if dot.lines}
            assert named | set(picture.unnamed) == {spot.id for spot in spots}
            assert picture.boundaries.startswith("M")


def test_an_imprecise_place_is_marked_as_one() -> None:
    spots = [
        Spot("a", "A", Coordinate(10, 10), 0),
        Spot("b", "B", Coordinate(11, 11), 3, precise=False),
    ]
    window = around([spot.at for spot in spots], 1.4)
    first, second = draw(spots, window, outlines_of(ISLAND), 400, 12).dots
    assert (first.precise, first.has_weight) == (True, False)
    assert (second.precise, second.has_weight) == (False, True)
    assert second.lines[0].text == "B 3"
