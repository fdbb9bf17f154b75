"""Views across the claims of a dossier: two sides, losses, blind spots, days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import Field
from sqlalchemy.orm import Session

from app.domain.records.claim_filter import ClaimFilter
from app.domain.records.registers import Dossier, Registers
from app.drawing.charts.timeline import Timeline
from app.errors import BadQuery, NotFound, Sentence
from app.queries.claim import read_claims
from app.queries.registers import dossier_of, sides_alone
from app.storage.claims.events_by_date import cursor_from, list_days, said_by_day
from app.storage.claims.lists import list_claims
from app.storage.registers.entries import list_entries
from app.web.across.days import day_groups
from app.web.html import urls
from app.web.html.links import Link, trail
from app.web.html.rendering import render
from app.web.http.dependencies import PageQuery, ReadSession
from app.web.overview.dossier import SideColumn, across_links, side_columns
from app.web.overview.matrix import Row, rows
from app.web.pictures.timeline import statements_timeline
from app.web.wording.locale import gettext as _
from app.web.wording.locale import ngettext
from app.web.wording.record_text import name_of, title_of

router = APIRouter()

_MOST = 200
_MOST_DRAWN = 20_000
Key = Annotated[str | None, Field(max_length=64)]


class AcrossQuery(PageQuery):
    """Which dossier, which two sides, from where on; empty values ask for nothing."""

    dossier: Key = None
    left: Key = None
    right: Key = None
    after: str | None = Field(None, max_length=1000)


Across = Annotated[AcrossQuery, Query()]


@dataclass(frozen=True, slots=True)
class Section:
    """Claims under one heading; `note` says what they have in common, or why there are none."""

    title: str
    note: str
    rows: list[Row]
    columns: list[SideColumn]


@router.get("/compare")
def compare_sides(session: ReadSession, query: Across) -> Response:
    """Where two sides part, and what they do not clash on."""
    dossier, registers = subject_of(session, query.dossier)
    left, right = _sides(dossier, query)
    names = (name_of(registers.sides[left]), name_of(registers.sides[right]))
    sections = [
        _between(session, dossier, registers, (left, right), parts=parts) for parts in (True, False)
    ]
    context = _context(dossier, _("%s and %s compared") % names, sections)
    context |= {
        "lead": _("What both answer: first where they part, then what they do not clash on."),
        "left": left,
        "right": right,
        "sides": [Link(side, name_of(registers.sides[side])) for side in dossier.sides],
    }
    return render("compare.html", context)


@router.get("/losses")
def losses(session: ReadSession, query: Across) -> Response:
    """Whose losses, and who says how many."""
    dossier, registers = subject_of(session, query.dossier)
    where = ClaimFilter(dossier=dossier.id, losses=True)
    claims, named = read_claims(session, list_claims(session, where, "date", limit=_MOST).items)
    columns = side_columns(dossier, registers)
    sections = []
    for side in dict.fromkeys(side for claim, _found in claims for side in claim.losses_of):
        own = [pair for pair in claims if side in pair[0].losses_of]
        title = _("Losses of the %s side") % name_of(registers.sides[side])
        sections.append(Section(title, "", rows(own, dossier, named), columns))
    context = _context(dossier, _("Whose losses, by whose account"), sections)
    context["lead"] = _("Every toll that counts one side's losses, and what each side says of it.")
    context["empty"] = _("No claim of this dossier counts the losses of one side.")
    return render("across.html", context)


@router.get("/blindspots")
def blindspots(session: ReadSession, query: Across) -> Response:
    """Of which claims a side's account was searched for and not found."""
    dossier, registers = subject_of(session, query.dossier)
    columns = side_columns(dossier, registers)
    sections = []
    for side in dossier.sides:
        where = ClaimFilter(dossier=dossier.id, silent=side)
        page = list_claims(session, where, "date", limit=_MOST)
        claims, named = read_claims(session, page.items)
        found = ngettext("%d searched silence.", "%d searched silences.", len(claims)) % len(claims)
        note = found if claims else _("No search for this side's accounts came back empty.")
        name = name_of(registers.sides[side])
        sections.append(Section(name, note, rows(claims, dossier, named), columns))
    context = _context(dossier, _("Blind spots"), sections)
    context["lead"] = _(
        "Claims on which a side's account was searched for and not found. A silence that nobody "
        "searched is no finding, and is not listed here."
    )
    return render("across.html", context)


