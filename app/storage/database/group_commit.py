"""Group commit: the work of many threads that waits at the same time reaches the disk once.

A commit waits for the disk, for milliseconds on many disks, and on SQLite nobody else writes
meanwhile. The work that queues up in that time is done in one transaction after it. Measured in
docs/decisions/2026-11-22-many-at-once.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from contextvars import copy_context
from threading import Lock
from typing import Generic, TypeVar

from sqlalchemy.orm import Session

T = TypeVar("T")


class GroupCommit:
    """Does the work of many threads in as few transactions as they leave time for.

    One of the waiting threads leads: it does the work of all of them, and then makes one of those
    that came meanwhile the next leader. No thread of its own has to be started or stopped.
    """

    def __init__(self, writing: Callable[[], AbstractContextManager[Session]]) -> None:
        """Take what opens a transaction that is committed at its end, or undone on any error."""
        self._writing = writing
        self._guard = Lock()
        self._is_led = False
        self._queue: list[_Job[object]] = []

    @property
    def waiting(self) -> int:
        """How many jobs wait for the transaction after the present one."""
        return len(self._queue)

    def run(self, work: Callable[[Session], T]) -> T:
        """What the work returns, once it is committed; raises what it raises, and undoes it alone.

        It may run in another thread, in the context of this one, and a second time where the first
        was undone because of another's.
        """
        job: _Job[T] = _Job(work)
        with self._guard:
            self._queue.append(job)  # type: ignore[arg-type]
            leads, self._is_led = not self._is_led, True
        if not leads:
            job.wait()
        if not job.is_done:
            self._lead()
        return job.result()

    def _lead(self) -> None:
        """Do the work that waits, and wake its threads and the next leader."""
        with self._guard:
            batch, self._queue = self._queue, []
        self._commit(batch)
        with self._guard:
            next_leader = self._queue[:1]
            self._is_led = bool(next_leader)
        # Each thread sleeps on a lock of its own. With one lock for all, each woke the next:
        # 755 submissions a second instead of 964.
        for job in (*next_leader, *batch):
            job.wake()

    def _commit(self, batch: Sequence[_Job[object]]) -> None:
        try:
            if not self._done_at_once(batch):
                with self._writing() as session:
                    for job in batch:
                        job.run_apart(session)
        except BaseException as error:  # noqa: BLE001
            # What prevents the commit concerns every thread; each raises it.
            for job in batch:
                job.fail(error)

    def _done_at_once(self, batch: Sequence[_Job[object]]) -> bool:
        """Do all of the work; False, with everything undone, where one of several jobs raises.

        Savepoints would keep the work of the others, and cost as much as the work itself (478
        submissions a second with them from the start, 755 without): they are for the second try.
        """
        with self._writing() as session:
            for job in batch:
                try:
                    job.run(session)
                except Exception:
                    if len(batch) == 1:
                        raise
                    session.rollback()
                    return False
        return True


class _Job(Generic[T]):
    """The work of one thread, and its result."""

    def __init__(self, work: Callable[[Session], T]) -> None:
        self._work = work
        self._context = copy_context()
        self._returned: list[T] = []
        self._error: BaseException | None = None
        self._asleep = Lock()
        self._asleep.acquire()

    @property
    def is_done(self) -> bool:
        return bool(self._returned) or self._error is not None

    def wait(self) -> None:
        """Sleep until the work is done, or this thread is to lead."""
        self._asleep.acquire()

    def wake(self) -> None:
        """End the wait."""
        self._asleep.release()

    def run(self, session: Session) -> None:
        """Do the work; raises what it raises."""
        self._returned = [self._context.run(self._work, session)]

    def run_apart(self, session: Session) -> None:
        """Do the work; what it raises undoes nothing else in the transaction."""
        self._returned = []
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
        return self._returned[0]
