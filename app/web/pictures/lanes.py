"""States over time: a lane a side, what it states of which days, and where two sides conflict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.domain.disagreement.comparison import OTHERS, Segment
from app.domain.disagreement.statements import Cited
from app.domain.disagreement.timeline import is_stated_in
from app.domain.records.claims import Claim
from app.domain.values.dates import Day, parse_date
from app.drawing.charts.calendar import DayScale, day_scale
from app.drawing.charts.placing import strip
from app.drawing.charts.plots import Bar, Item, Plot, Shade, Strip
from app.web.pictures.evidence import SideEvidence, label_of, marks_of
from app.web.pictures.ticks import day_ticks
from app.web.wording.answers import answer_inside, aside_in_words


class _Run(NamedTuple):
    """Segments without a break of which a side states an account, and how far it is carried."""

    number: int
    end: int
    first: str | None
    last: str | None
    carried: str | None


class _Lane(NamedTuple):
    """What one column says of one account: its speakers, or its publishers in their own voice."""

    column: str
    account: str
    is_own: bool

    def states(self, segment: Segment) -> bool:
        """Whether it is stated for the days of a segment."""
        lane = segment.lanes[self.column]
        return self.account in (lane.own_voice_stated if self.is_own else lane.stated)

    def carries(self, segment: Segment) -> bool:
        """Whether it is carried into the days of a segment."""
        lane = segment.lanes[self.column]
        return self.account in (lane.own_voice_carried if self.is_own else lane.carried)


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
    # By what it says: outlets that carry one statement are one answer.
    asides: dict[str, list[Cited]] = {}
    column = side.column.side
    for key, same in side.accounts.items():
        for group in [same] if column == OTHERS else _by_voice(same):
            lane = _Lane(column, key, is_own=column != OTHERS and not group[0].speakers)
            for run in _runs(segments, lane):
                stating = [
                    i for i in group if _is_stated(segments[run.number : run.end], i, column)
                ]
                marks = marks_of(stating, page, answer_inside(claim, same[0].account))
                if stating:
                    items.append(Item(label_of(claim, stating), "", _bar(run, scale), marks))
            for item in group:
                if not _is_stated(segments, item, column):
                    asides.setdefault(aside_in_words(claim, item, side.superseded), []).append(item)
    # Rows are filled in this order: by days, each account takes the first row that is free again.
    items.sort(key=lambda item: item.bar.low)
    shades = tuple(_shades(segments, column, scale))
    beside = [
        (words, marks_of(same, page, answer_inside(claim, same[0].account)))
        for words, same in asides.items()
    ]
    return strip(side.column, items, (*beside, *side.unanswered), shades)


def _by_voice(items: Sequence[Cited]) -> Iterator[list[Cited]]:
    """Speakers' statements apart from publishers' own voices, which are no part of their lane."""
    for own in (False, True):
        group = [item for item in items if (not item.speakers) is own]
        if group:
            yield group


def _is_stated(segments: Sequence[Segment], item: Cited, column: str) -> bool:
    return any(is_stated_in(segment, item, column) for segment in segments)


def _runs(segments: Sequence[Segment], lane: _Lane) -> Iterator[_Run]:
    """The stretches over which an account is stated, each with how far it is carried on."""
    stated = [lane.states(found) for found in segments]
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
        while after < len(segments) and lane.carries(segments[after]):
            after += 1
        carried = segments[after - 1].last if after - 1 > last else None
        yield _Run(number, last + 1, segments[number].first, segments[last].last, carried)
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