@router.get("/timeline")
def days(session: ReadSession, query: Across) -> Response:
    """What happened and what was said, by day."""
    dossier, registers = subject_of(session, query.dossier)
    page = list_days(session, dossier.id, cursor=query.after)
    context = _context(dossier, _("Day by day"), [])
    context |= {
        "lead": _("What happened, and what was said of it, in order; the undated is left out."),
        "empty": _("Nothing on record of this dossier has a day yet."),
        "days": day_groups(session, page.items),
        "drawn": _statements(session, dossier, registers, page.total),
        "next_url": urls.across("timeline", dossier.id, {"after": page.next_cursor or ""})
        if page.next_cursor
        else "",
    }
    return render("timeline.html", context)


def _statements(
    session: Session, dossier: Dossier, registers: Registers, total: int | None
) -> Timeline | None:
    """The statements by day as a picture, where counting them all costs little."""
    if total is None or total > _MOST_DRAWN:
        return None
    return statements_timeline(
        said_by_day(session, dossier.id),
        {side: name_of(registers.sides[side]) for side in dossier.sides},
        lambda day: urls.across("timeline", dossier.id, {"after": cursor_from(day)}) + "#days",
    )


def subject_of(session: Session, key: str | None) -> tuple[Dossier, Registers]:
    """The dossier asked for, or the first one, and the sides; raises `NotFound` without one."""
    if key is None:
        first = list_entries(session, "dossier", limit=1).items
        if not first:
            raise NotFound("dossier", "")
        key = first[0].id
    return dossier_of(session, key), sides_alone(session)


def _sides(dossier: Dossier, query: AcrossQuery) -> tuple[str, str]:
    left = query.left or next(side for side in dossier.sides if side != query.right)
    right = query.right or next(side for side in dossier.sides if side != left)
    for name, side in (("left", left), ("right", right)):
        if side not in dossier.sides:
            known = ", ".join(dossier.sides)
            raise BadQuery(
                name,
                Sentence(
                    "“{side}” is no side that this dossier compares: {known}.",
                    side=side,
                    known=known,
                ),
            )
    if left == right:
        raise BadQuery("right", Sentence("A side is compared with another one, not with itself."))
    return left, right


def _between(
    session: Session, dossier: Dossier, registers: Registers, pair: tuple[str, str], *, parts: bool
) -> Section:
    where = ClaimFilter(dossier=dossier.id, pair=pair, parts=parts)
    page = list_claims(session, where, "date", limit=_MOST)
    claims, named = read_claims(session, page.items)
    columns = [
        SideColumn(rank, name_of(registers.sides[side]))
        for rank, side in enumerate(dossier.sides, start=1)
        if side in pair
    ]
    title = _("Where they part") if parts else _("What they do not clash on")
    note = ngettext("%d claim.", "%d claims.", len(claims)) % len(claims)
    if not claims and parts:
        note = _("There is no claim on which the answers of these two conflict.")
    elif not claims:
        note = _("There is no claim that both of them answer without a conflict.")
    return Section(title, note, rows(claims, dossier, named, pair=pair), columns)


def _context(dossier: Dossier, title: str, sections: Sequence[Section]) -> dict[str, object]:
    return {
        "title": title,
        "description": "",
        "steps": trail(Link(urls.dossier(dossier.id), title_of(dossier))),
        "dossier": dossier,
        "across": across_links(dossier.id),
        "sections": sections,
        "empty": _("Nothing on record fits here yet."),
    }
