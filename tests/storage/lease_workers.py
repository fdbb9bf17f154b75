"""A worker on leased pages, in a process of its own, so that it can be killed."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from app.storage.database.engine import Database
from app.storage.following.check_queue import Lease, lease


def start_hanging(
    url: str, now: datetime, *, most: int, seconds: float
) -> tuple[BaseProcess, list[Lease]]:
    """A process that leases pages and then hangs, and its leases."""
    spawning = get_context("spawn")
    here, there = spawning.Pipe()
    process = spawning.Process(target=_lease_and_hang, args=(url, now, most, seconds, there))
    process.start()
    if not here.poll(60):
        process.kill()
        raise TimeoutError("the process leased nothing")
    return process, here.recv()


def _lease_and_hang(url: str, now: datetime, most: int, seconds: float, told: Connection) -> None:
    with closing(Database(url)) as database:
        with database.writing() as session:
            leases = lease(session, "hanging", now, most=most, seconds=seconds)
        told.send(leases)
        told.recv()
