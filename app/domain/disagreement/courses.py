"""The course that one speaker's answers took: what stands now, since when, and what changed.

The latest statement counts. An undated one never supersedes a dated one, and reports of one
occasion stand at one time, so that neither supersedes the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from app.domain.dates import Day
from app.domain.disagreement.clashing import Compare
from app.domain.disagreement.statements import Bounds, Statement, bounds

ShiftKind = Literal["update", "retraction", "clash"]
ByAccount = dict[str, list[Statement]]


@dataclass(frozen=True, slots=True)
class Shift:
    """A named speaker's change from one account to another."""

    earlier: Statement
    later: Statement
    kind: ShiftKind


@dataclass(frozen=True, slots=True)
class Course:
    """What stands of one speaker's answers for one scope (and one moment of a state).

    `since` gives, for each account that stands, the day from which it has stood without change;
    None where it is undated.
    """

    standing: tuple[Statement, ...]
    since: tuple[Day | None, ...]
    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """What one speaker affirms and denies on one day."""

    affirmed: ByAccount
    denied: ByAccount


# Who speaks, what is counted, and the moment of a state.
_Key = tuple[str, str, str, str, Bounds]


def courses(statements: Iterable[Statement], compare: Compare, *, over_time: bool) -> list[Course]:
    """The courses of all speakers in a fixed order; evasive statements take no part."""
    groups: dict[_Key, list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.speaker and not statement.is_evasive:
            groups[_course_key(statement, statement.speaker.id, over_time)].append(statement)
    return [_follow(_steps(groups[key]), compare) for key in sorted(groups)]


def _course_key(statement: Statement, speaker: str, over_time: bool) -> _Key:
    account = statement.version.account
    moment = bounds(statement.version.moment if over_time else None)
    return (speaker, account.unit or "", account.measure or "", account.scope or "", moment)


def _steps(group: list[Statement]) -> list[Step]:
    """One speaker's statements by day; the undated ones only where nothing is dated."""
    if len(group) == 1:
        return [_step(group)]
    occasions = _days_of_occasions(group)
    days: dict[Day, list[Statement]] = defaultdict(list)
    for statement in group:
        day = occasions.get(statement.occasion or "", statement.day)
        if day is not None:
            days[day].append(statement)
    return [_step(days[day]) for day in sorted(days)] or [_step(group)]


def _days_of_occasions(group: Iterable[Statement]) -> dict[str, Day]:
    latest: dict[str, Day] = {}
    for statement in group:
        if statement.occasion and statement.day:
            known = latest.get(statement.occasion, statement.day)
            latest[statement.occasion] = max(known, statement.day)
    return latest


def _step(statements: Iterable[Statement]) -> Step:
    step = Step({}, {})
    for statement in statements:
        by_account = step.affirmed if statement.stance == "asserts" else step.denied
        by_account.setdefault(statement.version.account.id, []).append(statement)
    return step


def _follow(steps: Sequence[Step], compare: Compare) -> Course:
    now, *later = steps
    since = {name: g[0].day for name, g in {**now.denied, **now.affirmed}.items()}
    shifts: list[Shift] = []
    for step in later:
        shifts += _shifts(now, step, compare)
        after = _after(now, step)
        since = _since(since, now, after)
        now = after
    standing = (*now.affirmed.values(), *now.denied.values())
    return Course(
        standing=tuple(statement for group in standing for statement in group),
        since=tuple(since.values()),
        shifts=tuple(shifts),
    )


def _after(now: Step, step: Step) -> Step:
    """What stands after a step: a new answer takes the place of all before it."""
    kept = {name: group for name, group in now.affirmed.items() if name not in step.denied}
    still_denied = {name: g for name, g in now.denied.items() if name not in step.affirmed}
    return Step(step.affirmed or kept, {**still_denied, **step.denied})


def _since(since: dict[str, Day | None], now: Step, after: Step) -> dict[str, Day | None]:
    """An account that is affirmed (or denied) as before has stood from the day that it did."""
    return {
        name: since[name]
        if name in since and (name in now.affirmed) == (name in after.affirmed)
        else group[0].day
        for name, group in {**after.denied, **after.affirmed}.items()
    }


def _shifts(now: Step, step: Step, compare: Compare) -> Iterator[Shift]:
    """What a named speaker took back or gave up for something else."""
    for earlier, later, kind in _changes(now, step, compare):
        if kind and later.speaker and later.speaker.standing != "unnamed":
            yield Shift(earlier, later, kind)


def _changes(
    now: Step, step: Step, compare: Compare
) -> Iterator[tuple[Statement, Statement, ShiftKind | None]]:
    for name, (later, *_) in step.denied.items():
        if name in now.affirmed and name not in step.affirmed:
            yield now.affirmed[name][0], later, "retraction"
    for name, (later, *_) in step.affirmed.items():
        if name in now.denied:
            yield now.denied[name][0], later, "retraction"
    dropped = [group[0] for name, group in now.affirmed.items() if name not in step.affirmed]
    arrived = [
        group[0]
        for name, group in step.affirmed.items()
        if name not in now.affirmed and name not in now.denied
    ]
    for earlier in dropped:
        for later in arrived:
            yield earlier, later, _kind(earlier, later, compare)


def _kind(earlier: Statement, later: Statement, compare: Compare) -> ShiftKind | None:
    if later.denied == earlier.version.account.id:
        return "retraction"
    match compare(earlier.version, later.version).kind:
        case "conflict":
            return "clash"
        case "compatible":
            return "update"
        case _:
            return None
