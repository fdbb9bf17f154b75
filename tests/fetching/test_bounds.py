from __future__ import annotations

import time

import pytest

from app.fetching.bounds import Bounds
from app.fetching.failures import NotRead


def test_the_clock_runs_only_while_it_is_let() -> None:
    bounds = Bounds(10.0)
    time.sleep(0.05)
    before = bounds.seconds()
    with bounds.running():
        time.sleep(0.05)

    assert before == 10.0
    assert bounds.seconds() <= 9.95


def test_no_time_is_given_once_it_is_over() -> None:
    bounds = Bounds(0.01)
    with bounds.running():
        time.sleep(0.02)
        with pytest.raises(NotRead) as within:
            bounds.seconds()
    with pytest.raises(NotRead) as after:
        bounds.seconds()

    assert (within.value.rule, after.value.rule) == ("timeout", "timeout")


def test_bytes_beyond_the_bound_break_the_rule_that_was_named() -> None:
    bounds = Bounds(1.0)
    bounds.expect(10, "headers-too-large")
    bounds.count(10)

    with pytest.raises(NotRead) as refusal:
        bounds.count(1)

    assert refusal.value.rule == "headers-too-large"
