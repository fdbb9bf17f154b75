"""The pattern page: every component in every state, on samples of no dossier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from fastapi import APIRouter
from fastapi.responses import Response

from app.drawing.charts.coverage import Coverage
from app.drawing.charts.picture import Picture
from app.drawing.charts.timeline import Timeline
from app.web.claims.citations import CitationView
from app.web.claims.contents import Entry
from app.web.contributing.effect import EffectView, EntryView
from app.web.contributing.form_fields import FieldProblem
from app.web.following.page_checks import CheckView
from app.web.history.differences import PartView
from app.web.history.revision import PastView
from app.web.html import urls
from app.web.html.forms import Form
from app.web.html.rendering import render
from app.web.html.urls import Link, trail
from app.web.http.sessions import Visitor
from app.web.overview.dossier import Counted, SideColumn
from app.web.overview.filters import Chip, Choice, KnownDays
from app.web.overview.matrix import Row
from app.web.pictures.place_map import DrawnMap, PlaceRow
from app.web.search.places import PlaceCard
from app.web.search.results import FoundView
from app.web.site.patterns import samples_claims
from app.web.site.patterns import samples_lists as listed
from app.web.site.patterns import samples_map as island
from app.web.site.patterns import samples_pictures as drawn
from app.web.site.patterns import samples_reviews as reviews
from app.web.site.patterns.samples_reviews import Accounts
from app.web.wording import terms
from app.web.wording.locale import gettext as _
from app.web.wording.numbers_and_dates import Day
from app.web.wording.terms import Term

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Patterns:
    """All that the pattern page shows."""

    title: str
    description: str
    steps: list[Link]
    states: list[Term]
    flags: list[Term]
    sides: list[SideColumn]
    columns: list[SideColumn]
    tally: list[Counted]
    rows: list[Row]
    picture: Picture
    covered: Coverage
    citations: list[tuple[str, CitationView]]
    checks: list[CheckView]
    on_this_page: list[Entry]
    choices: list[Choice]
    sorts: Choice
    chips: list[Chip]
    days: list[tuple[str, str, KnownDays]]
    densities: list[tuple[Link, bool]]
    said: Timeline | None
    maps: list[DrawnMap]
    map_here: str
    place_columns: list[Link]
    place_rows: list[PlaceRow]
    found: list[FoundView]
    state_terms: Mapping[str, Term]
    place_cards: list[PlaceCard]
    effects: list[tuple[str, EffectView]]
    accounts: Accounts
    no_accounts: Accounts
    entries: list[EntryView]
    pasts: list[PastView]
    parts: tuple[PartView, ...]
    whole: tuple[PartView, ...]
    ways: list[Link]
    visitor: Visitor
    known_on: Day
    here: str
    typed: Form
    problems: list[FieldProblem]


@router.get("/patterns")
def patterns() -> Response:
    """Every component in every state."""
    shown = _samples()
    # Not `asdict`, which would make dictionaries of the views inside as well.
    context = {field.name: getattr(shown, field.name) for field in fields(shown)}
    return render("patterns.html", context)


def _samples() -> Patterns:
    sides = [SideColumn(rank, side) for rank, side in enumerate(samples_claims.SIDES, start=1)]
    others = SideColumn(0, _("Others"))
    return Patterns(
        title=_("Pattern book"),
        description="",
        steps=trail(Link(urls.method(), _("How it works"))),
        states=terms.states(),
        flags=terms.flags(),
        sides=[*sides, others],
        columns=[*sides[:3], others],
        tally=_tally(),
        rows=samples_claims.rows(),
        picture=drawn.picture(),
        covered=drawn.covered(),
        citations=samples_claims.citations(),
        checks=samples_claims.checks(),
        on_this_page=samples_claims.contents(),
        choices=listed.choices(),
        sorts=listed.sorts(),
        chips=listed.chips(),
        days=listed.days(),
        densities=listed.densities(),
        said=drawn.said(),
        maps=island.maps(),
        map_here=island.here(),
        place_columns=island.columns(),
        place_rows=island.rows(),
        found=listed.found(),
        state_terms={term.key: term for term in terms.states()},
        place_cards=listed.place_cards(),
        effects=reviews.effects(),
        accounts=reviews.accounts(),
        no_accounts=reviews.no_accounts(),
        entries=reviews.entries(),
        pasts=listed.pasts(),
        parts=reviews.parts(),
        whole=reviews.whole(),
        ways=listed.ways(),
        visitor=listed.visitor(),
        known_on=samples_claims.MAY,
        here=samples_claims.HERE,
        typed=Form([("boats", "eleven-ish"), ("kind", "boat"), ("passage", "Two lines\nof words")]),
        problems=[FieldProblem("boats", "Boats", "Write a number, as 11.")],
    )


def _tally() -> list[Counted]:
    here = samples_claims.HERE
    # Of two digits and of three, as they change the width of a row.
    states = (Counted(7 * len(term.name), term.name, here) for term in terms.states())
    return [Counted(1_204, "claims", here, is_whole=True), *states]
