"""A state over time, stretch by stretch: what is stated, and what is only carried on."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.claims import Claim
from app.domain.disagreement import Segment, timeline
from app.domain.disagreement.comparison import Lane
from app.domain.disagreement.timeline import OTHERS
from app.domain.registers import Dossier, Registers
from app.web.i18n import gettext as _
from app.web.views.answers import short_answer
from app.web.views.dates import Day
from app.web.views.wording import date_in_words_of
from app.web.views.written import name_of


@dataclass(frozen=True, slots=True)
class LaneCell:
    """What one side says of a stretch of days, in few words."""

    name: str
    rank: int
    stated: tuple[str, ...]
    carried: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some days over which nobody's account changes; `clash` names who conflicts with whom."""

    days: Day
    cells: tuple[LaneCell, ...]
    clash: str


def stretches(claim: Claim, registers: Registers, dossier: Dossier) -> list[Stretch]:
    """The stretches of a claim about a state; none for other claims."""
    return [
        _stretch(segment, claim, registers, dossier)
        for segment in timeline(claim, registers, dossier.sides)
    ]


def _stretch(segment: Segment, claim: Claim, registers: Registers, dossier: Dossier) -> Stretch:
    edtf = _days(segment)
    lanes = [(rank, side) for rank, side in enumerate(dossier.sides, start=1)]
    lanes.append((0, OTHERS))
    return Stretch(
        days=Day(date_in_words_of(edtf), edtf),
        cells=tuple(
            LaneCell(
                name=name_of(registers.sides[lane]) if rank else _("Others"),
                rank=rank,
                stated=_answers(claim, segment.lanes[lane].stated),
                carried=_carried(claim, segment.lanes[lane]),
            )
            for rank, lane in lanes
        ),
        clash=", ".join(
            f"{name_of(registers.sides[found.left])} – {name_of(registers.sides[found.right])}"
            for found in segment.relations
            if found.relation == "conflict"
        ),
    )


def _days(segment: Segment) -> str:
    if segment.first == segment.last and segment.first:
        return segment.first
    return f"{segment.first or '..'}/{segment.last or '..'}"


def _carried(claim: Claim, lane: Lane) -> tuple[str, ...]:
    """What is carried on, as far as nobody of the same lane states it anyway."""
    stated = _answers(claim, lane.stated)
    return tuple(line for line in _answers(claim, lane.carried) if line not in stated)


def _answers(claim: Claim, accounts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(short_answer(claim, claim.account(key)) for key in accounts))
