"""A lock that goes to the thread that has waited longest."""

from __future__ import annotations

from collections import deque
from threading import Lock


class FairLock:
    """Held by one thread at a time, and passed on in the order in which threads asked.

    A plain lock goes to the thread that asks at the right moment: of many waiting threads some wait
    very long. Another thread than the one that acquired it may release it.
    """

    def __init__(self) -> None:
        """Nobody holds it."""
        self._guard = Lock()
        self._queue: deque[Lock] = deque()
        self._is_held = False

    @property
    def waiting(self) -> int:
        """How many threads wait for it."""
        return len(self._queue)

    def acquire(self, seconds: float) -> bool:
        """Wait for the lock for so many seconds at most; False where it did not come."""
        with self._guard:
            if not self._is_held:
                self._is_held = True
                return True
            mine = Lock()
            mine.acquire()
            self._queue.append(mine)
        if mine.acquire(timeout=seconds):
            return True
        with self._guard:
            if mine in self._queue:
                self._queue.remove(mine)
                return False
        # Released to this thread between the end of its wait and the guard: it holds the lock.
        return True

    def release(self) -> None:
        """Pass the lock on to the thread that has waited longest, if one waits."""
        with self._guard:
            # It stays held while it changes hands, so that no newcomer gets in between.
            if self._queue:
                self._queue.popleft().release()
            else:
                self._is_held = False
