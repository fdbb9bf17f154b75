"""What a claim page, its picture and the overview say of how something was said."""

from __future__ import annotations

from contextvars import copy_context
from typing import Any

import pytest

from app.domain.disagreement.engine import compare
from app.domain.disagreement.findings import by_column
from app.domain.records.registers import Dossier
from app.queries.claim import ComparedClaim
from app.queries.page_checks import Followed
from app.web.claims.citations import CitationView, cite_as
from app.web.claims.claim_view import ClaimView, claim_view
from app.web.claims.over_time import stretches
from app.web.overview.cells import Cell, cells
from app.web.overview.matrix import rows
from app.web.pictures.claim_picture import claim_picture
from app.web.wording.answers import counted, position_in_words, short_answer
from app.web.wording.locale import Locale, catalogue, use
from tests.domain.factories import REGISTERS, a_dossier, account, cite, claim

DOSSIER = a_dossier("north", "south", "west")


def compared(*accounts: dict[str, Any], kind: str = "yes-no", **more: Any) -> ComparedClaim:
    found = claim(kind, *accounts, **more)
    return ComparedClaim(found, compare(found, REGISTERS, DOSSIER), REGISTERS, DOSSIER)


def head_of(found: ComparedClaim, side: str) -> str:
    shown = by_column(found.evidence, found.dossier.sides)[side]
    return position_in_words(found.comparison, side, shown)


def cell_of(found: ComparedClaim, side: str) -> Cell:
    shown = cells(found.claim, found.comparison, found.dossier, found.registers, "")
    return next(cell for cell in shown if cell.side == side)


def notes(view: ClaimView, column: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(m.name, m.notes) for shown in view.accounts for m in shown.marks[column]]


def shown_citation(found: ComparedClaim, key: str) -> CitationView:
    view = claim_view(found, Followed(), revision_url="https://record.example/1")
    every = (c for column in view.columns for group in column.accounts for c in group.citations)
    return next(citation for citation in every if citation.id == key)


@pytest.mark.parametrize(
    ("citation", "head", "by"),
    [
        (
            cite("n-min", according_to="s-min"),
            "Only reported by a speaker of another side.",
            "according to Southland's ministry",
        ),
        (
            cite("n-min", reading="editors", note="Why."),
            "Only the editors' reading.",
            "editors' reading",
        ),
        (
            cite(None, document="n-gazette-doc"),
            "Only publishers in their own voice.",
            "Northern Gazette (in its own voice)",
        ),
    ],
)
def test_what_makes_no_position_is_not_called_nothing_found(
    citation: dict[str, Any], head: str, by: str
) -> None:
    found = compared(account("yes", "yes", citation, wording="they had left"))
    assert found.comparison.positions["north"].position == "silent"
    assert head_of(found, "north") == head
    assert head_of(found, "south") == "Nothing on record; not searched."
    (line,) = cell_of(found, "north").lines
    assert (line.words, line.by) == ("Yes", by)


def test_how_surely_and_in_which_words_it_was_said_stands_with_the_citation() -> None:
    found = compared(
        account(
            "yes",
            "yes",
            cite(
                "n-min",
                id="said",
                certainty="likely",
                as_of="2020-12",
                wording="they were seen leaving",
                voice="translated",
                quote="gone they are",
            ),
            wording="they had left",
        )
    )
    citation = shown_citation(found, "said")
    assert citation.qualified.certainty == "called likely"
    assert citation.qualified.as_of == "as of December 2020"
    assert citation.qualified.wording == "They were seen leaving"
    assert citation.voice == "translated"
    assert "as The Daily translates it: “gone they are”." in cite_as(citation)
    (mark,) = notes(claim_view(found, Followed()), "north")
    assert mark == ("Northland's ministry", ("called likely", "as of December 2020"))


