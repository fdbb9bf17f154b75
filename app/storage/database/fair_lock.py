"""Taking turns: one at a time, in the order in which they came."""

from __future__ import annotations

from collections import deque
from threading import Lock


class Turns:
    """What one thread has at a time, and the one that waits longest has next.

    A plain lock goes to whoever asks in the right moment, so that of many that wait some wait very
    long. A turn may be given up by another thread than the one that took it.
    """

    def __init__(self) -> None:
        """Nobody has the turn."""
        self._guard = Lock()
        self._waiting: deque[Lock] = deque()
        self._is_taken = False

    @property
    def waiting(self) -> int:
        """How many wait for the turn."""
        return len(self._waiting)

    def take(self, seconds: float) -> bool:
        """Wait for the turn at most so long; False where it did not come."""
        with self._guard:
            if not self._is_taken:
                self._is_taken = True
                return True
            mine = Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=seconds):
            return True
        with self._guard:
            if mine in self._waiting:
                self._waiting.remove(mine)
                return False
        return True  # it came in the last moment

    def give_up(self) -> None:
        """End the turn, which whoever waits longest has from here on."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False
