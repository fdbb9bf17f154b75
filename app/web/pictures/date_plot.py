"""Dates: when something is said to have happened, a strip a side, on one calendar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.answers import Dated, parse_answer
from app.domain.claims import Claim
from app.domain.dates import Day, EdtfDate
from app.web.pictures.calendar import DayScale, day_scale
from app.web.pictures.evidence import Said, label_of
from app.web.pictures.marks import marks_of
from app.web.pictures.placing import strip
from app.web.pictures.plots import Bar, Item, Plot
from app.web.pictures.ticks import day_ticks
from app.web.views.answers import short_answer


def date_plots(claim: Claim, said: Sequence[Said], page: str) -> tuple[Plot, ...]:
    """One plot for a claim about a date; none where no account names a day."""
    dates = {
        account.id: answer.date
        for account in claim.accounts
        if isinstance(answer := parse_answer(claim, account), Dated)
    }
    days = days_of(dates.values())
    if not days:
        return ()
    scale = day_scale(days)
    strips = []
    for side in said:
        items = [
            Item(
                words=label_of(claim, same),
                beside="",
                bar=bar_of(dates[key], scale),
                marks=marks_of(same, page, short_answer(claim, same[0].account)),
            )
            for key, same in side.accounts.items()
        ]
        strips.append(strip(side.column, items, side.unanswered))
    return (Plot("", tuple(strips), day_ticks(scale), ""),)


def days_of(dates: Iterable[EdtfDate]) -> list[Day]:
    """Every first and last day of some dates, as far as they have one."""
    return [day for date in dates for day in (date.earliest, date.latest) if day]


def bar_of(date: EdtfDate, scale: DayScale) -> Bar:
    """A date on its calendar: one day is a point, what is open runs to the end of the axis."""
    if date.is_one_day and date.earliest:
        noon = scale.middle(date.earliest)
        return Bar(noon, noon, named=noon)
    return Bar(
        low=scale.beginning(date.earliest) if date.earliest else 0.0,
        high=scale.end(date.latest) if date.latest else 100.0,
        open_low=date.earliest is None,
        open_high=date.latest is None,
    )
