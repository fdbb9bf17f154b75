from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from app.fetching.failures import NotRead
from app.fetching.pacing import Pacing


def starts(pacing: Pacing, host: str, count: int, *, busy: float = 0.0) -> list[float]:
    """When so many threads began, that all want the host at once."""

    def take(_: int) -> float:
        with pacing.turn(host, 10, first=True):
            now = time.monotonic()
            time.sleep(busy)
            return now

    with ThreadPoolExecutor(count) as threads:
        return sorted(threads.map(take, range(count)))


def test_fetches_from_one_host_start_a_pause_apart() -> None:
    opened = time.monotonic()

    began = starts(Pacing(0.1), "a.test", 4)

    assert all(start - opened >= 0.1 * before for before, start in enumerate(began))


def test_one_host_is_asked_one_thing_at_a_time() -> None:
    began = starts(Pacing(0.0), "a.test", 4, busy=0.05)

    assert all(later - earlier >= 0.05 for earlier, later in pairwise(began))


def test_hosts_do_not_wait_for_each_other() -> None:
    pacing = Pacing(10.0)
    begun = time.monotonic()

    for number in range(50):
        with pacing.turn(f"{number}.test", 1, first=True) as waited:
            assert waited < 3

    assert time.monotonic() - begun < 3


def test_further_requests_of_one_fetch_follow_without_a_pause() -> None:
    pacing = Pacing(10.0)
    with pacing.turn("a.test", 1, first=True):
        pass

    with pacing.turn("a.test", 1, first=False) as waited:
        assert waited < 3


def test_a_turn_that_is_sure_to_come_too_late_is_not_waited_for() -> None:
    pacing = Pacing(10.0)
    with pacing.turn("a.test", 1, first=True):
        pass
    begun = time.monotonic()

    with pytest.raises(NotRead) as refusal, pacing.turn("a.test", 5, first=True):
        pass

    assert refusal.value.rule == "busy"
    assert time.monotonic() - begun < 3


def test_nobody_waits_longer_than_their_patience_for_a_host_that_is_busy() -> None:
    pacing = Pacing(0.0)
    with pacing.turn("a.test", 1, first=True):
        begun = time.monotonic()
        with pytest.raises(NotRead) as refusal, pacing.turn("a.test", 0.1, first=True):
            pass

    assert refusal.value.rule == "busy"
    assert 0.1 <= time.monotonic() - begun < 3


def test_a_host_that_asks_for_more_time_is_given_it_but_never_less_than_the_pause() -> None:
    pacing = Pacing(0.1)
    pacing.slow_down("slow.test", 0.3)
    pacing.slow_down("fast.test", 0.0)

    slow, fast = starts(pacing, "slow.test", 2), starts(pacing, "fast.test", 2)

    assert slow[1] - slow[0] >= 0.3
    assert fast[1] - fast[0] >= 0.1


def test_a_turn_is_given_back_when_what_was_done_with_it_failed() -> None:
    pacing = Pacing(0.0)
    with pytest.raises(ZeroDivisionError), pacing.turn("a.test", 1, first=True):
        raise ZeroDivisionError

    with pacing.turn("a.test", 0.1, first=True) as waited:
        assert waited < 0.1


def test_whoever_waits_is_told_at_once_when_pacing_stops() -> None:
    pacing = Pacing(0.0)
    failures: list[str] = []

    def wait() -> None:
        try:
            with pacing.turn("a.test", 30, first=True):
                failures.append("none")
        except NotRead as failure:
            failures.append(failure.rule)

    with pacing.turn("a.test", 1, first=True):
        waiting = threading.Thread(target=wait)
        waiting.start()
        pacing.stop()
        waiting.join(5)

    assert failures == ["stopped"]
    with pytest.raises(NotRead), pacing.turn("b.test", 1, first=True):
        pass


def test_hosts_that_need_no_more_pause_are_forgotten() -> None:
    now = 0.0
    pacing = Pacing(1.0, lambda: now)
    for number in range(3000):
        now += 0.01
        with pacing.turn(f"{number}.test", 1, first=True):
            pass

    assert len(pacing._hosts) <= 1000
