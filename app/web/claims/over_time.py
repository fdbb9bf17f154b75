"""What changed over time, and what people decided: shifts, overrules, the assessment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from app.domain.disagreement.comparison import OTHERS, Comparison, Segment
from app.domain.disagreement.findings import by_column
from app.domain.disagreement.statements import Cited
from app.domain.disagreement.timeline import is_stated_in
from app.domain.records.claims import Claim
from app.domain.records.registers import Registers
from app.queries.claim import ComparedClaim
from app.web.html import urls
from app.web.wording import terms
from app.web.wording.answers import (
    answer_inside,
    aside_in_words,
    own_voice,
    short_answer,
)
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
class ExemptionView:
    """A citation whose filing an editor read again, as a rule asked about it."""

    citation: str
    citation_url: str
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
            earlier=answer_inside(claim, claim.account(shift.from_.account)),
            earlier_url=urls.citation_at(page, shift.from_.citations[0]),
            later=answer_inside(claim, claim.account(shift.to.account)),
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


def exemption_views(claim: Claim, page: str) -> Iterable[ExemptionView]:
    """Every filing that an editor upheld; `page` is where the citations are shown."""
    for exemption in claim.exemptions:
        yield ExemptionView(
            citation=exemption.citation,
            citation_url=urls.citation_at(page, exemption.citation),
            by=exemption.by,
            on=day_view(exemption.on),
            reason=RecordText(exemption.reason),
        )


def assessment_view(claim: Claim) -> AssessmentView | None:
    """The signed assessment, if there is one."""
    signed = claim.assessment
    if signed is None:
        return None
    on, conclusion = day_view(signed.on), RecordText(signed.conclusion)
    return AssessmentView(signed.by, on, conclusion, RecordText(signed.reasons))


@dataclass(frozen=True, slots=True)
class LaneLine:
    """An answer in few words; `by` is a publisher that gives it in its own voice, or empty."""

    words: str
    by: str = ""
    is_carried: bool = False


@dataclass(frozen=True, slots=True)
class LaneCell:
    """What one side says of a stretch of days, in few words."""

    side: str
    name: str
    rank: int
    lines: tuple[LaneLine, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some days over which nobody's account changes; `clash` names who conflicts with whom.

    Without days it has what no stretch can show: a month, an unsure moment, a denial.
    """

    days: Day | None
    cells: tuple[LaneCell, ...]
    clash: str = ""


def stretches(found: ComparedClaim) -> list[Stretch]:
    """The stretches of a claim about a state, last what none of them shows; none for others."""
    if not found.segments:
        return []
    columns = by_column(found.evidence, found.dossier.sides)
    shown = [_stretch(segment, found, columns) for segment in found.segments]
    aside = Stretch(None, tuple(_cells(found, partial(_aside, found, columns))))
    return [*shown, aside] if any(cell.lines for cell in aside.cells) else shown


def _stretch(
    segment: Segment, found: ComparedClaim, columns: Mapping[str, Sequence[Cited]]
) -> Stretch:
    registers = found.registers
    edtf = _days(segment)
    return Stretch(
        days=Day(date_in_words_of(edtf), edtf),
        cells=tuple(_cells(found, partial(_lines, segment, found, columns))),
        # Not the claim's own clash: what is only carried on conflicts with nothing, so that of four
        # days one may be disputed (docs/decisions/2026-11-21-states-over-time.md).
        clash=", ".join(
            f"{name_of(registers.sides[pair.left])} – {name_of(registers.sides[pair.right])}"
            for pair in segment.relations
            if pair.relation == "conflict"
        ),
    )


def _cells(found: ComparedClaim, lines: Callable[[str], Iterable[LaneLine]]) -> Iterable[LaneCell]:
    """A cell for each side in the dossier's order, and one for the others."""
    for rank, side in enumerate(found.dossier.sides, start=1):
        yield LaneCell(side, name_of(found.registers.sides[side]), rank, _once(lines(side)))
    yield LaneCell(OTHERS, _("Others"), 0, _once(lines(OTHERS)))


def _once(lines: Iterable[LaneLine]) -> tuple[LaneLine, ...]:
    # Several accounts can give one answer, each as of its own day; the cell needs it once. What is
    # stated anyway is not shown as carried on too.
    found = dict.fromkeys(lines)
    stated = {line.words for line in found if not line.is_carried}
    return tuple(line for line in found if not (line.is_carried and line.words in stated))


def _lines(
    segment: Segment,
    found: ComparedClaim,
    columns: Mapping[str, Sequence[Cited]],
    column: str,
) -> Iterable[LaneLine]:
    claim, lane = found.claim, segment.lanes[column]
    for item in columns[column]:
        # In the words of those who state it for these very days: an own voice says whose it is.
        if is_stated_in(segment, item, column):
            words = short_answer(claim, item.account)
            yield LaneLine(words, "" if item.speakers else own_voice(item.publisher.name))
    for key in (*lane.carried, *lane.own_voice_carried):
        yield LaneLine(short_answer(claim, claim.account(key)), is_carried=True)


def _aside(
    found: ComparedClaim, columns: Mapping[str, Sequence[Cited]], column: str
) -> Iterable[LaneLine]:
    """What a column has of answers that no stretch states, each with the moment it speaks of."""
    for item in columns[column]:
        if item.account.answer is None or item.citation.stance not in ("asserts", "denies"):
            continue
        if not any(is_stated_in(segment, item, column) for segment in found.segments):
            by = "" if item.speakers else own_voice(item.publisher.name)
            yield LaneLine(aside_in_words(found.claim, item, found.comparison.superseded), by)


def _days(segment: Segment) -> str:
    if segment.first == segment.last and segment.first:
        return segment.first
    # EDTF, level 1: two dots for an open end.
    return f"{segment.first or '..'}/{segment.last or '..'}"
