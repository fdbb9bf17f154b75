"""The page of one claim."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.domain.claims import Claim
from app.storage.claims import ClaimFilter, list_claims
from app.web import urls
from app.web.i18n import gettext as _
from app.web.pages.links import Link
from app.web.reading import ReadSession, read_claim
from app.web.rendering import render
from app.web.views import terms
from app.web.views.citations import day_view
from app.web.views.claim import claim_view
from app.web.views.terms import Term

router = APIRouter()

_RELATED = 50


@dataclass(frozen=True, slots=True)
class Related:
    """Another claim of the same event."""

    url: str
    question: str
    state: Term


@router.get("/claims/{claim_id}")
def claim_page(claim_id: str, session: ReadSession) -> Response:
    """The accounts of a claim side by side."""
    whole = read_claim(session, claim_id)
    view = claim_view(whole.claim, whole.comparison, whole.registers, whole.dossier)
    context = {
        "title": view.question,
        "description": view.lead,
        "steps": [
            Link("/", _("Dossiers")),
            Link(urls.dossier(whole.dossier.id), whole.dossier.title),
            Link(urls.dossier(whole.dossier.id, {"topic": whole.claim.topic}), view.topic),
        ],
        "claim": view,
        "related": _related(session, whole.claim, whole.dossier.id),
        "changed": day_view(whole.stored.changed_at.date().isoformat()),
        "revision": whole.stored.revision,
        "json_url": urls.api_claim(claim_id),
    }
    return render("claim.html", context)


def _related(session: Session, claim: Claim, dossier: str) -> list[Related]:
    if claim.event is None:
        return []
    where = ClaimFilter(dossier=dossier, event=claim.event)
    page = list_claims(session, where, "date", limit=_RELATED)
    return [
        Related(urls.claim(item.id), item.question, terms.state(item.state))
        for item in page.items
        if item.id != claim.id
    ]
