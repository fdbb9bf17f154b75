"""Servers, workers and loads are killed under load: nothing acknowledged is lost or half-done."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crash.rounds import VICTIMS, run_rounds


def test_a_kill_of_each_process_loses_nothing(blank_url: str, tmp_path: Path) -> None:
    # Each process on SQLite, whose files it writes itself; those that answer on PostgreSQL.
    kills = len(VICTIMS) if blank_url.startswith("sqlite") else 2
    report = run_rounds(blank_url, tmp_path, kills, seed=1)
    assert report.faults == []
    assert report.kills == kills
    assert report.writes > kills


@pytest.mark.long
def test_fifty_kills_lose_nothing(blank_url: str, tmp_path: Path) -> None:
    assert run_rounds(blank_url, tmp_path, 50, seed=2).faults == []
