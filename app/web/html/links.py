"""Links: how others show one to a page (Open Graph, https://ogp.me/), and breadcrumbs."""

from __future__ import annotations

from dataclasses import dataclass

from app.web.html import urls
from app.web.wording.locale import gettext as _

# ogp.me asks for “a one to two sentence description”; leads can be longer.
_MAX_DESCRIPTION = 200


@dataclass(frozen=True, slots=True)
class Social:
    """A page as a link to it is shown; addresses are whole, `kind` is `article` or `website`."""

    kind: str
    title: str
    description: str
    url: str
    image: str
    alt: str


def social(base: str, path: str, image: str, *, title: str, description: str, kind: str) -> Social:
    """The page at a path of the site, with the card at another; the description is cut."""
    text = (
        description
        if len(description) <= _MAX_DESCRIPTION
        else f"{description[:_MAX_DESCRIPTION].rstrip()}…"
    )
    # Absolute addresses: programs that read these tags resolve none against the page.
    return Social(kind, title, text, f"{base}{path}", f"{base}{image}", f"{title} {text}".strip())


@dataclass(frozen=True, slots=True)
class Link:
    """Where to, and under which name."""

    url: str
    name: str


def trail(*steps: Link) -> list[Link]:
    """The breadcrumbs of a page: from the first page down to the one above it."""
    return [Link(urls.home(), _("Dossiers")), *steps]
