"""States over time: who is said to hold what, day by day.

A statement is stated for its `as_of`; after it, it is carried until its speaker's next one. Only
what is stated for one day can conflict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise

from app.domain.disagreement.clashes import AccountSupport, Choice, Held
from app.domain.disagreement.comparison import OTHERS, Lane, Segment
from app.domain.disagreement.engine import Serializer, pair_relation
from app.domain.disagreement.findings import Findings, column_of, find
from app.domain.disagreement.histories import histories
from app.domain.disagreement.judge import is_about_a_state
from app.domain.disagreement.moments import ended_by, sure_days
from app.domain.disagreement.positions import SILENT, Pair, Position, pair
from app.domain.disagreement.statements import Cited, Statement
from app.domain.records.claims import Claim
from app.domain.records.registers import Dossier, Registers
from app.domain.values.dates import Day, parse_date

_FIRST, _LAST = Day(-(10**12), 1, 1), Day(10**12, 12, 31)


def timeline(
    claim: Claim, registers: Registers, dossier: Dossier, as_known_on: Day | None = None
) -> tuple[Segment, ...]:
    """A claim about a state, cut at every step, each segment with its own positions.

    Lanes are the compared sides and `others`; an own voice is in its publisher's (`findings`).
    Empty for a claim whose answers are no states, or of which no day is known.
    """
    # Asked of the claim alone: every claim page asks, and most claims are about no state.
    if not is_about_a_state(claim):
        return ()
    findings = find(claim, registers, dossier, as_known_on)
    lanes = {lane: _current(said, findings) for lane, said in _lanes(findings).items()}
    own = {lane: _current(said, findings) for lane, said in _own_voices(findings).items()}
    stated = [choice for said in (lanes, own) for choices in said.values() for choice in choices]
    return tuple(_segment(first, last, lanes, own, findings) for first, last in _cuts(stated))


def is_stated_in(segment: Segment, item: Cited, column: str) -> bool:
    """Whether a segment shows in this column, as stated, what a citation says.

    It does not where the days that are meant are not sure, or where the citation makes no lane.
    """
    days = _days_meant(item)
    if days is None or item.citation.stance != "asserts" or item.citation.reading:
        return False
    begins, ends = _day(segment.first) or _FIRST, _day(segment.last) or _LAST
    if not (days[0] or _FIRST) <= begins <= ends <= (days[1] or _LAST):
        return False
    lane = segment.lanes[column]
    stated = lane.stated if item.speakers or column == OTHERS else lane.own_voice_stated
    return item.account.id in stated


def _days_meant(item: Cited) -> tuple[Day | None, Day | None] | None:
    text = item.citation.as_of or item.account.as_of
    return sure_days(ended_by(parse_date(text), item.said)) if text else None


def _day(text: str | None) -> Day | None:
    return parse_date(text).earliest if text else None


def _lanes(findings: Findings) -> dict[str, list[Statement]]:
    """Who makes which lane: officials where there are any, as for positions."""
    lanes: dict[str, list[Statement]] = {side: [] for side in (*findings.sides, OTHERS)}
    for statement in findings.statements:
        speaker, lane = statement.speaker, column_of(statement.side, findings.sides)
        if lane == OTHERS or (speaker and (speaker.is_official or not findings.is_official(lane))):
            lanes[lane].append(statement)
    return lanes


def _own_voices(findings: Findings) -> dict[str, list[Statement]]:
    """What publishers of the compared sides say in their own voice: beside what their side says."""
    own: dict[str, list[Statement]] = {side: [] for side in findings.sides}
    for statement in findings.statements:
        lane = column_of(statement.side, findings.sides)
        if statement.speaker is None and lane != OTHERS:
            own[lane].append(statement)
    return own


def _current(said: Sequence[Statement], findings: Findings) -> list[Choice]:
    """What speakers say now, one for each moment, and own voices with a moment.

    Of a month it is not known of which day a statement speaks: it is in no stretch of days.
    """
    # Of one speaker and one moment the latest counts; statements for other moments stay beside it.
    followed = histories(said, findings.judge)
    choices = followed.held([s for s in said if s.speaker is None and not s.is_reading]).choices
    # That someone denies that a village was held does not say who held it: no row can be drawn of
    # it.
    affirmed = [
        Choice(tuple([s for s in choice.supports if not s.denies and _days(s)]), choice.why)
        for choice in choices
    ]
    return [choice for choice in affirmed if choice.supports]


def _days(support: AccountSupport) -> tuple[Day | None, Day | None] | None:
    moment = support.version.moment
    return sure_days(moment) if moment else None


def _bounds(choice: Choice) -> tuple[Day, Day]:
    # One moment of one speaker: alternatives speak of the same days.
    first, last = _days(choice.supports[0]) or (None, None)
    return first or _FIRST, last or _LAST


def _cuts(stated: Iterable[Choice]) -> list[tuple[Day, Day]]:
    """The stretches of days between one step and the next, as far as any is stated."""
    starts: set[Day] = set()
    covered = [_bounds(choice) for choice in stated]
    for first, last in covered:
        # The day after the last: both ends of a moment belong to it, and the next stretch begins
        # after.
        starts |= {first, last.following()}
    stretches = [(first, after.preceding()) for first, after in pairwise(sorted(starts))]
    return [
        (first, last)
        for first, last in stretches
        if any(start <= first and last <= end for start, end in covered)
    ]


def _segment(
    first: Day,
    last: Day,
    lanes: dict[str, list[Choice]],
    own: dict[str, list[Choice]],
    findings: Findings,
) -> Segment:
    stated = {lane: _stated(said, first, last) for lane, said in lanes.items()}
    # Only what is stated for these days: a carried state is our assumption, and clashes with
    # nobody.
    pairs = _pairs(stated, findings)
    serialize = Serializer()
    return Segment(
        first=None if first == _FIRST else first.isoformat(),
        last=None if last == _LAST else last.isoformat(),
        lanes={lane: _lane(said, own.get(lane, ()), first, last) for lane, said in lanes.items()},
        relations=tuple(pair_relation(names, found) for names, found in pairs.items()),
        clashes=tuple(
            serialize.clash(left, right, clash)
            for (left, right), found in pairs.items()
            for clash in found.clashes
        ),
    )


def _stated(said: Sequence[Choice], first: Day, last: Day) -> list[Choice]:
    return [c for c in said if _bounds(c)[0] <= first and last <= _bounds(c)[1]]


def _lane(said: Sequence[Choice], own: Sequence[Choice], first: Day, last: Day) -> Lane:
    stated, own_stated = _stated(said, first, last), _stated(own, first, last)
    return Lane(
        stated=_accounts(stated),
        carried=_accounts(_carried(said, stated, first)),
        own_voice_stated=_accounts(own_stated),
        own_voice_carried=_accounts(_carried(own, own_stated, first)),
    )


def _pairs(stated: dict[str, list[Choice]], findings: Findings) -> dict[tuple[str, str], Pair]:
    positions = {
        side: Position("holds", Held(tuple(stated[side]))) if stated[side] else SILENT
        for side in findings.sides
    }
    return {
        (left, right): pair(positions[left], positions[right], findings.judge)
        for left, right in combinations(findings.sides, 2)
    }


def _carried(said: Sequence[Choice], stated: Sequence[Choice], first: Day) -> list[Choice]:
    """The last earlier step of each speaker who states nothing for these days."""
    speaking = {voice for choice in stated for voice in _voices(choice)}
    earlier: dict[tuple[str, str], list[Choice]] = defaultdict(list)
    for choice in said:
        # Each speaker carries its own last step: another voice of its side does not end it.
        for voice in _voices(choice):
            if _bounds(choice)[1] < first and voice not in speaking:
                earlier[voice].append(choice)
    carried = []
    for steps in earlier.values():
        newest = max(_bounds(step)[1] for step in steps)
        carried += [step for step in steps if _bounds(step)[1] == newest]
    return carried


def _voices(choice: Choice) -> set[tuple[str, str]]:
    return {
        ("speaker", s.speaker.id) if s.speaker else ("publisher", s.publisher.id)
        for support in choice.supports
        for s in support.statements
    }


def _accounts(choices: Iterable[Choice]) -> tuple[str, ...]:
    return Held(tuple(choices)).affirmed
