"""How two answers relate to each other, and by which rule; first, whether they may be compared.

Every relation mirrors: what holds of a and b holds of b and a. Where the record cannot decide, the
relation says so: an order, a shared day or a part counts only where it is certain.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from app.domain.disagreement.moments import (
    Span,
    clock_apart,
    is_before,
    is_one_moment,
    meet,
    on_one_day,
)
from app.domain.records.answers import Answer, Choice, Dated, Described, Quantity, YesNo
from app.domain.values.dates import EdtfDate
from app.domain.values.hedges import Interval

RelationKind = Literal["same", "compatible", "conflict", "not-comparable"]
Rule = Literal[
    "equal-answers",
    "different-answers",
    "equal-intervals",
    "intervals-overlap",
    "rounding",
    "intervals-disjoint",
    "part-exceeds-whole",
    "later-count",
    "count-fell",
    "later-count-lower",
    "equal-dates",
    "dates-overlap",
    "one-day",
    "clock",
    "dates-disjoint",
    "equal-options",
    "option-includes",
    "option-unknown",
    "different-options",
    "same-description",
    "named-by-curator",
    "denial",
    "reports-differ",
    "unordered",
    "unit",
    "measure",
    "scope",
    "moment",
    "only-possible",
    "prose",
    "no-answer",
    "overruled",
]
GapKind = Literal["quantity", "hours", "days", "months", "years"]


# Gaps and relations are made by the thousand: a named tuple is as frozen as a frozen dataclass,
# and made in a third of the time.
class Gap(NamedTuple):
    """How far two answers lie apart, by the nearer ends as they were said.

    `ratio` is of the same two numbers. `by_table` says that an end is no number that anybody gave,
    but the bound that the table of hedges gives a word: the data hold it, no sentence names it.
    """

    kind: GapKind
    difference: Decimal
    ratio: Decimal | None = None
    by_table: bool = False


class Relation(NamedTuple):
    """A relation, the rule that gave it, and the gap of a conflict between numbers or dates.

    Of `not-comparable` the rule is the reason.
    """

    kind: RelationKind
    rule: Rule
    gap: Gap | None = None


class CountedAs(NamedTuple):
    """What a quantity counts, in words made alike, or ids of the dossier's lists."""

    unit: str
    measure: str
    scope: str


NOTHING_COUNTED = CountedAs("", "", "")


# Equal only to itself, as the versions of a comparison are, which are its subclass.
@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Stated:
    """An answer as it was stated: of what, as of when, and how surely.

    `spoken_of` are the seconds that the answer surely speaks of, None where it names no moment or
    only some part of a month. `as_of` are the seconds within which the moment of a count lies, None
    where that is not known. `names_moment` says whether any was named; `moment` is its text.
    """

    answer: Answer | None
    counted: CountedAs = NOTHING_COUNTED
    moment: EdtfDate | None = None
    spoken_of: Span | None = None
    as_of: Span | None = None
    is_only_possible: bool = False


Within = Callable[[str, str], bool]


