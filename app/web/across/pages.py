"""Views across the claims of a dossier: two sides, losses, blind spots, days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import Field
from sqlalchemy.orm import Session

from app.domain.disagreement.statements import Cited
from app.domain.records.claims import Claim
from app.domain.records.registers import Dossier, Registers
from app.drawing.charts.timeline import Timeline
from app.queries.across import (
    DayEvent,
    count_statements,
    cursor_from,
    first_between,
    list_days,
    losses_by_side,
    pair_of,
    silences_by_side,
    subject_of,
)
from app.queries.claim_lists import ClaimsWithEntries
from app.web.html import urls
from app.web.html.rendering import render
from app.web.html.urls import Link, trail
from app.web.http.dependencies import ReadSession
from app.web.http.parameters import PageQuery
from app.web.overview.dossier import SideColumn, across_links, side_columns
from app.web.overview.matrix import Row, rows
from app.web.pictures.timeline import statements_timeline
from app.web.wording import terms
from app.web.wording.answers import certainty_in_words, clause_of, own_voice
from app.web.wording.locale import gettext as _
from app.web.wording.locale import ngettext
from app.web.wording.numbers_and_dates import Day, day_view
from app.web.wording.record_text import RecordText, at_start, name_of, title_of

router = APIRouter()

_MAX_DRAWN = 20_000  # above, to count them all by day would take longer than the page is worth
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
    left, right = pair_of(dossier, query.left, query.right)
    names = (name_of(registers.sides[left]), name_of(registers.sides[right]))
    sections = []
    # Two lists, so that the conflicts come first whatever their day.
    for parts in (True, False):
        found = first_between(session, dossier.id, (left, right), parts=parts)
        sections.append(_between(found, dossier, registers, (left, right), parts=parts))
    context = _context(dossier, _("%s and %s compared") % names, sections)
    context |= {
        "lead": _("Claims that both sides answer: first where they differ, then the others."),
        "left": left,
        "right": right,
        "sides": [Link(side, name_of(registers.sides[side])) for side in dossier.sides],
    }
    return render("compare.html", context)


@router.get("/losses")
def losses(session: ReadSession, query: Across) -> Response:
    """Whose losses, and who says how many."""
    dossier, registers = subject_of(session, query.dossier)
    columns = side_columns(dossier, registers)
    sections = [
        Section(
            _("Losses of the %s side") % name_of(registers.sides[side]),
            "",
            rows(found.claims, dossier, found.registers),
            columns,
        )
        for side, found in losses_by_side(session, dossier.id).items()
    ]
    context = _context(dossier, _("Whose losses, by whose account"), sections)
    context["lead"] = _(
        "Every toll that counts one side's losses, and what each side says about it."
    )
    context["empty"] = _("No claim of this dossier counts the losses of one side.")
    return render("across.html", context)


@router.get("/blindspots")
def blindspots(session: ReadSession, query: Across) -> Response:
    """Of which claims a side's account was searched for and not found."""
    dossier, registers = subject_of(session, query.dossier)
    columns = side_columns(dossier, registers)
    sections = []
    for side, found in silences_by_side(session, dossier).items():
        number = len(found.claims)
        note = ngettext("%d searched silence.", "%d searched silences.", number) % number
        # An empty section says why: that nobody searched would look the same.
        if not number:
            note = _("No search for this side's accounts came back empty.")
        name = name_of(registers.sides[side])
        sections.append(Section(name, note, rows(found.claims, dossier, found.registers), columns))
    context = _context(dossier, _("Blind spots"), sections)
    context["lead"] = _(
        "Claims on which a side's account was searched for and not found. A silence is a "
        "finding only where somebody searched; others are not listed here."
    )
    return render("across.html", context)


@router.get("/timeline")
def days(session: ReadSession, query: Across) -> Response:
    """What happened and what was said, by day."""
    dossier, registers = subject_of(session, query.dossier)
    page = list_days(session, dossier.id, cursor=query.after)
    context = _context(dossier, _("Day by day"), [])
    context |= {
        "lead": _(
            "What happened and what was said about it, in order; undated items are left out."
        ),
        "empty": _("Nothing in this dossier has a date yet."),
        "days": day_groups(page.items),
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
    if total is None or total > _MAX_DRAWN:
        return None
    return statements_timeline(
        count_statements(session, dossier.id),
        {side: name_of(registers.sides[side]) for side in dossier.sides},
        # The list is below the picture: without the anchor a bar would lead to the picture again.
        lambda day: urls.across("timeline", dossier.id, {"after": cursor_from(day)}) + "#days",
    )


def _between(
    found: ClaimsWithEntries,
    dossier: Dossier,
    registers: Registers,
    pair: tuple[str, str],
    *,
    parts: bool,
) -> Section:
    # Ranks and order are the dossier's, not the pair's: a side has one colour on every page, and
    # the view is the same whichever side is named first.
    columns = [
        SideColumn(rank, name_of(registers.sides[side]))
        for rank, side in enumerate(dossier.sides, start=1)
        if side in pair
    ]
    title = _("Where they differ") if parts else _("Where they do not clash")
    number = len(found.claims)
    note = ngettext("%d claim.", "%d claims.", number) % number
    if not number and parts:
        note = _("There is no claim on which the answers of these two conflict.")
    elif not number:
        note = _("There is no claim that both of them answer without a conflict.")
    return Section(title, note, rows(found.claims, dossier, found.registers, pair=pair), columns)


def _context(dossier: Dossier, title: str, sections: Sequence[Section]) -> dict[str, object]:
    return {
        "title": title,
        "description": "",
        "steps": trail(Link(urls.dossier(dossier.id), title_of(dossier))),
        "dossier": dossier,
        "across": across_links(dossier.id),
        "sections": sections,
        "empty": _("Nothing on record matches yet."),
    }


@dataclass(frozen=True, slots=True)
class DayEntry:
    """Something that happened (a claim) or was said (a citation, with who said it, and how)."""

    url: str
    question: str
    who: str
    said: str
    happened: bool


@dataclass(frozen=True, slots=True)
class DayGroup:
    """One date as written, with all that has it."""

    day: Day | None
    entries: tuple[DayEntry, ...]


def day_groups(events: Sequence[DayEvent]) -> list[DayGroup]:
    """Events grouped by their date as written, in order."""
    # By the date as written: “2020-12” is none of its days, though it is sorted at one of them.
    groups: dict[str, list[DayEntry]] = {}
    for event in events:
        entry = _said(event.claim, event.cited) if event.cited else _happened(event.claim)
        groups.setdefault(event.date, []).append(entry)
    return [DayGroup(day_view(date), tuple(entries)) for date, entries in groups.items()]


def _happened(claim: Claim) -> DayEntry:
    return DayEntry(urls.claim(claim.id), RecordText(claim.question), "", "", happened=True)


def _said(claim: Claim, found: Cited) -> DayEntry:
    names = [speaker.name for speaker in found.speakers] or [found.publisher.name]
    # The publisher's name alone would read as if it were the speaker.
    who = ", ".join(names) if found.speakers else own_voice(", ".join(names))
    citation = found.citation
    how = (
        "" if citation.stance == "asserts" else terms.stance(citation.stance),
        certainty_in_words(citation.certainty),
        _("editors' reading") if citation.reading else "",
    )
    return DayEntry(
        url=urls.citation(claim.id, citation.id),
        question=RecordText(claim.question),
        who=at_start(" · ".join(filter(None, (who, *how)))),
        said=clause_of(claim, found),
        happened=False,
    )
