"""Social cards as PNG: what others show beside a link."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from app.services.assembling import dossier_of
from app.storage.claims import ClaimFilter, count_by
from app.web.dated import day_of
from app.web.i18n import gettext as _
from app.web.pages.claims import ClaimQuery
from app.web.pages.dossiers import headline
from app.web.pictures.cards import HEIGHT, WIDTH, Card, claim_card, text_card
from app.web.pictures.claim_picture import claim_picture
from app.web.pictures.palettes import LIGHT
from app.web.pictures.raster import png_of
from app.web.pictures.sheets import BESIDE
from app.web.reading import ReadSession, read_claim
from app.web.rendering import fill
from app.web.views.matrix import rows
from app.web.xml_text import in_xml

router = APIRouter()


@router.get("/claims/{claim_id}/card.png")
def card_of_claim(
    claim_id: str, session: ReadSession, query: Annotated[ClaimQuery, Query()]
) -> Response:
    """A claim: its question, its state, its picture."""
    whole = read_claim(session, claim_id, day_of(query.as_known_on))
    claim, comparison = whole.claim, whole.comparison
    row = rows([(claim, comparison)], whole.dossier, whole.registers)[0]
    state = f"{row.state.name}: {row.clash}" if row.clash else row.state.name
    drawn = claim_picture(claim, comparison, whole.registers, whole.dossier)
    return _png(claim_card(claim.question, state, drawn, row.cells))


@router.get("/dossiers/{dossier}/card.png")
def card_of_dossier(dossier: str, session: ReadSession) -> Response:
    """A dossier: its title, and how many claims are in which state."""
    subject = dossier_of(session, dossier)
    counts = count_by(session, ClaimFilter(dossier=dossier), "state")
    return _png(text_card(subject.title, headline(counts)))


@router.get("/card.png")
def card_of_site() -> Response:
    """The site: what it does."""
    return _png(
        text_card(
            _("Contested facts, every account side by side"),
            _("Who differs from whom, on what, by how much and since when."),
        )
    )


def _png(card: Card) -> Response:
    context = {
        "card": card,
        "style": _style(),
        "beside": BESIDE,
        "tagline": _("Who says what. Not who is right."),
    }
    picture = png_of(in_xml(fill("pictures/card.svg", context)), WIDTH, HEIGHT)
    headers = {"Cross-Origin-Resource-Policy": "cross-origin"}
    return Response(picture, media_type="image/png", headers=headers)


@cache
def _style() -> str:
    return fill("pictures/style.css", {"light": LIGHT, "dark": None})
