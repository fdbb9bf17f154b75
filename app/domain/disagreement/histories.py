"""How one speaker's answers changed: what is current, since when, and what it replaced.

One statement replaces another only where it was surely made later (a growing count: is surely as of
a later moment). Where the record cannot tell, both are current, and nothing is a change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations, product
from typing import Literal, NamedTuple

from app.domain.disagreement.clashes import Alternatives, Held, held_by, utterances
from app.domain.disagreement.judge import Judge
from app.domain.disagreement.moments import is_before, order_of, sure_days
from app.domain.disagreement.relations import Relation
from app.domain.disagreement.statements import Statement, was_said_before
from app.domain.records.answers import Quantity
from app.domain.values.dates import EdtfDate

ShiftKind = Literal["update", "retraction", "clash"]
# Of when a statement is, and when it was made, as they are sorted.
_Time = tuple[tuple[float, float], tuple[float, float]]


class Shift(NamedTuple):
    """A named speaker's change from one account to another."""

    earlier: Statement
    later: Statement
    kind: ShiftKind


class Unordered(NamedTuple):
    """Two statements of one speaker that clash, and whose order is not known."""

    one: Statement
    other: Statement
    relation: Relation


class Histories:
    """The current answers of some speakers: each one's for each measure, scope and state's moment.

    `since` are the statements from which on current accounts have been held without a change;
    shifts are in the order of speakers and times.
    """

    def __init__(self) -> None:
        self.current: list[Statement] = []
        self.alternatives: list[Alternatives] = []
        self.since: list[Statement] = []
        self.shifts: list[Shift] = []
        self.unordered: list[Unordered] = []

    def held(self, also: Iterable[Statement] = ()) -> Held:
        """What these speakers say now, and further statements that each stand on their own."""
        return held_by([*self.current, *also], self.alternatives)


# Who speaks, what is counted, and the moment of a state.
_Key = tuple[str, tuple[str, str, str], str]


def histories(statements: Iterable[Statement], judge: Judge) -> Histories:
    """The histories of all speakers in a fixed order; evasive statements take no part.

    Nor do the editors' own readings: no position rests on them.
    """
    groups: dict[_Key, list[Statement]] = defaultdict(list)
    for statement in statements:
        # Evasive statements are left out: who later declines to comment has taken nothing back.
        if statement.speaker and not statement.is_evasive and not statement.is_reading:
            groups[_history_key(statement, statement.speaker.id, judge)].append(statement)
    found = Histories()
    # Sorted, so that shifts come in one order whatever the order of citations.
    for key in sorted(groups):
        same = groups[key]
        # 402 of the 467 histories in the first dossier are one statement; they need no steps.
        if len(same) == 1:
            found.current.append(same[0])
            found.since.append(same[0])
        else:
            _follow(same, judge, found)
    return found


def _history_key(statement: Statement, speaker: str, judge: Judge) -> _Key:
    version = statement.version
    # Killed and wounded, or a state on two days, are answers beside each other: neither is a change
    # of the other.
    moment = _day_or_text(version.moment) if judge.grounds.over_time and version.moment else ""
    return speaker, version.counted, moment


def _day_or_text(moment: EdtfDate) -> str:
    """A moment by its text, or by its day where it is one, in whatever way that is written."""
    # Not by its days alone: who says “since the 9th” again a week later speaks of the same moment,
    # though the open end is another day by then.
    days = None if moment.has_time else sure_days(moment)
    one = days[0] if days and days[0] == days[1] else None
    return one.isoformat() if one else moment.text


def _follow(group: list[Statement], judge: Judge, found: Histories) -> None:
    """Take what the statements of one speaker come to."""
    own = [statement for statement in group if statement.reporter is None]
    dated = [statement for statement in own or group if statement.spoken]
    # What has no day may be older than anything that has one.
    same = dated or own or group
    since = {}
    if own:
        history = _History(judge)
        history.take(same)
        found.shifts += history.shifts
        current, since = history.current, history.since
    else:
        # What is known through others alone never replaces anything.
        current = same
    for statement in _settle(current, judge, found):
        found.since.append(since.get(_answer_of(statement), statement))


def _place(statement: Statement) -> tuple[object, ...]:
    return statement.version.place, statement.denies


def _answer_of(statement: Statement) -> tuple[int, bool]:
    return statement.version.answer_number, statement.denies


