"""Pictures as files of their own: the chart that others embed."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from app.drawing.sheets.chart_file import MARGIN, chart
from app.drawing.sheets.sheets import BESIDE, DARK, LIGHT
from app.queries.claim import WholeClaim, read_claim
from app.web.claims.page import ClaimQuery
from app.web.html import urls
from app.web.html.rendering import fill, in_xml
from app.web.http.dependencies import ReadSession
from app.web.http.parameters import day_of
from app.web.pictures.claim_picture import claim_picture
from app.web.wording.locale import gettext as _
from app.web.wording.messages import explanations
from app.web.wording.numbers_and_dates import day_view, moment_view

router = APIRouter()

Asked = Annotated[ClaimQuery, Query()]


@router.get("/claims/{claim_id}/chart.svg")
def chart_file(claim_id: str, request: Request, session: ReadSession, query: Asked) -> Response:
    """The picture of a claim with its question and source, for any page to show."""
    whole = read_claim(session, claim_id, day_of(query.as_known_on))
    known_on = query.as_known_on or ""
    # Absolute: on another site's page a link to `#citation-…` alone would lead nowhere.
    address = f"{request.app.state.base_url}{urls.claim(claim_id, known_on)}"
    drawn = claim_picture(whole, page=address)
    made = chart(
        whole.claim.question,
        explanations(whole.comparison, whole.registers)[0],
        drawn,
        _("No account is on record yet."),
        source_line(whole, address, known_on),
    )
    # Inline, not linked: a picture that is embedded as an image may load nothing else.
    style = _style()
    context = {"chart": made, "style": style, "margin": MARGIN, "beside": BESIDE}
    return Response(
        in_xml(fill("pictures/chart.svg", context)),
        media_type="image/svg+xml",
        headers={
            "Content-Security-Policy": _policy(style),
            # A page that isolates itself (COEP) shows only files that allow it.
            "Cross-Origin-Resource-Policy": "cross-origin",
        },
    )


def source_line(whole: WholeClaim, address: str, known_on: str) -> str:
    """Where the picture is from, and as of when."""
    changed = moment_view(whole.stored.changed_at)
    source = _("Source: Variorum, %(address)s, revision %(number)d of %(day)s.") % {
        "address": address,
        "number": whole.stored.revision,
        "day": changed.words,
    }
    day = day_view(known_on)
    dated = _("As it could be known on %(day)s.") % {"day": day.words} if day else ""
    return f"{source} {dated}".strip()


@cache
def _style() -> str:
    return fill("pictures/style.css", {"light": LIGHT, "dark": DARK})


@cache
def _policy(style: str) -> str:
    """Nothing runs in the file, and nothing is loaded; its own stylesheet is known by its hash."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'"
