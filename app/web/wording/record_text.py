"""Texts of the record, which stay in the language in which they were written."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError

from app.domain.records.registers import Body, Counted, Dossier, Event, NameIn, Side, Topic
from app.domain.values.base import escaped_controls
from app.errors import LazyMessage
from app.web.wording.locale import DEFAULT, format_message
from app.web.wording.locale import language as page_language

RECORD_LANGUAGE = "en"
"""The language of `sources.yaml`, and of a dossier that is not at hand."""

_DOTTED = ("az", "tr")  # languages in which an i keeps its dot as a capital


# A subclass of `str`, so that templates and JSON take it as any text. In a sentence it becomes an
# ordinary one by itself, as every method of `str` returns those.
class RecordText(str):
    """A text of the record with its language (BCP 47), whatever language the page is in.

    Put into a sentence it becomes an ordinary text: sentences quote it.
    """

    language: str

    def __new__(cls, text: str, language: str = RECORD_LANGUAGE) -> RecordText:
        """The text, as written in that language."""
        made = super().__new__(cls, text)
        made.language = language
        return made


def at_start(text: str) -> str:
    """A text with a capital, as at the beginning of a line; its language stays with it."""
    language = text.language if isinstance(text, RecordText) else RECORD_LANGUAGE
    first = text[:1]
    capital = "İ" if first == "i" and language in _DOTTED else first.upper()
    started = capital + text[1:]
    return RecordText(started, language) if isinstance(text, RecordText) else started


def translate(sentence: str) -> str:
    """What an error says, in the language of the page; what only has its English stays so.

    It may quote what was sent: a letter in it that nobody sees is spelled out.
    """
    if isinstance(sentence, LazyMessage):
        return escaped_controls(format_message(sentence))
    return RecordText(escaped_controls(sentence), DEFAULT)


def foreign_language(text: object) -> str:
    """The language of a text of the record, where that is not the page's; else empty."""
    language = text.language if isinstance(text, RecordText) else ""
    return language if language != page_language() else ""


@lru_cache(maxsize=512)  # contributors choose the tags
def text_direction(language: str) -> Literal["ltr", "rtl", "auto"]:
    """Which way a language is written (CLDR); `auto` for one of which that is not known."""
    try:
        found = Locale.parse(language, sep="-").text_direction
    except (ValueError, UnknownLocaleError):
        return "auto"
    return "rtl" if found == "rtl" else "ltr"


def name_of(entry: Side | Body | Topic | Event) -> str:
    """What an entry is called in the language of the page, or else as it is on record."""
    # In the page's own language it needs no mark.
    return _named(entry.names) or RecordText(entry.name)


def label_of(entry: Counted) -> str:
    """What a measure or scope is called in the language of the page, or else as it is on record."""
    return _named(entry.names) or RecordText(entry.label)


def event_of(dossier: Dossier, key: str | None) -> str:
    """What an event is called where it begins a line; empty for one that is not listed."""
    found = next((event for event in dossier.events if event.id == key), None)
    return at_start(name_of(found)) if found else ""


def title_of(dossier: Dossier) -> str:
    """The title of a dossier in the language of the page, or else as it is on record."""
    return _named(dossier.titles) or RecordText(dossier.title, dossier.language)


def _named(names: Iterable[NameIn]) -> str:
    return next((name.name for name in names if name.language == page_language()), "")
