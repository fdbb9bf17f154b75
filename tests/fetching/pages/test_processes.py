from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.fetching.pages.processes import NoAnswer, Readers
from app.fetching.pages.reading import read_page
from app.fetching.pages.values import PageText
from tests.fetching.measured_pages import children

LONG_NEST = b"<div>" * 140_000  # half a minute of work


@contextmanager
def readers(*, uses: int = 100, large: int = 1_000_000, seconds: int = 1) -> Iterator[Readers]:
    made = Readers("html.py", uses=uses, large=large, room=40_000_000, seconds=seconds)
    try:
        yield made
    finally:
        made.close()


def test_one_process_reads_page_after_page() -> None:
    before = children()
    with readers() as html:
        assert html.ask(b"<p>one").text == "one\n"
        started = children() - before
        assert [html.ask(b"<p>two").text for _ in range(5)] == ["two\n"] * 5
        assert children() - before == started
        assert len(started) == 1


def test_a_process_is_replaced_after_its_uses_and_after_a_large_page() -> None:
    with readers(uses=2, large=1000) as html:
        before = children()
        html.ask(b"<p>one")
        assert len(children() - before) == 1
        html.ask(b"<p>two")
        assert children() == before
        html.ask(b"<p>" + b"x" * 1000)
        assert children() == before


def test_closing_ends_the_processes_and_the_next_page_starts_one_again() -> None:
    before = children()
    with readers() as html:
        html.ask(b"<p>one")
        html.close()
        assert children() == before
        assert html.ask(b"<p>two").text == "two\n"
    assert children() == before


def test_a_page_that_takes_too_long_is_given_up_and_the_next_is_read() -> None:
    with readers() as html:
        began = time.monotonic()
        with pytest.raises(NoAnswer):
            html.ask(LONG_NEST)
        assert time.monotonic() - began < 6
        assert html.ask(b"<p>two").text == "two\n"


def test_a_process_that_was_killed_while_it_waited_is_replaced() -> None:
    with readers() as html:
        before = children()
        html.ask(b"<p>one")
        (pid,) = children() - before
        os.kill(int(pid), signal.SIGKILL)
        os.waitid(os.P_PID, int(pid), os.WEXITED | os.WNOWAIT)
        assert html.ask(b"<p>two").text == "two\n"


def test_a_process_sees_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VARIORUM_DATABASE_URL", "postgresql://name:secret@example.org/")
    with readers() as html:
        before = children()
        html.ask(b"<p>one")
        (pid,) = children() - before
        assert b"VARIORUM" not in Path(f"/proc/{pid}/environ").read_bytes()


def test_many_threads_each_get_the_answer_to_their_own_page() -> None:
    texts: dict[int, str] = {}

    def ask(number: int) -> None:
        for _ in range(5):
            page = read_page(f"<p>page {number}".encode(), "text/html")
            assert isinstance(page, PageText)
            texts[number] = page.text

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == {number: f"page {number}\n" for number in range(16)}


ASKS_AND_WAITS = """
import time
from app.fetching.pages.reading import read_page
from tests.fetching.measured_pages import children
read_page(b"<p>one", None)
print(*children(), flush=True)
time.sleep(60)
"""


def test_a_process_does_not_outlive_the_one_that_asked() -> None:
    command = [sys.executable, "-c", ASKS_AND_WAITS]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as asking:
        assert asking.stdout is not None
        reader = Path("/proc", asking.stdout.readline().strip())
        assert reader.exists()
        asking.kill()
    until = time.monotonic() + 5
    while reader.exists() and time.monotonic() < until:
        time.sleep(0.01)
    assert not reader.exists()
