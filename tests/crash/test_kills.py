"""Servers, workers and loads are killed under load: nothing acknowledged is lost or half-done."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crash.rounds import VICTIMS, run_rounds


def test_a_kill_of_each_process_loses_nothing(blank_url: str, tmp_path: Path) -> None:
    report = run_rounds(blank_url, tmp_path, len(VICTIMS), seed=1)
    assert report.faults == []
    assert report.kills == len(VICTIMS)
    assert report.writes > len(VICTIMS)


@pytest.mark.long
def test_fifty_kills_lose_nothing(blank_url: str, tmp_path: Path) -> None:
    assert run_rounds(blank_url, tmp_path, 50, seed=2).faults == []
