"""A page for each publisher, document and speaker."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.domain.records.kinds import PLURALS, CitedKind
from app.domain.records.page_checks import PageCheckOnRecord
from app.domain.records.registers import Document, Publisher, Speaker
from app.queries.citations import MOST_STATEMENTS
from app.queries.page_checks import Followed
from app.queries.registers import whole_registers
from app.storage.claims.citations import count_citations, documents_of
from app.storage.following.checks import history_of_document
from app.storage.following.snapshot_index import copies_of
from app.storage.registers.entries import get_entry
from app.web.following.page_checks import copy_view
from app.web.html import urls
from app.web.html.links import Link, trail
from app.web.html.rendering import render
from app.web.http.dependencies import ReadSession
from app.web.registers.citations_by_claim import said_by_claim
from app.web.wording import kind_names, terms
from app.web.wording.locale import gettext as _
from app.web.wording.locale import ngettext
from app.web.wording.numbers_and_dates import Day, day_view, language_in_words, moment_view
from app.web.wording.record_text import Written, name_of

router = APIRouter()

_CITED = 200
_LOOKS = 20


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
class LookRow:
    """One look at a document's page; `text` says whether the page's words were new."""

    on: Day
    state: str
    status: int | None
    reason: str
    text: str


@router.get("/publishers/{key}")
def publisher_page(key: str, session: ReadSession) -> Response:
    """One outlet, its documents, and what is cited from them."""
    publisher = Publisher.model_validate_json(get_entry(session, "publisher", key).body)
    sides = whole_registers(session).sides
    facts = [
        Fact(_("Kind"), terms.publisher_kind(publisher.kind)),
        Fact(_("Country"), publisher.country or ""),
        Fact(_("Owner"), publisher.owner or ""),
        Fact(_("Side"), name_of(sides[publisher.side]) if publisher.side else ""),
        Fact(_("Address"), publisher.url or "", publisher.url or "", outward=True),
        Fact(_("Note"), Written(publisher.note or "")),
    ]
    return _entry(session, "publisher", key, publisher.name, facts, _documents(session, key))


@router.get("/documents/{key}")
def document_page(key: str, session: ReadSession) -> Response:
    """One document, and what is cited from it."""
    document = Document.model_validate_json(get_entry(session, "document", key).body)
    names = whole_registers(session).publishers
    published, read_on = day_view(document.published), day_view(document.read_on)
    credited = ", ".join(names[agency].name for agency in document.credits)
    publisher = names[document.publisher]
    title = Written(document.title, document.language)
    facts = [
        Fact(_("Publisher"), publisher.name, urls.entry("publishers", publisher.id)),
        Fact(_("Published"), published.words if published else _("undated")),
        Fact(_("Address"), document.url or _("not known"), document.url or "", outward=True),
        Fact(_("Archived copy"), *_copy(session, document), outward=True),
        Fact(_("Language"), language_in_words(document.language)),
        Fact(_("Credits"), credited),
        Fact(_("Read for this record"), read_on.words if read_on else ""),
        Fact(_("Note"), Written(document.note or "")),
    ]
    looks = history_of_document(session, key, limit=_LOOKS + 1)
    more = {
        "looks": [_look(look) for look in looks[:_LOOKS]],
        "looks_more": _("The latest %d are shown.") % _LOOKS if len(looks) > _LOOKS else "",
        "looks_empty": _("Its page has not been looked at yet.")
        if document.url
        else _("No address is known, so there is no page to look at."),
    }
    return _entry(session, "document", key, title, facts, template="document.html", more=more)


@router.get("/speakers/{key}")
def speaker_page(key: str, session: ReadSession) -> Response:
    """One speaker, and every statement on record."""
    speaker = Speaker.model_validate_json(get_entry(session, "speaker", key).body)
    registers = whole_registers(session)
    body = registers.bodies.get(speaker.speaks_for or "")
    channels = ", ".join(registers.publishers[channel].name for channel in speaker.channels)
    facts = [
        Fact(_("Side"), name_of(registers.sides[speaker.side])),
        Fact(_("Speaks for"), name_of(body) if body else ""),
        Fact(_("Standing"), terms.standing(speaker.standing)),
        Fact(_("Own channels"), channels),
        Fact(_("Note"), Written(speaker.note or "")),
    ]
    total = count_citations(session, "speaker", [key])[key]
    context = {
        "history_url": urls.history("speakers", key),
        "steps": trail(Link(urls.listed("speakers"), _("Speakers"))),
        "lead": ngettext("%d statement on record.", "%d statements on record.", total) % total,
        "documents": None,
        "cited_heading": _("What was said, in order"),
        "cited": said_by_claim(session, "speaker", key, limit=MOST_STATEMENTS, oldest_first=True),
        "cited_more": _("The first %d are shown.") % MOST_STATEMENTS
        if total > MOST_STATEMENTS
        else "",
        "cited_empty": _("Nothing on record cites this speaker yet."),
    }
    return _render_entry(speaker.name, facts, context)


def _entry(
    session: Session,
    kind: CitedKind,
    key: str,
    title: str,
    facts: Sequence[Fact],
    documents: Sequence[DocumentRow] | None = None,
    template: str = "entry.html",
    more: Mapping[str, object] | None = None,
) -> Response:
    total = count_citations(session, kind, [key])[key]
    plural = PLURALS[kind]
    context = {
        "history_url": urls.history(plural, key),
        "steps": trail(Link(urls.listed(plural), kind_names.heading(kind))),
        "lead": ngettext("%d citation on record.", "%d citations on record.", total) % total,
        "documents": documents,
        "cited_heading": _("Cited for"),
        "cited": said_by_claim(session, kind, key, limit=_CITED),
        "cited_more": _("The latest %d are shown.") % _CITED if total > _CITED else "",
        "cited_empty": _("Nothing on record cites this yet."),
        **(more or {}),
    }
    return _render_entry(title, facts, context, template)


def _render_entry(
    title: str,
    facts: Sequence[Fact],
    context: Mapping[str, object],
    template: str = "entry.html",
) -> Response:
    known = [fact for fact in facts if fact.value]
    return render(template, {"title": title, "description": "", "facts": known, **context})


def _copy(session: Session, document: Document) -> tuple[str, str]:
    """The archived copy of a document as a fact: when it was made, and its address."""
    if not document.url:
        return "", ""
    followed = Followed(copies=copies_of(session, [document.url]))
    copy = copy_view(document, followed)
    if copy is None:
        return _("none known"), ""
    return (f"{copy.on.words}, {copy.archive}" if copy.archive else copy.on.words), copy.url


def _look(check: PageCheckOnRecord) -> LookRow:
    if check.text_hash is None:
        text = "–"
    elif check.snapshot == check.number:
        text = _("new, kept as a snapshot")
    else:
        text = _("as before")
    return LookRow(
        on=moment_view(check.at),
        state=terms.page_state(check.state),
        status=check.status,
        reason=Written("" if check.state == "read" else check.reason),
        text=text,
    )


def _documents(session: Session, publisher: str) -> list[DocumentRow]:
    rows = []
    for entry in documents_of(session, publisher, limit=_CITED):
        document = json.loads(entry.body)
        day = day_view(document.get("published"))
        name = Written(entry.name, document["language"])
        rows.append(DocumentRow(urls.entry("documents", entry.id), name, day))
    return rows
