"""The overview of a dossier: the matrix with its filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from app.domain.claims import Claim
from app.domain.disagreement import Comparison
from app.domain.registers import Dossier, Registers
from app.services.assembling import dossier_of, whole_registers
from app.services.dated_lists import list_as_known_on
from app.storage.citations import documents_by_side, extent
from app.storage.claims import STATES, ClaimFilter, count_by, list_claims
from app.web import urls
from app.web.dated import day_of
from app.web.i18n import gettext as _
from app.web.i18n import ngettext
from app.web.pages.filters import ListQuery, choices
from app.web.pages.links import Link
from app.web.reading import ReadSession, read_claims
from app.web.rendering import render
from app.web.views import terms
from app.web.views.dates import day_view
from app.web.views.matrix import rows
from app.web.views.wording import figure, in_small
from app.web.views.written import Written, name_of, title_of

router = APIRouter()

_ON_A_PAGE = 100
_COUNTED: tuple[Literal["state", "topic", "kind"], ...] = ("state", "topic", "kind")


@dataclass(frozen=True, slots=True)
class SideColumn:
    """A column of the matrix; `rank` is the side's place in the dossier's order, 0 for others."""

    rank: int
    name: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The claims of one page, with what they name, how many there are, and in which states."""

    claims: list[tuple[Claim, Comparison]]
    registers: Registers
    total: int | None
    after: str
    states: Mapping[str, int]


@router.get("/dossiers/{dossier}")
def overview(
    dossier: str, request: Request, session: ReadSession, query: Annotated[ListQuery, Query()]
) -> Response:
    """The matrix of a dossier's claims."""
    if any(value == "" for value in request.query_params.values()):
        return RedirectResponse(urls.dossier(dossier, query.parameters()), status_code=302)
    subject = dossier_of(session, dossier)
    where = query.claim_filter(dossier)
    registers = whole_registers(session)
    shown = _dated(session, query, where) or _current(session, query, where)
    counts: dict[str, dict[str, int]] = {}
    if not query.as_known_on:
        counts = {name: count_by(session, where, name) for name in _COUNTED}
    further = {**query.parameters(), "after": shown.after}
    known_on = query.as_known_on or ""
    context = {
        "title": title_of(subject),
        "description": subject.summary,
        "summary": Written(subject.summary, subject.language),
        "steps": [Link(urls.home(), _("Dossiers"))],
        "dossier": subject,
        "headline": headline(shown.states),
        "basis": basis(session, subject, registers),
        "across": across_links(dossier),
        "action": urls.dossier(dossier),
        "words": query.q or "",
        "known_on": day_view(known_on),
        "undated_url": urls.dossier(dossier, query.parameters() | {"as_known_on": ""}),
        "choices": choices(query, subject, registers, counts),
        "filtered": query.is_filtered or bool(known_on),
        "rows": rows(shown.claims, subject, shown.registers, known_on=known_on),
        "columns": side_columns(subject, registers),
        "shown": _shown(shown.total, len(shown.claims)),
        "next_url": urls.dossier(dossier, further) if shown.after else "",
    }
    return render("dossier.html", context)


def _current(session: Session, query: ListQuery, where: ClaimFilter) -> Shown:
    page = list_claims(session, where, query.sort or "state", limit=_ON_A_PAGE, cursor=query.after)
    claims, registers = read_claims(session, page.items)
    states = count_by(session, ClaimFilter(dossier=where.dossier), "state")
    return Shown(claims, registers, page.total, page.next_cursor or "", states)


def _dated(session: Session, query: ListQuery, where: ClaimFilter) -> Shown | None:
    """The claims as they could be known on the day that the address names, if it names one."""
    day = day_of(query.as_known_on)
    if day is None:
        return None
    dated, registers = list_as_known_on(session, where, day, query.sort or "state")
    claims = [(item.claim, item.comparison) for item in dated]
    states = Counter[str](comparison.state for _claim, comparison in claims)
    return Shown(claims, registers, len(claims), "", states)


def across_links(dossier: str) -> list[Link]:
    """The views across the claims of a dossier."""
    return [
        Link(urls.across("compare", dossier), _("Two sides compared")),
        Link(urls.across("losses", dossier), _("Losses")),
        Link(urls.across("timeline", dossier), _("Timeline")),
        Link(urls.across("blindspots", dossier), _("Blind spots")),
    ]


def headline(counts: Mapping[str, int]) -> str:
    """How many claims there are, and in which states: what a reader wants to know first."""
    total = sum(counts.values())
    if not total:
        return _("No claim is on record yet.")
    parts = [
        _("%(count)s %(state)s")
        % {"count": figure(counts[state]), "state": in_small(terms.state(state).name)}
        for state in STATES
        if counts.get(state)
    ]
    told = ngettext("%(count)s claim: %(states)s.", "%(count)s claims: %(states)s.", total)
    return told % {"count": figure(total), "states": ", ".join(parts)}


def side_columns(dossier: Dossier, registers: Registers) -> list[SideColumn]:
    """The columns of a dossier's matrix: its sides in their order, then the others."""
    named = [
        SideColumn(rank, name_of(registers.sides[side]))
        for rank, side in enumerate(dossier.sides, start=1)
    ]
    return [*named, SideColumn(0, _("Others"))]


def basis(session: Session, dossier: Dossier, registers: Registers) -> str:
    """What the record rests on, and how little of it comes from some sides."""
    rests_on = extent(session, dossier.id)
    documents = ngettext("%d document", "%d documents", rests_on.documents) % rests_on.documents
    publishers = (
        ngettext("%d publisher", "%d publishers", rests_on.publishers) % rests_on.publishers
    )
    cited = documents_by_side(session, dossier.id)
    shares = ", ".join(
        _("%(side)s %(count)s")
        % {
            "side": name_of(registers.sides[side]),
            "count": figure(cited[side]) if cited.get(side) else _("none"),
        }
        for side in dossier.sides
    )
    citations = ngettext("%d citation", "%d citations", rests_on.citations) % rests_on.citations
    return _(
        "The record rests on %(citations)s from %(documents)s of %(publishers)s. "
        "Documents from publishers of the compared sides: %(shares)s."
    ) % {
        "citations": citations,
        "documents": documents,
        "publishers": publishers,
        "shares": shares,
    }


def _shown(total: int | None, shown: int) -> str:
    if total is None:
        return _("More than 10,000 claims fit.")
    if shown < total:
        return _("%(shown)d of %(total)d claims.") % {"shown": shown, "total": total}
    return ngettext("%d claim.", "%d claims.", total) % total
