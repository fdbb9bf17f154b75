"""How two answers relate to each other, and by which rule; first, whether they may be compared.

Every relation mirrors: what holds of a and b holds of b and a.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from app.domain.records.answers import Answer, Choice, Dated, Described, Quantity, YesNo
from app.domain.values.dates import EdtfDate, days_apart
from app.domain.values.hedges import Interval

RelationKind = Literal["same", "compatible", "conflict", "not-comparable"]
Rule = Literal[
    "equal-answers",
    "different-answers",
    "equal-intervals",
    "intervals-overlap",
    "rounding",
    "intervals-disjoint",
    "later-count",
    "count-fell",
    "later-count-lower",
    "equal-dates",
    "dates-overlap",
    "clock",
    "dates-disjoint",
    "equal-options",
    "option-includes",
    "different-options",
    "different-days",
    "same-description",
    "named-by-curator",
    "denial",
    "unit",
    "measure",
    "scope",
    "moment",
    "prose",
    "denials",
    "no-answer",
    "overruled",
]


# Gaps and relations are made by the thousand: a named tuple is as frozen as a frozen dataclass,
# and made in a third of the time.
class Gap(NamedTuple):
    """How far two answers lie apart: numbers (with the ratio of the nearer bounds) or days."""

    kind: Literal["quantity", "days"]
    difference: Decimal
    ratio: Decimal | None = None


class Relation(NamedTuple):
    """A relation, the rule that gave it, and the gap of a conflict between numbers or days.

    Of `not-comparable` the rule is the reason.
    """

    kind: RelationKind
    rule: Rule
    gap: Gap | None = None


# Equal only to itself, as the versions of a comparison are, which are its subclass.
@dataclass(frozen=True, slots=True, eq=False)
class Stated:
    """An answer with the day or interval that it speaks of, if it speaks of one.

    Only an answer, not None, can be compared.
    """

    answer: Answer | None
    moment: EdtfDate | None


@dataclass(frozen=True, slots=True)
class Grounds:
    """On what grounds two answers are compared.

    `counting` is the claim's; `over_time` says that its answers are states that hold on days;
    `one_origin` that both answers come from one root or one side, so that a later count updates.
    """

    counting: Literal["cumulative", "once"] | None = None
    over_time: bool = False
    one_origin: bool = False


_CENT = Decimal("0.01")


def relation(left: Stated, right: Stated, grounds: Grounds) -> Relation:
    """How two answers to one claim relate to each other. Symmetric and total."""
    match left.answer, right.answer:
        case YesNo() as a, YesNo() as b:
            return _yes_no(a, b, left.moment, right.moment)
        case Quantity() as a, Quantity() as b:
            return _quantities(a, b, left.moment, right.moment, grounds)
        case Dated() as a, Dated() as b:
            return _dates(a.date, b.date)
        case Choice() as a, Choice() as b:
            chosen = _choices(a, b)
            return _at_moments(chosen, left.moment, right.moment) if grounds.over_time else chosen
        case Described() as a, Described() as b:
            return _descriptions(a, b)
        case _:
            raise TypeError("Answers of two kinds are never in one claim.")


def _yes_no(a: YesNo, b: YesNo, at: EdtfDate | None, bt: EdtfDate | None) -> Relation:
    # A yes-no question as a rule names its day; without an `as_of` an answer is to the question as
    # asked (docs/decisions/2026-11-21-states-over-time.md).
    if at and bt and not at.overlaps(bt):
        return Relation("compatible", "different-days")
    if a.yes == b.yes:
        return Relation("same", "equal-answers")
    return Relation("conflict", "different-answers")


def _choices(a: Choice, b: Choice) -> Relation:
    if a.option == b.option:
        return Relation("same", "equal-options")
    if a.option in b.includes or b.option in a.includes:
        return Relation("compatible", "option-includes")
    return Relation("conflict", "different-options")


def _at_moments(compared: Relation, a: EdtfDate | None, b: EdtfDate | None) -> Relation:
    # Who held a village changes: without a day it cannot be known whether two speak of one state.
    if a is None or b is None:
        return Relation("not-comparable", "moment")
    return compared if a.overlaps(b) else Relation("compatible", "different-days")


def _descriptions(a: Described, b: Described) -> Relation:
    if a.account == b.account:
        return Relation("same", "same-description")
    if b.account in a.clashes or a.account in b.clashes:
        return Relation("conflict", "named-by-curator")
    # Two descriptions in prose can both be true; similarity of words decides nothing, so that only
    # a curator may name a clash.
    return Relation("not-comparable", "prose")


def _dates(a: EdtfDate, b: EdtfDate) -> Relation:
    if a.text == b.text:
        return Relation("same", "equal-dates")
    if a.overlaps(b):
        return Relation("compatible", "dates-overlap")
    apart = days_apart(a, b)
    # Two neighbouring days without zones can be one midnight on two clocks. A zone, or a span of
    # days, leaves no such doubt (docs/decisions/2026-11-21-days-in-a-row.md).
    single_days = a.is_one_day and b.is_one_day
    if apart == 1 and single_days and a.zone is None and b.zone is None:
        return Relation("compatible", "clock")
    return Relation("conflict", "dates-disjoint", Gap("days", Decimal(apart)))


def _quantities(
    a: Quantity, b: Quantity, at: EdtfDate | None, bt: EdtfDate | None, grounds: Grounds
) -> Relation:
    # Before any arithmetic: 100 killed and injured and 18 killed are no conflict of 100 to 18.
    # Without a unit, measure or scope of its own an answer has the claim's.
    if a.unit != b.unit:
        return Relation("not-comparable", "unit")
    if a.measure != b.measure:
        return Relation("not-comparable", "measure")
    if a.scope != b.scope:
        return Relation("not-comparable", "scope")
    if grounds.counting == "once" or at == bt or (at and bt and at.overlaps(bt)):
        return _intervals(a.interval, b.interval)
    # What is neither a growing count nor counted once (troops present) varies from day to day.
    if grounds.counting is None:
        one_moment = at is None or bt is None
        return (
            _intervals(a.interval, b.interval)
            if one_moment
            else Relation("not-comparable", "moment")
        )
    if at is None or bt is None:
        # Either may be the earlier: a higher count can be a later one, so that only overlap is
        # certain.
        return _counts_of_unknown_order(a.interval, b.interval)
    earlier, later = (a, b) if at.precedes(bt) else (b, a)
    return _growing_counts(earlier.interval, later.interval, one_origin=grounds.one_origin)


def _intervals(a: Interval, b: Interval) -> Relation:
    if a.below(b):
        return Relation("conflict", "intervals-disjoint", _gap(a, b))
    if b.below(a):
        return Relation("conflict", "intervals-disjoint", _gap(b, a))
    if a.same_numbers(b):
        return Relation("same", "equal-intervals")
    if a.touches(b):
        return Relation("compatible", "rounding")
    return Relation("compatible", "intervals-overlap")


def _counts_of_unknown_order(a: Interval, b: Interval) -> Relation:
    if a.overlaps(b) or a.touches(b):
        return Relation("compatible", "intervals-overlap")
    return Relation("not-comparable", "moment")


def _growing_counts(earlier: Interval, later: Interval, *, one_origin: bool) -> Relation:
    """A count of a toll that grows, against an earlier one."""
    # A toll does not fall. That it rose is an update by one who counts on; another's higher count
    # later says nothing of what they would have said earlier.
    if later.below(earlier):
        rule: Rule = "count-fell" if one_origin else "later-count-lower"
        return Relation("conflict", rule, _gap(later, earlier))
    if one_origin:
        return Relation("compatible", "later-count")
    if later.overlaps(earlier) or later.touches(earlier):
        return Relation("compatible", "intervals-overlap")
    return Relation("not-comparable", "moment")


def _gap(lower: Interval, upper: Interval) -> Gap:
    nearer_low, nearer_high = lower.high, upper.low
    if nearer_low is None:
        raise TypeError("Intervals that lie apart have a bound between them.")
    # “Dozens” has its bounds from our table: a ratio of them would be a figure that nobody gave.
    no_ratio = nearer_low == 0 or lower.high_said is None or upper.low_said is None
    ratio = None if no_ratio else (nearer_high / nearer_low).quantize(_CENT)
    return Gap("quantity", nearer_high - nearer_low, ratio)
