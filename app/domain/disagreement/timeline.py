"""States over time: who is said to hold what, day by day.

A statement is stated for its `as_of`; after it, it is carried until its speaker's next one. Only
what is stated for one day can conflict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise

from app.domain.disagreement.clashes import by_account
from app.domain.disagreement.comparison import OTHERS, Lane, Segment
from app.domain.disagreement.engine import Serializer, pair_relation
from app.domain.disagreement.findings import Findings, find, is_about_a_state
from app.domain.disagreement.histories import histories
from app.domain.disagreement.positions import SILENT, Pair, Position, pair
from app.domain.disagreement.statements import Statement
from app.domain.records.claims import Claim
from app.domain.records.registers import Registers
from app.domain.values.dates import Day

_FIRST, _LAST = Day(-(10**12), 1, 1), Day(10**12, 12, 31)


def timeline(
    claim: Claim, registers: Registers, sides: Sequence[str], as_known_on: Day | None = None
) -> tuple[Segment, ...]:
    """A claim about a state, cut at every step, each segment with its own positions.

    Lanes are the compared sides and `others` (speakers of no compared side, and own voices).
    Empty for a claim whose answers are no states, or of which no day is known.
    """
    # Asked of the claim alone: every claim page asks, and most claims are about no state.
    if not is_about_a_state(claim):
        return ()
    findings = find(claim, registers, sides, as_known_on)
    lanes = {lane: _current(said, findings) for lane, said in _lanes(findings).items()}
    stated = [statement for said in lanes.values() for statement in said]
    return tuple(_segment(first, last, lanes, findings) for first, last in _cuts(stated))


def _lanes(findings: Findings) -> dict[str, list[Statement]]:
    """Who makes which lane: officials where there are any, as for positions."""
    lanes: dict[str, list[Statement]] = {side: [] for side in (*findings.sides, OTHERS)}
    for statement in findings.statements:
        speaker = statement.speaker
        if speaker is None or speaker.side not in lanes:
            lanes[OTHERS].append(statement)
        elif speaker.is_official or not findings.is_official(speaker.side):
            lanes[speaker.side].append(statement)
    return lanes


def _current(said: Sequence[Statement], findings: Findings) -> list[Statement]:
    """The current statements of speakers, one for each moment, and own voices with a moment."""
    # Of one speaker and one moment the latest counts; statements for other moments stay beside it.
    followed = histories(said, findings.judge.within, over_time=True)
    current = [*followed.current, *(s for s in said if s.speaker is None)]
    # That someone denies that a village was held does not say who held it: no row can be drawn of
    # it.
    return [s for s in current if s.stance == "asserts" and s.version.moment]


def _bounds(statement: Statement) -> tuple[Day, Day]:
    moment = statement.version.moment
    if moment is None:
        return _FIRST, _LAST
    return moment.earliest or _FIRST, moment.latest or _LAST


def _cuts(stated: Iterable[Statement]) -> list[tuple[Day, Day]]:
    """The stretches of days between one step and the next, as far as any is stated."""
    starts: set[Day] = set()
    covered = [_bounds(statement) for statement in stated]
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
    first: Day, last: Day, lanes: dict[str, list[Statement]], findings: Findings
) -> Segment:
    stated = {
        lane: [s for s in said if _bounds(s)[0] <= first and last <= _bounds(s)[1]]
        for lane, said in lanes.items()
    }
    # Only what is stated for these days: a carried state is our assumption, and clashes with
    # nobody.
    pairs = _pairs(stated, findings)
    serialize = Serializer()
    return Segment(
        first=None if first == _FIRST else first.isoformat(),
        last=None if last == _LAST else last.isoformat(),
        lanes={
            lane: Lane(
                stated=_accounts(stated[lane]),
                carried=_accounts(_carried(said, stated[lane], first)),
            )
            for lane, said in lanes.items()
        },
        relations=tuple(pair_relation(names, found) for names, found in pairs.items()),
        clashes=tuple(
            serialize.clash(left, right, clash)
            for (left, right), found in pairs.items()
            for clash in found.clashes
        ),
    )


def _pairs(stated: dict[str, list[Statement]], findings: Findings) -> dict[tuple[str, str], Pair]:
    positions = {
        side: Position("holds", by_account(stated[side])) if stated[side] else SILENT
        for side in findings.sides
    }
    return {
        (left, right): pair(positions[left], positions[right], findings.judge.across)
        for left, right in combinations(findings.sides, 2)
    }


def _carried(said: Sequence[Statement], stated: Sequence[Statement], first: Day) -> list[Statement]:
    """The last earlier step of each speaker who states nothing for these days."""
    speaking = {_voice(statement) for statement in stated}
    earlier: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in said:
        # Each speaker carries its own last step: another voice of its side does not end it.
        if _bounds(statement)[1] < first and _voice(statement) not in speaking:
            earlier[_voice(statement)].append(statement)
    carried = []
    for steps in earlier.values():
        newest = max(_bounds(step)[1] for step in steps)
        carried += [step for step in steps if _bounds(step)[1] == newest]
    return carried


def _voice(statement: Statement) -> tuple[str, str]:
    if statement.speaker:
        return "speaker", statement.speaker.id
    return "publisher", statement.publisher.id


def _accounts(statements: Iterable[Statement]) -> tuple[str, ...]:
    ordered = sorted(statements, key=lambda s: s.version.rank)
    return tuple(dict.fromkeys(s.version.account.id for s in ordered))