def test_a_count_that_was_followed_by_another_is_never_shown_as_current() -> None:
    found = compared(
        account("first", "5", cite("n-min", "2020-10-01", id="five"), cite("f-min", "2020-10-01")),
        account("then", "9", cite("n-min", "2020-10-05", id="nine"), cite("f-min", "2020-10-05")),
        kind="quantity",
        counting="cumulative",
        unit="people",
        measure="killed",
    )
    assert [line.words for line in cell_of(found, "north").lines] == ["9"]
    assert [line.words for line in cell_of(found, "others").lines] == ["9"]
    assert shown_citation(found, "five").qualified.is_superseded
    assert not shown_citation(found, "nine").qualified.is_superseded
    picture = claim_picture(found)
    assert picture
    north = next(strip for strip in picture.plots[0].strips if strip.column.side == "north")
    assert {(p.label.words, p.label.beside) for p in north.placed} == {
        ("5", "no longer current"),
        ("9", ""),
    }


def test_a_yes_or_no_with_a_moment_is_a_state_over_days_and_a_month_stands_aside() -> None:
    found = compared(
        account("yes", "yes", cite("n-min"), as_of="2020-12-11"),
        account("no", "no", cite("s-min"), as_of="2020-12-11"),
        account("month", "yes", cite("w-min"), as_of="2020-12"),
    )
    day, aside = stretches(found)
    assert day.days
    assert day.days.words == "11 December 2020"
    assert day.clash == "Northern – Southern"
    assert [[line.words for line in cell.lines] for cell in day.cells] == [["Yes"], ["No"], [], []]
    assert aside.days is None
    assert [line.words for line in aside.cells[2].lines] == ["Yes (as of December 2020)"]
    picture = claim_picture(found)
    assert picture
    (plot,) = picture.plots
    asides = [aside.words for strip in plot.strips for aside in strip.asides]
    assert asides == ["Yes (as of December 2020)"]
    assert [p.label.words for strip in plot.strips for p in strip.placed] == ["Yes", "No"]


def test_a_clause_gets_a_capital_only_where_it_stands_alone() -> None:
    found = compared(
        account("left", "they had left", cite("n-min"), cite("s-min", stance="denies")),
        kind="text",
    )
    assert short_answer(found.claim, found.claim.accounts[0]) == "They had left"
    assert [line.words for line in cell_of(found, "south").lines] == ["Denies: they had left"]


def test_a_gap_has_its_unit_and_none_where_a_bound_is_a_word() -> None:
    def gap(left: str, right: str) -> str:
        found = compared(
            account("a", left, cite("n-min")),
            account("b", right, cite("s-min")),
            kind="quantity",
            counting="once",
            unit="people",
            measure="killed",
        )
        (row,) = rows([(found.claim, found.comparison)], DOSSIER, REGISTERS)
        return row.gap

    assert gap("5", "6") == "1 person apart (ratio 1.2)"
    assert gap("about 2000", "2300") == "300 people apart (ratio 1.15)"
    assert gap("5", "dozens") == ""


def test_measures_scopes_and_events_are_named_in_the_language_of_the_page() -> None:
    dossier = Dossier.model_validate(
        DOSSIER.to_plain()
        | {
            "scopes": [
                {"id": "city", "label": "the city", "names": [{"language": "ru", "name": "город"}]}
            ],
            "events": [
                {"id": "war", "name": "the war", "names": [{"language": "ru", "name": "война"}]}
            ],
        }
    )
    claims = [
        claim(
            "quantity",
            account("a", "1", cite("n-min")),
            id=key,
            unit="people",
            measure="killed",
            scope="city",
            event="war",
        )
        for key in ("one", "two")
    ]
    pairs = [(found, compare(found, REGISTERS, dossier)) for found in claims]
    assert counted(claims[0], claims[0].accounts[0], dossier) == "person killed · the city"
    assert [row.event for row in rows(pairs, dossier, REGISTERS)] == ["The war", ""]

    def in_russian() -> tuple[str, list[str]]:
        use(Locale("ru", catalogue("ru")))
        shown = rows(pairs, dossier, REGISTERS)
        return counted(claims[0], claims[0].accounts[0], dossier), [row.event for row in shown]

    words, events = copy_context().run(in_russian)
    assert words.endswith(" · город")
    assert events == ["Война", ""]
