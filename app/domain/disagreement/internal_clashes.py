"""Clashes that make no relation between compared sides, and changes of one's own account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from app.domain.disagreement.clashes import Clashing, StatementsByAccount, clashes, support
from app.domain.disagreement.comparison import OTHERS, DissentKind
from app.domain.disagreement.findings import Findings
from app.domain.disagreement.histories import Shift
from app.domain.disagreement.positions import Position
from app.domain.disagreement.relations import Relation
from app.domain.disagreement.statements import Statement


class InternalClash(NamedTuple):
    """A clash within one side, within one utterance, or with an outsider."""

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
            InternalClash("divided", side, side, clash) for clash in position.internal_clashes
        ]
        # Shown beside the position and never part of it: else any dissenter could divide a side.
        for clash in _contradictions(position, beside.by_account, findings):
            found.append(InternalClash("inner-dissent", side, side, clash))
        for clash in _contradictions(position, findings.outside, findings):
            found.append(InternalClash("outside-dissent", side, OTHERS, clash))
    for clash in differing_reports(findings):
        side = side_of(clash.left.statements[0], findings)
        found.append(InternalClash("reports-differ", side, side, clash))
    return found


def _contradictions(
    position: Position, other: StatementsByAccount, findings: Findings
) -> list[Clashing]:
    # `across`, as two who count apart: a higher figure of a dissenter is no update of the
    # officials'.
    return clashes(position.by_account, other, findings.judge.across) if position.answers else []


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
            if compared and compared.kind == "conflict":
                yield Clashing(support([left]), support([right]), compared)


def _reports(left: Statement, right: Statement, findings: Findings) -> Relation | None:
    """How two reports relate that affirm something, or affirm and deny one thing."""
    if left.stance == right.stance == "asserts":
        return findings.judge.within(left.version, right.version)
    # An affirmation and a denial surely contradict each other only where both are of one account.
    opposed = left.stance != right.stance and left.version is right.version
    return Relation("conflict", "denial") if opposed else None


def side_of(statement: Statement, findings: Findings) -> str:
    """The compared side whose statement it is, or `others`."""
    return statement.side if statement.side in findings.sides else OTHERS


def shifts_in_order(findings: Findings) -> list[Shift]:
    """Every change of a named speaker, by speaker, day and accounts."""
    return sorted(findings.shifts, key=_shift_key)


def _shift_key(shift: Shift) -> tuple[str, tuple[int, ...], int, int]:
    speaker = shift.later.speaker.id if shift.later.speaker else ""
    ranks = shift.earlier.version.rank, shift.later.version.rank
    return (speaker, shift.later.day or (), *ranks)
