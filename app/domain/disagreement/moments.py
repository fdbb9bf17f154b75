"""When something was said, and of when it speaks, as seconds between which it lies.

Order counts only where it is certain: one thing is before another where its last second is before
the other's first. A bare day lasts from midnight to midnight at the dossier's zone.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from app.domain.values.dates import Day, EdtfDate, parse_date

Span = tuple[int | None, int | None]
"""The first and the last second, None where an end is open."""

_HOUR = 3_600
_DAY = 24 * _HOUR
# So far from a midnight two clocks, Moscow's and one at the place, may still mean that midnight.
_NEAR_MIDNIGHT = 3 * _HOUR


def is_before(left: Span, right: Span) -> bool:
    """Whether everything that may be meant on the left is before everything on the right."""
    return left[1] is not None and right[0] is not None and left[1] < right[0]


def meet(left: Span, right: Span) -> bool:
    """Whether some second may be meant by both."""
    return not (is_before(left, right) or is_before(right, left))


# Asked again and again, for the few moments at which anything was said.
@lru_cache(maxsize=8192)
def order_of(span: Span | None) -> tuple[float, float]:
    """What sorts by time: open and unknown beginnings first, open and unknown ends last."""
    first, last = span or (None, None)
    return (
        float("-inf") if first is None else first,
        float("inf") if last is None else last,
    )


def is_one_moment(left: EdtfDate, right: EdtfDate, zone: str) -> bool:
    """Whether two dates are one day, or one instant given in two zones."""
    if left.has_time != right.has_time:
        return False
    exact = left.is_one_day and right.is_one_day and not (left.qualifier or right.qualifier)
    return exact and left.instants(zone) == right.instants(zone)


def on_one_day(left: EdtfDate, right: EdtfDate, zone: str) -> bool:
    """Whether both are times of one civil day at the place."""
    if not (left.has_time and right.has_time):
        return False
    return _local(left, zone) // _DAY == _local(right, zone) // _DAY


def clock_apart(left: EdtfDate, right: EdtfDate, zone: str) -> bool:
    """Whether two clocks may account for the difference: a time near a midnight, the other across.

    The other is a time as near to the same midnight, or the whole day across it; one at least has
    no zone. Two bare days do not show that a midnight between them is meant.
    """
    if left.zone is not None and right.zone is not None:
        return False
    if left.has_time and right.has_time:
        one, other = sorted((_local(left, zone), _local(right, zone)))
        midnight = (one // _DAY + 1) * _DAY
        return one // _DAY != other // _DAY and (
            midnight - one <= _NEAR_MIDNIGHT and 0 <= other - midnight <= _NEAR_MIDNIGHT
        )
    if left.has_time and _is_bare_day(right):
        return _faces(_local(left, zone), _local(right, zone))
    if right.has_time and _is_bare_day(left):
        return _faces(_local(right, zone), _local(left, zone))
    return False


def _faces(time: int, day: int) -> bool:
    """Whether a time lies near a midnight across which a day lies, which begins at `day`."""
    if time < day:
        return day - time <= _NEAR_MIDNIGHT
    return time >= day + _DAY and time - (day + _DAY) <= _NEAR_MIDNIGHT


def _is_bare_day(date: EdtfDate) -> bool:
    return date.widened().is_one_day and not date.qualifier


def _local(date: EdtfDate, zone: str) -> int:
    """The first second of a date on the clock of the place."""
    first = date.instants(zone)[0]
    midnight = parse_date("0001-01-01").instants(zone)[0]
    if first is None or midnight is None:
        raise TypeError("A day and a time have a first second.")
    return first - midnight


def ended_by(moment: EdtfDate, said: EdtfDate | None) -> EdtfDate:
    """A moment whose open end is the day on which it was spoken of.

    Who says on the 12th that troops have been there since the 9th speaks of no day after the 12th.
    """
    open_ended = moment.is_interval and moment.latest is None
    return replace(moment, latest=said.latest) if open_ended and said else moment


def sure_days(moment: EdtfDate) -> tuple[Day | None, Day | None] | None:
    """The first and the last day of which a state stated for this moment surely speaks.

    Of a month that is none, as some part of it is meant; of an interval all from the latest that it
    may begin to the earliest that it may end.
    """
    if not moment.is_interval:
        exact = moment.is_one_day and moment.qualifier in ("", "?")
        return (moment.earliest, moment.latest) if exact else None
    start, end = moment.text.split("/")
    begins, ends = _end_of(start), _end_of(end)
    first = begins.latest if begins else None
    last = ends.earliest if ends else moment.latest
    return None if first and last and first > last else (first, last)


def surely_spoken_of(moment: EdtfDate, zone: str) -> Span | None:
    """The seconds of which a state stated for this moment surely speaks."""
    if moment.has_time:
        return moment.instants(zone)
    days = sure_days(moment)
    return (_from_day(days[0], zone), _to_day(days[1], zone)) if days else None


def count_as_of(moment: EdtfDate, zone: str) -> Span:
    """The seconds within which the moment of a count lies: as of a month is as of its last day."""
    if moment.has_time or moment.qualifier in ("~", "%"):
        return moment.instants(zone)
    end = moment.text.partition("/")[2]
    if end.endswith(("~", "%")):
        return parse_date(end).instants(zone)
    return _from_day(moment.latest, zone), _to_day(moment.latest, zone)


def _end_of(text: str) -> EdtfDate | None:
    return None if text in ("", "..") else parse_date(text).widened()


def _from_day(day: Day | None, zone: str) -> int | None:
    return parse_date(day.isoformat()).instants(zone)[0] if day else None


def _to_day(day: Day | None, zone: str) -> int | None:
    return parse_date(day.isoformat()).instants(zone)[1] if day else None
