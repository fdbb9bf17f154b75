"""From the bytes of a page to UTF-8, in whichever character encoding it was written.

The order is that of the HTML standard, 13.2.3.2 “Determining the character encoding”: byte order
mark, HTTP header, `<meta>` or XML declaration, detection, windows-1252. Unlike a browser it passes
over an encoding that the bytes contradict: a page that names UTF-8 and holds windows-1251 would
otherwise have none of its words. Labels are those of the Encoding Standard
(encoding.spec.whatwg.org), as webencodings has them.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from charset_normalizer import from_bytes
from webencodings import lookup

from app.fetching.pages.values import PageKind

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16be"),
)
_PRESCAN = 1024
_STEP = 65_536
_SAMPLE = 20_000

_META = re.compile(rb"<meta[\s/][^>]*?charset\s*=\s*[\"']?\s*([^\s\"'/>;]+)", re.I)
_XML = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']\s*([^\s\"'>]+)", re.I)
_COMMENT = re.compile(rb"<!--.*?-->", re.S)
_LEADS = bytes(range(0xC0, 0x100))  # the first bytes of characters beyond ASCII
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_NOT_TEXT = re.compile("[\0-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page in UTF-8 without byte order mark and NULs, and the encoding that it came in."""

    utf8: bytes | bytearray
    encoding: str


def decode_page(body: bytes, charset: str | None) -> Decoded | None:
    """The page in UTF-8; None where it is text in no encoding.

    `charset` is the label that the HTTP header gave, if it gave one.
    """
    tried = set()
    for encoding in _candidates(body, charset):
        if encoding in tried:
            continue
        tried.add(encoding)
        utf8 = _transcoded(body, encoding, "strict") or _with_few_faults(body, encoding)
        if utf8 is not None:
            return Decoded(utf8, encoding) if _is_text(utf8) else None
    return None


def _candidates(body: bytes, charset: str | None) -> Iterator[str]:
    """Encodings to try, the most trusted first; the last one fits nearly anything."""
    yield from (encoding for mark, encoding in _BOMS if body.startswith(mark))
    named = (charset, _declared(body[:_PRESCAN]))
    yield from (encoding for label in named if label and (encoding := encoding_named(label)))
    yield from _detected(body)
    yield "windows-1252"


def _declared(start: bytes) -> str | None:
    """The label in the page's own declaration, read as the standard's prescan does."""
    found = _XML.search(start) or _META.search(_COMMENT.sub(b"", start))
    if not found:
        return None
    label = found[1].decode("ascii", "replace")
    # Where this was read byte by byte, the page is not in UTF-16, whatever it says.
    return "utf-8" if (encoding_named(label) or "").startswith("utf-16") else label


def _detected(body: bytes) -> Iterator[str]:
    if re.match(rb"(?:[\t\n\r <]\0){2}|<\0[!?a-zA-Z]\0", body):
        yield "utf-16le"
    if re.match(rb"(?:\0[\t\n\r <]){2}|\0<\0[!?a-zA-Z]", body):
        yield "utf-16be"
    yield "utf-8"
    first = _NOT_ASCII.search(body)
    if first is not None:
        start = max(0, first.start() - _SAMPLE // 20)
        best = from_bytes(body[start : start + _SAMPLE], cp_isolation=_DETECTABLE).best()
        if best is not None and (encoding := encoding_named(best.encoding.replace("_", "-"))):
            yield encoding


# What old pages without a label are in. Left out are encodings that differ from one of these in few
# letters, such as Macintosh Cyrillic: a short text would be taken for theirs.
_DETECTABLE = [
    *("cp1251", "cp1252", "cp1253", "cp1254", "cp1256", "koi8_r", "koi8_u", "cp866", "iso8859_5"),
    *("gb18030", "cp932", "euc_jp", "cp949", "big5"),
]


def _transcoded(body: bytes, encoding: str, errors: str) -> bytes | bytearray | None:
    """The page in UTF-8 without byte order mark and NULs, which a parser drops slowly."""
    done = bytearray()
    try:
        for step in _steps(body, encoding, errors):
            done += step.replace("\0", "").encode()
    except UnicodeError:
        return None
    if done.startswith(codecs.BOM_UTF8):
        del done[: len(codecs.BOM_UTF8)]
    return body if done == body else done  # so that it is not held twice


def _steps(body: bytes, encoding: str, errors: str) -> Iterator[str]:
    """The page piece by piece: as one `str` it may take four times its bytes."""
    decoder = lookup(encoding).codec_info.incrementaldecoder(errors)
    for start in range(0, len(body) + 1, _STEP):
        yield decoder.decode(body[start : start + _STEP], start + _STEP > len(body))


def _with_few_faults(body: bytes, encoding: str) -> bytes | bytearray | None:
    """The page with U+FFFD for what does not fit, where that is little of what is not ASCII.

    One broken character, or a page cut off in the middle of one, is no other encoding.
    """
    utf8 = _transcoded(body, encoding, "replace") or b""
    faults = utf8.count("\ufffd".encode())
    special = len(utf8) - len(utf8.translate(None, _LEADS))
    return utf8 if faults * 20 <= special else None


def _is_text(utf8: bytes | bytearray) -> bool:
    start = utf8[:_STEP].decode("utf-8", "ignore")
    return len(_NOT_TEXT.findall(start)) * 100 <= len(start)


# What pages and `charset_normalizer` write and the standard does not list.
_OTHER_LABELS = {
    "win-1251": "windows-1251",
    "win1251": "windows-1251",
    "mac-cyrillic": "x-mac-cyrillic",
    "cp932": "shift_jis",
    "cp949": "euc-kr",
}
# Encodings that the standard decodes by the table of another, where Python's codec of the same name
# knows fewer characters or, as for `x-user-defined`, gives none that is a letter.
_DECODED_AS = {
    "gbk": "gb18030",
    "iso-8859-8-i": "iso-8859-8",
    "x-user-defined": "windows-1252",
}
# The standard's name for encodings that no page shall be read in, as letters of ASCII in them may
# mean something else: a filter that reads the bytes is then deceived.
_REFUSED = "replacement"


def encoding_named(label: str) -> str | None:
    """The name of the encoding that a label means; None for one that is not of the web."""
    text = label.strip(" \t\n\r\f\"'").lower()
    found = lookup(_OTHER_LABELS.get(text, text)) if text.isascii() else None
    if found is None or found.name == _REFUSED:
        return None
    name: str = found.name
    return _DECODED_AS.get(name, name)


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
