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


_LABELS = {
    "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8",
    "ibm866": "866 cp866 csibm866 ibm866",
    "iso-8859-2": "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2"
    " iso_8859-2:1987 l2 latin2",
    "iso-8859-3": "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3"
    " iso_8859-3:1988 l3 latin3",
    "iso-8859-4": "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4"
    " iso_8859-4:1988 l4 latin4",
    "iso-8859-5": "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595"
    " iso_8859-5 iso_8859-5:1988",
    "iso-8859-6": "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6"
    " iso-8859-6-e iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987",
    "iso-8859-7": "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7"
    " iso88597 iso_8859-7 iso_8859-7:1987 sun_eu_greek",
    "iso-8859-8": "csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138"
    " iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 visual csiso88598i iso-8859-8-i logical",
    "iso-8859-10": "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6",
    "iso-8859-13": "iso-8859-13 iso8859-13 iso885913",
    "iso-8859-14": "iso-8859-14 iso8859-14 iso885914",
    "iso-8859-15": "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9",
    "iso-8859-16": "iso-8859-16",
    "koi8-r": "cskoi8r koi koi8 koi8-r koi8_r",
    "koi8-u": "koi8-ru koi8-u",
    "macintosh": "csmacintosh mac macintosh x-mac-roman",
    "windows-874": "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874",
    "windows-1250": "cp1250 windows-1250 x-cp1250",
    "windows-1251": "cp1251 windows-1251 x-cp1251 win-1251 win1251",
    "windows-1252": "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100"
    " iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252"
    " x-user-defined",
    "windows-1253": "cp1253 windows-1253 x-cp1253",
    "windows-1254": "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9"
    " iso_8859-9:1989 l5 latin5 windows-1254 x-cp1254",
    "windows-1255": "cp1255 windows-1255 x-cp1255",
    "windows-1256": "cp1256 windows-1256 x-cp1256",
    "windows-1257": "cp1257 windows-1257 x-cp1257",
    "windows-1258": "cp1258 windows-1258 x-cp1258",
    "x-mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian mac-cyrillic",
    "gb18030": "gb18030 chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58"
    " x-gbk",
    "big5": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
    "euc-jp": "cseucpkdfmtjapanese euc-jp x-euc-jp",
    "iso-2022-jp": "csiso2022jp iso-2022-jp",
    "shift_jis": "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis cp932",
    "euc-kr": "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989"
    " ksc5601 ksc_5601 windows-949 cp949",
    "utf-16be": "unicodefffe utf-16be",
    "utf-16le": "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le",
}
_BY_LABEL = {label: name for name, labels in _LABELS.items() for label in labels.split()}

CODECS = {name: name for name in _LABELS} | {
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "windows-874": "cp874",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
}


def encoding_named(label: str) -> str | None:
    """The name of the encoding that a label means; None for one that is not of the web."""
    return _BY_LABEL.get(label.strip(" \t\n\r\f\"'").lower())


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
