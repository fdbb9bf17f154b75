"""How long to wait before a page or a host is asked again after it failed."""

from __future__ import annotations

from datetime import timedelta

_FIRST_FOR_PAGE = timedelta(hours=1)
_FIRST_FOR_HOST = timedelta(minutes=1)
_MAX_PAGE_DELAY = timedelta(days=7)
_MAX_HOST_DELAY = timedelta(days=1)
_MAX_REQUESTED_DELAY = timedelta(days=7)


def page_pause(failures: int) -> timedelta:
    """How long a page rests after this many failures in a row, at least one.

    An hour after the first, then four times as long each time, at most seven days.
    """
    return _grown(_FIRST_FOR_PAGE, 4, failures, _MAX_PAGE_DELAY)


def host_pause(failures: int, retry_after: float | None = None) -> timedelta:
    """How long a host rests after this many failures in a row, at least one.

    A minute after the first, then twice as long each time, at most a day; where the host said how
    many seconds to stay away (Retry-After, RFC 9110, section 10.2.3), no less than that, but never
    more than seven days.
    """
    pause = _grown(_FIRST_FOR_HOST, 2, failures, _MAX_HOST_DELAY)
    if retry_after is None:
        return pause
    return max(pause, min(timedelta(seconds=min(retry_after, 1e9)), _MAX_REQUESTED_DELAY))


def _grown(first: timedelta, factor: int, failures: int, longest: timedelta) -> timedelta:
    times = min(max(failures, 1) - 1, 12)  # by then every pause has long reached its longest
    grown: timedelta = first * factor**times
    return min(grown, longest)
