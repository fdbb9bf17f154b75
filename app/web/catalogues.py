"""The catalogues of messages: one text file a language, read when it is first needed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = {
    "en": "English",
    "hy": "Հայերեն",
    "az": "Azərbaycanca",
    "ru": "Русский",
}
"""The languages of the interface, each with its name in itself, in the order of the switcher."""

FOLDER = Path(__file__).parent / "locale"
Catalogues = Callable[[str], NullTranslations]
"""Gives the messages of one of the languages."""


def path_of(language: str) -> Path:
    """Where the messages of a language stand."""
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


@cache
def catalogue(language: str) -> NullTranslations:
    """The messages of one of `LANGUAGES`; those of English are in the program itself."""
    path = path_of(language)
    if not path.is_file():
        return NullTranslations()
    with path.open("rb") as written:
        messages = read_po(written, locale=language)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return GNUTranslations(compiled)
