"""How one speaker's answers changed: what is current, since when, and what it replaced.

The latest statement counts. An undated one never supersedes a dated one, and reports of one
occasion belong to one time, so that neither supersedes the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from app.domain.disagreement.clashes import Compare
from app.domain.disagreement.statements import Bounds, Statement, bounds
from app.domain.values.dates import Day

ShiftKind = Literal["update", "retraction", "clash"]
ByAccount = dict[str, list[Statement]]


class Shift(NamedTuple):
    """A named speaker's change from one account to another."""

    earlier: Statement
    later: Statement
    kind: ShiftKind


class Histories(NamedTuple):
    """The current answers of some speakers: each one's for each scope (and moment of a state).

    `since` are the days from which current accounts have not changed, as far as they are known;
    shifts are in the order of speakers and days.
    """

    current: list[Statement]
    since: list[Day]
    shifts: list[Shift]


class Step(NamedTuple):
    """What one speaker affirms and denies on one day."""

    affirmed: ByAccount
    denied: ByAccount


# Who speaks, what is counted, and the moment of a state.
_Key = tuple[str, tuple[str, str, str], Bounds]


def histories(statements: Iterable[Statement], compare: Compare, *, over_time: bool) -> Histories:
    """The histories of all speakers in a fixed order; evasive statements take no part."""
    groups: dict[_Key, list[Statement]] = defaultdict(list)
    for statement in statements:
        # Evasive statements are left out: who later declines to comment has taken nothing back.
        if statement.speaker and not statement.is_evasive:
            groups[_history_key(statement, statement.speaker.id, over_time)].append(statement)
    found = Histories([], [], [])
    # Sorted, so that shifts come in one order whatever the order of citations.
    for key in sorted(groups):
        same = groups[key]
        # 402 of the 467 histories in the first dossier are one statement; they need no steps.
        if len(same) == 1:
            _take_only_statement(same[0], found)
        else:
            _follow(same, compare, found)
    return found


def _take_only_statement(statement: Statement, found: Histories) -> None:
    found.current.append(statement)
    if statement.day:
        found.since.append(statement.day)


def _history_key(statement: Statement, speaker: str, over_time: bool) -> _Key:
    version = statement.version
    # Killed and wounded, or a state on two days, are answers beside each other: neither is a change
    # of the other.
    return speaker, version.counted, bounds(version.moment if over_time else None)


def _steps(group: list[Statement]) -> list[Step]:
    """One speaker's statements by day; the undated ones only where nothing is dated."""
    occasions = _days_of_occasions(group)
    undated, days = Step({}, {}), dict[Day, Step]()
    for statement in group:
        # Two outlets may date one interview a day apart; as two steps the later report would take
        # the place of the earlier, and the speaker would seem to have changed.
        day = occasions.get(statement.occasion or "", statement.day)
        step = undated if day is None else days.setdefault(day, Step({}, {}))
        by_account = step.denied if statement.denies else step.affirmed
        by_account.setdefault(statement.version.account.id, []).append(statement)
    # What has no day may be older than anything that has one.
    return [days[day] for day in sorted(days)] or [undated]


def _days_of_occasions(group: Iterable[Statement]) -> dict[str, Day]:
    latest: dict[str, Day] = {}
    for statement in group:
        if statement.occasion and statement.day:
            known = latest.get(statement.occasion, statement.day)
            latest[statement.occasion] = max(known, statement.day)
    return latest


def _follow(group: list[Statement], compare: Compare, found: Histories) -> None:
    """Take what the statements of one speaker come to."""
    speaker = group[0].speaker
    # What somebody without a name says later is no shift: it may be somebody else.
    named = speaker is not None and speaker.standing != "unnamed"
    first, *later = _steps(group)
    history = [first]
    for step in later:
        now = history[-1]
        if named:
            found.shifts.extend(_shifts(now, step, compare))
        history.append(_after(now, step))
    now = history[-1]
    for same in (*now.affirmed.values(), *now.denied.values()):
        found.current.extend(same)
    days = [_unchanged_since(name, history) for name in {**now.affirmed, **now.denied}]
    found.since.extend(day for day in days if day)


def _after(now: Step, step: Step) -> Step:
    """What is current after a step: a new answer replaces all before it."""
    if step.affirmed and not now.denied:
        return step
    return Step(
        # A denial takes back what it names and nothing else; what was denied before stays denied
        # until it is affirmed.
        affirmed=step.affirmed or _without(now.affirmed, step.denied),
        denied=_without(now.denied, step.affirmed) | step.denied,
    )


def _without(groups: ByAccount, names: Collection[str]) -> ByAccount:
    return {name: group for name, group in groups.items() if name not in names}


def _unchanged_since(name: str, history: Sequence[Step]) -> Day | None:
    """The day from which an account has been affirmed, or denied, as it is at the end."""
    affirmed = name in history[-1].affirmed
    begun = history[-1]
    for step in reversed(history):
        appears = name in step.affirmed or name in step.denied
        if not appears or (name in step.affirmed) != affirmed:
            break
        begun = step
    group = begun.affirmed[name] if affirmed else begun.denied[name]
    return group[0].day


def _shifts(now: Step, step: Step, compare: Compare) -> Iterator[Shift]:
    """What the speaker took back, or gave up for something else."""
    for name, denied in step.denied.items():
        if name in now.affirmed and name not in step.affirmed:
            yield Shift(now.affirmed[name][0], denied[0], "retraction")
    for name, affirmed in step.affirmed.items():
        if name in now.denied:
            yield Shift(now.denied[name][0], affirmed[0], "retraction")
    # What is affirmed now and was denied before is a retraction already, and not also a change from
    # whatever else was said before.
    dropped = [group[0] for name, group in now.affirmed.items() if name not in step.affirmed]
    arrived = [
        group[0]
        for name, group in step.affirmed.items()
        if name not in now.affirmed and name not in now.denied
    ]
    for earlier in dropped:
        for later in arrived:
            kind = _kind(earlier, later, compare)
            if kind:
                yield Shift(earlier, later, kind)


def _kind(earlier: Statement, later: Statement, compare: Compare) -> ShiftKind | None:
    if later.denied == earlier.version.account.id:
        return "retraction"
    match compare(earlier.version, later.version).kind:
        case "conflict":
            return "clash"
        # Repeating an answer, or going on to what cannot be compared with it, changes nothing.
        case "compatible":
            return "update"
        case _:
            return None
