"""What was found, in the shapes that a comparison shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.domain.disagreement.clashing import Backing, Clashing
from app.domain.disagreement.comparison import (
    ClashFound,
    ClashSide,
    Dissent,
    GapSize,
    PairRelation,
    ShiftFound,
)
from app.domain.disagreement.courses import Shift
from app.domain.disagreement.dissents import Parting, side_of
from app.domain.disagreement.findings import Findings
from app.domain.disagreement.pairs import Pair
from app.domain.disagreement.relations import Gap
from app.domain.disagreement.statements import Statement


def pair_relation(names: tuple[str, str], pair: Pair) -> PairRelation:
    """How two sides stand to each other, as a comparison shows it."""
    left, right = names
    not_comparable = pair.kind == "not-comparable"
    return PairRelation(
        left=left,
        right=right,
        relation=pair.kind,
        rule=None if not_comparable else pair.rule,
        reason=pair.rule if not_comparable else None,
    )


def dissent(parting: Parting) -> Dissent:
    """A parting as a comparison shows it."""
    clash = parting.clash
    return Dissent(
        kind=parting.kind,
        left=_clash_side(parting.left, clash.left),
        right=_clash_side(parting.right, clash.right),
        rule=clash.relation.rule,
        gap=_gap_size(clash.relation.gap),
    )


def clash_found(left: str, right: str, clash: Clashing) -> ClashFound:
    """A clash between two sides as a comparison shows it."""
    return ClashFound(
        left=_clash_side(left, clash.left),
        right=_clash_side(right, clash.right),
        rule=clash.relation.rule,
        gap=_gap_size(clash.relation.gap),
    )


def shifts_found(shifts: Iterable[Shift], findings: Findings) -> Iterator[ShiftFound]:
    """Changes as a comparison shows them."""
    for shift in shifts:
        side, later = side_of(shift.later, findings), shift.later
        yield ShiftFound(
            speaker=later.speaker.id if later.speaker else "",
            kind=shift.kind,
            from_=_end(side, shift.earlier),
            to=_end(side, later),
            on=later.day.isoformat() if later.day else None,
        )


def _clash_side(side: str, end: Backing) -> ClashSide:
    return ClashSide(side=side, account=end.account, denies=end.denies, citations=end.citations)


def _end(side: str, statement: Statement) -> ClashSide:
    return ClashSide(
        side=side,
        account=statement.version.account.id,
        denies=statement.stance == "denies",
        citations=statement.citations,
    )


def _gap_size(gap: Gap | None) -> GapSize | None:
    """A gap in JSON's numbers: whole ones where they are whole."""
    if gap is None:
        return None
    whole = gap.difference == gap.difference.to_integral_value()
    difference = int(gap.difference) if whole else float(gap.difference)
    ratio = float(gap.ratio) if gap.ratio is not None else None
    return GapSize(kind=gap.kind, difference=difference, ratio=ratio)
