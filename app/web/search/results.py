"""What a search found, as pages and the API show it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.disagreement.statements import cited
from app.domain.records.kinds import FoundKind
from app.domain.records.registers import Document, Place, Publisher, Speaker
from app.domain.records.search_results import SearchResult
from app.domain.search.highlight import held, mark
from app.domain.search.query import Query
from app.queries.search import NamedRecords, place_names
from app.web.html import urls
from app.web.search.passages import (
    Passage,
    passages_of_citation,
    passages_of_claim,
    title,
    who_and_when,
)
from app.web.wording import terms
from app.web.wording.locale import gettext as _
from app.web.wording.numbers_and_dates import day_view, language_in_words
from app.web.wording.record_text import name_of


@dataclass(frozen=True, slots=True)
class FoundView:
    """One thing that was found, with what was asked for marked.

    `claim` is the id of a citation's claim, and `about` its question. `state` is a claim's.
    """

    kind: FoundKind
    id: str
    url: str
    title: Passage
    detail: str = ""
    claim: str = ""
    about: Passage | None = None
    state: str = ""
    passages: tuple[Passage, ...] = ()


def found_view(found: SearchResult, query: Query, record: NamedRecords) -> FoundView | None:
    """How one finding is shown; None where it went off the record meanwhile."""
    try:
        return _VIEWS[found.kind](found, query, record)
    except KeyError:
        return None


def found_views(
    items: Sequence[SearchResult], query: Query, record: NamedRecords
) -> list[FoundView]:
    """How findings are shown, in their order."""
    shown = (found_view(found, query, record) for found in items)
    return [view for view in shown if view]


def _claim(found: SearchResult, query: Query, record: NamedRecords) -> FoundView:
    claim, dossier_id, state = record.claims[found.id]
    dossier = record.dossiers[dossier_id]
    return FoundView(
        "claim",
        claim.id,
        urls.claim(claim.id),
        title(claim.question, query, dossier.language),
        claim=claim.id,
        state=state,
        passages=passages_of_claim(claim, query, record.registers, dossier),
    )


def _citation(found: SearchResult, query: Query, record: NamedRecords) -> FoundView:
    claim, dossier_id, _state = record.claims[found.claim]
    dossier = record.dossiers[dossier_id]
    evidence = {item.citation.id: item for item in cited(claim, record.registers)}
    item = evidence[found.id]
    carried = _("in “%(document)s”, %(publisher)s") % {
        "document": item.document.title,
        "publisher": item.publisher.name,
    }
    return FoundView(
        "citation",
        item.citation.id,
        urls.citation(claim.id, item.citation.id),
        title(who_and_when(item, record.registers), query),
        detail=carried,
        claim=claim.id,
        about=title(claim.question, query, dossier.language),
        passages=passages_of_citation(item, query, dossier),
    )


def _place(found: SearchResult, query: Query, record: NamedRecords) -> FoundView:
    place = record.places[found.id]
    # Of a dozen spellings only those that were asked for: they say why the place was found.
    others = [name for name in place_names(place) if name != place.name and held(name, query)]
    return FoundView(
        "place",
        place.id,
        urls.entry("place", place.id),
        title(place.name, query),
        passages=tuple(
            Passage(_("Also written"), mark(name, query), _language(place, name)) for name in others
        ),
    )


def _speaker(found: SearchResult, query: Query, record: NamedRecords) -> FoundView:
    speaker: Speaker = record.registers.speakers[found.id]
    body = record.registers.bodies.get(speaker.speaks_for or "")
    known = (
        name_of(record.registers.sides[speaker.side]),
        name_of(body) if body else "",
        terms.standing(speaker.standing),
    )
    return _entry(found, query, speaker.name, known, (speaker.note,))


def _document(found: SearchResult, query: Query, record: NamedRecords) -> FoundView:
    document: Document = record.registers.documents[found.id]
    published = day_view(document.published)
    known = (
        record.registers.publishers[document.publisher].name,
        published.words if published else _("undated"),
        language_in_words(document.language),
    )
    texts = (document.url, document.note)
    return _entry(found, query, document.title, known, texts, document.language)


def _publisher(found: SearchResult, query: Query, record: NamedRecords) -> FoundView:
    publisher: Publisher = record.registers.publishers[found.id]
    known = (terms.publisher_kind(publisher.kind), publisher.country or "")
    texts = (publisher.owner, publisher.url, publisher.note)
    return _entry(found, query, publisher.name, known, texts)


def _entry(
    found: SearchResult,
    query: Query,
    name: str,
    known: Sequence[str],
    texts: Sequence[str | None],
    language: str = "",
) -> FoundView:
    missing = set(query.terms) - held(name, query)
    holding = [text for text in texts if text and held(text, query) & missing]
    return FoundView(
        found.kind,
        found.id,
        urls.entry(found.kind, found.id),
        title(name, query, language),
        detail=" · ".join(part for part in known if part),
        # One text is reason enough.
        passages=tuple(Passage("", mark(text, query)) for text in holding[:1]),
    )


def _language(place: Place, name: str) -> str:
    return next((named.language for named in place.names if named.name == name), "")


_VIEWS: Mapping[FoundKind, Callable[[SearchResult, Query, NamedRecords], FoundView]] = {
    "place": _place,
    "claim": _claim,
    "citation": _citation,
    "speaker": _speaker,
    "document": _document,
    "publisher": _publisher,
}
