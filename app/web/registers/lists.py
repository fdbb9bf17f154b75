"""Lists of publishers, documents, speakers and places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from app.domain.records.registers import Document, Place, Publisher, Speaker
from app.domain.values.paging import Page
from app.queries.registers import whole_registers
from app.storage.claims.citations import count_citations, count_claims_at, count_documents
from app.storage.registers.entries import StoredEntry, list_entries
from app.web.html import urls
from app.web.html.links import trail
from app.web.html.rendering import render
from app.web.http.dependencies import ReadSession
from app.web.wording import terms
from app.web.wording.locale import gettext as _
from app.web.wording.numbers_and_dates import day_view, language_in_words
from app.web.wording.record_text import Written, name_of

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
    page = list_entries(session, "publisher", limit=_ON_A_PAGE, cursor=after)
    keys = [entry.id for entry in page.items]
    documents, citations = (
        count_documents(session, keys),
        count_citations(session, "publisher", keys),
    )
    sides = whole_registers(session).sides
    entries = []
    for entry in page.items:
        publisher = Publisher.model_validate_json(entry.body)
        side = name_of(sides[publisher.side]) if publisher.side else "–"
        facts = (
            terms.publisher_kind(publisher.kind),
            publisher.country or "–",
            publisher.owner or "–",
            side,
            str(documents[entry.id]),
            str(citations[entry.id]),
        )
        entries.append(EntryRow(urls.entry("publishers", entry.id), publisher.name, facts))
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
        "publishers",
        _("Publishers"),
        _("The outlets that carried what is cited here."),
        headings,
        entries,
        page,
    )


@router.get("/documents")
def documents(session: ReadSession, after: After = None) -> Response:
    """Every document on record."""
    page = list_entries(session, "document", limit=_ON_A_PAGE, cursor=after)
    citations = count_citations(session, "document", [entry.id for entry in page.items])
    names = whole_registers(session).publishers
    entries = []
    for entry in page.items:
        document = Document.model_validate_json(entry.body)
        published = day_view(document.published)
        title = Written(document.title, document.language)
        facts = (
            names[document.publisher].name,
            published.words if published else _("undated"),
            language_in_words(document.language),
            str(citations[entry.id]),
        )
        entries.append(EntryRow(urls.entry("documents", entry.id), title, facts))
    headings = [_("Document"), _("Publisher"), _("Published"), _("Language"), _("Citations")]
    return _list(
        "documents", _("Documents"), _("What was read for this record."), headings, entries, page
    )


@router.get("/speakers")
def speakers(session: ReadSession, after: After = None) -> Response:
    """Everybody whose statements are on record."""
    page = list_entries(session, "speaker", limit=_ON_A_PAGE, cursor=after)
    citations = count_citations(session, "speaker", [entry.id for entry in page.items])
    registers = whole_registers(session)
    entries = []
    for entry in page.items:
        speaker = Speaker.model_validate_json(entry.body)
        body = name_of(registers.bodies[speaker.speaks_for]) if speaker.speaks_for else "–"
        facts = (
            name_of(registers.sides[speaker.side]),
            body,
            terms.standing(speaker.standing),
            str(citations[entry.id]),
        )
        entries.append(EntryRow(urls.entry("speakers", entry.id), speaker.name, facts))
    headings = [_("Speaker"), _("Side"), _("Speaks for"), _("Standing"), _("Citations")]
    return _list(
        "speakers", _("Speakers"), _("Whose statements are on record."), headings, entries, page
    )


@router.get("/places")
def places(session: ReadSession, after: After = None) -> Response:
    """Every place on record."""
    page = list_entries(session, "place", limit=_ON_A_PAGE, cursor=after)
    claims = count_claims_at(session, [entry.id for entry in page.items])
    entries = []
    for entry in page.items:
        place = Place.model_validate_json(entry.body)
        others = dict.fromkeys([name.name for name in place.names] + list(place.also))
        facts = (", ".join(name for name in others if name != place.name), str(claims[entry.id]))
        entries.append(EntryRow(urls.entry("places", entry.id), place.name, facts))
    headings = [_("Place"), _("Also"), _("Claims")]
    return _list(
        "places",
        _("Places"),
        _("Where it happened, under the names that each side uses."),
        headings,
        entries,
        page,
    )


def _list(
    kind: str,
    title: str,
    lead: str,
    headings: Sequence[str],
    entries: Sequence[EntryRow],
    page: Page[StoredEntry],
) -> Response:
    context = {
        "kind": kind,
        "title": title,
        "description": lead,
        "steps": trail(),
        "lead": lead,
        "headings": headings,
        "entries": entries,
        "next_url": urls.listed(kind, {"after": page.next_cursor or ""})
        if page.next_cursor
        else "",
        "empty": _("Nothing is on record yet. Put files under claims/ and run: variorum load"),
    }
    return render("entries.html", context)
