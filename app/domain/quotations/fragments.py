"""Links that open a page at quoted words.

Source: WICG, URL Fragment Text Directives, https://wicg.github.io/scroll-to-text-fragment/
(3.5.2, finding ranges in a document), and what Chromium does where that leaves room.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote as percent_encode

from app.domain.quotations.check import check_quote
from app.domain.quotations.find import find_selected
from app.domain.quotations.folding import INVISIBLE
from app.domain.quotations.pages import Page, Selector

_DELIMITER = ":~:"

# Words up to this length are named in full; of longer ones the beginning and the end.
_MAX_IN_FULL = 100
_WORDS_OF_AN_END = (3, 4, 6, 9)
_MAX_WORDS_AROUND = 8
_SOURCE_AROUND = 400

# A browser compares letters at their first level: without case, accents and signs without shape,
# and with all quote signs alike. Where it may differ from this it finds less, never more.
_ALIKE = {"'": "‘’‚‛", '"': "“”„‟", " ": "\r\v\f\x1c\x1d\x1e\x1f\x85\u1680\u2028\u2029"}
_UNCOMPARED = re.compile(rf"[{INVISIBLE}\u0300-\u036f\u0483-\u0489]")
_BLOCK_END = re.compile(r"[\n\t]")
_SPACES = re.compile("  +")
_LINES = re.compile(r"[\n\t]\s*")
_ANY_SPACING = re.compile(r"\s*")
# Bounds the work on a page that is made of the same few words.
_MAX_CANDIDATES = 100_000


@dataclass(frozen=True, slots=True)
class _Directive:
    """A text directive: words, or the beginning and end of a range, and the text around."""

    start: str
    end: str = ""
    prefix: str = ""
    suffix: str = ""

    def __str__(self) -> str:
        parts = [_encode(self.start)]
        if self.prefix:
            parts.insert(0, _encode(self.prefix) + "-")
        if self.end:
            parts.append(_encode(self.end))
        if self.suffix:
            parts.append("-" + _encode(self.suffix))
        return "text=" + ",".join(parts)


def text_directive(
    quotation: str, page: Page | None = None, selector: Selector | None = None
) -> str:
    """What follows `:~:` in a link to quoted words: `text=[prefix-,]start[,end][,-suffix]`.

    With the page that the words are on (its blocks apart by line breaks, the cells of a table
    by tabs or line breaks), the shortest form of these that leads a browser to
    exactly this place, in the page's own words; `selector` is the place, where the quote check
    found one (an altered quotation's too). Where none does, and without a page, the quotation.
    """
    place = _place(quotation, page, selector) if page else None
    if page and place:
        text = _BrowserText(page.text, *place)
        for directive in _directives(page.text, *place):
            if text.leads_to_the_place(directive):
                return str(directive)
    return str(_Directive(" ".join(quotation.split())))


def text_fragment_link(url: str, quotation: str, directive: str | None = None) -> str:
    """The URL with a text directive, or with one for the quotation; its own fragment stays."""
    base, _, _ = url.partition(_DELIMITER)
    separator = "" if "#" in base else "#"
    return f"{base}{separator}{_DELIMITER}{directive or text_directive(quotation)}"


def _encode(words: str) -> str:
    """All but ASCII letters, digits and `_.~`: `-`, `,` and `&` mean something in a directive."""
    return percent_encode(words, safe="").replace("-", "%2D")


def _place(quotation: str, page: Page, selector: Selector | None) -> tuple[int, int] | None:
    selector = selector or check_quote(quotation, page).selector
    return find_selected(selector, page)[0] if selector else None


def _directives(text: str, start: int, end: int) -> Iterator[_Directive]:
    """Every directive to try for a place in the page's text, shortest surroundings first."""
    before = _words(_last_line(text[max(start - _SOURCE_AROUND, 0) : start]))
    after = _words(_first_line(text[end : end + _SOURCE_AROUND]))
    bodies = list(_bodies(text[start:end]))
    for left, right in _surroundings():
        if left <= len(before) and right <= len(after):
            prefix = _span(before[len(before) - left :])
            suffix = _span(after[:right])
            yield from (_Directive(*body, prefix, suffix) for body in bodies)


def _surroundings() -> Iterator[tuple[int, int]]:
    """How many words before and after to name."""
    yield 0, 0
    for count in range(1, _MAX_WORDS_AROUND + 1):
        # Words on one side first: the shorter a directive, the fewer edits of the page break it.
        yield from ((count, 0), (0, count), (count, count))


def _bodies(exact: str) -> Iterator[tuple[str, str]]:
    """The words in full, or the beginning and end of the range; blocks are never crossed."""
    lines = [words for line in _BLOCK_END.split(exact) if (words := _words(line))]
    first, last = lines[0], lines[-1]
    whole = _span(first)
    if len(lines) == 1 and len(whole) <= _MAX_IN_FULL:
        yield whole, ""
        return
    # A range survives changes between its ends, and an address of a thousand characters survives
    # no chat.
    for count in _WORDS_OF_AN_END:
        if len(lines) > 1 or 2 * count <= len(first):
            yield _span(first[:count]), _span(last[-count:])
    if len(lines) == 1:
        yield whole, ""


def _words(line: str) -> list[str]:
    """The words of a line, each with the white space that follows it."""
    return re.findall(r"\S+\s*", line)


def _span(words: list[str]) -> str:
    """Words as the page has them, with no-break spaces and without signs that have no shape."""
    return re.sub(f"[{INVISIBLE}]", "", re.sub(r"[ \r\f]+", " ", "".join(words))).strip()


def _first_line(text: str) -> str:
    return _BLOCK_END.split(text.lstrip())[0]


def _last_line(text: str) -> str:
    return _BLOCK_END.split(text.rstrip())[-1]


class _BrowserText:
    """A page's text as a browser searches it, and the intended place in it."""

    def __init__(self, text: str, start: int, end: int) -> None:
        before, exact = _compared(text[:start]), _compared(text[start:end])
        self._text = before + exact + _compared(text[end:])
        self._place = len(before), len(before) + len(exact)
        self._candidates_left = _MAX_CANDIDATES

    def leads_to_the_place(self, directive: _Directive) -> bool:
        """Whether a browser finds exactly the place, and not another one before it."""
        end, suffix = _compared(directive.end), _compared(directive.suffix)
        for start, close in self._starts(_compared(directive.prefix), _compared(directive.start)):
            for at in self._places(end, close) if end else (close,):
                last = at + len(end)
                if self._text.startswith(suffix, self._after_spacing(last)):
                    return (start, last) == self._place
        return False

    def _starts(self, prefix: str, start: str) -> Iterator[tuple[int, int]]:
        """Where the words are, directly after the prefix if there is one."""
        for at in self._places(prefix or start, 0):
            first = self._after_spacing(at + len(prefix)) if prefix else at
            if self._text.startswith(start, first):
                yield first, first + len(start)

    def _places(self, words: str, after: int) -> Iterator[int]:
        at = self._text.find(words, after)
        while at >= 0 and self._candidates_left:
            self._candidates_left -= 1
            yield at
            at = self._text.find(words, at + 1)

    def _after_spacing(self, at: int) -> int:
        spacing = _ANY_SPACING.match(self._text, at)
        return spacing.end() if spacing else at


def _compared(text: str) -> str:
    plain = _UNCOMPARED.sub("", unicodedata.normalize("NFKD", text)).casefold()
    # A sign at a time: `str.translate` and wider patterns take six times as long on a whole page.
    for sign, others in _ALIKE.items():
        for other in others:
            plain = plain.replace(other, sign)
    return _LINES.sub("\n", _SPACES.sub(" ", plain)).replace(" \n", "\n")
