"""The overview of a dossier: the matrix with its filters."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from app.domain.records.claim_filter import ClaimFilter
from app.domain.records.registers import Dossier, Registers
from app.domain.values.dates import Day
from app.errors import BadDate, BadQuery
from app.queries.registers import dossier_of, sides_alone
from app.web.html import urls
from app.web.html.links import social, trail
from app.web.html.rendering import render
from app.web.http.as_known_on import read_day
from app.web.http.dependencies import ReadSession
from app.web.overview.dossier import across_links, basis, covered, headline, side_columns, tally
from app.web.overview.filters import ListQuery, chips, choices, densities, figure, known_days, sorts
from app.web.overview.listing import Listed, listed_now, listed_on, position
from app.web.overview.matrix import Elsewhere, rows
from app.web.wording.locale import ngettext
from app.web.wording.numbers_and_dates import day_view
from app.web.wording.record_text import Written, title_of, told

router = APIRouter()

_KEEPS_EVENTS = ("state", "date")  # the orders within which claims of one event may stand together


@router.get("/dossiers/{dossier}")
def overview(
    dossier: str, request: Request, session: ReadSession, query: Annotated[ListQuery, Query()]
) -> Response:
    """The matrix of a dossier's claims."""
    if any(value == "" for value in request.query_params.values()):
        return RedirectResponse(urls.dossier(dossier, query.parameters()), status_code=302)
    subject = dossier_of(session, dossier)
    where = query.claim_filter(dossier)
    day, listed, wrong = _listed(session, where, query)
    registers = sides_alone(session)
    plain = not query.is_filtered and not query.as_known_on
    context = {
        "title": title_of(subject),
        "description": subject.summary,
        "summary": Written(subject.summary, subject.language),
        "steps": trail(),
        "dossier": subject,
        "headline": headline(listed.states),
        "tally": tally(listed.states, dossier, (query.as_known_on or "") if day else ""),
        "basis": basis(session, subject, registers),
        "across": across_links(dossier),
        "known_on": day_view(query.as_known_on) if day else None,
        "days": known_days(
            session,
            where,
            query,
            dossier,
            day=day,
            wrong=wrong,
            with_links=listed.can_be_dated and not wrong,
        ),
        "covered": covered(session, subject, registers, listed.states) if plain else None,
        "preview": social(
            request.app.state.base_url,
            urls.dossier(dossier, query.parameters()),
            urls.card("dossiers", dossier),
            title=subject.title,
            description=headline(listed.states),
            kind="website",
        ),
        **_filtering(query, subject, registers, listed, dated=day is not None),
        **_matrix(query, subject, registers, listed, known_on=query.as_known_on if day else None),
    }
    return render("dossier.html", context, 422 if wrong else 200)


def _listed(
    session: Session, where: ClaimFilter, query: ListQuery
) -> tuple[Day | None, Listed, str]:
    """The day asked for, the claims to be shown, and what is wrong with the day, if anything is."""
    if not query.as_known_on:
        return None, listed_now(session, where, query), ""
    try:
        day = read_day(query.as_known_on)
        return day, listed_on(session, where, query, day), ""
    except BadDate as fault:
        return None, _nothing(listed_now(session, where, query)), told(fault.sentence)
    except BadQuery as fault:
        if fault.parameter != "as_known_on":
            raise
        return None, _nothing(listed_now(session, where, query)), told(fault.sentence)


def _nothing(listed: Listed) -> Listed:
    """The same list without its claims: a list of now is no answer to the question of a day."""
    return Listed(
        claims=(),
        registers=listed.registers,
        total=0,
        first=None,
        before="",
        after="",
        counts=listed.counts,
        states=listed.states,
        elsewhere={},
    )


def _filtering(
    query: ListQuery, dossier: Dossier, registers: Registers, listed: Listed, *, dated: bool
) -> dict[str, object]:
    found = chips(query, dossier, registers, dated=dated)
    return {
        "action": urls.dossier(dossier.id),
        "words": query.q or "",
        "choices": choices(query, dossier, registers, listed.counts),
        "sorts": sorts(query),
        "kept": [
            (name, value)
            for name in ("event", "density", "as_known_on")
            if (value := getattr(query, name))
        ],
        "chips": found,
        "densities": densities(query, dossier.id),
        "density": query.density or "reading",
        "filtered": query.is_filtered or dated,
        "is_open": query.is_filtered and not listed.claims,
    }


def _matrix(
    query: ListQuery,
    dossier: Dossier,
    registers: Registers,
    listed: Listed,
    *,
    known_on: str | None,
) -> dict[str, object]:
    asked = query.parameters()
    return {
        "rows": rows(
            listed.claims,
            dossier,
            listed.registers,
            known_on=known_on or "",
            together=(query.sort or "state") in _KEEPS_EVENTS,
            elsewhere={
                event: _elsewhere(event, number, query, dossier.id)
                for event, number in listed.elsewhere.items()
                if number
            },
        ),
        "columns": side_columns(dossier, registers),
        "position": position(listed),
        "first_url": urls.dossier(dossier.id, asked) if listed.before else "",
        "previous_url": _page_url(dossier.id, asked, "before", listed.before),
        "next_url": _page_url(dossier.id, asked, "after", listed.after),
    }


def _page_url(dossier: str, asked: dict[str, str], name: str, cursor: str) -> str:
    return urls.dossier(dossier, asked | {name: cursor}) if cursor else ""


def _elsewhere(event: str, number: int, query: ListQuery, dossier: str) -> Elsewhere:
    words = ngettext(
        "%(count)s further claim of this event is on another page.",
        "%(count)s further claims of this event are on other pages.",
        number,
    )
    url = urls.dossier(dossier, query.parameters() | {"event": event})
    return Elsewhere(words % {"count": figure(number)}, url)
