"""The page of a place: its names by side, where it is, and the claims about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from app.domain.records.registers import Place, Registers
from app.drawing.maps.drawing import draw
from app.drawing.maps.outlines import load_outlines
from app.drawing.maps.windows import at
from app.queries.across import PlaceWithClaims, read_place
from app.queries.claim_lists import ListedClaim
from app.web.claims.places import named_by
from app.web.html import urls
from app.web.html.rendering import render
from app.web.html.urls import Link, trail
from app.web.http.dependencies import ReadSession
from app.web.pictures.place_map import DrawnMap, coordinate, counted, drawn, nothing_claimed
from app.web.registers.pages import Fact
from app.web.wording import kind_names, terms
from app.web.wording.answers import clash_in_words
from app.web.wording.locale import gettext as _
from app.web.wording.locale import ngettext
from app.web.wording.numbers_and_dates import Day, day_view
from app.web.wording.record_text import RecordText, title_of
from app.web.wording.terms import Term

router = APIRouter()

_SHOWN = 100
_WIDTH, _RATIO, _FONT = 400, 1.25, 12.0
_HEIGHT = 1.0  # degrees of latitude on the small map


@dataclass(frozen=True, slots=True)
class ClaimAt:
    """A claim about a place; `clash` names who conflicts with whom."""

    url: str
    question: str
    state: Term
    happened: Day | None
    clash: str


@router.get("/places/{key}")
def place_page(key: str, session: ReadSession) -> Response:
    """One place with its names by side, and the claims about it."""
    found = read_place(session, key, limit=_SHOWN)
    place, dossier, registers = found.place, found.dossier, found.sides
    locator = _locator(found)
    context = {
        "title": place.name,
        "description": "",
        # Places are filed with their dossier, and so is their history.
        "history_url": urls.history("dossier", dossier.id),
        "steps": trail(
            Link(urls.dossier(dossier.id), title_of(dossier)),
            Link(urls.register("place"), kind_names.heading("place")),
        ),
        "place": place,
        "names": named_by(place, dossier, registers),
        "facts": _facts(place),
        "locator": locator,
        "notes": _notes(locator),
        "map_url": urls.across("map", dossier.id, {"at": key, "zoom": "2"} if locator else {}),
        # “Farrukh/Parukh” names one place twice; searched for whole, both words would have to
        # occur.
        "search_url": urls.listed("search", {"q": place.name.partition("/")[0]}),
        "claims": [_claim(item, registers) for item in found.claims.items],
        "list_url": urls.dossier(dossier.id, {"place": key}),
        "counted": _counted(found.claims.total, len(found.claims.items)),
    }
    return render("place.html", context)


def _facts(place: Place) -> Sequence[Fact]:
    where = _("not on record")
    if place.latitude is not None and place.longitude is not None:
        # Four decimals are about eleven metres on the ground.
        where = f"{place.latitude:.4f}, {place.longitude:.4f}"
    precision = terms.precision(place.precision) if place.precision else _("not on record")
    facts = [
        Fact(_("Coordinates"), where),
        Fact(_("The point represents"), precision if coordinate(place) else ""),
        Fact(_("Gazetteer"), place.gazetteer or ""),
        Fact(_("Note"), RecordText(place.note or "")),
    ]
    return [fact for fact in facts if fact.value]


def _locator(found: PlaceWithClaims) -> DrawnMap | None:
    """The place among its neighbours; None where its coordinates are not on record."""
    middle = coordinate(found.place)
    if middle is None:
        return None
    places = counted(found.dossier, found.states)
    # Names get room in this order, and a neighbour's must not take that of the place itself.
    ordered = sorted(places, key=lambda each: each.place.id != found.place.id)
    spots = [each.spot for each in ordered if each.spot]
    picture = draw(spots, at(middle, _HEIGHT, _RATIO), load_outlines(), _WIDTH, _FONT)
    return drawn("locator", picture, places)


def _notes(locator: DrawnMap | None) -> list[str]:
    if locator is None:
        return [_("No coordinates are on record, so the place is on no map.")]
    return [
        _("The number after a name says how many claims about the place are disputed."),
        nothing_claimed(),
        _("What the outlines claim is explained beside the whole map."),
    ]


def _claim(item: ListedClaim, registers: Registers) -> ClaimAt:
    return ClaimAt(
        url=urls.claim(item.id),
        question=RecordText(item.question),
        state=terms.state(item.comparison.state),
        happened=day_view(item.happened),
        clash=clash_in_words(item.comparison, registers),
    )


def _counted(total: int | None, shown: int) -> str:
    if total == shown:
        return ngettext("%(count)d claim.", "%(count)d claims.", shown) % {"count": shown}
    return _("The first %(shown)d are shown.") % {"shown": shown}
