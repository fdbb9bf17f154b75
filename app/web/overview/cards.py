"""Social cards as PNG: what others show beside a link."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from app.drawing.sheets.cards import HEIGHT, WIDTH, Answers, Card, claim_card, text_card
from app.drawing.sheets.raster import png_of
from app.drawing.sheets.sheets import BESIDE, LIGHT
from app.queries.claim import WholeClaim, read_claim
from app.queries.dossiers import count_states
from app.queries.registers import dossier_of
from app.web.claims.page import ClaimQuery
from app.web.html.rendering import fill, in_xml
from app.web.http.dependencies import ReadSession
from app.web.http.parameters import day_of
from app.web.overview.cells import Cell
from app.web.overview.dossier import headline
from app.web.overview.matrix import rows
from app.web.pictures.claim_picture import claim_picture
from app.web.wording.locale import gettext as _

router = APIRouter()


@router.get("/claims/{claim_id}/card.png")
def card_of_claim(
    claim_id: str, session: ReadSession, query: Annotated[ClaimQuery, Query()]
) -> Response:
    """A claim: its question, its state, its picture."""
    whole = read_claim(session, claim_id, day_of(query.as_known_on))
    return _png(svg_of_claim(whole))


def svg_of_claim(whole: WholeClaim) -> str:
    """The card of a claim before it is a picture of pixels."""
    # The overview's row, so that a card and the list cannot say different things of a claim.
    row = rows([(whole.claim, whole.comparison)], whole.dossier, whole.registers)[0]
    state = f"{row.state.name}: {row.clash}" if row.clash else row.state.name
    answers = [
        Answers(cell.name, cell.rank, _words_of(cell), is_silent=cell.is_silent)
        for cell in row.cells
    ]
    return _svg(claim_card(whole.claim.question, state, claim_picture(whole), answers))


@router.get("/dossiers/{dossier}/card.png")
def card_of_dossier(dossier: str, session: ReadSession) -> Response:
    """A dossier: its title, and how many claims are in which state."""
    subject = dossier_of(session, dossier)
    return _png(_svg(text_card(subject.title, headline(count_states(session, dossier)))))


@router.get("/card.png")
def card_of_site() -> Response:
    """The site: what it does."""
    says = text_card(
        _("Contested facts, every account side by side"),
        _("Who differs from whom, on what, by how much and since when."),
    )
    return _png(_svg(says))


def _words_of(cell: Cell) -> tuple[str, ...]:
    """What a side answers, and last why there is no answer."""
    answers = (f"{line.words} ({line.by})" if line.by else line.words for line in cell.lines)
    return tuple(filter(None, [*answers, cell.note]))


def _svg(card: Card) -> str:
    context = {
        "card": card,
        "style": _style(),
        "beside": BESIDE,
        "tagline": _("Who says what. Not who is right."),
    }
    return in_xml(fill("pictures/card.svg", context))


def _png(svg: str) -> Response:
    # Others show it beside links to us, on pages of their own.
    headers = {"Cross-Origin-Resource-Policy": "cross-origin"}
    return Response(png_of(svg, WIDTH, HEIGHT), media_type="image/png", headers=headers)


@cache
def _style() -> str:
    # No dark scheme: a site that shows a card shows one file to all of its readers.
    return fill("pictures/style.css", {"light": LIGHT, "dark": None})
