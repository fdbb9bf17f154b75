"""What the record shows of one claim before it is put into words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations
from typing import NamedTuple

from app.domain.disagreement.as_known_on import as_known_on as restricted
from app.domain.disagreement.as_known_on import has_no_day
from app.domain.disagreement.clashes import StatementsByAccount, by_account
from app.domain.disagreement.histories import Shift, histories
from app.domain.disagreement.positions import SILENT, Pair, Position, pair, position_of
from app.domain.disagreement.relations import Grounds, Relation, relation
from app.domain.disagreement.statements import (
    Cited,
    Hand,
    Root,
    Statement,
    Version,
    bounds,
    cited,
    statements,
    versions,
)
from app.domain.records.answers import YesNo
from app.domain.records.claims import Claim, Overrule
from app.domain.records.registers import Registers
from app.domain.values.dates import Day


class Evidence(NamedTuple):
    """The citations of one account, from which roots they come, and through how many hands."""

    cited: Sequence[Cited]
    roots: frozenset[Root]
    hands: frozenset[Hand]


class Judge:
    """Compares accounts of one claim, each pair at most once.

    `computed` are the relations by the rules alone, for pages that show them beside an overrule.
    """

    def __init__(self, claim: Claim) -> None:
        over_time = is_about_a_state(claim)
        self.over_time = over_time
        self._across = Grounds(claim.counting, over_time=over_time)
        # Only of counts that grow does it matter whether both come from one origin.
        grows = claim.counting == "cumulative"
        self._within = Grounds(claim.counting, over_time=over_time, one_origin=grows)
        self._overrules = {frozenset(o.accounts): o for o in claim.overrules}
        self._known: dict[tuple[int, int, bool], Relation] = {}

    def across(self, left: Version, right: Version) -> Relation:
        """The relation of two accounts held by two sides."""
        return self._judged(left, right, self._across)

    def within(self, left: Version, right: Version) -> Relation:
        """The relation of two accounts that come from one origin or one side."""
        return self._judged(left, right, self._within)

    def computed(self, left: Version, right: Version) -> Relation:
        """What the rules say of two accounts, whatever a curator decided."""
        return _by_rule(left, right, self._across)

    def overrules(self, known: Iterable[str]) -> list[Overrule]:
        """The overrules whose two accounts are both known."""
        seen = set(known)
        return [o for names, o in self._overrules.items() if names <= seen]

    def _judged(self, left: Version, right: Version, grounds: Grounds) -> Relation:
        # Relations are symmetric (a property test checks it), so one order is enough to know both.
        # Pairs of sides, dissents, messages and every segment of a timeline ask for the same few
        # pairs.
        first, second = (left, right) if left.rank < right.rank else (right, left)
        key = (first.rank, second.rank, grounds.one_origin)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._judge(first, second, grounds)
        return known

    def _judge(self, left: Version, right: Version, grounds: Grounds) -> Relation:
        ruled = _by_rule(left, right, grounds)
        if not self._overrules:
            return ruled
        overrule = self._overrules.get(frozenset((left.account.id, right.account.id)))
        if overrule is None:
            return ruled
        # A curator decides that two accounts conflict and not by how much: a gap is the rule's or
        # none, and what does not conflict has none.
        gap = ruled.gap if overrule.relation == "conflict" else None
        return Relation(overrule.relation, "overruled", gap)


@dataclass(frozen=True)
class Findings:
    """The evidence of a claim as far as it may be seen, and the position of each side.

    `positions` has one for every compared side; `unofficial` what those of its speakers hold who do
    not make its position, because officials spoke. `outside` is what speakers of no compared side
    say now, and publishers of none in their own voice.
    """

    claim: Claim
    registers: Registers
    sides: tuple[str, ...]
    evidence: dict[str, Evidence]
    versions: dict[str, Version]
    statements: tuple[Statement, ...]
    judge: Judge
    positions: dict[str, Position]
    unofficial: dict[str, Position]
    outside: StatementsByAccount
    shifts: tuple[Shift, ...]
    pairs: dict[tuple[str, str], Pair]
    undated_left_out: int

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


def find(
    claim: Claim, registers: Registers, sides: Sequence[str], as_known_on: Day | None
) -> Findings:
    """Gather a claim's statements, and the positions of the compared sides."""
    undated = 0
    if as_known_on:
        # Counted before they are dropped: a dated view says how much it cannot place.
        undated = sum(1 for _, citation in claim.citations() if has_no_day(citation))
        # Restricted before anything is computed, not filtered afterwards: so no rule can see what
        # was said later, whatever rules there will be.
        claim = restricted(claim, as_known_on)
    evidence = cited(claim, registers)
    known = versions(claim, evidence)
    made = statements(evidence, known)
    # Rewritten before positions are taken: in yes-no a denial is an answer, and the side holds it.
    if claim.kind == "yes-no":
        made = _answering_denials(made, known.values())
    judge = Judge(claim)
    voices = _by_voice(made, sides)
    positions, unofficial = {}, {}
    for side in sides:
        positions[side], unofficial[side] = _positions_of(voices, side, judge)
    outside, outside_shifts = _outside(voices.outside, judge)
    own_shifts = (s.shifts for s in chain(positions.values(), unofficial.values()))
    return Findings(
        claim=claim,
        registers=registers,
        sides=tuple(sides),
        evidence=_by_account(evidence),
        versions=known,
        statements=tuple(made),
        judge=judge,
        positions=positions,
        unofficial=unofficial,
        outside=outside,
        shifts=tuple(chain(*own_shifts, outside_shifts)),
        pairs={
            (left, right): pair(positions[left], positions[right], judge.across)
            for left, right in combinations(sides, 2)
        },
        undated_left_out=undated,
    )


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


