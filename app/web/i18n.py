"""The words of pages, translatable from the first day.

Templates and views call these; `use` sets the catalogue for what is being rendered.
"""

from __future__ import annotations

from contextvars import ContextVar
from gettext import NullTranslations

LANGUAGE = "en"
_catalogue: ContextVar[NullTranslations] = ContextVar("catalogue", default=NullTranslations())  # noqa: B039


def use(catalogue: NullTranslations) -> None:
    """Translate by this catalogue in what follows, in this context only."""
    _catalogue.set(catalogue)


def gettext(message: str) -> str:
    """The message in the language in force."""
    return _catalogue.get().gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The message in the form that the number takes."""
    return _catalogue.get().ngettext(singular, plural, number)
