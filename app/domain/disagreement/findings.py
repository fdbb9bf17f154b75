"""What the record shows of one claim before it is put into words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from typing import NamedTuple

from app.domain.disagreement.clashes import Clashing, Held, clashes, support
from app.domain.disagreement.comparison import OTHERS, DissentKind
from app.domain.disagreement.histories import Shift, Unordered, histories
from app.domain.disagreement.judge import Judge, grounds_of
from app.domain.disagreement.moments import order_of
from app.domain.disagreement.positions import SILENT, Pair, Position, pair, position_of
from app.domain.disagreement.relations import Relation
from app.domain.disagreement.statements import (
    Cited,
    Hand,
    Root,
    Statement,
    Version,
    Versions,
    cited,
    statements,
)
from app.domain.records.as_known_on import as_known_on as restricted
from app.domain.records.as_known_on import has_no_day
from app.domain.records.claims import Claim
from app.domain.records.registers import Dossier, Registers
from app.domain.values.dates import Day


class Evidence(NamedTuple):
    """The citations of one account, from which roots they come, and through how many hands."""

    cited: Sequence[Cited]
    roots: frozenset[Root]
    hands: frozenset[Hand]


@dataclass(frozen=True)
class Findings:
    """The evidence of a claim as far as it may be seen, and the position of each side.

    `versions` has the latest of each account, `positions` one for every compared side, and
    `unofficial` what those of its speakers hold who do not make its position, because officials
    spoke. `outside` is what speakers of no compared side
    say now, and publishers of none in their own voice. `set_aside` makes no position: the editors'
    readings, and what is known only through a speaker of another compared side.
    """

    claim: Claim
    registers: Registers
    dossier: Dossier
    evidence: dict[str, Evidence]
    versions: dict[str, Version]
    statements: tuple[Statement, ...]
    set_aside: tuple[Statement, ...]
    judge: Judge
    positions: dict[str, Position]
    unofficial: dict[str, Position]
    outside: Held
    shifts: tuple[Shift, ...]
    unordered: tuple[Unordered, ...]
    pairs: dict[tuple[str, str], Pair]
    undated_left_out: int

    @property
    def sides(self) -> tuple[str, ...]:
        """The compared sides, in the dossier's order."""
        return self.dossier.sides

    def answering(self) -> list[str]:
        """The compared sides that answer, in order."""
        return [side for side in self.sides if self.positions[side].answers]

    def is_official(self, side: str) -> bool:
        """Whether officials make the side's position."""
        return any(s.speaker and s.speaker.is_official for s in self.positions[side].statements)

    def beside_the_sides(self) -> list[Statement]:
        """What speakers of no compared side affirm or deny, and every publisher's own voice."""
        return [
            s
            for s in self.statements
            if not s.is_evasive and (s.speaker is None or s.side not in self.sides)
        ]


class StatementsByVoice(NamedTuple):
    """Statements by who made them: each compared side's officials, its other speakers, outsiders.

    What a compared side's publishers say in their own voice is none of these.
    """

    official: dict[str, list[Statement]]
    unofficial: dict[str, list[Statement]]
    outside: list[Statement]


def find(claim: Claim, registers: Registers, dossier: Dossier, as_known_on: Day | None) -> Findings:
    """Gather a claim's statements, and the positions of the compared sides."""
    undated = 0
    if as_known_on:
        # Counted before they are dropped: a dated view says how much it cannot place.
        undated = sum(1 for _, citation in claim.citations() if has_no_day(citation))
        # Restricted before anything is computed, not filtered afterwards: so no rule can see what
        # was said later, whatever rules there will be.
        claim = restricted(claim, as_known_on)
    evidence = cited(claim, registers)
    versions = Versions(claim, dossier)
    made = statements(evidence, versions, registers)
    judge = Judge(claim, grounds_of(claim, dossier))
    sides = dossier.sides
    counting = [s for s in made if not _is_set_aside(s, sides)]
    voices = _by_voice(counting, sides)
    positions, unofficial = {}, {}
    for side in sides:
        positions[side], unofficial[side] = _positions_of(voices, side, judge)
    spoken_outside = histories(voices.outside, judge)
    # Not taken through histories: a publisher's pages are no answers of one speaker that changed.
    own_voices = [s for s in voices.outside if s.speaker is None]
    every = [*positions.values(), *unofficial.values()]
    by_account = _by_account(evidence)
    return Findings(
        claim=claim,
        registers=registers,
        dossier=dossier,
        evidence=by_account,
        # The latest: by the id of a citation, what a curator overruled would hang on a name.
        versions={
            name: max((versions.of(c.account, c) for c in one.cited), key=lambda v: v.place)
            for name, one in by_account.items()
        },
        statements=tuple(counting),
        set_aside=tuple([s for s in made if _is_set_aside(s, sides)]),
        judge=judge,
        positions=positions,
        unofficial=unofficial,
        outside=spoken_outside.held(own_voices),
        shifts=tuple(chain(*(p.shifts for p in every), spoken_outside.shifts)),
        unordered=tuple(chain(*(p.unordered for p in every), spoken_outside.unordered)),
        pairs={
            (left, right): pair(positions[left], positions[right], judge)
            for left, right in combinations(sides, 2)
        },
        undated_left_out=undated,
    )


def _is_set_aside(statement: Statement, sides: Sequence[str]) -> bool:
    """Whether a statement is shown, and nothing rests on it."""
    reporter = statement.reporter
    through_another = reporter is not None and (
        reporter.side in sides and reporter.side != statement.side
    )
    return statement.is_reading or through_another


