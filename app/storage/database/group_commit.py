"""Committing together: what many want written at the same time reaches the disk once.

A commit waits for the disk, for milliseconds on many, and on SQLite nobody else writes meanwhile.
What queues up in that time is written in one transaction after it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from contextvars import copy_context
from threading import Lock
from typing import Generic, TypeVar

from sqlalchemy.orm import Session

T = TypeVar("T")


class Together:
    """Does the work of many threads in as few transactions as they leave time for."""

    def __init__(self, writing: Callable[[], AbstractContextManager[Session]]) -> None:
        """Take what gives a transaction that is committed at its end, or undone on any error."""
        self._writing = writing
        self._guard = Lock()
        self._is_led = False
        self._waiting: list[_Job[object]] = []

    @property
    def waiting(self) -> int:
        """How many wait for the transaction after the one that is being written."""
        return len(self._waiting)

    def run(self, work: Callable[[Session], T]) -> T:
        """What the work returns, once it is committed; raises what it raises, and undoes it alone.

        It may run in another thread, in the context of this one, and a second time where the first
        was undone because of another's.
        """
        job: _Job[T] = _Job(work)
        with self._guard:
            self._waiting.append(job)  # type: ignore[arg-type]
            leads, self._is_led = not self._is_led, True
        if not leads:
            job.wait()
        if not job.is_done:
            self._lead()
        return job.result()

    def _lead(self) -> None:
        """Write what waits, and let one of those who came meanwhile write what waits then."""
        with self._guard:
            taken, self._waiting = self._waiting, []
        self._commit(taken)
        with self._guard:
            following = self._waiting[:1]
            self._is_led = bool(following)
        for job in (*following, *taken):
            job.wake()

    def _commit(self, jobs: Sequence[_Job[object]]) -> None:
        try:
            if not self._done_at_once(jobs):
                with self._writing() as session:
                    for job in jobs:
                        job.run_apart(session)
        except BaseException as error:  # noqa: BLE001
            # Whatever keeps the transaction from being committed is everybody's, who raises it.
            for job in jobs:
                job.fail(error)

    def _done_at_once(self, jobs: Sequence[_Job[object]]) -> bool:
        """Do all of it; False, and nothing is done, where one of several raises.

        Savepoints, which keep the others' work then, take as long as the work itself.
        """
        with self._writing() as session:
            for job in jobs:
                try:
                    job.run(session)
                except Exception:
                    if len(jobs) == 1:
                        raise
                    session.rollback()
                    return False
        return True


class _Job(Generic[T]):
    """Work of one thread, and what became of it."""

    def __init__(self, work: Callable[[Session], T]) -> None:
        self._work = work
        self._context = copy_context()
        self._made: list[T] = []
        self._error: BaseException | None = None
        self._asleep = Lock()
        self._asleep.acquire()

    @property
    def is_done(self) -> bool:
        return bool(self._made) or self._error is not None

    def wait(self) -> None:
        """Sleep until the work is done, or it is time to do it."""
        self._asleep.acquire()

    def wake(self) -> None:
        """Let who waits go on."""
        self._asleep.release()

    def run(self, session: Session) -> None:
        """Do the work; raises what it raises."""
        self._made = [self._context.run(self._work, session)]

    def run_apart(self, session: Session) -> None:
        """Do the work; what it raises undoes nothing else in the transaction."""
        self._made = []
        try:
            with session.begin_nested():
                self.run(session)
        except Exception as error:  # noqa: BLE001
            self.fail(error)

    def fail(self, error: BaseException) -> None:
        self._error = error

    def result(self) -> T:
        if self._error is not None:
            raise self._error
        return self._made[0]
