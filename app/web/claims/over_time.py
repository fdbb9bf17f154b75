"""What changed over time, and what people decided: shifts, overrules, the assessment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.disagreement.comparison import OTHERS, Comparison, Lane, Segment
from app.domain.records.claims import Claim
from app.domain.records.registers import Registers
from app.queries.claim import ComparedClaim
from app.web.html import urls
from app.web.wording import terms
from app.web.wording.answers import short_answer
from app.web.wording.locale import gettext as _
from app.web.wording.numbers_and_dates import Day, date_in_words_of, day_view
from app.web.wording.record_text import RecordText, name_of


@dataclass(frozen=True, slots=True)
class ShiftView:
    """A speaker's change from one account to another."""

    speaker: str
    speaker_url: str
    kind: str
    on: Day | None
    earlier: str
    earlier_url: str
    later: str
    later_url: str


@dataclass(frozen=True, slots=True)
class OverruleView:
    """An editor's decision beside what the rule said."""

    accounts: str
    relation: str
    instead_of: str
    by: str
    on: Day | None
    reason: str


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """An editor's signed conclusion."""

    by: str
    on: Day | None
    conclusion: str
    reasons: str


def shift_views(
    claim: Claim, comparison: Comparison, registers: Registers, page: str
) -> Iterable[ShiftView]:
    """Every change of a named speaker's account; `page` is where the citations are shown."""
    for shift in comparison.shifts:
        yield ShiftView(
            speaker=registers.speakers[shift.speaker].name,
            speaker_url=urls.entry("speaker", shift.speaker),
            kind=terms.shift(shift.kind),
            on=day_view(shift.on),
            earlier=short_answer(claim, claim.account(shift.from_.account)),
            earlier_url=urls.citation_at(page, shift.from_.citations[0]),
            later=short_answer(claim, claim.account(shift.to.account)),
            later_url=urls.citation_at(page, shift.to.citations[0]),
        )


def overrule_views(claim: Claim, comparison: Comparison) -> Iterable[OverruleView]:
    """Every relation that an editor decided."""
    for overrule in comparison.overruled:
        answers = [short_answer(claim, claim.account(key)) for key in overrule.accounts]
        yield OverruleView(
            accounts=" – ".join(answers),
            relation=terms.relation(overrule.relation),
            instead_of=terms.relation(overrule.instead_of),
            by=overrule.by,
            on=day_view(overrule.on),
            # Who, why, and what the rule said: readers must see that a person decided here.
            reason=RecordText(overrule.reason),
        )


def assessment_view(claim: Claim) -> AssessmentView | None:
    """The signed assessment, if there is one."""
    signed = claim.assessment
    if signed is None:
        return None
    on, conclusion = day_view(signed.on), RecordText(signed.conclusion)
    return AssessmentView(signed.by, on, conclusion, RecordText(signed.reasons))


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


def stretches(found: ComparedClaim) -> list[Stretch]:
    """The stretches of a claim about a state; none for other claims."""
    return [_stretch(segment, found) for segment in found.segments]


def _stretch(segment: Segment, found: ComparedClaim) -> Stretch:
    claim, registers = found.claim, found.registers
    edtf = _days(segment)
    lanes = [(rank, side) for rank, side in enumerate(found.dossier.sides, start=1)]
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
        # Not the claim's own clash: what is only carried on conflicts with nothing, so that of four
        # days one may be disputed (docs/decisions/2026-11-21-states-over-time.md).
        clash=", ".join(
            f"{name_of(registers.sides[pair.left])} – {name_of(registers.sides[pair.right])}"
            for pair in segment.relations
            if pair.relation == "conflict"
        ),
    )


def _days(segment: Segment) -> str:
    if segment.first == segment.last and segment.first:
        return segment.first
    # EDTF, level 1: two dots for an open end.
    return f"{segment.first or '..'}/{segment.last or '..'}"


def _carried(claim: Claim, lane: Lane) -> tuple[str, ...]:
    """What is carried on, as far as nobody of the same lane states it anyway."""
    stated = _answers(claim, lane.stated)
    return tuple(line for line in _answers(claim, lane.carried) if line not in stated)


def _answers(claim: Claim, accounts: tuple[str, ...]) -> tuple[str, ...]:
    # Several accounts can give one answer, each as of its own day; the cell needs it once.
    return tuple(dict.fromkeys(short_answer(claim, claim.account(key)) for key in accounts))
