"""From the bytes of a page to UTF-8, in whichever character encoding it was written.

The order is that of the HTML standard, 13.2.3.2 “Determining the character encoding”: byte order
mark, HTTP header, `<meta>` or XML declaration, detection, windows-1252. Unlike a browser it passes
over an encoding that the bytes contradict: a page that names UTF-8 and holds windows-1251 would
otherwise have none of its words. Labels are those of the
Encoding Standard (encoding.spec.whatwg.org).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from charset_normalizer import from_bytes

from app.fetching.pages.labels import CODECS, encoding_named

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
    decoder = codecs.getincrementaldecoder(CODECS[encoding])(errors)
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
