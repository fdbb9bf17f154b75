"""The course that one speaker's answers took: what stands now, since when, and what changed.

The latest statement counts. An undated one never supersedes a dated one, and reports of one
occasion stand at one time, so that neither supersedes the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from app.domain.dates import Day
from app.domain.disagreement.relations import Relation
from app.domain.disagreement.statements import Statement, Version

ShiftKind = Literal["update", "retraction", "clash"]
Compare = Callable[[Version, Version], Relation]


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

    affirmed: tuple[Statement, ...]
    denied: tuple[Statement, ...]
    since: dict[str, Day | None]
    shifts: tuple[Shift, ...]


def courses(statements: Iterable[Statement], compare: Compare, *, over_time: bool) -> list[Course]:
    """The courses of all speakers in a fixed order; evasive statements take no part."""
    groups: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.speaker and statement.stance in ("asserts", "denies"):
            groups[_course_key(statement, over_time=over_time)].append(statement)
    return [_follow(_steps(group), compare) for _, group in sorted(groups.items())]


def _course_key(statement: Statement, *, over_time: bool) -> tuple[str, ...]:
    account = statement.version.account
    speaker = statement.speaker.id if statement.speaker else ""
    moment = account.as_of or "" if over_time else ""
    return (speaker, account.unit or "", account.measure or "", account.scope or "", moment)


def _steps(group: Sequence[Statement]) -> list[list[Statement]]:
    """One speaker's statements by day; the undated ones only where nothing is dated."""
    occasions: dict[str, Day] = {}
    for statement in group:
        if statement.occasion and statement.day:
            known = occasions.get(statement.occasion, statement.day)
            occasions[statement.occasion] = max(known, statement.day)
    days: dict[Day, list[Statement]] = defaultdict(list)
    for statement in group:
        day = occasions.get(statement.occasion or "", statement.day)
        if day is not None:
            days[day].append(statement)
    return [days[day] for day in sorted(days)] or [list(group)]


def _follow(steps: Sequence[Sequence[Statement]], compare: Compare) -> Course:
    affirmed: dict[str, Statement] = {}
    denied: dict[str, Statement] = {}
    since: dict[str, Day | None] = {}
    changes: list[Shift] = []
    for step in steps:
        asserts = {s.version.account.id: s for s in step if s.stance == "asserts"}
        denies = {s.version.account.id: s for s in step if s.stance == "denies"}
        changes += _shifts(affirmed, denied, asserts, denies, compare)
        kept = asserts or {name: s for name, s in affirmed.items() if name not in denies}
        still_denied = {name: s for name, s in denied.items() if name not in asserts} | denies
        standing = kept.keys() | still_denied.keys()
        before = affirmed.keys() | denied.keys()
        unchanged = {n for n in standing & before if (n in affirmed) == (n in kept)}
        fresh = {**{n: s.day for n, s in denies.items()}, **{n: s.day for n, s in asserts.items()}}
        since = {name: since[name] if name in unchanged else fresh.get(name) for name in standing}
        affirmed, denied = kept, still_denied
    return Course(tuple(affirmed.values()), tuple(denied.values()), since, tuple(changes))


def _shifts(
    affirmed: dict[str, Statement],
    denied: dict[str, Statement],
    asserts: dict[str, Statement],
    denies: dict[str, Statement],
    compare: Compare,
) -> list[Shift]:
    taken_back = [(affirmed[n], denies[n]) for n in denies if n in affirmed and n not in asserts]
    taken_back += [(denied[name], asserts[name]) for name in asserts if name in denied]
    found = [Shift(earlier, later, "retraction") for earlier, later in taken_back]
    dropped = [s for name, s in affirmed.items() if name not in asserts]
    arrived = [s for name, s in asserts.items() if name not in affirmed and name not in denied]
    for earlier in dropped:
        for later in arrived:
            kind = _kind(earlier, later, compare)
            if kind:
                found.append(Shift(earlier, later, kind))
    return [shift for shift in found if _is_named(shift.later)]


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


def _is_named(statement: Statement) -> bool:
    return statement.speaker is not None and statement.speaker.standing != "unnamed"
