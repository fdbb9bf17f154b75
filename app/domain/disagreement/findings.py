"""What the record shows of one claim before it is put into words: statements, stands and pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations

from app.domain.answers import YesNo
from app.domain.claims import Claim
from app.domain.dates import Day
from app.domain.disagreement.clashing import Said, said
from app.domain.disagreement.courses import Shift, courses
from app.domain.disagreement.dated import as_known_on as restricted
from app.domain.disagreement.dated import has_no_day
from app.domain.disagreement.judging import Judge
from app.domain.disagreement.pairs import Pair, pair
from app.domain.disagreement.positions import SILENT, Stand, stand
from app.domain.disagreement.statements import (
    Cited,
    Statement,
    Version,
    bounds,
    cited,
    statements,
    versions,
)
from app.domain.registers import Registers


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
    evidence: dict[str, list[Cited]]
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
    made = tuple(_answering_denials(statements(evidence, known), known.values()))
    judge = Judge(claim)
    stands, unofficial = {}, {}
    for side in sides:
        stands[side], unofficial[side] = _stands_of(side, made, judge)
    outside, outside_shifts = _outside(made, sides, judge)
    own_shifts = (s.shifts for s in chain(stands.values(), unofficial.values()))
    return Findings(
        claim=claim,
        registers=registers,
        sides=tuple(sides),
        evidence=_by_account(evidence),
        versions=known,
        statements=made,
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


def _by_account(evidence: Iterable[Cited]) -> dict[str, list[Cited]]:
    groups: dict[str, list[Cited]] = defaultdict(list)
    for item in evidence:
        groups[item.account.id].append(item)
    return dict(groups)


def _answering_denials(made: Sequence[Statement], known: Iterable[Version]) -> Iterator[Statement]:
    """In a yes-no claim, denying one answer affirms the other where an account holds it."""
    answers = [version for version in known if isinstance(version.answer, YesNo)]
    denied = {statement.version for statement in made if statement.stance == "denies"}
    opposites = {version: _opposite(version, answers) for version in denied}
    for statement in made:
        opposite = opposites.get(statement.version) if statement.stance == "denies" else None
        if opposite:
            denies = statement.version.account.id
            yield replace(statement, version=opposite, stance="asserts", denied=denies)
        else:
            yield statement


def _opposite(version: Version, answers: Iterable[Version]) -> Version | None:
    """The account of the other answer, if it may speak of the same day; best of the very day."""
    others = [a for a in answers if a.answer != version.answer and _one_time(a, version)]
    return min(others, key=lambda a: bounds(a.moment) != bounds(version.moment), default=None)


def _one_time(left: Version, right: Version) -> bool:
    return not (left.moment and right.moment) or left.moment.overlaps(right.moment)


def _stands_of(side: str, made: Iterable[Statement], judge: Judge) -> tuple[Stand, Stand]:
    """The side's position, and the stand of its unofficial speakers beside its officials."""
    own = [s for s in made if s.speaker and s.speaker.side == side]
    official = [s for s in own if s.speaker and s.speaker.is_official]
    others = [s for s in own if s.speaker and not s.speaker.is_official]
    other_stand = stand(others, judge.within, over_time=judge.over_time)
    if not official:
        return other_stand, SILENT
    return stand(official, judge.within, over_time=judge.over_time), other_stand


def _outside(
    made: Iterable[Statement], sides: Sequence[str], judge: Judge
) -> tuple[Said, list[Shift]]:
    """What stands of the outsiders' answers, and how named ones changed theirs."""
    outside = [s for s in made if s.side not in sides]
    followed = courses(outside, judge.within, over_time=judge.over_time)
    own_voices = [s for s in outside if s.speaker is None]
    standing = [statement for course in followed for statement in course.standing]
    return said([*standing, *own_voices]), [shift for c in followed for shift in c.shifts]
