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
# How many words around it are named: as few as do, and a whole block where it takes that many.
_WORDS_AROUND = (1, 2, 3, 4, 5, 6, 7, 8, 12, 18, 27, 40)
_SOURCE_AROUND = 400

# A browser compares letters at their first level: without case, accents and signs without shape,
# and with all quote signs alike. Where it may differ from this it finds less, never more.
_ALIKE = {"'": "‘’‚‛׳", '"': "“”„‟״", " ": "\r\v\f\x1c\x1d\x1e\x1f\x85\u1680\u2028\u2029"}
# What Chromium 156 passes over, as its `Intl.Collator` with `sensitivity: "base"` says of each
# character: vowel marks of Hebrew and Arabic, kashida, tones of Thai, nukta and signs of Indic
# scripts; not their vowels, nor the virama.
_UNCOMPARED = re.compile(
    rf"[{INVISIBLE}\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0600-\u0605\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dd\u06df-\u06e4\u06e7\u06e8"
    "\u06ea-\u06ed\u070f\u0711\u0730-\u074a\u0818\u0819\u081c-\u082d\u0859-\u085b\u0890-\u089f"
    "\u08ca-\u0903\u093c\u0951-\u0954\u0981-\u0983\u09bc\u09fe\u0a01-\u0a03\u0a3c\u0a70\u0a71"
    "\u0a81-\u0a83\u0abc\u0b01-\u0b03\u0b3c\u0b82\u0c00-\u0c04\u0c81-\u0c83\u0cbc\u0d00-\u0d03"
    "\u0d81-\u0d83\u0e47-\u0e4e\u0ec8-\u0ece\u1036-\u1038\u135d-\u135f\u17c6-\u17d1\u20d0-\u20f0"
    "\u302a-\u302f\u3099\u309a\ua66f-\ua672\ua67c\ua67d\ufe20-\ufe2f]"
)
# Letters that it takes for each other and that no normal form of Unicode does.
_LETTERS = dict(zip("đðħłøґךםןףץ", "ddhloгכמנפצ", strict=True))
_LETTERS |= {chr(code): chr(code - 0x60) for code in range(0x30A1, 0x30F7)}  # Katakana as Hiragana
_LETTER = re.compile(f"[{''.join(_LETTERS)}]")
_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")
# Signs within a word where letters are on both sides (Unicode, Standard Annex 29, MidLetter and
# MidNumLet): to a browser “l’accord” and “Armenia’s” are one word each.
_WITHIN = frozenset("'’‘.·:‧״\"")
# After these a word may begin without a space.
_FULL_WIDTH = "、。，．！？；：」』）】》…"
_WORD = re.compile(rf"[^\s{_FULL_WIDTH}]*(?:[{_FULL_WIDTH}]+\s*|\s+|(?<=\S)$)")
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
    found one (an altered quotation's too). Empty where none does: the same words are before it,
    with the same words around. Without a page, the quotation.
    """
    if page is None:
        return str(_Directive(" ".join(quotation.split())))
    place = _place(quotation, page, selector)
    for start, end in _extents(page.text, *place) if place else ():
        text = _BrowserText(page.text, start, end)
        for directive in _directives(page.text, start, end):
            if text.leads_to_the_place(directive):
                return str(directive)
    return ""


def text_fragment_link(url: str, quotation: str, directive: str | None = None) -> str:
    """The URL with a text directive, or with one for the quotation; its own fragment stays.

    The URL alone where the directive is empty.
    """
    base, _, _ = url.partition(_DELIMITER)
    if directive == "":
        return base
    separator = "" if "#" in base else "#"
    return f"{base}{separator}{_DELIMITER}{directive or text_directive(quotation)}"


def _encode(words: str) -> str:
    """All but ASCII letters, digits and `_.~`: `-`, `,` and `&` mean something in a directive."""
    return percent_encode(words, safe="").replace("-", "%2D")


def _place(quotation: str, page: Page, selector: Selector | None) -> tuple[int, int] | None:
    selector = selector or check_quote(quotation, page).selector
    return find_selected(selector, page)[0] if selector else None


def _extents(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The place, and with the signs around it that begin and end its block, if there are such."""
    yield start, end
    # Of blocks with the same words only those beside them differ, and to name these the words must
    # be named to the last sign.
    before = _SIGNS_BEFORE.search(text, max(start - _MAX_SIGNS, 0), start)
    after = _SIGNS_AFTER.match(text, end)
    wider = (before.start() if before else start, after.end() if after else end)
    if wider != (start, end):
        yield wider


_MAX_SIGNS = 8
_SIGNS_BEFORE = re.compile(rf"(?:(?<=[\n\t])|\A)[^\w\s]{{1,{_MAX_SIGNS}}} ?\Z")
_SIGNS_AFTER = re.compile(rf" ?[^\w\s]{{1,{_MAX_SIGNS}}}(?=[\n\t]|\Z)")


def _directives(text: str, start: int, end: int) -> Iterator[_Directive]:
    """Every directive to try for a place in the page's text, shortest surroundings first."""
    before = _words_before(text, start)
    after = _words_after(text, end)
    bodies = list(_bodies(text[start:end]))
    for left, right in _surroundings(len(before), len(after)):
        # A browser takes words alone for the beginning and the end, unless more are named there.
        if (left or _is_at_a_word(text, start)) and (right or _is_at_a_word(text, end)):
            prefix = _span(before[len(before) - left :])
            suffix = _span(after[:right])
            yield from (_Directive(*body, prefix, suffix) for body in bodies)


def _surroundings(before: int, after: int) -> Iterator[tuple[int, int]]:
    """How many words before and after to name, of so many."""
    yield 0, 0
    for count in _WORDS_AROUND:
        left, right = min(count, before), min(count, after)
        # Words on one side first: the shorter a directive, the fewer edits of the page break it.
        yield from ((left, 0), (0, right), (left, right))
        if count >= max(before, after):
            return


def _words_before(text: str, start: int) -> list[str]:
    begin = max(start - _SOURCE_AROUND, 0)
    line = _last_line(text[begin:start])
    words = _words(line)
    # The first one may have been cut off, and nobody searches for half a word.
    return words if begin == 0 or len(line) < len(text[begin:start].rstrip()) else words[1:]


def _words_after(text: str, end: int) -> list[str]:
    source = text[end : end + _SOURCE_AROUND]
    line = _first_line(source)
    words = _words(line)
    is_whole = end + _SOURCE_AROUND >= len(text) or len(line) < len(source.lstrip())
    return words if is_whole else words[:-1]


def _is_at_a_word(text: str, at: int) -> bool:
    """Whether a word surely begins or ends there, as browsers divide texts."""
    before = _seen(text[max(at - _SEEN, 0) : at])[-2:]
    after = _seen(text[at : at + _SEEN])[:2]
    if not before or not after:
        return True
    # Between letters there may be two words only in scripts without spaces, by a dictionary.
    if _is_of_a_word(before[-1]) and _is_of_a_word(after[0]):
        return False
    within_after = after[0] in _WITHIN and _is_of_a_word(before[-1]) and _is_of_a_word(after[-1])
    within_before = before[-1] in _WITHIN and _is_of_a_word(before[0]) and _is_of_a_word(after[0])
    return not ((within_after and len(after) > 1) or (within_before and len(before) > 1))


_SEEN = 16


def _seen(text: str) -> str:
    return _UNCOMPARED.sub("", text)


def _is_of_a_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_" or unicodedata.category(sign)[0] == "M"


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
    """The words of a line, each with the white space that follows it.

    Of scripts without spaces what is between two signs counts as one.
    """
    return [word for word in _WORD.findall(line) if word]


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
    plain = _LETTER.sub(lambda letter: _LETTERS[letter[0]], plain)
    plain = _FOREIGN_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), plain)
    # A sign at a time: `str.translate` and wider patterns take six times as long on a whole page.
    for sign, others in _ALIKE.items():
        for other in others:
            plain = plain.replace(other, sign)
    return _LINES.sub("\n", _SPACES.sub(" ", plain)).replace(" \n", "\n")
