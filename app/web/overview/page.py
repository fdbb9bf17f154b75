"""The overview of a dossier: the matrix with its filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from app.domain.records.claim_filter import MAX_COUNTED, ClaimFilter
from app.domain.records.registers import Dossier, Registers
from app.domain.values.dates import Day
from app.drawing.charts.coverage import Coverage
from app.errors import BadDate, BadQuery
from app.queries.as_known_on import neighbouring_days, read_list_page_on
from app.queries.claim_lists import ListPage, read_list_page
from app.queries.dossiers import basis_of, coverage_of
from app.queries.registers import dossier_of, sides_alone
from app.web.html import urls
from app.web.html.rendering import render
from app.web.html.urls import social, trail
from app.web.http.dependencies import ReadSession
from app.web.http.parameters import read_day
from app.web.overview.dossier import (
    across_links,
    basis,
    coverage_picture,
    headline,
    side_columns,
    tally,
)
from app.web.overview.filters import ListQuery, chips, choices, densities, figure, known_days, sorts
from app.web.overview.matrix import Elsewhere, rows
from app.web.pictures.coverage import MAX_CLAIMS
from app.web.wording.locale import gettext as _
from app.web.wording.locale import ngettext
from app.web.wording.numbers_and_dates import day_view
from app.web.wording.record_text import RecordText, title_of, translate

router = APIRouter()

_SORTS_WITH_EVENTS = ("state", "date")  # orders in which claims of one event may be put together


@router.get("/dossiers/{dossier}")
def overview(
    dossier: str, request: Request, session: ReadSession, query: Annotated[ListQuery, Query()]
) -> Response:
    """The matrix of a dossier's claims."""
    # The form sends every field: the address to share, and to cache, has those in force alone.
    if any(value == "" for value in request.query_params.values()):
        return RedirectResponse(urls.dossier(dossier, query.parameters()), status_code=302)
    subject = dossier_of(session, dossier)
    where = query.claim_filter(dossier)
    day, listed, wrong = _list(session, where, query)
    # Of all sides: the entries of the listed claims may lack one that has a column.
    registers = sides_alone(session)
    # A link with a day that cannot be read would only lead to the same error.
    known_on = (query.as_known_on or "") if day else ""
    context = {
        "title": title_of(subject),
        "description": subject.summary,
        "summary": RecordText(subject.summary, subject.language),
        "steps": trail(),
        "dossier": subject,
        "headline": headline(listed.states),
        "tally": tally(listed.states, dossier, known_on),
        "basis": basis(basis_of(session, dossier), subject, registers),
        "across": across_links(dossier),
        "known_on": day_view(known_on),
        "days": known_days(
            query, dossier, _neighbours(session, where, listed, day, wrong), wrong=wrong
        ),
        "covered": _coverage(session, query, subject, registers, listed.states),
        "preview": social(
            request.app.state.base_url,
            urls.dossier(dossier, query.parameters()),
            urls.card("dossier", dossier),
            title=subject.title,
            description=headline(listed.states),
            kind="website",
        ),
        **_filtering(query, subject, registers, listed, dated=day is not None),
        **_matrix(query, subject, registers, listed, known_on=known_on),
    }
    # The page helps a reader to mend the day; the status tells programs that it is no list of
    # claims.
    return render("dossier.html", context, 422 if wrong else 200)


def _list(
    session: Session, where: ClaimFilter, query: ListQuery
) -> tuple[Day | None, ListPage, str]:
    """The day asked for, the claims to be shown, and what is wrong with the day, if anything is."""
    if not query.as_known_on:
        return None, _list_now(session, where, query), ""
    try:
        day = read_day(query.as_known_on)
        sort = query.sort or "state"
        listed = read_list_page_on(
            session, where, day, sort, after=query.after, before=query.before
        )
        return day, listed, ""
    except BadDate as fault:
        return None, _without_claims(_list_now(session, where, query)), translate(fault.sentence)
    except BadQuery as fault:
        # More claims than can be compared for a day are the day's fault too; a bad cursor is not.
        if fault.parameter != "as_known_on":
            raise
        return None, _without_claims(_list_now(session, where, query)), translate(fault.sentence)


