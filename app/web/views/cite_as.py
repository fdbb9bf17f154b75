"""A citation in one paragraph of plain text, to be pasted elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.web.i18n import gettext as _

if TYPE_CHECKING:
    from app.web.views.citations import CitationView


def cite_as(citation: CitationView) -> str:
    """Who said it, when, in which words, in which document, and where it stands on record.

    A paraphrase stands without quotation marks and is named as such, here as on the page.
    """
    told = [_statement(citation), _translated(citation), _document(citation), _record(citation)]
    return " ".join(part for part in told if part)


def _statement(citation: CitationView) -> str:
    who = ", ".join(speaker.name for speaker in citation.speakers) or citation.publisher
    told = {
        "who": who,
        "day": citation.said.words if citation.said else _("undated"),
        "words": citation.quote,
        "publisher": citation.publisher,
    }
    if not citation.quote:
        return _("%(who)s, %(day)s.") % told
    if citation.voice == "quoted":
        return _("%(who)s, %(day)s: “%(words)s”.") % told
    if citation.voice == "paraphrased":
        return _("%(who)s, %(day)s, as %(publisher)s puts it: %(words)s.") % told
    return _("%(who)s, in its own voice, %(day)s: %(words)s.") % told


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
    return _("On record in Variorum: %(address)s") % {"address": citation.permalink}
