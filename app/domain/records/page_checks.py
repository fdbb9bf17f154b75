"""What is stored of a page check: the page's state, and the finding for each quotation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

# These and no more, since each asks something else of a reader: read it, look for a copy, open it
# oneself, come back later, or expect no words.
PageState = Literal[
    "read",
    "not-shown",
    "gone",
    "blocked",
    "unreachable",
    "undecodable",
    "unreadable",
    "not-text",
]
"""What became of asking for a page.

`read`: its words are here. `not-shown`: the server answered with something else in its place, such
as a request to log in, a notice that the post is unavailable, or another page. `gone`: the server
says that it is no more (404, 410). `blocked`: the publisher does not let this program read it (401,
403, 429, 451, robots.txt). `unreachable`: no whole answer came, for whichever reason.
`undecodable`: its bytes are plausible text in no character encoding. `unreadable`: it may hold
words, and none could be read, as it is empty, a scan, encrypted, broken, or too costly to read.
`not-text`: its media type alone shows that it can hold no words.
"""

LinkState = PageState | Literal["unchecked"]
"""The state of a document's page; `unchecked` is one that was never asked for."""


@dataclass(frozen=True, slots=True)
class CheckedPage:
    """One check of a page.

    `url` is the address as the record has it, `final_url` where redirects led; `status` is HTTP's,
    None where no answer came; `rule` and `reason` say why a page was not read, as a word and as a
    sentence; `took` is in seconds. `snapshot` is the number of the snapshot whose text the page
    still has, where it was seen before.
    """

    url: str
    at: datetime
    state: PageState
    rule: str | None
    reason: str
    status: int | None
    final_url: str
    took: float
    snapshot: int | None = None


Finding = Literal[
    "verbatim",
    "altered",
    "struck-out",
    "missing",
    "not-shown",
    "gone",
    "blocked",
    "unreachable",
    "undecodable",
    "unreadable",
    "not-text",
    "unchecked",
]
"""Where its page was read, the quote check's verdict on a quotation, else the page's state.

`unchecked` is what no check was made of.
"""


@dataclass(frozen=True, slots=True)
class CheckedQuote:
    """What a page has of the words of a citation; `quote` are the words that were checked.

    `exact`, `prefix` and `suffix` are a TextQuoteSelector (W3C, Web Annotation Data Model, section
    4.2.4), `directive` a text directive for links, `differences` JSON, the context the passage
    with its surroundings; each None where there is none.
    """

    claim: str
    citation: str
    quote: str
    finding: Finding
    exact: str | None = None
    prefix: str | None = None
    suffix: str | None = None
    directive: str | None = None
    # Stored as text and not as columns: it is shown whole and never searched.
    differences: str | None = None
    context_before: str | None = None
    context_exact: str | None = None
    context_after: str | None = None


@dataclass(frozen=True, slots=True)
class PageCheck:
    """A check of a page with its number; `text_hash` is that of the page's text, None unread."""

    number: int
    url: str
    at: datetime
    state: PageState
    rule: str | None
    reason: str
    status: int | None
    final_url: str
    took: float
    snapshot: int | None
    text_hash: str | None


@dataclass(frozen=True, slots=True)
class CitationCheck:
    """What one check of its page found of a citation's words."""

    quote: CheckedQuote
    page: PageCheck


@dataclass(frozen=True, slots=True)
class ChangedWording:
    """A passage that a page words otherwise than before, with the finding before and now."""

    document: str
    claim: str
    citation: str
    before: str
    after: str
    finding_before: Finding
    finding_after: Finding


@dataclass(frozen=True, slots=True)
class WordingChange:
    """A changed wording on record: its own number, and when which page check saw it."""

    number: int
    page_check: int
    at: datetime
    changed: ChangedWording


@dataclass(frozen=True, slots=True)
class SavedSnapshot:
    """Where a page's answer lies among the files: which file, from which byte, how many bytes.

    `text_hash` is the SHA-256 of the page's text as UTF-8, in hexadecimal.
    """

    warc: str
    offset: int
    length: int
    text_hash: str


@dataclass(frozen=True, slots=True)
class TakenSnapshot:
    """A snapshot that this check of the page took."""

    saved: SavedSnapshot
    media_type: str | None
    encoding: str | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a page said at the page check of this number."""

    number: int
    url: str
    final_url: str
    at: datetime
    status: int
    taken: TakenSnapshot


@dataclass(frozen=True, slots=True)
class PageCopy:
    """A copy of a page in a web archive: when it was made, and when we found it."""

    archive: str
    copy_url: str
    copied_at: datetime
    found_at: datetime


FetchRule = Literal[
    "status",
    "robots",
    "robots-unreachable",
    "media-type",
    "address",
    "redirects",
    "redirect-loop",
    "redirect-refused",
    "redirect-to-private",
    "dns",
    "connect",
    "tls",
    "timeout",
    "disconnected",
    "incomplete",
    "protocol",
    "headers-too-large",
    "too-large",
    "encoding",
    "broken-encoding",
    "busy",
    "stopped",
]
"""Why a page was not read. With `busy` and `stopped` it was this program's own doing: nothing is
known of the page, and it may be asked for again at once."""