def _list_now(session: Session, where: ClaimFilter, query: ListQuery) -> ListPage:
    sort = query.sort or "state"
    return read_list_page(session, where, sort, after=query.after, before=query.before)


def _without_claims(listed: ListPage) -> ListPage:
    """The same list without its claims: a list of now is no answer to the question of a day."""
    return replace(listed, claims=(), total=0, first=None, before="", after="", elsewhere={})


def _neighbours(
    session: Session, where: ClaimFilter, listed: ListPage, day: Day | None, wrong: str
) -> tuple[Day | None, Day | None]:
    """The days to which a list as of a day can be moved; none where it could not be made."""
    if wrong or not listed.can_be_dated:
        return None, None
    return neighbouring_days(session, where, day)


def _coverage(
    session: Session,
    query: ListQuery,
    dossier: Dossier,
    registers: Registers,
    states: Mapping[str, int],
) -> Coverage | None:
    """Which side speaks of which claim, beside the whole list, where that can be drawn."""
    # The strip shows the whole dossier; above a filtered list it would seem to show that list.
    if query.is_filtered or query.as_known_on or not 0 < sum(states.values()) <= MAX_CLAIMS:
        return None
    return coverage_picture(coverage_of(session, dossier.id), dossier, registers)


def _filtering(
    query: ListQuery, dossier: Dossier, registers: Registers, listed: ListPage, *, dated: bool
) -> dict[str, object]:
    found = chips(query, dossier, registers, dated=dated)
    return {
        "action": urls.dossier(dossier.id),
        "words": query.q or "",
        "choices": choices(query, dossier, registers, listed.counts),
        "sorts": sorts(query),
        "hidden": [
            # Parameters without a field of their own in the form: choosing a filter would drop
            # them.
            (name, value)
            for name in ("event", "density", "as_known_on")
            if (value := getattr(query, name))
        ],
        "chips": found,
        "densities": densities(query, dossier.id),
        "density": query.density or "reading",
        "filtered": query.is_filtered or dated,
        # Where the filters leave nothing, they are what a reader has to change.
        "is_open": query.is_filtered and not listed.claims,
    }


def _matrix(
    query: ListQuery,
    dossier: Dossier,
    registers: Registers,
    listed: ListPage,
    *,
    known_on: str,
) -> dict[str, object]:
    asked = query.parameters()
    return {
        "rows": rows(
            listed.claims,
            dossier,
            listed.registers,
            known_on=known_on,
            together=(query.sort or "state") in _SORTS_WITH_EVENTS,
            elsewhere={
                event: _elsewhere(event, number, query, dossier.id)
                for event, number in listed.elsewhere.items()
                if number
            },
        ),
        "columns": side_columns(dossier, registers),
        "position": _position(listed),
        "first_url": urls.dossier(dossier.id, asked) if listed.before else "",
        "previous_url": _page_url(dossier.id, asked, "before", listed.before),
        "next_url": _page_url(dossier.id, asked, "after", listed.after),
    }


def _position(listed: ListPage) -> str:
    """Which claims of the list the page shows, and of how many."""
    shown, total = len(listed.claims), listed.total
    if listed.first is None:
        # Past the bound nothing is counted: it would take reading the whole list for one line.
        words = _("%(shown)s claims, after the first %(bound)s of the list.")
        return words % {"shown": figure(shown), "bound": figure(MAX_COUNTED)}
    if shown == total:
        return ngettext("%(count)s claim.", "%(count)s claims.", total) % {"count": figure(total)}
    return _("%(first)s–%(last)s of %(total)s claims.") % {
        "first": figure(listed.first),
        "last": figure(listed.first + shown - 1),
        "total": figure(total),
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
