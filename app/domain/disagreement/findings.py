"""What the record shows of one claim before it is put into words: statements, stands and pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations
from typing import NamedTuple

from app.domain.disagreement.as_known_on import as_known_on as restricted
from app.domain.disagreement.as_known_on import has_no_day
from app.domain.disagreement.clashes import Said, said
from app.domain.disagreement.histories import Shift, courses
from app.domain.disagreement.judge import Judge
from app.domain.disagreement.positions import SILENT, Pair, Stand, pair, stand
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
from app.domain.records.claims import Claim
from app.domain.records.registers import Registers
from app.domain.values.dates import Day


class Evidence(NamedTuple):
    """The citations of one account, from which roots they come, and through how many hands."""

    cited: Sequence[Cited]
    roots: frozenset[Root]
    hands: frozenset[Hand]


@dataclass(frozen=True)
class Findings:
    """The evidence of a claim as far as it may be seen, and where each side stands by it.

    `stands` holds the position of every compared side; `unofficial` the stand of those of its
    speakers who do not make its position because officials spoke. `outside` is what speakers of
    no compared side say now, and publishers of none in their own voice.
    """

    claim: Claim
    registers: Registers
    sides: tuple[str, ...]
    evidence: dict[str, Evidence]
    versions: dict[str, Version]
    statements: tuple[Statement, ...]
    judge: Judge
    stands: dict[str, Stand]
    unofficial: dict[str, Stand]
    outside: Said
    shifts: tuple[Shift, ...]
    pairs: dict[tuple[str, str], Pair]
    undated_left_out: int

    def answering(self) -> list[str]:
        """The compared sides that answer, in order."""
        return [side for side in self.sides if self.stands[side].answers]

    def is_official(self, side: str) -> bool:
        """Whether officials make the side's position."""
        return any(s.speaker and s.speaker.is_official for s in self.stands[side].statements)

    def beside_the_sides(self) -> list[Statement]:
        """What speakers of no compared side affirm or deny, and every publisher's own voice."""
        return [
            s
            for s in self.statements
            if not s.is_evasive and (s.speaker is None or s.side not in self.sides)
        ]


class Spoken(NamedTuple):
    """Statements by who made them: each compared side's officials, its other speakers, outsiders.

    What a compared side's publishers say in their own voice is none of these.
    """

    official: dict[str, list[Statement]]
    unofficial: dict[str, list[Statement]]
    outside: list[Statement]


def find(
    claim: Claim, registers: Registers, sides: Sequence[str], as_known_on: Day | None
) -> Findings:
    """Gather a claim's statements, and where the compared sides stand by them."""
    undated = 0
    if as_known_on:
        undated = sum(1 for _, citation in claim.citations() if has_no_day(citation))
        claim = restricted(claim, as_known_on)
    evidence = cited(claim, registers)
    known = versions(claim, evidence)
    made = statements(evidence, known)
    if claim.kind == "yes-no":
        made = _answering_denials(made, known.values())
    judge = Judge(claim)
    spoken = _spoken(made, sides)
    stands, unofficial = {}, {}
    for side in sides:
        stands[side], unofficial[side] = _stands_of(spoken, side, judge)
    outside, outside_shifts = _outside(spoken.outside, judge)
    own_shifts = (s.shifts for s in chain(stands.values(), unofficial.values()))
    return Findings(
        claim=claim,
        registers=registers,
        sides=tuple(sides),
        evidence=_by_account(evidence),
        versions=known,
        statements=tuple(made),
        judge=judge,
        stands=stands,
        unofficial=unofficial,
        outside=outside,
        shifts=tuple(chain(*own_shifts, outside_shifts)),
        pairs={
            (left, right): pair(stands[left], stands[right], judge.across)
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
        replace(s, version=opposite, stance="asserts", denied=s.version.account.id)
        if s.denies and (opposite := opposites[s.version])
        else s
        for s in made
    ]


def _opposite(version: Version, answers: Iterable[Version]) -> Version | None:
    """The account of the other answer, if it may speak of the same day; best of the very day."""
    others = [a for a in answers if a.answer != version.answer and _one_time(a, version)]
    return min(others, key=lambda a: bounds(a.moment) != bounds(version.moment), default=None)


def _one_time(left: Version, right: Version) -> bool:
    return not (left.moment and right.moment) or left.moment.overlaps(right.moment)


def _spoken(made: Iterable[Statement], sides: Sequence[str]) -> Spoken:
    spoken = Spoken({side: [] for side in sides}, {side: [] for side in sides}, [])
    for statement in made:
        speaker = statement.speaker
        if statement.side not in sides:
            spoken.outside.append(statement)
        elif speaker:
            group = spoken.official if speaker.is_official else spoken.unofficial
            group[speaker.side].append(statement)
    return spoken


def _stands_of(spoken: Spoken, side: str, judge: Judge) -> tuple[Stand, Stand]:
    """The side's position, and the stand of its unofficial speakers beside its officials."""
    official, others = spoken.official[side], spoken.unofficial[side]
    other_stand = stand(others, judge.within, over_time=judge.over_time)
    if not official:
        return other_stand, SILENT
    return stand(official, judge.within, over_time=judge.over_time), other_stand


def _outside(outside: Iterable[Statement], judge: Judge) -> tuple[Said, list[Shift]]:
    """What stands of the outsiders' answers, and how named ones changed theirs."""
    followed = courses(outside, judge.within, over_time=judge.over_time)
    own_voices = [s for s in outside if s.speaker is None]
    return said([*followed.standing, *own_voices]), followed.shifts
