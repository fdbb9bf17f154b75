"""The pattern page: every component in every state, on samples of no dossier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from fastapi import APIRouter
from fastapi.responses import Response

from app.web import urls
from app.web.forms import Form
from app.web.i18n import gettext as _
from app.web.pages import samples as listed
from app.web.pages.dossiers import Counted, SideColumn
from app.web.pages.filters import Chip, Choice
from app.web.pages.found_places import PlaceCard
from app.web.pages.known_days import KnownDays
from app.web.pages.links import Link, trail
from app.web.pages.revisions import PastView
from app.web.pictures import samples as drawn
from app.web.pictures.claim_picture import Picture
from app.web.pictures.coverage import Coverage
from app.web.pictures.timeline import Timeline
from app.web.rendering import render
from app.web.views import sample_map as island
from app.web.views import sample_reviews as reviews
from app.web.views import samples, terms
from app.web.views.checks import CheckView
from app.web.views.citations import CitationView
from app.web.views.contents import Entry
from app.web.views.contribution import FieldProblem
from app.web.views.dates import Day
from app.web.views.found import FoundView
from app.web.views.map import DrawnMap, PlaceRow
from app.web.views.matrix import Row
from app.web.views.reviewing import EffectView, EntryView
from app.web.views.revised import PartView
from app.web.views.sample_reviews import Accounts
from app.web.views.terms import Term
from app.web.visitors import Visitor

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
    ranks = range(1, len(samples.SIDES) + 1)
    sides = [SideColumn(rank, samples.SIDES[rank - 1]) for rank in ranks]
    others = SideColumn(0, _("Others"))
    shown = Patterns(
        title=_("Pattern book"),
        description="",
        steps=trail(Link(urls.method(), _("How it works"))),
        states=terms.states(),
        flags=terms.flags(),
        sides=[*sides, others],
        columns=[*sides[:3], others],
        tally=[
            Counted(1_204, "claims", samples.HERE, is_whole=True),
            *(Counted(7 * len(term.name), term.name, samples.HERE) for term in terms.states()),
        ],
        rows=samples.rows(),
        picture=drawn.picture(),
        covered=drawn.covered(),
        citations=samples.citations(),
        checks=samples.checks(),
        on_this_page=samples.contents(),
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
        known_on=samples.MAY,
        here=samples.HERE,
        typed=Form([("boats", "eleven-ish"), ("kind", "boat"), ("passage", "Two lines\nof words")]),
        problems=[FieldProblem("boats", "Boats", "Write a number, as 11.")],
    )
    context = {field.name: getattr(shown, field.name) for field in fields(shown)}
    return render("patterns.html", context)
