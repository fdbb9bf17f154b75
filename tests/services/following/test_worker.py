"""Several workers on one queue: each page is looked at once, whatever happens to one of them."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.storage import tables
from app.storage.database.engine import Database
from tests.fetching.servers import Asked
from tests.services.followed import Pages, Web, record_hosts, record_pages, serving_pages

ROBOTS = "/robots.txt"


def slowed(pages: Pages, seconds: float) -> Pages:
    """The same pages, each answered after a while."""

    def slow(whole: bytes) -> Callable[[socket.socket, Asked], None]:
        def respond(connection: socket.socket, _asked: Asked) -> None:
            time.sleep(seconds)
            connection.sendall(whole)

        return respond

    return {target: slow(whole) for target, whole in pages.items() if isinstance(whole, bytes)}


@contextmanager
def working(
    url: str, web: Web, folder: Path, *, lease_seconds: float = 300.0
) -> Iterator[subprocess.Popen[str]]:
    """A worker in a process of its own, ended with the context."""
    told = {
        "database": url,
        "folder": str(folder),
        "authority": str(web.authority_file(folder)),
        "lease_seconds": str(lease_seconds),
    }
    hosts = {name: list(place) for name, place in web.allowance.hosts.items()}
    order = json.dumps({"told": told, "hosts": hosts})
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.services.worker_process", order],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def until(found: Callable[[], bool], seconds: float = 90.0) -> None:
    end = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < end
        time.sleep(0.02)


def count(database: Database, what: Callable[[Session], int | None]) -> int:
    with database.reading() as session:
        return what(session) or 0


def looks(database: Database) -> int:
    return count(database, lambda s: s.scalar(select(func.count()).select_from(tables.page_checks)))


def held(database: Database) -> int:
    leased = select(func.count()).where(tables.hosts.c.lease.is_not(None))
    return count(database, lambda s: s.scalar(leased))


def test_a_killed_workers_pages_are_looked_at_by_the_other_and_once_more_at_most(
    example: Database, example_url: str, tmp_path: Path
) -> None:
    pages = record_pages()
    with serving_pages(slowed(pages, 0.6), record_hosts()) as web:
        with working(example_url, web, tmp_path, lease_seconds=3) as first:
            until(lambda: len([t for t in web.server.targets if t != ROBOTS]) >= 2)
            first.send_signal(signal.SIGKILL)
            first.wait()
            left = held(example)
        with working(example_url, web, tmp_path, lease_seconds=3) as second:
            until(lambda: looks(example) == len(pages))
            second.send_signal(signal.SIGTERM)
            assert second.wait(20) == 0
    asked = Counter(target for target in web.server.targets if target != ROBOTS)
    assert set(asked) == set(pages)
    assert max(asked.values()) <= 2
    assert sum(asked.values()) - len(pages) <= left
    assert held(example) == 0


def test_two_workers_share_the_queue_and_ask_for_each_page_once(
    example: Database, example_url: str, tmp_path: Path
) -> None:
    pages = record_pages()
    with (
        serving_pages(slowed(pages, 0.1), record_hosts()) as web,
        working(example_url, web, tmp_path) as first,
        working(example_url, web, tmp_path) as second,
    ):
        until(lambda: looks(example) == len(pages))
        for process in (first, second):
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0
        asked = Counter(target for target in web.server.targets if target != ROBOTS)
    assert asked == Counter(pages.keys())


def test_a_worker_that_is_told_to_stop_leaves_no_page_held(
    example: Database, example_url: str, tmp_path: Path
) -> None:
    with serving_pages(slowed(record_pages(), 1.0), record_hosts()) as web:
        with working(example_url, web, tmp_path) as worker:
            until(lambda: held(example) > 0 and len(web.server.targets) > 0)
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(20) == 0
        assert held(example) == 0
        assert looks(example) < len(record_pages())