def _by_account(evidence: Iterable[Cited]) -> dict[str, Evidence]:
    groups: dict[str, list[Cited]] = defaultdict(list)
    for item in evidence:
        groups[item.account.id].append(item)
    return {
        name: Evidence(
            items, frozenset([item.root for item in items]), frozenset([i.hand for i in items])
        )
        for name, items in groups.items()
    }


def _by_voice(made: Iterable[Statement], sides: Sequence[str]) -> StatementsByVoice:
    voices = StatementsByVoice({side: [] for side in sides}, {side: [] for side in sides}, [])
    for statement in made:
        speaker = statement.speaker
        if statement.side not in sides:
            voices.outside.append(statement)
        # A compared side's publisher in its own voice falls through: what a state agency asserts
        # itself is shown under its side and is never that side's position.
        elif speaker:
            group = voices.official if speaker.is_official else voices.unofficial
            group[speaker.side].append(statement)
    return voices


def _positions_of(voices: StatementsByVoice, side: str, judge: Judge) -> tuple[Position, Position]:
    """The side's position, and what its unofficial speakers hold beside its officials."""
    official, others = voices.official[side], voices.unofficial[side]
    other_position = position_of(others, judge, official=False)
    # Beside officials an unofficial voice never makes nor divides a position; without them it is
    # all there is, and the position is marked `unofficial`.
    if not official:
        return other_position, SILENT
    return position_of(official, judge, official=True), other_position


class InternalClash(NamedTuple):
    """A clash within one side, of one speaker, within one utterance, or with an outsider."""

    kind: DissentKind
    left: str
    right: str
    clash: Clashing


def internal_clashes(findings: Findings) -> list[InternalClash]:
    """Clashes that make no relation between compared sides."""
    found: list[InternalClash] = []
    for side in findings.sides:
        position, beside = findings.positions[side], findings.unofficial[side]
        found += [
            InternalClash(_kind_within(position, clash), side, side, clash)
            for clash in position.clashes
        ]
        # Shown beside the position and never part of it: else any dissenter could divide a side.
        found += [
            InternalClash("inner-dissent", side, side, clash)
            for clash in _contradictions(position, beside.held, findings)
        ]
        found += [
            InternalClash("outside-dissent", side, OTHERS, clash)
            for clash in _contradictions(position, findings.outside, findings)
        ]
    for one, other, relation in findings.unordered:
        side = side_of(one, findings)
        clash = Clashing(support([one]), support([other]), relation)
        found.append(InternalClash("unordered", side, side, clash))
    for clash in differing_reports(findings):
        side = side_of(clash.left.statements[0], findings)
        found.append(InternalClash("reports-differ", side, side, clash))
    return found


def _kind_within(position: Position, clash: Clashing) -> DissentKind:
    divides = position.kind == "divided" and not clash.is_reported
    return "divided" if divides else "inner-dissent"


def _contradictions(position: Position, other: Held, findings: Findings) -> list[Clashing]:
    return clashes(position.held, other, findings.judge) if position.answers else []


def differing_reports(findings: Findings) -> Iterator[Clashing]:
    """Reports of one utterance that cannot both be right about it."""
    utterances: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for s in findings.statements:
        if s.occasion and s.speaker and not s.is_evasive:
            utterances[s.speaker.id, s.occasion].append(s)
    # Sorted, as everything that is stored: the order of citations must not show.
    for key in sorted(utterances):
        for left, right in combinations(utterances[key], 2):
            compared = _reports(left, right, findings)
            if compared.kind == "conflict":
                yield Clashing(support([left]), support([right]), compared)


def _reports(left: Statement, right: Statement, findings: Findings) -> Relation:
    one_root = bool(left.roots & right.roots)
    return findings.judge.between(
        left.version, right.version, left.denies, right.denies, one_root=one_root
    )


def side_of(statement: Statement, findings: Findings) -> str:
    """The compared side whose statement it is, or `others`."""
    return statement.side if statement.side in findings.sides else OTHERS


def shifts_in_order(findings: Findings) -> list[Shift]:
    """Every change of a named speaker, by speaker, day and accounts."""
    return sorted(findings.shifts, key=_shift_key)


def _shift_key(shift: Shift) -> tuple[object, ...]:
    speaker = shift.later.speaker.id if shift.later.speaker else ""
    places = shift.earlier.version.place, shift.later.version.place
    return (speaker, order_of(shift.later.spoken), *places)


# One rule for every page and picture, so that “others” is the same list everywhere: a statement is
# shown with its speaker's side, an own voice with its publisher's; what has no compared side, with
# the others. Shown there, an own voice is still no position of that side.
def column_of(side: str | None, sides: Sequence[str]) -> str:
    """The column of a speaker of this side, or of a publisher of it in its own voice."""
    return side if side is not None and side in sides else OTHERS


def by_column(evidence: Iterable[Cited], sides: Sequence[str]) -> dict[str, list[Cited]]:
    """Citations by the column that shows them; those of joint speakers are in several."""
    columns: dict[str, list[Cited]] = {side: [] for side in (*sides, OTHERS)}
    for item in evidence:
        spoken = dict.fromkeys(column_of(speaker.side, sides) for speaker in item.speakers)
        for column in spoken or [column_of(item.publisher.side, sides)]:
            columns[column].append(item)
    return columns
