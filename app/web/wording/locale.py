"""The words of pages, in the language that a request is answered in.

Templates and views call these; `use` sets the language of what is being rendered.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from app.errors import LazyMessage

DEFAULT = "en"
"""The language of the messages in the program; also of what machines read."""


_REGIONS = {"en": "en_GB"}  # CLDR's plain English is American: “March 27, 2022”, “a, b, and c”


@dataclass(frozen=True, slots=True)
class Locale:
    """A language with its words; `is_chosen` where the address itself names it.

    `address` is the path and query that were asked for, without the language; `site` is whose.
    """

    tag: str = DEFAULT
    catalogue: NullTranslations = field(default_factory=NullTranslations)
    is_chosen: bool = False
    address: str = "/"
    site: str = ""


def current_locale() -> Locale:
    """The language in force, with the address that asked for it."""
    return _current.get()


# With a default, so that commands and whatever else has no request render English.
_current: ContextVar[Locale] = ContextVar("locale", default=Locale())  # noqa: B039


def use(locale: Locale) -> None:
    """Render in this language what follows, in this context only."""
    _current.set(locale)


def language() -> str:
    """The tag of the language in force (BCP 47)."""
    return _current.get().tag


def cldr_locale() -> str:
    """The name under which the Unicode CLDR has the language in force."""
    return _REGIONS.get(language(), language())


def format_message(sentence: LazyMessage) -> str:
    """A sentence of the program with its arguments, in the language in force."""
    form = _current.get().catalogue.gettext(sentence.form)
    return form.format_map(sentence.arguments) if sentence.arguments else form


def N_(message: str) -> str:  # noqa: N802
    """The message as it is, marked to be collected: for tables, which are made before a language.

    Source: Python's `gettext`, “Deferred translations”.
    """
    return message


def translated(marked: str) -> str:
    """A message that `N_` marked, in the language in force."""
    return _current.get().catalogue.gettext(marked)


def gettext(message: str) -> str:
    """The message in the language in force."""
    return _current.get().catalogue.gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The message in the form that the number takes."""
    return _current.get().catalogue.ngettext(singular, plural, number)


def pgettext(context: str, message: str) -> str:
    """The message in a context, where one English word has several meanings."""
    return _current.get().catalogue.pgettext(context, message)


def npgettext(context: str, singular: str, plural: str, number: int) -> str:
    """The message in a context, in the form that the number takes."""
    return _current.get().catalogue.npgettext(context, singular, plural, number)


LANGUAGES = {
    "en": "English",
    "hy": "Հայերեն",
    "az": "Azərbaycanca",
    "ru": "Русский",
}
"""The languages of the interface, each with its name in itself, in the order of the switcher."""

FOLDER = Path(__file__).parents[1] / "locale"
Catalogues = Callable[[str], NullTranslations]
"""Gives the messages of one of the languages."""


def path_of(language: str) -> Path:
    """The file with the messages of a language."""
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


@cache
def catalogue(language: str) -> NullTranslations:
    """The messages of one of `LANGUAGES`; those of English are in the program itself."""
    path = path_of(language)
    if not path.is_file():
        return NullTranslations()
    # In memory, 40 ms a language once a process: a clone, a wheel or a container then needs no step
    # that compiles, and there is nothing compiled to forget
    # (docs/decisions/2026-11-22-languages.md).
    with path.open("rb") as written:
        messages = read_po(written, locale=language)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return GNUTranslations(compiled)
