from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.values.backoff import host_pause, page_pause

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def test_a_page_rests_four_times_as_long_after_every_failure_up_to_a_week() -> None:
    hours = [page_pause(failures) / timedelta(hours=1) for failures in range(1, 7)]
    assert hours == [1, 4, 16, 64, 168, 168]


def test_a_host_rests_twice_as_long_after_every_failure_up_to_a_day() -> None:
    minutes = [host_pause(failures) / MINUTE for failures in (1, 2, 3, 11, 12, 13)]
    assert minutes == [1, 2, 4, 1024, 1440, 1440]


@pytest.mark.parametrize(
    ("asked", "pause"),
    [
        (0, MINUTE),
        (30, MINUTE),
        (600, 10 * MINUTE),
        (2 * 86_400, 2 * DAY),
        (8 * 86_400, 7 * DAY),
        (float("inf"), 7 * DAY),
    ],
)
def test_a_host_may_ask_to_be_left_alone_for_up_to_a_week(asked: float, pause: timedelta) -> None:
    assert host_pause(1, asked) == pause


def test_a_host_that_keeps_failing_is_left_alone_for_longer_than_it_asks() -> None:
    assert host_pause(99, 5) == DAY


@given(st.integers(1, 2**31 - 1), st.none() | st.floats(0, allow_nan=False))
def test_every_pause_is_bounded(failures: int, asked: float | None) -> None:
    assert timedelta(hours=1) <= page_pause(failures) <= 7 * DAY
    assert MINUTE <= host_pause(failures, asked) <= 7 * DAY
