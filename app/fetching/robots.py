"""What publishers let this program read: robots.txt (RFC 9309).

Decisions: 2xx are the rules; 4xx means that there are none (2.3.1.3), except 429, which asks to
be left alone; everything else forbids all (2.3.1.4), and is asked again after a minute rather
than after a day, since it says nothing lasting. What lies beyond 500 KiB is not read (2.5).
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

from protego import Protego

from app.domain.values.addresses import MAX_ADDRESS_LENGTH
from app.fetching.failures import NotRead

PRODUCT = "Variorum"
"""The product token that groups in a robots.txt name this program by."""

MAX_ROBOTS_BYTES = 500 * 1024

_MAX_CRAWL_DELAY = 30.0
_DAY = 24 * 3600.0
_MINUTE = 60.0
# The files themselves are cached, not what a parser makes of them, which is forty times as large.
_MAX_CACHED_CHARACTERS = 4_000_000
_SAYS_NOTHING = ("busy", "stopped", "timeout")  # of the origin: the fetch had no time left for it

# A parser keeps the rules of a group once for each of its agents: hundreds of kilobytes of agents
# and of rules would make millions of rules. So all agents that are others are one.
_AGENT = re.compile(r"\s*user[-\s]*agent\b[\s:]*(\*|[a-z_-]*)", re.IGNORECASE)
_OTHERS = "-"


@dataclass(slots=True)
class _Origin:
    asking: Lock = field(default_factory=Lock)
    text: str = ""
    failure: NotRead | None = None
    until: float = 0.0


class Robots:
    """The robots.txt of every origin asked lately. For use by any number of threads."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._origins: OrderedDict[str, _Origin] = OrderedDict()
        self._changing = Lock()
        self._parsing = Lock()  # a hostile file costs memory while it is read: one at a time

    def delay(self, address: str, origin: str, ask: Callable[[str], str], patience: float) -> float:
        """The Crawl-delay for this program in seconds, 0 to 30, where the address may be read.

        `ask` gets the text at an address, empty where there is none; one thread at a time asks
        for one origin, and others wait for it at most `patience` seconds. Raises `NotRead` where
        the address may not be read, or the rules are out of reach.
        """
        text = self._text(origin, ask, patience)
        if not text:
            return 0.0
        with self._parsing:
            rules = Protego.parse(text)
            if not rules.can_fetch(address, PRODUCT):
                raise NotRead("robots", "The publisher's robots.txt excludes programs.", "blocked")
            return min(rules.crawl_delay(PRODUCT) or 0.0, _MAX_CRAWL_DELAY)

    def _text(self, origin: str, ask: Callable[[str], str], patience: float) -> str:
        known = self._known(origin)
        if not known.asking.acquire(timeout=max(0.0, patience)):
            raise NotRead("busy", "The publisher's robots.txt is being asked for just now.")
        try:
            if self._clock() >= known.until:
                self._refresh(known, f"{origin}/robots.txt", ask)
            text, failure = known.text, known.failure
        finally:
            known.asking.release()
        self._drop_oldest()
        if failure:
            raise failure.again()
        return text

    def _known(self, origin: str) -> _Origin:
        with self._changing:
            known = self._origins.setdefault(origin, _Origin())
            self._origins.move_to_end(origin)
            return known

    def _refresh(self, known: _Origin, address: str, ask: Callable[[str], str]) -> None:
        try:
            known.text, known.failure = _what_concerns_us(ask(address)), None
            known.until = self._clock() + _DAY
        except NotRead as failure:
            if failure.rule in _SAYS_NOTHING:
                raise
            known.text, known.failure = "", failure.again()
            known.until = self._clock() + _MINUTE

    def _drop_oldest(self) -> None:
        with self._changing:
            cached = sum(1000 + len(known.text) for known in self._origins.values())
            while cached > _MAX_CACHED_CHARACTERS:
                _, gone = self._origins.popitem(last=False)
                cached -= 1000 + len(gone.text)


def _what_concerns_us(text: str) -> str:
    lines = (line for line in text.splitlines() if len(line) <= MAX_ADDRESS_LENGTH)
    return "\n".join(map(_with_known_agent, lines))


def _with_known_agent(line: str) -> str:
    found = _AGENT.match(line)
    if not found:
        return line
    agent = found[1].lower()
    return f"User-agent: {agent if agent in (PRODUCT.lower(), '*') else _OTHERS}"
