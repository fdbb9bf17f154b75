"""States over time: a lane a side, what it states of which days, and where two sides conflict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.domain.disagreement.comparison import OTHERS, Segment
from app.domain.records.claims import Account, Claim
from app.domain.values.dates import Day, parse_date
from app.drawing.charts.calendar import DayScale, day_scale
from app.drawing.charts.placing import strip
from app.drawing.charts.plots import Bar, Item, Mark, Plot, Shade, Strip
from app.web.pictures.evidence import SideEvidence, label_of, marks_of
from app.web.pictures.ticks import day_ticks
from app.web.wording.answers import short_answer
from app.web.wording.locale import gettext as _
from app.web.wording.numbers_and_dates import day_view


class _Run(NamedTuple):
    """Segments without a break of which a side states an account, and how far it is carried."""

    first: str | None
    last: str | None
    carried: str | None


def lane_plots(
    claim: Claim, segments: Sequence[Segment], sides: Sequence[SideEvidence], page: str
) -> tuple[Plot, ...]:
    """One plot for a claim about a state; none where no segment has a day."""
    days = [_day(text) for found in segments for text in (found.first, found.last) if text]
    if not days:
        return ()
    scale = day_scale(days)
    strips = [_lane(claim, segments, side, scale, page) for side in sides]
    return (Plot("", tuple(strips), day_ticks(scale), ""),)


def _lane(
    claim: Claim, segments: Sequence[Segment], side: SideEvidence, scale: DayScale, page: str
) -> Strip:
    items: list[Item] = []
    asides: list[tuple[str, tuple[Mark, ...]]] = []
    for key, same in side.accounts.items():
        words = label_of(claim, same)
        marks = marks_of(same, page, short_answer(claim, same[0].account))
        # An outlet's own voice is drawn with its side, but the engine counts it among the others.
        own = all(not item.speakers for item in same)
        runs = list(_runs(segments, OTHERS if own else side.column.side, key))
        items += [Item(words, "", _bar(run, scale), marks) for run in runs]
        if not runs:
            asides.append((_without_day(words, same[0].account), marks))
    # Rows are filled in this order: by days, each account takes the first row that is free again.
    items.sort(key=lambda item: item.bar.low)
    shades = tuple(_shades(segments, side.column.side, scale))
    return strip(side.column, items, (*asides, *side.unanswered), shades)


def _without_day(words: str, account: Account) -> str:
    """Why an account has no place on the calendar: no day is known, or it was superseded."""
    as_of = day_view(account.as_of)
    if as_of is None:
        return _("%(answer)s (no day given)") % {"answer": words}
    return _("%(answer)s (as of %(day)s)") % {"answer": words, "day": as_of.words}


def _runs(segments: Sequence[Segment], side: str, account: str) -> Iterator[_Run]:
    """The stretches over which a side states an account, each with how far it is carried on."""
    stated = [account in found.lanes[side].stated for found in segments]
    number = 0
    while number < len(segments):
        if not stated[number]:
            number += 1
            continue
        last = number
        # Nothing is stated of the days between two segments that do not adjoin: a single bar would
        # say so.
        while last + 1 < len(segments) and stated[last + 1] and _adjoin(segments, last):
            last += 1
        after = last + 1
        while after < len(segments) and account in segments[after].lanes[side].carried:
            after += 1
        carried = segments[after - 1].last if after - 1 > last else None
        yield _Run(segments[number].first, segments[last].last, carried)
        number = last + 1


def _adjoin(segments: Sequence[Segment], number: int) -> bool:
    last, first = segments[number].last, segments[number + 1].first
    return bool(last and first and _day(last).following() == _day(first))


def _bar(run: _Run, scale: DayScale) -> Bar:
    low = scale.beginning(_day(run.first)) if run.first else 0.0
    high = scale.end(_day(run.last)) if run.last else 100.0
    return Bar(
        low=low,
        high=high,
        open_low=run.first is None,
        open_high=run.last is None,
        carried=scale.end(_day(run.carried)) if run.carried else None,
        thick=True,
    )


def _shades(segments: Sequence[Segment], side: str, scale: DayScale) -> Iterator[Shade]:
    """The days on which this side conflicts with another."""
    for found in segments:
        # A clash of two other sides is shaded in their lanes alone.
        conflicts = any(
            pair.relation == "conflict" and side in (pair.left, pair.right)
            for pair in found.relations
        )
        if conflicts:
            low = scale.beginning(_day(found.first)) if found.first else 0.0
            high = scale.end(_day(found.last)) if found.last else 100.0
            yield Shade(low, round(high - low, 2))


def _day(text: str) -> Day:
    """The day that a segment's bound names."""
    day = parse_date(text).earliest
    if day is None:
        raise ValueError(f"“{text}” is no day.")
    return day
