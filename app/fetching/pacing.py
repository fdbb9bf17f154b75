"""Turns at hosts: one request at a time, and a pause between one fetch and the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from threading import Condition
from time import monotonic

from app.fetching.failures import NotRead

_MAX_HOSTS = 1000  # remembered beyond need


@dataclass(slots=True)
class _Host:
    pause: float
    started: float = -inf
    busy: bool = False

    def wait(self, now: float, *, first: bool) -> float:
        """The seconds until the next turn; infinite while another one is being taken."""
        if self.busy:
            return inf
        return self.started + self.pause - now if first else 0.0


class Pacing:
    """Queues requests by host. Hosts are independent of each other. For use by any threads."""

    def __init__(self, pause: float, clock: Callable[[], float] = monotonic) -> None:
        self._pause = pause
        self._clock = clock
        self._hosts: dict[str, _Host] = {}
        self._changed = Condition()
        self._stopped = False

    @contextmanager
    def turn(self, host: str, patience: float, *, first: bool) -> Iterator[float]:
        """Have a host to oneself; yields the seconds that this took to wait.

        `first` is whether this is the fetch's first request to the host: it waits until the pause
        since the last such one is over. Raises `NotRead` where the turn does not come, or is sure
        not to come, within `patience` seconds, and when pacing stops.
        """
        with self._changed:
            waited = self._take(host, patience, first)
        try:
            yield waited
        finally:
            with self._changed:
                self._hosts[host].busy = False
                self._changed.notify_all()

    def slow_down(self, host: str, pause: float) -> None:
        """Leave so many seconds between fetches from a host, where that is more than usual."""
        with self._changed:
            self._entry(host).pause = max(self._pause, pause)

    def stop(self) -> None:
        """Begin no more requests; fetches that wait for their turn end at once."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def _take(self, host: str, patience: float, first: bool) -> float:
        begun = now = self._clock()
        while (wait := self._entry(host).wait(now, first=first)) > 0 or self._stopped:
            if self._stopped:
                raise NotRead("stopped", "The program is stopping; the page was not asked for.")
            left = begun + patience - now
            # Fail at once where the pause alone is longer than the wait may be: a thread is not
            # held up for nothing.
            if left <= 0 or left < wait < inf:
                raise NotRead("busy", "Too much else is asked of this host just now.")
            self._changed.wait(min(wait, left))
            now = self._clock()
        entry = self._entry(host)
        entry.busy = True
        if first:
            entry.started = now
        return now - begun

    def _entry(self, host: str) -> _Host:
        if host not in self._hosts and len(self._hosts) >= _MAX_HOSTS:
            now = self._clock()
            self._hosts = {h: e for h, e in self._hosts.items() if e.wait(now, first=True) > 0}
        return self._hosts.setdefault(host, _Host(self._pause))
