"""What the record shows of one claim before it is put into words: statements, stands and pairs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from app.domain.answers import YesNo
from app.domain.claims import Claim
from app.domain.dates import Day
from app.domain.disagreement.dated import has_no_day, was_known
from app.domain.disagreement.judging import Judge
from app.domain.disagreement.pairs import Pair, pair
from app.domain.disagreement.positions import SILENT, Stand, stand
from app.domain.disagreement.statements import (
    Cited,
    Statement,
    Version,
    cited,
    statements,
    versions,
)
from app.domain.registers import Registers


@dataclass(frozen=True)
class Findings:
    """The evidence of a claim as far as it may be seen, and where each side stands by it.

    `stands` holds the position of every compared side; `unofficial` the stand of those of its
    speakers who do not make its position because officials spoke. `outside` are the statements of
    speakers of no compared side, and of publishers of none in their own voice.
    """

    claim: Claim
    registers: Registers
    sides: tuple[str, ...]
    evidence: tuple[Cited, ...]
    versions: dict[str, Version]
    statements: tuple[Statement, ...]
    judge: Judge
    stands: dict[str, Stand]
    unofficial: dict[str, Stand]
    pairs: dict[tuple[str, str], Pair]
    undated_left_out: int

    def answering(self) -> list[str]:
        """The compared sides that answer, in order."""
        return [side for side in self.sides if self.stands[side].answers]

    def is_official(self, side: str) -> bool:
        """Whether officials make the side's position."""
        return any(s.speaker and s.speaker.is_official for s in self.stands[side].statements)

    def outside(self) -> tuple[Statement, ...]:
        """What speakers and publishers of no compared side affirm or deny."""
        return tuple(
            s
            for s in self.statements
            if s.side not in self.sides and s.stance in ("asserts", "denies")
        )

    def all_stands(self) -> list[Stand]:
        """Every stand of a compared side, of officials and beside them."""
        return [*self.stands.values(), *self.unofficial.values()]

    def own_voices(self) -> tuple[Statement, ...]:
        """What documents say in their own voice."""
        return tuple(s for s in self.statements if s.speaker is None)


def find(
    claim: Claim, registers: Registers, sides: Sequence[str], as_known_on: Day | None
) -> Findings:
    """Gather a claim's statements, and where the compared sides stand by them."""
    everything = cited(claim, registers)
    evidence, undated = everything, 0
    if as_known_on:
        evidence = [item for item in everything if was_known(item.citation, as_known_on)]
        undated = sum(1 for item in everything if has_no_day(item.citation))
    known = versions(claim, evidence)
    judge = Judge(claim)
    made = tuple(_answering_denials(statements(evidence, known), known.values()))
    stands, unofficial = {}, {}
    for side in sides:
        stands[side], unofficial[side] = _stands_of(side, made, judge)
    return Findings(
        claim=claim,
        registers=registers,
        sides=tuple(sides),
        evidence=tuple(evidence),
        versions=known,
        statements=made,
        judge=judge,
        stands=stands,
        unofficial=unofficial,
        pairs={
            (left, right): pair(stands[left], stands[right], judge.across)
            for left, right in combinations(sides, 2)
        },
        undated_left_out=undated,
    )


def _answering_denials(made: Iterable[Statement], known: Iterable[Version]) -> Iterable[Statement]:
    """In a yes-no claim, denying one answer affirms the other where an account holds it."""
    by_answer: dict[bool, Version] = {}
    for version in known:
        if isinstance(version.answer, YesNo):
            by_answer.setdefault(version.answer.yes, version)
    for statement in made:
        answer = statement.version.answer
        if statement.stance == "denies" and isinstance(answer, YesNo):
            opposite = by_answer.get(not answer.yes)
            if opposite:
                denied = statement.version.account.id
                yield replace(statement, version=opposite, stance="asserts", denied=denied)
                continue
        yield statement


def _stands_of(side: str, made: Iterable[Statement], judge: Judge) -> tuple[Stand, Stand]:
    """The side's position, and the stand of its unofficial speakers beside its officials."""
    own = [s for s in made if s.speaker and s.speaker.side == side]
    official = [s for s in own if s.speaker and s.speaker.is_official]
    others = [s for s in own if s.speaker and not s.speaker.is_official]
    other_stand = stand(others, judge.within, over_time=judge.over_time)
    if not official:
        return other_stand, SILENT
    return stand(official, judge.within, over_time=judge.over_time), other_stand
