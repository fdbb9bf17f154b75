"""The lock of writers goes to the thread that has waited longest."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from threading import Thread

from sqlalchemy import text

from app.storage.database.engine import Database, FairLock


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_who_waits_longest_is_next() -> None:
    lock, came = FairLock(), list[int]()

    def wait(number: int) -> None:
        assert lock.acquire(10)
        came.append(number)

    assert lock.acquire(0)
    threads = [Thread(target=wait, args=(number,)) for number in range(5)]
    for number, thread in enumerate(threads):
        thread.start()
        until(lambda asked=number + 1: lock.waiting == asked)  # type: ignore[misc]
    for number in range(5):
        lock.release()  # for another thread
        until(lambda told=number + 1: len(came) == told)  # type: ignore[misc]
    assert came == [0, 1, 2, 3, 4]
    lock.release()
    assert lock.acquire(0)


def test_who_waits_too_long_goes_without_and_keeps_nobody_waiting() -> None:
    lock = FairLock()
    assert lock.acquire(0)
    assert not lock.acquire(0.01)
    assert lock.waiting == 0
    lock.release()
    assert lock.acquire(0)


def test_a_transaction_that_fails_ends_its_turn(database: Database) -> None:
    for _ in range(3):
        try:
            with database.writing() as session:
                session.execute(text("SELECT 1"))
                raise KeyError
        except KeyError:
            pass
    begun = time.monotonic()
    with database.writing() as session:
        session.execute(text("SELECT 1"))
    assert time.monotonic() - begun < 5


def test_one_that_waits_is_not_passed_by_those_who_come_after(database_url: str) -> None:
    """Writers that write again at once, as busy servers do, leave nobody behind."""
    written: dict[str, int] = dict.fromkeys("abcd", 0)

    def write(database: Database, name: str, ends: float) -> None:
        while time.monotonic() < ends:
            with database.writing() as session:
                session.execute(text("UPDATE checks_head SET number = number + 1"))
            written[name] += 1

    with closing(Database(database_url)) as database:
        ends = time.monotonic() + 1.5
        threads = [Thread(target=write, args=(database, name, ends)) for name in written]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert max(written.values()) - min(written.values()) < 0.5 * max(written.values())
