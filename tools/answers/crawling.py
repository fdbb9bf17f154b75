"""Following links, breadth first, always in the same order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import httpx

from tools.answers.asking import Question, Servers, order

Links = Callable[[str, str, httpx.Response], Iterable[str]]
"""From an address without query, the whole address and its answer, what it leads to."""


@dataclass(frozen=True)
class Place:
    """Where an address belongs: the kind of its answer, and how many of its group are asked for.

    An `always` is asked for even where only a sample is.
    """

    kind: str
    group: str
    most: int = 10_000
    always: bool = False


class Crawl:
    """One walk over the addresses that a start leads to."""

    def __init__(
        self, servers: Servers, place_of: Callable[[str], Place | None], links: Links
    ) -> None:
        self._servers = servers
        self._place_of = place_of
        self._links = links
        self._seen: set[str] = set()
        self._taken: Counter[str] = Counter()

    def walk(self, starts: Iterable[str]) -> None:
        """Ask for the starts, for what they lead to, and so on until nothing new is found."""
        level = self._new(starts)
        self._seen.update(starts)
        first = True
        while level:
            questions = [q for address in sorted(level) if (q := self._question(address, first))]
            found: set[str] = set()
            for _question, links in self._servers.ask(questions, self._read):
                found.update(links)
            level, first = self._new(found), False

    def _new(self, found: Iterable[str]) -> list[str]:
        """Those not seen yet of which there are not enough already, mixed."""
        new = sorted(set(found) - self._seen, key=lambda address: (order(address), address))
        self._seen.update(new)
        level = []
        for address in new:
            place = self._place_of(address)
            if place and self._taken[place.group] < place.most:
                self._taken[place.group] += 1
                level.append(address)
        return level

    def _question(self, address: str, is_start: bool) -> Question | None:
        place = self._place_of(address)
        if place is None:
            return None
        wanted = is_start or place.always or self._servers.takes(address)
        return Question(place.kind, address) if wanted else None

    def _read(self, answer: httpx.Response) -> list[str]:
        address = answer.request.url.raw_path.decode("ascii")
        return list(self._links(address.partition("?")[0], address, answer))
