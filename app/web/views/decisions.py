"""What changed over time, and what people decided: shifts, overrules, the assessment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.claims import Claim
from app.domain.disagreement import Comparison
from app.domain.registers import Registers
from app.web import urls
from app.web.views import terms
from app.web.views.answers import short_answer
from app.web.views.dates import Day, day_view
from app.web.views.written import Written


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
    """Every change of a named speaker's account; `page` is where the citations stand."""
    for shift in comparison.shifts:
        yield ShiftView(
            speaker=registers.speakers[shift.speaker].name,
            speaker_url=urls.entry("speakers", shift.speaker),
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
            reason=Written(overrule.reason),
        )


def assessment_view(claim: Claim) -> AssessmentView | None:
    """The signed assessment, if there is one."""
    signed = claim.assessment
    if signed is None:
        return None
    on, conclusion = day_view(signed.on), Written(signed.conclusion)
    return AssessmentView(signed.by, on, conclusion, Written(signed.reasons))