def _settle(current: Sequence[Statement], judge: Judge, found: Histories) -> list[Statement]:
    """Tell what counts by itself from statements of which only one can be meant.

    Gives all of these, without counts of a growing toll that are below another.
    """
    parents: dict[int, int] = {}
    apart: list[Unordered] = []
    for (i, one), (j, other) in combinations(enumerate(current), 2):
        relation = _own_relation(one, other, judge)
        if relation.kind == "conflict":
            apart.append(Unordered(one, other, relation))
            _join(parents, i, j)
        elif relation.kind == "compatible" and _of_one_occasion(one, other):
            _join(parents, i, j)
    if not parents:
        found.current += current
        return list(current)
    singles = [s for number, s in enumerate(current) if number not in parents]
    found.current += singles
    groups: dict[int, list[Statement]] = defaultdict(list)
    for number in parents:
        groups[_root(parents, number)].append(current[number])
    return [*singles, *chain(*(_settle_group(g, apart, judge, found) for g in groups.values()))]


def _settle_group(
    group: list[Statement], apart: Iterable[Unordered], judge: Judge, found: Histories
) -> list[Statement]:
    members = set(map(id, group))
    own = [
        pair
        for pair in apart
        if id(pair.one) in members and not _of_one_report(pair.one, pair.other)
    ]
    if not own:
        found.alternatives.append(Alternatives("reports-differ", tuple(group)))
        return group
    if judge.grounds.counting == "cumulative" and not any(s.denies for s in group):
        # Of a toll that grows the higher figure is the later one.
        highest = [s for s in group if not any(_is_below(s, other) for other in group)]
        found.current += highest
        return highest
    found.unordered += own
    found.alternatives.append(Alternatives("unordered", tuple(group)))
    return group


def _of_one_report(one: Statement, other: Statement) -> bool:
    """Whether a reporter may have erred, and not the speaker have said two things."""
    return bool(one.reporter and other.reporter) or _of_one_occasion(one, other)


def _of_one_occasion(one: Statement, other: Statement) -> bool:
    return not utterances([one]).isdisjoint(utterances([other]))


def _own_relation(one: Statement, other: Statement, judge: Judge) -> Relation:
    """How two statements of one speaker relate."""
    return judge.between(
        one.version, other.version, one.denies, other.denies, one_root=bool(one.roots & other.roots)
    )


def _is_below(one: Statement, other: Statement) -> bool:
    match one.version.answer, other.version.answer:
        case Quantity() as a, Quantity() as b:
            return a.interval.below(b.interval)
        case _:
            return False


def _root(parents: dict[int, int], number: int) -> int:
    while parents[number] != number:
        number = parents[number]
    return number


def _join(parents: dict[int, int], one: int, other: int) -> None:
    roots = [_root(parents, n) if n in parents else parents.setdefault(n, n) for n in (one, other)]
    parents[max(roots)] = min(roots)


