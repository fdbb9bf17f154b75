"""What kind of page a body is: by what it begins with, then by its Content-Type.

A server's word is worth less than the bytes where the two are far apart: PDFs are sent as HTML,
and error pages as PDFs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.fetching.pages.values import PageKind

_START = 1024
_BEFORE = re.compile(rb"^\xef\xbb\xbf|<!--.*?-->|<\?xml[^>]*>", re.I | re.S)
_HTML = re.compile(rb"\s*<(?:!doctype html|html|head|body|script)[\s/>]", re.I)
_HTML_TYPES = frozenset(("text/html", "application/xhtml+xml"))
_UNTOLD = frozenset(("", "application/octet-stream", "binary/octet-stream", "unknown/unknown"))
_PARAMETER = re.compile(r";\s*charset\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s;\"]+))", re.I)


@dataclass(frozen=True, slots=True)
class ContentType:
    """A Content-Type header in parts: `media_type` in lower case, `charset` as it was written."""

    media_type: str
    charset: str | None


def read_content_type(header: str | None) -> ContentType:
    """The parts of a header (RFC 9110, 8.3); of one that is missing or broken, what can be had."""
    whole = (header or "")[:500]
    found = _PARAMETER.search(whole)
    charset = next(filter(None, found.groups()), None) if found else None
    return ContentType(whole.partition(";")[0].strip().lower(), charset)


def kind_of(body: bytes, media_type: str) -> PageKind | None:
    """How to read the body; None where it is nothing that holds a text."""
    start = body[:_START].lstrip()
    if start.startswith(b"%PDF-"):
        return "pdf"
    if _HTML.match(_BEFORE.sub(b"", start)) or media_type in _HTML_TYPES:
        return "html"
    if media_type in _UNTOLD:
        return _guessed(start)
    if media_type.startswith("text/") and media_type != "text/xml":
        return "plain"
    return None


def _guessed(start: bytes) -> PageKind | None:
    """The kind of a body that came without a type: WHATWG MIME Sniffing, 7.1, shortened."""
    if re.search(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]", start):
        return None
    return "html" if re.search(rb"<[a-z!/?]", start, re.I) else "plain"
