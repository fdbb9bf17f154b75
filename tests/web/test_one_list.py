"""What is shown of the others, and of own voices, is one list wherever it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from urllib.parse import urlsplit

import pytest

from app.domain.disagreement.comparison import OTHERS
from app.domain.disagreement.engine import compare
from app.domain.disagreement.findings import by_column
from app.domain.disagreement.statements import Cited
from app.domain.records.registers import Registers
from app.dossiers.record import read_record
from app.drawing.charts.plots import Mark
from app.queries.claim import ComparedClaim
from app.queries.page_checks import Followed
from app.web.claims.claim_view import claim_view
from app.web.claims.over_time import stretches
from app.web.overview.cells import answers_of_others, cells
from app.web.pictures.claim_picture import claim_picture
from app.web.wording.answers import short_answer
from tests.loaded import EXAMPLE, ROOT


@cache
def _claims(name: str) -> dict[str, ComparedClaim]:
    record = read_record(ROOT if name == "shipped" else EXAMPLE)
    registers = Registers(record.sources)
    dossiers = {dossier.id: dossier for dossier in record.dossiers}
    return {
        claim.id: ComparedClaim(
            claim, compare(claim, registers, dossiers[key]), registers, dossiers[key]
        )
        for key, claim in record.claims
    }


EVERY_CLAIM = [(name, key) for name in ("shipped", "example") for key in _claims(name)]


def _answers(item: Cited) -> bool:
    return item.citation.stance in ("asserts", "denies") and item.account.answer is not None


def _on_the_page(found: ComparedClaim, column: str) -> set[str]:
    """The ids of the citations in a column of the claim page."""
    (shown,) = (each for each in claim_view(found, Followed()).columns if each.side == column)
    return {citation.id for group in shown.accounts for citation in group.citations}


def _in_the_picture(found: ComparedClaim, column: str) -> set[str]:
    """The accounts that marks of a column of the picture lead to, by what they lead to."""
    picture = claim_picture(found)
    if picture is None:
        return set()
    marks: list[Mark] = []
    for strip in (strip for plot in picture.plots for strip in plot.strips):
        if strip.column.side == column:
            marks += [line.mark for placed in strip.placed for line in placed.lines]
            marks += [mark for aside in strip.asides for mark in aside.marks]
    if picture.tally:
        rank = {each.side: each.rank for each in picture.columns}.get(column)
        marks += [d.mark for row in picture.tally.rows for d in row.dots if d.rank == rank]
    cited = {item.citation.id: item for item in found.evidence}
    items = (cited[urlsplit(mark.url).fragment.removeprefix("citation-")] for mark in marks)
    return _words(found, (item for item in items if _answers(item)))


def _day_by_day(found: ComparedClaim, column: str) -> set[str]:
    """The answers in a column of the table of days, without the moments beside them."""
    lines = [
        line.words.removeprefix("Denies: ").removeprefix("denies: ")
        for stretch in stretches(found)
        for cell in stretch.cells
        if cell.side == column
        for line in cell.lines
    ]
    known = _words(found, found.evidence)
    return {
        max((word for word in known if line.casefold().startswith(word.casefold())), key=len)
        for line in lines
    }


def _words(found: ComparedClaim, items: Iterable[Cited]) -> set[str]:
    return {str(short_answer(found.claim, item.account)) for item in items}


def _in_the_overview(found: ComparedClaim, items: Iterable[Cited]) -> set[str]:
    lines = answers_of_others(found.claim, found.comparison, items, found.registers)
    keys = (urlsplit(line.url).fragment.removeprefix("account-") for line in lines)
    return {str(short_answer(found.claim, found.claim.account(key))) for key in keys}


@pytest.mark.parametrize(("name", "claim_id"), EVERY_CLAIM)
def test_the_others_are_one_list_on_every_page(name: str, claim_id: str) -> None:
    found = _claims(name)[claim_id]
    others = by_column(found.evidence, found.dossier.sides)[OTHERS]
    assert _on_the_page(found, OTHERS) == {item.citation.id for item in others}
    answering = [item for item in others if _answers(item)]
    assert _in_the_picture(found, OTHERS) == _words(found, answering)
    if found.segments:
        assert _day_by_day(found, OTHERS) == _words(found, answering)
    superseded = found.comparison.superseded
    current = [item for item in answering if item.citation.id not in superseded]
    assert _in_the_overview(found, others) == _words(found, current)


@pytest.mark.parametrize(("name", "claim_id"), EVERY_CLAIM)
def test_an_own_voice_is_shown_under_its_publishers_side_everywhere(
    name: str, claim_id: str
) -> None:
    found = _claims(name)[claim_id]
    for side in found.dossier.sides:
        own = [i for i in found.evidence if not i.speakers and i.publisher.side == side]
        assert {item.citation.id for item in own} <= _on_the_page(found, side)
        words = _words(found, (item for item in own if _answers(item)))
        assert words <= _in_the_picture(found, side)
        if found.segments:
            assert words <= _day_by_day(found, side)
        shown = cells(found.claim, found.comparison, found.dossier, found.registers, "")
        (cell,) = (each for each in shown if each.side == side)
        marked = [line for line in cell.lines if line.by.endswith("(in its own voice)")]
        assert bool(words) <= bool(marked)


@pytest.mark.parametrize(("name", "claim_id"), EVERY_CLAIM)
def test_no_own_voice_conflicts_for_its_publishers_side(name: str, claim_id: str) -> None:
    found = _claims(name)[claim_id]
    spoken = {item.account.id for item in found.evidence if item.speakers}
    for segment in found.segments:
        for clash in segment.clashes:
            assert {clash.left.account, clash.right.account} <= spoken
