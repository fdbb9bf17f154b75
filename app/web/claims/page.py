"""The page of one claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from app.domain.records.claims import ClaimHeading
from app.queries.claim import read_claim, related_claims
from app.queries.page_checks import read_followed
from app.web.claims.claim_view import claim_view
from app.web.claims.contents import contents
from app.web.claims.over_time import stretches
from app.web.html import urls
from app.web.html.rendering import render
from app.web.html.urls import Link, social, trail
from app.web.http.dependencies import ReadSession
from app.web.http.parameters import KnownOn, PageQuery, day_of
from app.web.pictures.claim_picture import claim_picture
from app.web.wording import terms
from app.web.wording.numbers_and_dates import day_view, moment_view
from app.web.wording.record_text import RecordText, title_of
from app.web.wording.terms import Term

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Related:
    """Another claim of the same event."""

    url: str
    question: str
    state: Term


class ClaimQuery(PageQuery):
    """As of which day a claim is shown."""

    as_known_on: KnownOn | None = None


@router.get("/claims/{claim_id}")
def claim_page(
    claim_id: str, request: Request, session: ReadSession, query: Annotated[ClaimQuery, Query()]
) -> Response:
    """The accounts of a claim side by side."""
    whole = read_claim(session, claim_id, day_of(query.as_known_on))
    number = whole.stored.revision
    view = claim_view(
        whole,
        read_followed(session, whole),
        # Citations are of a revision: what was cited must still be there after the next change.
        revision_url=urls.cited_revision(request.app.state.base_url, "claim", claim_id, number),
    )
    days = stretches(whole)
    related = [_related(found) for found in related_claims(session, whole.claim, whole.dossier.id)]
    context = {
        "title": view.question,
        "description": view.lead,
        "steps": trail(
            Link(urls.dossier(whole.dossier.id), title_of(whole.dossier)),
            Link(urls.dossier(whole.dossier.id, {"topic": whole.claim.topic}), view.topic),
        ),
        "claim": view,
        "drawn": claim_picture(whole),
        "known_on": day_view(query.as_known_on),
        "now_url": urls.claim(claim_id),
        "stretches": days,
        "related": related,
        "on_this_page": contents(view, has_days=bool(days), related=len(related)),
        "changed": moment_view(whole.stored.changed_at),
        "revision": number,
        "history_url": urls.history("claim", claim_id),
        "cite_url": f"{urls.revision('claim', claim_id, number)}#cite",
        "json_url": urls.api_claim(claim_id),
        "chart_url": urls.chart(claim_id, query.as_known_on or ""),
        "contribute_url": urls.contribute(claim_id),
        # Pages of past revisions use this template too, and it is strict: each route gives every
        # name.
        "past": None,
        "preview": social(
            request.app.state.base_url,
            urls.claim(claim_id, query.as_known_on or ""),
            urls.card("claim", claim_id),
            title=view.question,
            description=view.lead,
            kind="article",
        ),
    }
    return render("claim.html", context)


def _related(found: ClaimHeading) -> Related:
    return Related(urls.claim(found.id), RecordText(found.question), terms.state(found.state))
