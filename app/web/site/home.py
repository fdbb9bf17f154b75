"""The first page: every dossier with what is most disputed in it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, PlainTextResponse, Response

from app.domain.records.registers import Registers
from app.queries.dossiers import DossierSummary, summaries
from app.queries.registers import sides_alone
from app.web.html import urls
from app.web.html.rendering import STATIC, render
from app.web.html.urls import social
from app.web.http.dependencies import ReadSession
from app.web.overview.dossier import headline, side_columns, tally
from app.web.overview.matrix import rows
from app.web.wording.locale import gettext as _
from app.web.wording.record_text import RecordText, title_of

router = APIRouter()

_SHOWN = 5


@router.get("/favicon.ico")
def favicon() -> Response:
    """The mark, at the address that programs try which read no page."""
    # A week, not a year: unlike other static files it has no version in its address.
    return FileResponse(STATIC / "favicon.ico", headers={"Cache-Control": "public, max-age=604800"})


@router.get("/robots.txt")
def robots() -> Response:
    """What programs that walk the web may ask for (RFC 9309): all but what is for one person."""
    return PlainTextResponse("User-agent: *\nDisallow: /review\nDisallow: /submissions/\n")


@router.get("/")
def home(request: Request, session: ReadSession) -> Response:
    """What there is, and where to go on."""
    registers = sides_alone(session)
    context = {
        "title": "Variorum",
        "description": _("Contested facts with every side's account side by side."),
        "preview": social(
            request.app.state.base_url,
            "/",
            urls.card(),
            title="Variorum",
            description=_("Contested facts with every side's account side by side."),
            kind="website",
        ),
        "dossiers": [_card(found, registers) for found in summaries(session, claims=_SHOWN)],
    }
    return render("home.html", context)


def _card(found: DossierSummary, registers: Registers) -> dict[str, object]:
    dossier, states = found.dossier, found.states
    return {
        "id": dossier.id,
        "url": urls.dossier(dossier.id),
        "title": title_of(dossier),
        "summary": RecordText(dossier.summary, dossier.language),
        "headline": headline(states),
        "tally": tally(states, dossier.id),
        "total": sum(states.values()),
        "rows": rows(found.first.claims, dossier, found.first.registers),
        "columns": side_columns(dossier, registers),
        # The rows are the head of a list, the most disputed: without a caption they look like all
        # of it.
        "caption": _("First among them:"),
    }