def _within_nothing(_part: str, _whole: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Grounds:
    """On what grounds the answers to one claim are compared.

    `counting` is the claim's; `over_time` says that its answers are states that hold on days;
    `by_the_hour` that it asks for the hour. `zone` is the dossier's. `measure_within` and
    `scope_within` say whether one entry of the dossier's lists lies within another.
    """

    counting: Literal["cumulative", "once"] | None = None
    over_time: bool = False
    by_the_hour: bool = False
    zone: str = "+00:00"
    measure_within: Within = _within_nothing
    scope_within: Within = _within_nothing


_CENT = Decimal("0.01")
_MOMENT = Relation("not-comparable", "moment")


def relation(left: Stated, right: Stated, grounds: Grounds, *, one_root: bool = False) -> Relation:
    """How two affirmed answers to one claim relate, however sure they are. Symmetric and total.

    `one_root` says that both come from one origin, so that a later count updates an earlier.
    """
    match left.answer, right.answer:
        case YesNo() as a, YesNo() as b:
            return _at_moments(_yes_no(a, b), left, right, grounds)
        case Quantity() as a, Quantity() as b:
            return _quantities(left, right, a.interval, b.interval, grounds, one_root=one_root)
        case Dated() as a, Dated() as b:
            return _dates(a.date, b.date, grounds)
        case Choice() as a, Choice() as b:
            return _at_moments(_choices(a, b), left, right, grounds)
        case Described() as a, Described() as b:
            return _descriptions(a, b)
        case None, _:
            return Relation("not-comparable", "no-answer")
        case _, None:
            return Relation("not-comparable", "no-answer")
        case _:
            raise TypeError("Answers of two kinds are never in one claim.")


def named_alike(left: Stated, right: Stated) -> bool:
    """Whether both name one moment: in the same words, or days that both surely speak of."""
    if left.moment is None or right.moment is None:
        return left.moment is right.moment
    if left.moment.text == right.moment.text:
        return True
    return bool(left.spoken_of and right.spoken_of and meet(left.spoken_of, right.spoken_of))


def of_one_day(left: Stated, right: Stated) -> bool:
    """Whether two states are surely of one time."""
    if left.moment is None and right.moment is None:
        # A yes-no question names its day as a rule: without an `as_of` an answer is to the question
        # as asked (docs/decisions/2026-11-21-states-over-time.md). Who holds a village changes.
        return isinstance(left.answer, YesNo)
    return bool(left.spoken_of and right.spoken_of and meet(left.spoken_of, right.spoken_of))


def _at_moments(compared: Relation, left: Stated, right: Stated, grounds: Grounds) -> Relation:
    if grounds.over_time and not of_one_day(left, right):
        return _MOMENT
    return compared


def _yes_no(a: YesNo, b: YesNo) -> Relation:
    if a.yes == b.yes:
        return Relation("same", "equal-answers")
    return Relation("conflict", "different-answers")


def _choices(a: Choice, b: Choice) -> Relation:
    if a.option == b.option:
        return Relation("same", "equal-options")
    if a.option in b.includes or b.option in a.includes:
        return Relation("compatible", "option-includes")
    # Who says that it is not known who it was contradicts nobody who names one.
    if a.unknown or b.unknown:
        return Relation("compatible", "option-unknown")
    return Relation("conflict", "different-options")


def _descriptions(a: Described, b: Described) -> Relation:
    if a.account == b.account:
        return Relation("same", "same-description")
    if b.account in a.clashes or a.account in b.clashes:
        return Relation("conflict", "named-by-curator")
    # Two descriptions in prose can both be true; similarity of words decides nothing, so that only
    # a curator may name a clash.
    return Relation("not-comparable", "prose")


def _dates(a: EdtfDate, b: EdtfDate, grounds: Grounds) -> Relation:
    if a.text == b.text or is_one_moment(a, b, grounds.zone):
        return Relation("same", "equal-dates")
    if meet(a.instants(grounds.zone), b.instants(grounds.zone)):
        return Relation("compatible", "dates-overlap")
    if not grounds.by_the_hour and on_one_day(a, b, grounds.zone):
        return Relation("compatible", "one-day")
    # Two days in a row conflict: that one midnight is meant is for a curator to say, unless a time
    # near that midnight says it (docs/decisions/2026-11-21-days-in-a-row.md).
    if clock_apart(a, b, grounds.zone):
        return Relation("compatible", "clock")
    return Relation("conflict", "dates-disjoint", _gap_of_dates(a, b, grounds.zone))


def _gap_of_dates(a: EdtfDate, b: EdtfDate, zone: str) -> Gap:
    earlier, later = (a, b) if is_before(a.instants(zone), b.instants(zone)) else (b, a)
    if a.has_time and b.has_time:
        seconds = Decimal((later.instants(zone)[0] or 0) - (earlier.instants(zone)[1] or 0))
        return Gap("hours", max((seconds / 3600).quantize(_CENT), _CENT).normalize())
    last, first = earlier.latest, later.earliest
    if last is None or first is None:
        raise TypeError("Dates that lie apart have an end between them.")
    units = {a.unit, b.unit}
    if units == {"year"}:
        return Gap("years", Decimal(first.year - last.year))
    if units <= {"year", "month"}:
        return Gap("months", Decimal(12 * (first.year - last.year) + first.month - last.month))
    # A time with a zone of its own may be of another day at the place than it is written with.
    return Gap("days", Decimal(max(first.ordinal - last.ordinal, 1)))


def counted_apart(a: CountedAs, b: CountedAs) -> Rule | None:
    """Why two quantities do not count the same thing; None where they do."""
    if a.unit != b.unit:
        return "unit"
    if a.measure != b.measure:
        return "measure"
    return "scope" if a.scope != b.scope else None


def _quantities(
    left: Stated, right: Stated, a: Interval, b: Interval, grounds: Grounds, *, one_root: bool
) -> Relation:
    # What is counted, first: figures of killed and of wounded are not compared, whatever they are.
    apart = counted_apart(left.counted, right.counted)
    if apart:
        return _part_and_whole(left, right, a, b, grounds) or Relation("not-comparable", apart)
    if grounds.counting == "once":
        return _intervals(a, b)
    if grounds.counting is None:
        # What is neither a growing count nor counted once (troops present) varies from day to day.
        return _intervals(a, b) if named_alike(left, right) else _if_they_overlap(a, b)
    return _growing_counts(left, right, a, b, one_root=one_root)


def _part_and_whole(
    left: Stated, right: Stated, a: Interval, b: Interval, grounds: Grounds
) -> Relation | None:
    """The conflict of a part that surely exceeds its whole; None where there is none."""
    if is_part(left.counted, right.counted, grounds):
        exceeds = counted_no_later(left, right, grounds.counting) and b.below(a)
        return Relation("conflict", "part-exceeds-whole", gap_between(b, a)) if exceeds else None
    if is_part(right.counted, left.counted, grounds):
        exceeds = counted_no_later(right, left, grounds.counting) and a.below(b)
        return Relation("conflict", "part-exceeds-whole", gap_between(a, b)) if exceeds else None
    return None


def is_part(part: CountedAs, whole: CountedAs, grounds: Grounds) -> bool:
    """Whether one counts a part of what the other counts, by the dossier's lists alone."""
    return (
        part != whole
        and part.unit == whole.unit
        and (part.measure == whole.measure or grounds.measure_within(part.measure, whole.measure))
        and (part.scope == whole.scope or grounds.scope_within(part.scope, whole.scope))
    )


def counted_no_later(
    part: Stated, whole: Stated, counting: Literal["cumulative", "once"] | None
) -> bool:
    """Whether a part was surely counted no later than its whole, or at the very moment."""
    if counting == "once":
        return True
    if counting is None:
        return named_alike(part, whole)
    if part.as_of is None or whole.as_of is None:
        return False
    return is_before(part.as_of, whole.as_of) or _as_of_one(part, whole)


def _intervals(a: Interval, b: Interval) -> Relation:
    if a.below(b):
        return Relation("conflict", "intervals-disjoint", gap_between(a, b))
    if b.below(a):
        return Relation("conflict", "intervals-disjoint", gap_between(b, a))
    if a.same_numbers(b):
        return Relation("same", "equal-intervals")
    if a.touches(b):
        return Relation("compatible", "rounding")
    return Relation("compatible", "intervals-overlap")


def _if_they_overlap(a: Interval, b: Interval) -> Relation:
    if a.overlaps(b) or a.touches(b):
        return Relation("compatible", "intervals-overlap")
    return _MOMENT


_DAY = 86_400  # seconds
_DAYS = {"hours": 1 / 24, "months": 30.4, "years": 365.2}


def _growing_counts(
    left: Stated, right: Stated, a: Interval, b: Interval, *, one_root: bool
) -> Relation:
    """A count of a toll that grows, against another of the same or another moment."""
    at, bt = left.as_of, right.as_of
    if at and bt and is_before(at, bt):
        return _earlier_and_later(a, b, one_root=one_root)
    if at and bt and is_before(bt, at):
        return _earlier_and_later(b, a, one_root=one_root)
    # Else either may be the earlier: a higher count can be a later one, so that only overlap is
    # certain.
    return _intervals(a, b) if _as_of_one(left, right) else _if_they_overlap(a, b)


def _as_of_one(left: Stated, right: Stated) -> bool:
    """Whether two counts are of one moment: of one day, or as of what both name alike."""
    at, bt = left.as_of, right.as_of
    if at is None or bt is None:
        return False
    # Two that were given “in October” are not: each is as of some day of it.
    one_day = max(_end(at[1]), _end(bt[1])) - min(_start(at[0]), _start(bt[0])) < _DAY
    return one_day or bool(left.moment and right.moment and left.moment.text == right.moment.text)


def length(gap: Gap) -> tuple[object, ...]:
    """What gaps are compared by; those of dates in days about, whatever each is counted in."""
    # The rest decides between gaps that are as wide, whichever was found first.
    about = float(gap.difference) * _DAYS.get(gap.kind, 1)
    return about, gap.kind, gap.ratio or Decimal(0), gap.by_table


def _start(instant: int | None) -> float:
    return float("-inf") if instant is None else instant


def _end(instant: int | None) -> float:
    return float("inf") if instant is None else instant


def _earlier_and_later(earlier: Interval, later: Interval, *, one_root: bool) -> Relation:
    # A toll does not fall. That it rose is an update by one who counts on; another's higher count
    # later says nothing of what they would have said earlier.
    if later.below(earlier):
        rule: Rule = "count-fell" if one_root else "later-count-lower"
        return Relation("conflict", rule, gap_between(later, earlier))
    if one_root:
        return Relation("compatible", "later-count")
    return _if_they_overlap(earlier, later)


def gap_between(lower: Interval, upper: Interval) -> Gap:
    """The gap between the nearer numbers as said: “about 2000” and “2300” are 300 apart."""
    near, far = lower.high_said, upper.low_said
    if near is not None and far is not None:
        return Gap("quantity", far - near, (far / near).quantize(_CENT) if near else None)
    if lower.high is None:
        raise TypeError("Intervals that lie apart have a bound between them.")
    return Gap("quantity", upper.low - lower.high, by_table=True)
