"""A page for each publisher, document and speaker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from app.domain.records.kinds import CitedKind
from app.domain.records.page_checks import PageCheck
from app.domain.records.registers import Document, Publisher, Speaker
from app.queries.citations import MAX_STATEMENTS, CitedEntry, read_cited_entry
from app.queries.page_checks import Followed, read_document_checks
from app.queries.registers import documents_of_publisher
from app.web.following.page_checks import copy_view
from app.web.html import urls
from app.web.html.rendering import render
from app.web.html.urls import Link, trail
from app.web.http.dependencies import ReadSession
from app.web.registers.citations_by_claim import citations_by_claim
from app.web.wording import kind_names, terms
from app.web.wording.locale import gettext as _
from app.web.wording.locale import ngettext
from app.web.wording.numbers_and_dates import Day, day_view, language_in_words, moment_view
from app.web.wording.record_text import RecordText, name_of

router = APIRouter()

# A speaker's page has all that the query gives (`MAX_STATEMENTS`): a change of account shows only
# beside what was said before. Of a publisher or document the latest are enough.
_MAX_CITED = 200
_MAX_CHECKS = 20


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known of an entry; `outward` links leave the site."""

    name: str
    value: str
    url: str = ""
    outward: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document of a publisher."""

    url: str
    name: str
    day: Day | None


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check of a document's page; `text` says whether the page's words were new."""

    on: Day
    state: str
    status: int | None
    reason: str
    text: str


@router.get("/publishers/{key}")
def publisher_page(key: str, session: ReadSession) -> Response:
    """One outlet, its documents, and what is cited from them."""
    found = read_cited_entry(session, Publisher, key, limit=_MAX_CITED)
    publisher, sides = found.record, found.named.sides
    facts = [
        Fact(_("Kind"), terms.publisher_kind(publisher.kind)),
        Fact(_("Country"), publisher.country or ""),
        Fact(_("Owner"), publisher.owner or ""),
        Fact(_("Side"), name_of(sides[publisher.side]) if publisher.side else ""),
        Fact(_("Address"), publisher.url or "", publisher.url or "", outward=True),
        Fact(_("Note"), RecordText(publisher.note or "")),
    ]
    documents = documents_of_publisher(session, key, limit=_MAX_CITED)
    more = {"documents": [_document_row(document) for document in documents]}
    return _render_entry("publisher", found, publisher.name, facts, more)


@router.get("/documents/{key}")
def document_page(key: str, session: ReadSession) -> Response:
    """One document, and what is cited from it."""
    found = read_cited_entry(session, Document, key, limit=_MAX_CITED)
    document, names = found.record, found.named.publishers
    # One more than is shown tells whether there are more, without counting.
    checks = read_document_checks(session, document, limit=_MAX_CHECKS + 1)
    published, read_on = day_view(document.published), day_view(document.read_on)
    credited = ", ".join(names[agency].name for agency in document.credits)
    publisher = names[document.publisher]
    title = RecordText(document.title, document.language)
    facts = [
        Fact(_("Publisher"), publisher.name, urls.entry("publisher", publisher.id)),
        Fact(_("Published"), published.words if published else _("undated")),
        # An address is never made up: where none is known, the page says so.
        Fact(_("Address"), document.url or _("not known"), document.url or "", outward=True),
        Fact(_("Archived copy"), *_copy(document, checks.followed), outward=True),
        Fact(_("Language"), language_in_words(document.language)),
        Fact(_("Credits"), credited),
        Fact(_("Read for this record"), read_on.words if read_on else ""),
        Fact(_("Note"), RecordText(document.note or "")),
    ]
    more = {
        "checks": [_check_row(check) for check in checks.history[:_MAX_CHECKS]],
        "checks_more": _latest_shown(len(checks.history), _MAX_CHECKS),
        "checks_empty": _("Its page has not been checked yet.")
        if document.url
        else _("No address is known, so there is no page to check."),
    }
    return _render_entry("document", found, title, facts, more, template="document.html")


@router.get("/speakers/{key}")
def speaker_page(key: str, session: ReadSession) -> Response:
    """One speaker, and every statement on record."""
    found = read_cited_entry(session, Speaker, key, limit=MAX_STATEMENTS)
    speaker, registers = found.record, found.named
    body = registers.bodies.get(speaker.speaks_for or "")
    channels = ", ".join(registers.publishers[channel].name for channel in speaker.channels)
    facts = [
        Fact(_("Side"), name_of(registers.sides[speaker.side])),
        Fact(_("Speaks for"), name_of(body) if body else ""),
        Fact(_("Standing"), terms.standing(speaker.standing)),
        Fact(_("Own channels"), channels),
        Fact(_("Note"), RecordText(speaker.note or "")),
    ]
    shown = _("The first %d are shown.") % MAX_STATEMENTS if found.total > MAX_STATEMENTS else ""
    more = {
        "lead": ngettext("%d statement on record.", "%d statements on record.", found.total)
        % found.total,
        "cited_heading": _("What was said, in order"),
        "cited": citations_by_claim(found.statements, of_speaker=True),
        "cited_more": shown,
        "cited_empty": _("Nothing on record cites this speaker yet."),
    }
    return _render_entry("speaker", found, speaker.name, facts, more)


def _render_entry(
    kind: CitedKind,
    found: CitedEntry[Any],
    title: str,
    facts: Sequence[Fact],
    more: Mapping[str, object],
    template: str = "entry.html",
) -> Response:
    """A page of the form that all three have; `more` is what this one has more, or otherwise."""
    total = found.total
    context = {
        "title": title,
        "description": "",
        "facts": [fact for fact in facts if fact.value],
        "history_url": urls.history(kind, found.record.id),
        "steps": trail(Link(urls.register(kind), kind_names.heading(kind))),
        "lead": ngettext("%d citation on record.", "%d citations on record.", total) % total,
        # Templates are strict about names, and only a publisher has documents.
        "documents": None,
        "cited_heading": _("Cited for"),
        "cited": citations_by_claim(found.statements),
        "cited_more": _latest_shown(total, _MAX_CITED),
        "cited_empty": _("Nothing on record cites this yet."),
        **more,
    }
    return render(template, context)


def _latest_shown(number: int, shown: int) -> str:
    return _("The latest %d are shown.") % shown if number > shown else ""


def _copy(document: Document, followed: Followed) -> tuple[str, str]:
    """The archived copy of a document as a fact: when it was made, and its address."""
    if not document.url:
        return "", ""
    copy = copy_view(document, followed)
    if copy is None:
        return _("none known"), ""
    return (f"{copy.on.words}, {copy.archive}" if copy.archive else copy.on.words), copy.url


def _check_row(check: PageCheck) -> CheckRow:
    if check.text_hash is None:
        text = "–"
    elif check.snapshot == check.number:
        text = _("new, stored as a snapshot")
    else:
        text = _("as before")
    return CheckRow(
        on=moment_view(check.at),
        state=terms.page_state(check.state),
        status=check.status,
        reason="" if check.state == "read" else terms.unread(check.rule, check.reason),
        text=text,
    )


def _document_row(document: Document) -> DocumentRow:
    name = RecordText(document.title, document.language)
    return DocumentRow(urls.entry("document", document.id), name, day_view(document.published))
