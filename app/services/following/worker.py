"""The worker: leases due pages and visits them in threads of one process until it is stopped."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import UTC, datetime, timedelta
from time import monotonic

from app.domain.values.backoff import page_pause
from app.services.following.page_context import known_pages, wanted_pages
from app.services.following.visit import Visit, VisitContext, Visited, persist, visit
from app.storage.contributing.quotes import bring_forward_pending, pending_mark
from app.storage.following.check_queue import (
    Lease,
    bring_forward,
    finish,
    lease,
    next_due,
    note_worker,
    plan,
)
from app.storage.revisions.log import head

THREADS = 16
# Longer than two fetches, the waits for their turns, and archives' answers take together.
LEASE_SECONDS = 300.0
# For each thread a page at work and one that waits, so that no thread waits for a lease.
_AHEAD = 2
_MAX_SLEEP = 5.0
_PLAN_EVERY = 1.0
_NOTE_EVERY = 60.0

Report = Callable[[Visited], None]
Complain = Callable[[str, BaseException], None]


class Worker:
    """Visits what is due until it is stopped."""

    def __init__(
        self,
        context: VisitContext,
        report: Report,
        complain: Complain,
        *,
        threads: int = THREADS,
        lease_seconds: float = LEASE_SECONDS,
    ) -> None:
        """`report` is called with every visit as it ends, `complain` where one broke off.

        A page that this worker holds when it is killed is free again after `lease_seconds`.
        """
        self._context = context
        self._report = report
        self._complain = complain
        self._threads = threads
        self._lease_seconds = lease_seconds
        self._name = f"{socket.gethostname()}-{os.getpid()}"
        self._stop = threading.Event()
        self._plan_again = 0.0
        self._note_again = 0.0
        self._planned_at: tuple[int, tuple[int, str]] | None = None
        self._running: dict[Future[Visit], Lease] = {}

    def stop(self) -> None:
        """Lease nothing more; running visits end or go back to the queue. Safe in a signal."""
        self._stop.set()
        self._context.fetcher.close()

    def run(self, *, once: bool = False) -> None:
        """Work until it is stopped, or with `once` until nothing is due any more."""
        with ThreadPoolExecutor(self._threads, thread_name_prefix="visit") as pool:
            while not self._stop.is_set():
                self._plan()
                self._lease_into(pool)
                if self._running:
                    self._collect()
                elif once and not self._is_due_soon():
                    break
                else:
                    self._stop.wait(self._until_due())
            while self._running:
                self._collect()

    def _plan(self) -> None:
        """Queue the pages of the record and of submissions, where these changed."""
        if monotonic() < self._plan_again:
            return
        self._plan_again = monotonic() + _PLAN_EVERY
        self._note_that_it_runs()
        with self._context.database.reading() as session:
            version = (head(session).number, pending_mark(session))
            # Only where something changed: this reads every document of the record.
            wanted = wanted_pages(session) if version != self._planned_at else None
        if wanted is not None:
            with self._context.database.writing() as session:
                now = datetime.now(UTC)
                plan(session, wanted, now)
                bring_forward(session, now)
                bring_forward_pending(session, now)
            self._planned_at = version

    def _note_that_it_runs(self) -> None:
        """Say once a minute that this worker runs: an operator is told where none does."""
        if monotonic() < self._note_again:
            return
        self._note_again = monotonic() + _NOTE_EVERY
        with self._context.database.writing() as session:
            note_worker(session, self._name, datetime.now(UTC))

    def _lease_into(self, pool: ThreadPoolExecutor) -> None:
        free = _AHEAD * self._threads - len(self._running)
        # Leasing for each thread that comes free would take as long as the visits themselves.
        if self._running and free < self._threads / 4:
            return
        with self._context.database.writing() as session:
            leases = lease(
                session, self._name, datetime.now(UTC), most=free, seconds=self._lease_seconds
            )
        if not leases:
            return
        with self._context.database.reading() as session:
            known = known_pages(session, [made.url for made in leases])
        for made in leases:
            self._running[pool.submit(visit, self._context, made, known[made.url])] = made

    def _collect(self) -> None:
        """Store what ended visits found; a page whose visit broke off is postponed."""
        done, _ = wait(self._running, timeout=_MAX_SLEEP, return_when=FIRST_COMPLETED)
        visits = []
        for future in done:
            made = self._running.pop(future)
            fault = future.exception()
            if fault is None:
                visits.append(future.result())
            else:
                self._postpone(made, fault)
        if visits:
            self._persist(visits)

    def _persist(self, visits: Sequence[Visit]) -> None:
        """Store visits in one transaction; where that fails, each in one of its own."""
        try:
            with self._context.database.writing() as session:
                stored = [persist(session, self._context, made) for made in visits]
                # Words may have been submitted while their page was read.
                bring_forward_pending(session, datetime.now(UTC))
        except Exception as fault:  # noqa: BLE001 - no page ends the work on the others
            if len(visits) == 1:
                self._postpone(visits[0].lease, fault)
            else:
                for made in visits:
                    self._persist([made])
            return
        for visited in stored:
            self._report(visited)

    def _postpone(self, made: Lease, fault: BaseException) -> None:
        """Let a page at which this program failed wait as one that failed itself would."""
        now = datetime.now(UTC)
        due = now + page_pause(made.failures + 1)
        with self._context.database.writing() as session:
            finish(session, made, now, due, failed=True, pause=self._context.pause)
        self._complain(made.url, fault)

    def _until_due(self) -> float:
        now = datetime.now(UTC)
        with self._context.database.reading() as session:
            due = next_due(session, now)
        return min(_MAX_SLEEP, (due - now).total_seconds()) if due else _MAX_SLEEP

    def _is_due_soon(self) -> bool:
        """Whether something is due once its host's pause between two requests is over."""
        now = datetime.now(UTC)
        with self._context.database.reading() as session:
            due = next_due(session, now)
        rest = timedelta(seconds=self._context.pause + 1)
        return due is not None and due <= now + rest
