"""What was found, in the shapes that a comparison shows."""

from __future__ import annotations

from app.domain.disagreement.clashes import AccountSupport, Clashing
from app.domain.disagreement.comparison import (
    ClashFound,
    ClashSide,
    Dissent,
    GapSize,
    PairRelation,
    ShiftFound,
)
from app.domain.disagreement.histories import Shift
from app.domain.disagreement.internal_clashes import InternalClash
from app.domain.disagreement.positions import Pair
from app.domain.disagreement.relations import Gap
from app.domain.disagreement.statements import Statement


def pair_relation(names: tuple[str, str], pair: Pair) -> PairRelation:
    """How two sides relate to each other, as a comparison shows it."""
    left, right = names
    not_comparable = pair.kind == "not-comparable"
    return PairRelation(
        left=left,
        right=right,
        relation=pair.kind,
        rule=None if not_comparable else pair.rule,
        reason=pair.rule if not_comparable else None,
    )


class Serializer:
    """What was found in one claim, in the shapes that its comparison shows.

    Each end of a clash and each gap is made once, however many clashes it is in: a large claim has
    a hundred times as many clashes as ends.
    """

    def __init__(self) -> None:
        self._ends: dict[tuple[str, AccountSupport | Statement], ClashSide] = {}
        self._gaps: dict[Gap, GapSize] = {}

    def clash(self, left: str, right: str, found: Clashing) -> ClashFound:
        """A clash between two sides."""
        return ClashFound(
            left=self._end(left, found.left),
            right=self._end(right, found.right),
            rule=found.relation.rule,
            gap=self._gap(found.relation.gap),
        )

    def dissent(self, found: InternalClash) -> Dissent:
        """A clash that makes no relation between compared sides."""
        clash = found.clash
        return Dissent(
            kind=found.kind,
            left=self._end(found.left, clash.left),
            right=self._end(found.right, clash.right),
            rule=clash.relation.rule,
            gap=self._gap(clash.relation.gap),
        )

    def shift(self, shift: Shift, side: str) -> ShiftFound:
        """A change of a speaker of that side."""
        later = shift.later
        return ShiftFound(
            speaker=later.speaker.id if later.speaker else "",
            kind=shift.kind,
            from_=self._end(side, shift.earlier),
            to=self._end(side, later),
            on=later.day.isoformat() if later.day else None,
        )

    def _end(self, side: str, end: AccountSupport | Statement) -> ClashSide:
        known = self._ends.get((side, end))
        if known is None:
            known = self._ends[side, end] = ClashSide(
                side=side,
                account=end.version.account.id,
                denies=end.denies,
                citations=end.citations,
            )
        return known

    def _gap(self, gap: Gap | None) -> GapSize | None:
        if gap is None:
            return None
        known = self._gaps.get(gap)
        if known is None:
            known = self._gaps[gap] = _gap_size(gap)
        return known


def _gap_size(gap: Gap) -> GapSize:
    """A gap in JSON's numbers: whole ones where they are whole."""
    # JSON has no decimals: as floats all, a gap of people would be read as 300.0.
    whole = int(gap.difference)
    return GapSize(
        kind=gap.kind,
        difference=whole if whole == gap.difference else float(gap.difference),
        ratio=None if gap.ratio is None else float(gap.ratio),
    )
