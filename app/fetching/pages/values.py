"""The result of reading a page: its text and what it says of itself, or why it has no text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.domain.quotations.marks import unmarked
from app.domain.quotations.pages import Page

PageKind = Literal["html", "pdf", "plain"]

NotTextRule = Literal[
    "empty",  # no body, or a page without one word
    "scripts",  # a page without one word, and with scripts that might write some
    "media-type",  # a picture, a film, an archive, an office document
    "undecodable",  # bytes of which no character encoding in use makes text
    "too-many-elements",  # more markup than a page for readers has
    "too-costly",  # markup that takes more time or memory to read than a page may
    "pdf-unreadable",  # a PDF that is broken, or takes more time or memory than a page may
    "pdf-encrypted",  # a PDF that opens with a password only
    "pdf-without-text",  # a PDF of pictures of text
]


@dataclass(frozen=True, slots=True)
class SaidOfItself:
    """What a page says of itself; None where it says nothing that can be read.

    `published` is an EDTF day or time (`app.domain.dates` reads it), `language` a BCP 47 tag in
    lower case, `site` the name of the site or publisher, `canonical` an absolute http(s) address
    as the page writes it: a stranger's word, and not judged. Title, author and site hold one line
    without control characters, of at most 300, 200 and 200 characters.
    """

    title: str | None = None
    published: str | None = None
    language: str | None = None
    author: str | None = None
    site: str | None = None
    canonical: str | None = None


@dataclass(frozen=True, slots=True)
class PageText:
    """The words of a page as a reader sees them, each block on a line of its own.

    `marked` is the text with the marks of `app.domain.quotations.marks`, for the quote check;
    `text` is without, to be stored and shown. `encoding` is the character encoding that its bytes
    were read in (WHATWG's name), None for a PDF. `titles` are all that its markup gives it, which
    may differ; `for_subscribers` where it says so of itself to search engines.
    """

    marked: str
    kind: PageKind
    encoding: str | None
    about: SaidOfItself
    titles: tuple[str, ...] = ()
    for_subscribers: bool = False

    @property
    def text(self) -> str:
        """The words alone."""
        return unmarked(self.marked)

    @property
    def page(self) -> Page:
        """The page to look for quotations in; a web page's lines are blocks, others are print's."""
        return Page(self.marked, blocks=self.kind == "html")


@dataclass(frozen=True, slots=True)
class NotText:
    """Why a page has no text to read; `reason` is one sentence for a person."""

    rule: NotTextRule
    reason: str
