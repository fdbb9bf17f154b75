"""What tests start in processes of their own; it imports little, so that they start quickly."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier

from app.storage.database.engine import Database
from app.storage.database.schema import migrate
from app.storage.registers.save import save_entry
from app.storage.revisions.log import append

AT_ONCE = 3


def run_at_once(task: str, url: str) -> list[int | None]:
    """Start a task in several processes at the same moment; their exit codes."""
    spawning = get_context("spawn")
    together = spawning.Barrier(AT_ONCE)
    tasks = [
        spawning.Process(target=_wait_and_run, args=(task, url, together)) for _ in range(AT_ONCE)
    ]
    for process in tasks:
        process.start()
    for process in tasks:
        process.join(60)
    return [process.exitcode for process in tasks]


def write_a_lot(database: Database) -> None:
    """Twenty times what loses updates under the driver's own transactions: read, then write."""
    source = {"author": "a writer", "origin": "api", "reason": "To collide."}
    for turn in range(20):
        body = {"id": "north", "name": f"version {turn}"}
        with database.writing() as session:
            made = append(session, "side", "north", body, at=datetime.now(UTC), **source)
            save_entry(session, "side", body, revision=made)


def _wait_and_run(task: str, url: str, together: Barrier) -> None:
    together.wait(60)
    with closing(Database(url)) as database:
        {"migrate": migrate, "write a lot": write_a_lot}[task](database)
