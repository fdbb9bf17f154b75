"""Quantities: a range plot, a strip a side, an axis for each thing that is counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from app.domain.disagreement.statements import Cited
from app.domain.records.answers import Dated, Quantity, parse_answer
from app.domain.records.claims import Account, Claim
from app.domain.records.registers import Dossier
from app.domain.values.dates import Day, EdtfDate
from app.domain.values.hedges import Interval, read_quantity
from app.drawing.charts.calendar import DayScale, day_scale
from app.drawing.charts.placing import strip
from app.drawing.charts.plots import Bar, Item, Plot
from app.drawing.charts.scales import NumberScale, number_scale
from app.web.pictures.evidence import SideEvidence, label_of, marks_of
from app.web.pictures.ticks import day_ticks, number_ticks, number_words
from app.web.wording.answers import answer_inside, counted
from app.web.wording.locale import gettext as _


class _Counted(NamedTuple):
    """What two numbers must share to be drawn on one axis."""

    unit: str | None
    measure: str | None
    scope: str | None


def range_plots(
    claim: Claim, dossier: Dossier, sides: Sequence[SideEvidence], page: str
) -> tuple[Plot, ...]:
    """A plot for each thing counted, in the order of the accounts.

    Numbers of different units, measures or scopes never share an axis. Where there are several,
    anyone who names no number is listed below them, without an axis.
    """
    # One axis says that its numbers can be compared. “18 killed” and “100 killed and injured”
    # cannot, and the engine does not compare them either.
    accounts: dict[_Counted, list[Account]] = {}
    for account in claim.accounts:
        answer = parse_answer(claim, account)
        if isinstance(answer, Quantity):
            key = _Counted(answer.unit, answer.measure, answer.scope)
            accounts.setdefault(key, []).append(account)
    if len(accounts) == 1:
        together = next(iter(accounts.values()))
        return (_plot(claim, dossier, together, sides, page, alone=True),)
    plots = [_plot(claim, dossier, same, sides, page, alone=False) for same in accounts.values()]
    # Once, below all plots: repeated in each, one silence would look like several.
    numberless = [
        strip(side.column, (), side.unanswered)
        for side in sides
        if side.unanswered or side.is_empty
    ]
    if plots and numberless:
        plots.append(Plot("", tuple(numberless), (), ""))
    return tuple(plots)


def quantity_bar(interval: Interval, text: str, scale: NumberScale) -> Bar:
    """A quantity on its axis; one without an upper bound runs to the end of it."""
    named = named_number(text)
    # “More than 60” does not mean 60: the mark at 60 is drawn hollow.
    left_out = named is not None and (
        (interval.low_open and named == interval.low)
        or (interval.high_open and named == interval.high)
    )
    return Bar(
        low=scale.at(interval.low),
        high=100.0 if interval.high is None else scale.at(interval.high),
        named=None if named is None else scale.at(named),
        left_out=left_out,
        open_high=interval.high is None,
    )


def named_number(text: str) -> Decimal | None:
    """The one number that a quantity names: 60 in “more than 60”, the best figure of a range.

    None for words, and for ranges without a best figure.
    """
    written = read_quantity(text)
    if written.best:
        return Decimal(written.best)
    return Decimal(written.numbers[0]) if len(written.numbers) == 1 else None


def _plot(
    claim: Claim,
    dossier: Dossier,
    accounts: Sequence[Account],
    sides: Sequence[SideEvidence],
    page: str,
    *,
    alone: bool,
) -> Plot:
    scale = _scale(claim, accounts)
    keys = {account.id for account in accounts}
    strips = []
    for side in sides:
        items = [
            _item(claim, same, beside, scale, page)
            for key in side.accounts
            if key in keys
            for beside, same in side.groups(key)
        ]
        if items or alone:
            strips.append(strip(side.column, items, side.unanswered if alone else ()))
    note = ""
    if scale.is_broken:
        start = number_words(scale.start)
        note = _("The axis begins at %(number)s, not at zero.") % {"number": start}
    return Plot(counted(claim, accounts[0], dossier), tuple(strips), number_ticks(scale), note)


def _scale(claim: Claim, accounts: Sequence[Account]) -> NumberScale:
    numbers: list[Decimal] = []
    for account in accounts:
        answer = parse_answer(claim, account)
        if isinstance(answer, Quantity):
            interval = answer.interval
            # What has no upper bound needs room to go on in.
            high = interval.low * Decimal("1.1") if interval.high is None else interval.high
            numbers += [interval.low, high]
    # The two dots of a range are no decimal point.
    whole = all("." not in (account.answer or "").replace("..", "") for account in accounts)
    return number_scale(numbers, whole=whole, from_zero=len(accounts) == 1)


def _item(claim: Claim, items: Sequence[Cited], beside: str, scale: NumberScale, page: str) -> Item:
    account = items[0].account
    answer = parse_answer(claim, account)
    if not isinstance(answer, Quantity):
        raise TypeError("Only quantities can be drawn in a range plot.")
    return Item(
        words=label_of(claim, items),
        beside=beside,
        bar=quantity_bar(answer.interval, account.answer or "", scale),
        marks=marks_of(items, page, answer_inside(claim, account)),
    )


def date_plots(claim: Claim, sides: Sequence[SideEvidence], page: str) -> tuple[Plot, ...]:
    """One plot for a claim about a date; none where no account names a day."""
    # “About 16 December” is drawn with room for what it may mean, and not as a point.
    dates = {
        account.id: answer.date.widened()
        for account in claim.accounts
        if isinstance(answer := parse_answer(claim, account), Dated)
    }
    days = days_of(dates.values())
    if not days:
        return ()
    scale = day_scale(days)
    strips = []
    for side in sides:
        items = [
            Item(
                words=label_of(claim, same),
                beside=beside,
                bar=date_bar(dates[key], scale),
                marks=marks_of(same, page, answer_inside(claim, same[0].account)),
            )
            for key in side.accounts
            for beside, same in side.groups(key)
        ]
        strips.append(strip(side.column, items, side.unanswered))
    return (Plot("", tuple(strips), day_ticks(scale), ""),)


def days_of(dates: Iterable[EdtfDate]) -> list[Day]:
    """Every first and last day of some dates, as far as they have one."""
    return [day for date in dates for day in (date.earliest, date.latest) if day]


def date_bar(date: EdtfDate, scale: DayScale) -> Bar:
    """A date on its calendar: one day is a point, what is open runs to the end of the axis."""
    # A point at noon: over few days, a bar from midnight to midnight would look like a span.
    if date.is_one_day and date.earliest:
        noon = scale.middle(date.earliest)
        return Bar(noon, noon, named=noon)
    return Bar(
        low=scale.beginning(date.earliest) if date.earliest else 0.0,
        high=scale.end(date.latest) if date.latest else 100.0,
        open_low=date.earliest is None,
        open_high=date.latest is None,
    )
