"""A citation as a reader sees it: whose words, on whose authority, which way they took."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from app.domain.disagreement.statements import Cited
from app.domain.quotations.fragments import text_fragment_link
from app.domain.records.registers import Registers, Speaker
from app.queries.page_checks import Followed
from app.web.following.page_checks import (
    CheckView,
    CopyView,
    RewordedView,
    check_view,
    copy_view,
    reworded_views,
)
from app.web.html import urls
from app.web.wording import terms
from app.web.wording.answers import as_of_in_words, certainty_in_words
from app.web.wording.locale import gettext as _
from app.web.wording.numbers_and_dates import Day, day_view
from app.web.wording.record_text import RecordText, at_start, name_of


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """A speaker with the body that it speaks for and its standing."""

    name: str
    url: str
    body: str
    standing: str


@dataclass(frozen=True, slots=True)
class Qualified:
    """How a statement differs from its account's plain answer, each part empty where it does not.

    `certainty` is how surely it was said, `as_of` and `wording` its own moment and words. It
    `is_superseded` where its speaker's other words count instead.
    """

    certainty: str = ""
    as_of: str = ""
    wording: str = ""
    is_reading: bool = False
    is_superseded: bool = False


@dataclass(frozen=True, slots=True)
class CitationView:
    """One citation, ready to be shown.

    `anchored` is false where the page shows the citation a second time (a joint statement).
    `way` are the names of those that the words passed through, from the speaker to the publisher.
    `source` opens the page at the words, `original` is the page's bare address, and `version` the
    day as of which the link is meant (Robust Links, https://robustlinks.mementoweb.org/spec/).
    `permalink` is its absolute address in the revision that the page shows, if that is known, and
    `cite_as` then says all of it in plain text.
    """

    id: str
    anchored: bool
    url: str
    permalink: str
    speakers: tuple[SpeakerView, ...]
    according_to: str
    stance: str
    qualified: Qualified
    said: Day | None
    voice: str
    quote: str
    language: str
    translation: str
    form: str
    publisher: str
    publisher_url: str
    document: str
    document_url: str
    published: Day | None
    read_on: Day
    way: tuple[str, ...]
    hand: str
    source: str
    original: str
    version: Day
    copy: CopyView | None
    check: CheckView | None
    reworded: tuple[RewordedView, ...]
    note: str
    cite_as: str = ""


def citation_view(
    claim_id: str,
    item: Cited,
    registers: Registers,
    followed: Followed,
    *,
    anchored: bool,
    page: str = "",
    revision_url: str = "",
    superseded: Collection[str] = (),
) -> CitationView:
    """Everything that a page says of one citation.

    `page` is where it is shown, if elsewhere; `revision_url` the absolute address of that revision;
    `superseded` are the ids of citations that count no longer.
    """
    citation, document, publisher = item.citation, item.document, item.publisher
    copy, read_on = copy_view(document, followed), day_view(document.read_on) or Day("", "")
    view = CitationView(
        id=citation.id,
        anchored=anchored,
        url=urls.citation_at(page or urls.claim(claim_id), citation.id),
        permalink=urls.citation_at(revision_url, citation.id) if revision_url else "",
        speakers=tuple(_speaker(speaker, registers) for speaker in item.speakers),
        according_to=_reporter(item, registers),
        stance="" if citation.stance == "asserts" else terms.stance(citation.stance),
        qualified=_qualified(item, superseded),
        said=day_view(citation.said),
        voice=voice_of(item),
        quote=citation.quote or "",
        language=document.language,
        translation=RecordText(citation.translation or ""),
        form="" if citation.form == "statement" else terms.form(citation.form),
        publisher=publisher.name,
        publisher_url=urls.entry("publisher", publisher.id),
        document=RecordText(document.title, document.language),
        document_url=urls.entry("document", document.id),
        published=day_view(document.published),
        read_on=read_on,
        way=_way(item, registers),
        hand=terms.hand(item.hand) if item.speakers or item.hand == "third" else "",
        source=_source(claim_id, item, followed),
        original=document.url or "",
        version=copy.on if copy else read_on,
        copy=copy,
        check=check_view(followed, claim_id, citation.id, citation.quote or ""),
        reworded=reworded_views(followed.changes_of(citation.id)),
        note=RecordText(citation.note or ""),
    )
    return replace(view, cite_as=cite_as(view)) if revision_url else view


def _reporter(item: Cited, registers: Registers) -> str:
    reporter = registers.speakers.get(item.citation.according_to or "")
    return reporter.name if reporter else ""


def _qualified(item: Cited, superseded: Collection[str]) -> Qualified:
    citation, account = item.citation, item.account
    wording = citation.wording if citation.wording != account.wording else None
    return Qualified(
        certainty=certainty_in_words(citation.certainty),
        as_of=as_of_in_words(citation.as_of) if citation.as_of != account.as_of else "",
        wording=at_start(RecordText(wording)) if wording else "",
        is_reading=citation.reading is not None,
        is_superseded=citation.id in superseded,
    )


def _source(claim_id: str, item: Cited, followed: Followed) -> str:
    """A link that opens the page at the words, as narrowly as the last check of the page allows."""
    url, quote = item.document.url or "", item.citation.quote or ""
    if not url or not quote:
        return url
    check = followed.last_settled(claim_id, item.citation.id, quote)
    # The last check knows which occurrence of the words is meant. A directive made for another
    # address would highlight nothing there, or the wrong passage.
    known = check.quote.directive if check and check.page.url == url else None
    return text_fragment_link(url, quote, known)


def voice_of(item: Cited) -> str:
    """`own`, `quoted`, `translated` or `paraphrased`; the last is never shown as their words."""
    if not item.speakers:
        return "own"
    # The weaker reading where no voice is on record: quotation marks would put the document's words
    # into the speaker's mouth.
    return item.citation.voice or "paraphrased"


def _speaker(speaker: Speaker, registers: Registers) -> SpeakerView:
    body = registers.bodies.get(speaker.speaks_for or "")
    return SpeakerView(
        name=speaker.name,
        url=urls.entry("speaker", speaker.id),
        body=_("for %s") % name_of(body) if body else "",
        standing=terms.standing(speaker.standing),
    )


def _way(item: Cited, registers: Registers) -> tuple[str, ...]:
    agencies = item.citation.relayed_by or item.document.credits
    # An agency that publishes its own report has relayed it to nobody.
    names = [registers.publishers[key].name for key in agencies if key != item.publisher.id]
    speakers = [" + ".join(speaker.name for speaker in item.speakers)] if item.speakers else []
    way = (*speakers, *filter(None, [_reporter(item, registers)]), *names, item.publisher.name)
    # A single name is no way, and the publisher is shown anyway.
    return way if len(way) > 1 else ()


def cite_as(citation: CitationView) -> str:
    """Who said it, when, in which words, in which document, and its address in the record.

    A paraphrase has no quotation marks and is named as such, here as on the page.
    """
    parts = [_statement(citation), _translated(citation), _document(citation), _record(citation)]
    return " ".join(filter(None, parts))


def _statement(citation: CitationView) -> str:
    who = ", ".join(speaker.name for speaker in citation.speakers) or citation.publisher
    if citation.according_to:
        reported = {"name": who, "reporter": citation.according_to}
        who = _("%(name)s, according to %(reporter)s") % reported
    words = {
        "who": who,
        "day": citation.said.words if citation.said else _("undated"),
        "words": citation.quote,
        "publisher": citation.publisher,
    }
    if not citation.quote:
        return _("%(who)s, %(day)s.") % words
    if citation.voice == "quoted":
        return _("%(who)s, %(day)s: “%(words)s”.") % words
    if citation.voice == "translated":
        return _("%(who)s, %(day)s, as %(publisher)s translates it: “%(words)s”.") % words
    if citation.voice == "paraphrased":
        return _("%(who)s, %(day)s, as %(publisher)s puts it: %(words)s.") % words
    return _("%(who)s, in its own voice, %(day)s: %(words)s.") % words


def _translated(citation: CitationView) -> str:
    if not citation.translation:
        return ""
    return _("Our translation: %(words)s.") % {"words": citation.translation}


def _document(citation: CitationView) -> str:
    published = citation.published.words if citation.published else ""
    parts = (citation.document, citation.publisher, published, citation.original)
    source = ", ".join(part for part in parts if part)
    return _("%(source)s (read on %(day)s).") % {"source": source, "day": citation.read_on.words}


def _record(citation: CitationView) -> str:
    # The revision's address: the claim's own page will say something else after the next change,
    # and its address would carry the language of the reader who copied it.
    return _("On record in Variorum: %(address)s") % {"address": citation.permalink}
