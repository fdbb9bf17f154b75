"""A link with its name, as breadcrumbs and lists show it."""

from __future__ import annotations

from dataclasses import dataclass

from app.web import urls
from app.web.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Link:
    """Where to, and under which name."""

    url: str
    name: str


def trail(*steps: Link) -> list[Link]:
    """The breadcrumbs of a page: from the first page down to the one above it."""
    return [Link(urls.home(), _("Dossiers")), *steps]
