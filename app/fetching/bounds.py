"""How long and how much the requests of one fetch may still take."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from app.domain.following import FetchRule
from app.fetching.failures import NotRead, timed_out

MOST_HEAD_BYTES = 128 * 1024
"""Of one answer's status line and headers, informational answers before it included."""


class Bounds:
    """The seconds that a fetch has left, and the bytes that the present answer has left.

    The clock runs only `while running()`: waiting for a turn at a host costs nothing. For use by
    one thread.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end: float | None = None
        self._bytes = 0
        self._rule: FetchRule = "too-large"

    @contextmanager
    def running(self) -> Iterator[None]:
        """Let the clock run."""
        self._end = monotonic() + self._seconds
        try:
            yield
        finally:
            self._seconds = self._end - monotonic()
            self._end = None

    def seconds(self) -> float:
        """The seconds that are left, above 0; raises `NotRead` where none are."""
        left = self._seconds if self._end is None else self._end - monotonic()
        if left <= 0:
            raise timed_out()
        return left

    def expect(self, most: int, rule: FetchRule) -> None:
        """From now on, take at most so many bytes off the wire; more of them break the rule."""
        self._bytes, self._rule = most, rule

    def count(self, taken: int) -> None:
        """Note bytes that came off the wire; raises `NotRead` where they are too many."""
        self._bytes -= taken
        if self._bytes < 0:
            raise NotRead(self._rule, "The server sends more than is read of one answer.")