def _answering_denials(made: Sequence[Statement], known: Iterable[Version]) -> list[Statement]:
    """In a yes-no claim, denying one answer affirms the other where an account holds it."""
    answers = [version for version in known if isinstance(version.answer, YesNo)]
    denied = {statement.version for statement in made if statement.denies}
    opposites = {version: _opposite(version, answers) for version in denied}
    return [
        # `denied` remembers the very words: who first affirmed and then denied has retracted, which
        # the rewritten answer alone would hide.
        replace(s, version=opposite, stance="asserts", denied=s.version.account.id)
        if s.denies and (opposite := opposites[s.version])
        else s
        for s in made
    ]


def _opposite(version: Version, answers: Iterable[Version]) -> Version | None:
    """The account of the other answer, if it may speak of the same day; best of the very day."""
    others = [a for a in answers if a.answer != version.answer and _one_time(a, version)]
    # A yes-no claim may have several accounts of one answer that differ by their day.
    return min(others, key=lambda a: bounds(a.moment) != bounds(version.moment), default=None)


def _one_time(left: Version, right: Version) -> bool:
    return not (left.moment and right.moment) or left.moment.overlaps(right.moment)


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
    other_position = position_of(others, judge.within, over_time=judge.over_time)
    # Beside officials an unofficial voice never makes nor divides a position; without them it is
    # all there is, and the position is marked `unofficial`.
    if not official:
        return other_position, SILENT
    return position_of(official, judge.within, over_time=judge.over_time), other_position


def _outside(outside: Iterable[Statement], judge: Judge) -> tuple[StatementsByAccount, list[Shift]]:
    """The current answers of the outsiders, and how named ones changed theirs."""
    followed = histories(outside, judge.within, over_time=judge.over_time)
    # Not taken through histories: a publisher's pages are no answers of one speaker that changed.
    own_voices = [s for s in outside if s.speaker is None]
    return by_account([*followed.current, *own_voices]), followed.shifts


def is_about_a_state(claim: Claim) -> bool:
    """Whether a claim's answers hold on days, as who is in control of a village does."""
    return claim.kind == "choice" and any(account.as_of for account in claim.accounts)


def _by_rule(left: Version, right: Version, grounds: Grounds) -> Relation:
    # Before any rule: citations under one account say the same because a curator put them there,
    # also where the answer is prose or has no moment.
    if left.account.id == right.account.id:
        return Relation("same", "equal-answers")
    if left.answer is None or right.answer is None:
        return Relation("not-comparable", "no-answer")
    return relation(left, right, grounds)
