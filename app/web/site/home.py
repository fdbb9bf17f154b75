"""The first page: every dossier with what is most disputed in it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, PlainTextResponse, Response
from sqlalchemy.orm import Session

from app.domain.records.claim_filter import ClaimFilter
from app.domain.records.registers import Dossier, Registers
from app.queries.claim import read_claims
from app.queries.registers import sides_alone
from app.storage.claims.lists import count_by, list_claims
from app.storage.registers.entries import all_entries
from app.web.html import urls
from app.web.html.links import social
from app.web.html.rendering import STATIC, render
from app.web.http.dependencies import ReadSession
from app.web.overview.dossier import headline, side_columns, tally
from app.web.overview.matrix import rows
from app.web.wording.locale import gettext as _
from app.web.wording.record_text import Written, title_of

router = APIRouter()

_SHOWN = 5


@router.get("/favicon.ico")
def favicon() -> Response:
    """The mark, at the address that programs try which read no page."""
    return FileResponse(STATIC / "favicon.ico", headers={"Cache-Control": "public, max-age=604800"})


@router.get("/robots.txt")
def robots() -> Response:
    """What programs that walk the web may ask for (RFC 9309): all but what is for one person."""
    return PlainTextResponse("User-agent: *\nDisallow: /review\nDisallow: /submissions/\n")


@router.get("/")
def home(request: Request, session: ReadSession) -> Response:
    """What there is, and where to go on."""
    registers = sides_alone(session)
    dossiers = [Dossier.model_validate_json(e.body) for e in all_entries(session, "dossier")]
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
        "dossiers": [_card(session, dossier, registers) for dossier in dossiers],
    }
    return render("home.html", context)


def _card(session: Session, dossier: Dossier, registers: Registers) -> dict[str, object]:
    where = ClaimFilter(dossier=dossier.id)
    counts = count_by(session, where, "state")
    page = list_claims(session, where, limit=_SHOWN)
    claims, named = read_claims(session, page.items)
    return {
        "id": dossier.id,
        "url": urls.dossier(dossier.id),
        "title": title_of(dossier),
        "summary": Written(dossier.summary, dossier.language),
        "headline": headline(counts),
        "tally": tally(counts, dossier.id),
        "total": sum(counts.values()),
        "rows": rows(claims, dossier, named),
        "columns": side_columns(dossier, registers),
        "caption": _("First among them:"),
    }