class _History:
    """One speaker's statements in order of time, as far as it is known."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._grows = judge.grounds.counting == "cumulative"
        self.current: list[Statement] = []
        self.since: dict[tuple[int, bool], Statement] = {}
        self.shifts: list[Shift] = []

    def take(self, statements: Iterable[Statement]) -> None:
        """Take these statements one time after the other."""
        steps: dict[_Time, list[Statement]] = defaultdict(list)
        for statement in statements:
            at = order_of(self._counted_at(statement)), order_of(statement.spoken)
            steps[at].append(statement)
        for at in sorted(steps):
            self._take(sorted(steps[at], key=_place) if len(steps[at]) > 1 else steps[at])

    def _counted_at(self, statement: Statement) -> tuple[int | None, int | None] | None:
        # A growing count replaces another by its own moment: an old count that is given late is no
        # later count.
        return statement.version.as_of if self._grows and not statement.denies else statement.spoken

    def _precedes(self, one: Statement, other: Statement) -> bool:
        at, then = one.version.as_of, other.version.as_of
        if self._grows and at and then and not (one.denies or other.denies):
            if is_before(at, then):
                return True
            if is_before(then, at):
                return False
        return was_said_before(one, other)

    def _take(self, step: list[Statement]) -> None:
        if self._grows:
            # By an order of moments, what comes after may have been said before.
            step = [s for s in step if not any(self._replaces(b, s) for b in self.current)]
            if not step:
                return
        if step[0].speaker and step[0].speaker.standing != "unnamed":
            # What somebody without a name says later is no shift: it may be somebody else.
            self.shifts += self._changes(step)
        kept = [s for s in self.current if not any(self._replaces(new, s) for new in step)]
        self.current = [*kept, *step]
        held = set(map(_answer_of, self.current))
        self.since = {answer: s for answer, s in self.since.items() if answer in held}
        for statement in step:
            self.since.setdefault(_answer_of(statement), statement)

    def _replaces(self, later: Statement, earlier: Statement) -> bool:
        if not self._precedes(earlier, later):
            return False
        # A new answer replaces all before it. A denial takes back what it denies and nothing else;
        # what was denied stays denied until it is affirmed.
        if later.denies:
            # A denial that is only possible is one: it is the speaker's last word all the same.
            kind = self._judge.however_sure(
                earlier.version, later.version, earlier.denies, later.denies
            ).kind
            return kind == ("same" if earlier.denies else "conflict")
        return not earlier.denies or self._judge.excludes(earlier.version, later.version)

    def _own(self, one: Statement, other: Statement) -> Relation:
        return _own_relation(one, other, self._judge)

    def _changes(self, step: Sequence[Statement]) -> Iterator[Shift]:
        """What the speaker took back, or gave up for something else."""
        # By far the most steps: from one statement to one other.
        if len(self.current) == len(step) == 1:
            (earlier,), (later,) = self.current, step
            other = _answer_of(earlier) != _answer_of(later)
            kind = self._kind(earlier, later) if other and self._precedes(earlier, later) else None
            if kind:
                yield Shift(earlier, later, kind)
            return
        before = {id(s) for s in self.current if any(self._precedes(s, new) for new in step)}
        # What may have been said at the same time is not given up.
        still = {_answer_of(s) for s in (*step, *self.current) if id(s) not in before}
        had = {_answer_of(s) for s in self.current if id(s) in before}
        dropped = [s for s in self.current if id(s) in before and _answer_of(s) not in still]
        arrived = [s for s in step if _answer_of(s) not in had]
        pairs = product(_utterances_in(dropped), _utterances_in(arrived))
        found = [shift for shift in (self._change(*pair) for pair in pairs) if shift]
        # Affirming what was denied is a retraction, and not also a change from all else that was
        # said before.
        affirmed = {id(s.later) for s in found if s.kind == "retraction" and s.earlier.denies}
        seen: set[tuple[str, str]] = set()
        for shift in found:
            ends = shift.earlier.version.account.id, shift.later.version.account.id
            told = id(shift.later) in affirmed and not shift.earlier.denies
            if ends not in seen and not told:
                seen.add(ends)
                yield shift

    def _change(self, earlier: Sequence[Statement], later: Sequence[Statement]) -> Shift | None:
        """The change between two utterances; of differing reports the mildest counts."""
        kinds = [(one, other, self._kind(one, other)) for one, other in product(earlier, later)]
        mildest = min(kinds, key=lambda found: _MILDEST.index(found[2]))
        return Shift(mildest[0], mildest[1], mildest[2]) if mildest[2] else None

    def _kind(self, earlier: Statement, later: Statement) -> ShiftKind | None:
        if earlier.denies and later.denies:
            return None
        relation = self._own(earlier, later)
        if later.denied or earlier.denies or later.denies:
            if relation.kind == "conflict":
                return "retraction"
            # Who denied that anybody had died, and later counts the dead, takes nothing back.
            excluded = earlier.denies and self._judge.excludes(earlier.version, later.version)
            return "update" if excluded and relation.rule == "moment" else None
        match relation.kind:
            case "conflict":
                return "clash"
            # Repeating an answer, or going on to what cannot be compared with it, changes nothing.
            case "compatible":
                return "update"
            case _:
                return None


_MILDEST: tuple[ShiftKind | None, ...] = (None, "update", "retraction", "clash")


def _utterances_in(statements: Iterable[Statement]) -> Iterator[list[Statement]]:
    """Statements, those of one occasion together."""
    by_occasion: dict[object, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_occasion[statement.occasion or id(statement)].append(statement)
    return iter(by_occasion.values())


def earliest(since: Iterable[Statement]) -> EdtfDate | None:
    """The date of the statement that was surely over first; None where none is dated."""
    dated = [s for s in since if s.spoken]
    first = min(dated, key=lambda s: order_of(s.spoken)[::-1], default=None)
    return first.said if first else None
