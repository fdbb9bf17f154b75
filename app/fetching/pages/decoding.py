"""From the bytes of a page to UTF-8, in whichever character encoding it was written.

The order is that of the HTML standard, 13.2.3.2 “Determining the character encoding”: byte order
mark, HTTP header, `<meta>` or XML declaration, detection. Unlike a browser it does not take a label
at its word: bytes that are UTF-8 are read as UTF-8, an encoding that the bytes contradict is passed
over, and one whose text nobody wrote loses to detection. A page that says windows-1251 and holds
UTF-8, or the other way round, would otherwise have none of its words.

Labels are those of the Encoding Standard (encoding.spec.whatwg.org), as webencodings has them, and
detection is Firefox's (chardetng). A page in an encoding that neither knows, such as ARMSCII-8 of
old Armenian pages, is text in none, as it is in every browser.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from chardetng_py import EncodingDetector
from webencodings import lookup

from app.fetching.pages.plausibility import is_decoded_twice, is_garbled, loses, words_beyond_ascii
from app.fetching.pages.values import PageKind

_BOMS = (
    (codecs.BOM_UTF16_LE, "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16be"),
)
# Detection does not know these, so that it says nothing against a page that names them.
_NEVER_DETECTED = frozenset({"x-mac-cyrillic", "macintosh", "iso-8859-10", "iso-8859-14"})
_NEVER_DETECTED |= {"iso-8859-3", "iso-8859-13", "iso-8859-15", "iso-8859-16", "iso-2022-jp"}
_PRESCAN = 1024
_STEP = 65_536
_SAMPLE = 20_000

_META = re.compile(rb"<meta[\s/][^>]*?charset\s*=\s*[\"']?\s*([^\s\"'/>;]+)", re.I)
_XML = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']\s*([^\s\"'>]+)", re.I)
_LANGUAGE = re.compile(rb"<html\b[^>]*?\slang\s*=\s*[\"']?\s*([a-zA-Z-]+)", re.I)
_COMMENT = re.compile(rb"<!--.*?-->", re.S)
_LEADS = bytes(range(0xC0, 0x100))  # the first bytes of characters beyond ASCII
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_NOT_TEXT = re.compile("[\0-\x08\x0e-\x1a\x1c-\x1f]")


# Where two encodings differ in few letters, detection leans on the domain's country. Pages of any
# country are under any domain, but most say what language they are in: the domain of a country that
# writes it stands for that.
_DOMAINS = {"cs": b"cz", "el": b"gr", "et": b"ee", "fa": b"ir", "he": b"il", "ja": b"jp"}
_DOMAINS |= {"ko": b"kr", "sl": b"si", "sr": b"rs", "uk": b"ua", "vi": b"vn", "zh": b"cn"}
_DOMAINS |= {
    tag: tag.encode() for tag in ("az", "bg", "hr", "hu", "lt", "lv", "mk", "pl", "ro", "ru")
}
_DOMAINS |= {tag: tag.encode() for tag in ("sk", "th", "tr")}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page in UTF-8 without byte order mark and NULs, and the encoding that it came in."""

    utf8: bytes | bytearray
    encoding: str


def decode_page(body: bytes, charset: str | None) -> Decoded | None:
    """The page in UTF-8; None where it is plausible text in no encoding.

    `charset` is the label that the HTTP header gave, if it gave one.
    """
    marked = next((encoding for mark, encoding in _BOMS if body.startswith(mark)), None)
    # Nobody writes such a mark by accident, and pages in UTF-16 without one are full of NULs.
    if marked is not None or b"\0" in body[:_PRESCAN]:
        return _first_that_fits(body, (marked or "", *_named(body, charset), *_wide(body)))
    in_utf8 = _decoded(body, "utf-8")
    if in_utf8 is None:
        return _most_trusted(body, charset)
    if not _NOT_ASCII.search(body):
        return _first_that_fits(body, (*_named(body, charset), "utf-8"))
    # Text in another encoding is not UTF-8 for the length of a word, whatever it is labelled.
    words = _words(_sample(body), "utf-8")
    return in_utf8 if _is_text(in_utf8.utf8) and not is_decoded_twice(words) else None


def _most_trusted(body: bytes, charset: str | None) -> Decoded | None:
    """The page in the encoding that it names and that makes plausible text, or that is detected."""
    language, sample = _language(body), _sample(body)
    best = _detected(sample, language)
    best_words = _words(sample, best)
    for encoding in dict.fromkeys((*_named(body, charset), best)):
        decoded = _decoded(body, encoding)
        words = _words(sample, encoding) if decoded else []
        if decoded and _is_text(decoded.utf8) and not is_garbled(words):
            can_be_detected = encoding not in _NEVER_DETECTED
            if not loses(words, best_words, language, is_weighed=can_be_detected):
                return decoded
    return None


def _first_that_fits(body: bytes, encodings: tuple[str, ...]) -> Decoded | None:
    fitting = (_decoded(body, encoding) for encoding in encodings if encoding)
    found = next(filter(None, fitting), None)
    return found if found and _is_text(found.utf8) else None


def _decoded(body: bytes, encoding: str) -> Decoded | None:
    """The page in an encoding, where the bytes do not contradict it."""
    utf8 = _transcoded(body, encoding, "strict") or _with_few_faults(body, encoding)
    return None if utf8 is None else Decoded(utf8, encoding)


def _named(body: bytes, charset: str | None) -> Iterator[str]:
    """The encodings that the header and the page name."""
    labels = (charset, _declared(body[:_PRESCAN]))
    yield from (name for label in labels if label and (name := encoding_named(label)))


def _declared(start: bytes) -> str | None:
    """The label in the page's own declaration, read as the standard's prescan does."""
    found = _XML.search(start) or _META.search(_COMMENT.sub(b"", start))
    if not found:
        return None
    label = found[1].decode("ascii", "replace")
    # Where this was read byte by byte, the page is not in UTF-16, whatever it says.
    return "utf-8" if (encoding_named(label) or "").startswith("utf-16") else label


def _wide(body: bytes) -> Iterator[str]:
    """Encodings of pages with NULs that name none, and those of which one NUL is an accident."""
    if re.match(rb"(?:[\t\n\r <]\0){2}|<\0[!?a-zA-Z]\0", body):
        yield "utf-16le"
    if re.match(rb"(?:\0[\t\n\r <]){2}|\0<\0[!?a-zA-Z]", body):
        yield "utf-16be"
    yield from ("utf-8", "windows-1252")


def _detected(sample: bytes, language: str | None) -> str:
    detector = EncodingDetector()
    detector.feed(sample, last=True)
    guess = detector.guess(tld=_DOMAINS.get(language or ""), allow_utf8=False)
    # Python's codecs have Thai under another name than the standard.
    return encoding_named("windows-874" if guess == "cp874" else guess) or "windows-1252"


def _sample(body: bytes) -> bytes:
    first = _NOT_ASCII.search(body)
    start = max(0, first.start() - _SAMPLE // 20) if first else 0
    return body[start : start + _SAMPLE]


def _words(sample: bytes, encoding: str) -> list[str]:
    return words_beyond_ascii(lookup(encoding).codec_info.decode(sample, "replace")[0])


def _language(body: bytes) -> str | None:
    found = _LANGUAGE.search(_COMMENT.sub(b"", body[:_PRESCAN]))
    return found[1].decode().lower().partition("-")[0] if found else None


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
    text = label.strip(" \t\n\r\f\"'")
    found = lookup(text) if text.isascii() else None
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
