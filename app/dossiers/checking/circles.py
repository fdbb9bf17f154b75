"""Circles among things that contain each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from app.domain.claims import Claim


def circles(contains: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, ...]]:
    """Every way back to a start, as the ids along it, beginning with the one that stands first.

    Ids that are no keys lead nowhere.
    """
    done: set[str] = set()
    for start in contains:
        trail = {} if start in done else {start: iter(contains[start])}
        while trail:
            name, ahead = next(reversed(trail.items()))
            following = next(ahead, None)
            if following is None:
                trail.popitem()
                done.add(name)
            elif following in trail:
                way = list(trail)
                yield tuple(way[way.index(following) :])
            elif following in contains and following not in done:
                trail[following] = iter(contains[following])


def part_of_circles(claims: Iterable[Claim]) -> Iterator[tuple[str, str]]:
    """The id of a claim that is part of itself, with a sentence, for every circle of `part_of`."""
    parts = {claim.id: (claim.part_of,) for claim in claims if claim.part_of}
    for way in circles(parts):
        yield way[0], f"is a part of itself: {in_words(way)}"


def in_words(way: tuple[str, ...]) -> str:
    """`a → b → a`."""
    return " → ".join((*way, way[0]))
