"""The one way in: bytes and their content type, to text."""

from __future__ import annotations

from collections.abc import Callable
from os import cpu_count
from threading import BoundedSemaphore

from app.domain.quotations.marks import unmarked
from app.fetching.pages.decoding import Decoded, decode_page, kind_of, read_content_type
from app.fetching.pages.metadata import is_for_subscribers, of_html, of_pdf, titles_of
from app.fetching.pages.processes import NoAnswer, Readers
from app.fetching.pages.values import NotText, NotTextRule, PageKind, PageText, SaidOfItself

# An element takes Lexbor some 200 to 400 bytes.
MAX_TAGS = 150_000
_ROOM = 40_000_000

_HTML_READERS = Readers("html.py", uses=1_000, large=500_000, room=_ROOM, seconds=3)
_PDF_READERS = Readers("pdf.py", uses=100, large=500_000, room=_ROOM, seconds=5)
# However many threads ask: the memory that reading takes is that of two pages.
_TURNS = BoundedSemaphore(min(2, cpu_count() or 1))

_REASONS: dict[NotTextRule, str] = {
    "empty": "The page has no words.",
    "scripts": "The page shows its words only where scripts run.",
    "media-type": "The address leads to a file that is neither a web page nor a PDF nor text.",
    "undecodable": "The page's bytes make sensible text in no known character encoding.",
    "too-many-elements": "The page has more markup than can be read.",
    "too-costly": "The page's markup takes too long or too much memory to read.",
    "pdf-unreadable": "The PDF is broken, or takes too long or too much memory to read.",
    "pdf-encrypted": "The PDF opens with a password only.",
    "pdf-without-text": "The PDF has pictures, but no text.",
}


def read_page(body: bytes, content_type: str | None) -> PageText | NotText:
    """The text of a page and what it says of itself, or why there is none.

    `content_type` is the header's value, parameters included, or None where there was none. Any
    bytes are answered for, within seconds and some 50 MB. Safe to use from several threads.
    """
    with _TURNS:
        return _read(body, content_type)


def _read(body: bytes, content_type: str | None) -> PageText | NotText:
    declared = read_content_type(content_type)
    kind = kind_of(body, declared.media_type)
    if not body.strip():
        return _not_text("empty")
    if kind is None:
        return _not_text("media-type")
    if kind == "pdf":
        return _read_pdf(body)
    decoded = decode_page(body, declared.charset)
    if decoded is None:
        return _not_text("undecodable")
    return _READ[kind](decoded)


def _read_html(page: Decoded) -> PageText | NotText:
    if page.utf8.count(b"<") > MAX_TAGS:
        return _not_text("too-many-elements")
    try:
        answer = _HTML_READERS.ask(page.utf8)
    except NoAnswer:
        return _not_text("too-costly")
    if not unmarked(answer.text).strip():
        return _not_text("scripts" if b"<script" in page.utf8.lower() else "empty")
    return PageText(
        marked=answer.text,
        kind="html",
        encoding=page.encoding,
        about=of_html(answer.found),
        titles=titles_of(answer.found),
        for_subscribers=is_for_subscribers(answer.found),
    )


def _read_plain(page: Decoded) -> PageText | NotText:
    lines = page.utf8.decode().replace("\r\n", "\n").replace("\r", "\n")
    if not lines.strip():
        return _not_text("empty")
    return PageText(unmarked(lines), "plain", page.encoding, SaidOfItself())


def _read_pdf(body: bytes) -> PageText | NotText:
    try:
        answer = _PDF_READERS.ask(body)
    except NoAnswer:
        return _not_text("pdf-unreadable")
    if "fault" in answer.found:
        encrypted = answer.found["fault"] == "encrypted"
        return _not_text("pdf-encrypted" if encrypted else "pdf-unreadable")
    if not answer.text.strip():
        return _not_text("pdf-without-text")
    return PageText(unmarked(answer.text), "pdf", None, of_pdf(answer.found))


def _not_text(rule: NotTextRule) -> NotText:
    return NotText(rule, _REASONS[rule])


_READ: dict[PageKind, Callable[[Decoded], PageText | NotText]] = {
    "html": _read_html,
    "plain": _read_plain,
}
