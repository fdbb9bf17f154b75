"""Lists of publishers, documents, speakers and places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from app.domain.records.kinds import PageKind
from app.domain.records.registers import Document, Place, Publisher, Speaker
from app.domain.values.paging import Page
from app.queries.registers import Entry, list_with_uses
from app.web.html import urls
from app.web.html.rendering import render
from app.web.html.urls import trail
from app.web.http.dependencies import ReadSession
from app.web.wording import kind_names, terms
from app.web.wording.locale import gettext as _
from app.web.wording.numbers_and_dates import day_view, language_in_words
from app.web.wording.record_text import RecordText, name_of

router = APIRouter()

_ON_A_PAGE = 100
After = Annotated[str | None, Query(max_length=1000)]


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry in a list: its name, and a value under each further heading."""

    url: str
    name: str
    facts: tuple[str, ...]


@router.get("/publishers")
def publishers(session: ReadSession, after: After = None) -> Response:
    """Every outlet on record."""
    # With the sides that these publishers name, and no others: a register may be as long as the
    # record is old.
    found = list_with_uses(session, Publisher, limit=_ON_A_PAGE, cursor=after)
    entries = []
    for publisher in (entry.record for entry in found.page.items):
        side = name_of(found.named.sides[publisher.side]) if publisher.side else "–"
        facts = (
            terms.publisher_kind(publisher.kind),
            publisher.country or "–",
            publisher.owner or "–",
            side,
            str(found.documents[publisher.id]),
            str(found.uses[publisher.id]),
        )
        entries.append(EntryRow(urls.entry("publisher", publisher.id), publisher.name, facts))
    headings = [
        _("Publisher"),
        _("Kind"),
        _("Country"),
        _("Owner"),
        _("Side"),
        _("Documents"),
        _("Citations"),
    ]
    return _list(
        "publisher",
        _("The outlets that carried what is cited here."),
        headings,
        entries,
        found.page,
    )


@router.get("/documents")
def documents(session: ReadSession, after: After = None) -> Response:
    """Every document on record."""
    found = list_with_uses(session, Document, limit=_ON_A_PAGE, cursor=after)
    entries = []
    for document in (entry.record for entry in found.page.items):
        published = day_view(document.published)
        title = RecordText(document.title, document.language)
        facts = (
            found.named.publishers[document.publisher].name,
            published.words if published else _("undated"),
            language_in_words(document.language),
            str(found.uses[document.id]),
        )
        entries.append(EntryRow(urls.entry("document", document.id), title, facts))
    headings = [_("Document"), _("Publisher"), _("Published"), _("Language"), _("Citations")]
    return _list(
        "document",
        _("What was read for this record."),
        headings,
        entries,
        found.page,
    )


@router.get("/speakers")
def speakers(session: ReadSession, after: After = None) -> Response:
    """Everybody whose statements are on record."""
    found = list_with_uses(session, Speaker, limit=_ON_A_PAGE, cursor=after)
    entries = []
    for speaker in (entry.record for entry in found.page.items):
        body = name_of(found.named.bodies[speaker.speaks_for]) if speaker.speaks_for else "–"
        facts = (
            name_of(found.named.sides[speaker.side]),
            body,
            terms.standing(speaker.standing),
            str(found.uses[speaker.id]),
        )
        entries.append(EntryRow(urls.entry("speaker", speaker.id), speaker.name, facts))
    headings = [_("Speaker"), _("Side"), _("Speaks for"), _("Standing"), _("Citations")]
    return _list(
        "speaker",
        _("Whose statements are on record."),
        headings,
        entries,
        found.page,
    )


@router.get("/places")
def places(session: ReadSession, after: After = None) -> Response:
    """Every place on record."""
    found = list_with_uses(session, Place, limit=_ON_A_PAGE, cursor=after)
    entries = []
    for place in (entry.record for entry in found.page.items):
        # Sides may share a spelling.
        others = dict.fromkeys([name.name for name in place.names] + list(place.also))
        names = ", ".join(name for name in others if name != place.name)
        facts = (names, str(found.uses[place.id]))
        entries.append(EntryRow(urls.entry("place", place.id), place.name, facts))
    headings = [_("Place"), _("Also"), _("Claims")]
    return _list(
        "place",
        _("Where it happened, under the names that each side uses."),
        headings,
        entries,
        found.page,
    )


def _list(
    kind: PageKind,
    lead: str,
    headings: Sequence[str],
    entries: Sequence[EntryRow],
    page: Page[Entry[Any]],
) -> Response:
    context = {
        "kind": kind,
        "title": kind_names.heading(kind),
        "description": lead,
        "steps": trail(),
        "lead": lead,
        "headings": headings,
        "entries": entries,
        "next_url": urls.register(kind, {"after": page.next_cursor or ""})
        if page.next_cursor
        else "",
        "empty": _("Nothing is on record yet. Put files under claims/ and run: variorum load"),
    }
    return render("entries.html", context)
