from __future__ import annotations

import subprocess
import sys
import time

import pytest

from tests.fetching.hostile import ROBOTS, SERVERS, Hostile
from tests.fetching.servers import answer, fetcher, raw_server, site

DEADLINES = {"timeout": 0.3}
"""In seconds; long enough for whatever is not meant to run into it."""


@pytest.mark.parametrize("hostile", SERVERS, ids=lambda hostile: hostile.name)
def test_a_hostile_server_ends_in_a_state(hostile: Hostile) -> None:
    deadline = DEADLINES.get(str(hostile.rule), 10.0)
    with raw_server(hostile) as server, fetcher(server, deadline=deadline) as fetching:
        begun = time.monotonic()
        fetched = fetching.fetch("http://a.test/")
        took = time.monotonic() - begun

    assert (fetched.state, fetched.rule) == (hostile.state, hostile.rule)
    assert fetched.reason.endswith(".")
    assert server.connections == 1
    assert took < deadline + 2


@pytest.mark.parametrize("hostile", ROBOTS, ids=lambda hostile: hostile.name)
def test_a_hostile_robots_txt_ends_in_a_state(hostile: Hostile) -> None:
    deadline = DEADLINES.get(str(hostile.rule), 10.0)
    with (
        site({"/robots.txt": hostile, "/": answer("words")}) as server,
        fetcher(server, deadline=deadline, robots=True) as fetching,
    ):
        begun = time.monotonic()
        fetched = fetching.fetch("http://a.test/")
        took = time.monotonic() - begun

    assert (fetched.state, fetched.rule) == (hostile.state, hostile.rule)
    assert server.targets == (["/robots.txt", "/"] if hostile.rule is None else ["/robots.txt"])
    assert took < deadline + 2


def test_an_address_at_which_nobody_listens_is_unreachable() -> None:
    with site({}) as server:
        pass
    with fetcher(server) as fetching:
        fetched = fetching.fetch("http://a.test/")

    assert (fetched.state, fetched.rule) == ("unreachable", "connect")


def test_all_of_them_together_need_less_than_fifty_megabytes() -> None:
    """Measured in a process of its own, which asks every hostile server there is, one by one."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.fetching.memory"],
        capture_output=True,
        text=True,
        check=True,
        timeout=100,
    )

    assert 1 < float(done.stdout) < 50  # a page that is too large was held in part
