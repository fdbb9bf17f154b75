"""Quotations that say themselves where they differ from the page: “the bridge […] was shut [sic]”.

What an editor leaves out is marked by an ellipsis, what one puts in by brackets. Such a quotation
is the page's where each of its parts is, in order and near each other. Brackets are passed over and
named; those that would change a number or turn a sentence round are not: they are no mere aid.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import Literal

from app.domain.quotations.find import best_near, whole_places
from app.domain.quotations.folding import fold
from app.domain.quotations.marks import is_struck
from app.domain.quotations.numbers import numbers_in
from app.domain.quotations.pages import Page, Selector

# A long paragraph: what is left out between sentences of one statement, and not between two
# statements of one article.
MAX_LEFT_OUT = 1_000
# In place of “[the troops]” the page may have “they”, or nothing.
_MAX_REPLACED = 40
_MAX_WORDS_OF_A_TURN = 3
_MAX_PARTS = 12
_MAX_PLACES = 2_000

_ELLIPSIS = r"…|\.{3,}|\. \. \.(?: \.)?"
_EDIT = re.compile(rf"[\[(<‹]\s*(?:{_ELLIPSIS})\s*[\])>›]|{_ELLIPSIS}|\[[^\[\]]{{1,100}}\]")
_AS_WRITTEN = re.compile(r"\[\s*(?:sic|so|так|именно так|այսպես|beləd?ir?|aynen)\s*!?\s*\]", re.I)
_NOTE = re.compile(r"\[\d{1,3}\]")
_LETTER = re.compile(r"\[([^\W\d_])\]")
_LEADING = re.compile(r"^\s*[,;:.!?)]+\s")
_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?:](?:\s|$)")
_NEGATION = re.compile(
    r"(?i)\b(?:not|no|none|nobody|never|neither|nor|without|не|нет|ни|никто|никогда|без|ոչ|երբեք"
    r"|առանց|չ[ա-և]+|deyil|yox|heç|değil|hiç|ne|pas|jamais|non|aucune?|nicht|nie|niemals|ohne"
    r"|kein[a-z]*)\b|n['’]t\b|[不没沒未無无非]|ない|ません|ไม่|\b(?:לא|אין|لا|لم|لن|ليس|ليست)\b"
)
# Number words of one language that are everyday words of another, or its article.
_NO_NUMBERS = frozenset(
    "on un une ein eine einen einem einer bir min bin elf acht sept six".split()  # noqa: SIM905
)

Link = Literal["left out", "replaced", "as written"]


@dataclass(frozen=True, slots=True)
class Parts:
    """A quotation in parts: the folded wordings that each may have, and what is between two.

    `passed_over` are the editor's signs as they were written.
    """

    wordings: tuple[tuple[str, ...], ...]
    links: tuple[Link, ...]
    passed_over: tuple[str, ...]


def parts_of(quote: str) -> Parts | None:
    """The parts of a quotation; None where it is in one, or an editor's words change its sense."""
    texts, links, passed_over = [""], list[Link](), list[str]()
    end = 0
    for edit in _EDIT.finditer(quote):
        link = _link(edit)
        if link is None:
            continue
        if link == "changed":
            return None
        before = quote[end : edit.start()]
        if letter := _in_place_of_a_letter(edit):
            texts[-1] += before + f"\0{letter}"
        else:
            texts[-1] += before
            texts.append("")
            links.append(link)
        end = edit.end()
        passed_over.append(edit[0])
    texts[-1] += quote[end:]
    wordings, links = _with_words(texts, links)
    if not passed_over or not wordings or len(wordings) > _MAX_PARTS:
        return None
    return Parts(wordings, tuple(links), tuple(passed_over))


def find_parts(
    parts: Parts, page: Page, near: Selector | None, *, struck: bool = False
) -> tuple[int, int] | None:
    """Where in the page's text the parts are, from the first one's begin to the last one's end.

    With `struck` only where words are among them that the page strikes out.
    """
    chains = [(start, end) for start, end in _places(parts.wordings[0], page)]
    for wordings, link in zip(parts.wordings[1:], parts.links, strict=True):
        chains = _continued(chains, _places(wordings, page), link, page.folded)
    if struck:
        chains = [c for c in chains if is_struck(page.text, *page.place(*c))]
    if not chains:
        return None
    best = chains[0] if near is None else best_near(iter(chains), page.folded, near)
    return page.place(*best) if best else None


def _link(edit: re.Match[str]) -> Link | Literal["changed"] | None:
    """What the sign means; None for the mark of a note, which folding passes over."""
    text = edit[0]
    if re.search(_ELLIPSIS, text) and not _WORD.search(text):
        return "left out"
    if _AS_WRITTEN.fullmatch(text):
        return "as written"
    before = edit.string[edit.start() - 1 : edit.start()]
    if _NOTE.fullmatch(text) and before and not before.isspace():
        return None
    return "changed" if _changes_the_sense(text[1:-1]) else "replaced"


def _changes_the_sense(words: str) -> bool:
    folded = fold(words)
    numbers = (folded[start:end] for start, end in numbers_in(folded, 0, len(folded)))
    if any(number.lower() not in _NO_NUMBERS for number in numbers):
        return True
    return bool(_NEGATION.search(words) or re.search(r"\d", words))


def _in_place_of_a_letter(edit: re.Match[str]) -> str:
    """The letter of “[T]he”; nothing where the brackets hold something else."""
    letter = _LETTER.fullmatch(edit[0])
    return letter[1] if letter and edit.string[edit.end() : edit.end() + 1].isalpha() else ""


def _with_words(
    texts: Sequence[str], links: Sequence[Link]
) -> tuple[tuple[tuple[str, ...], ...], list[Link]]:
    """The parts that hold words, and what is between them: the widest of what was."""
    wordings: list[tuple[str, ...]] = []
    kept: list[Link] = []
    between: list[Link] = []
    for number, text in enumerate(texts):
        if number:
            between.append(links[number - 1])
        if not _WORD.search(text):
            continue
        if wordings:
            kept.append(min(between, key=("left out", "replaced", "as written").index))
        between = []
        wordings.append(_spellings(_LEADING.sub("", text) if number else text))
    return tuple(wordings), kept


def _spellings(text: str) -> tuple[str, ...]:
    """The folded text, with either case of the letters that an editor changed, at most three."""
    # A NUL of the text itself stands before no letter.
    first, *marked = text.split("\0")
    rest = [each for each in marked if each]
    cases = [(each[0].lower(), each[0].upper()) for each in rest[:3]]
    ways = (
        first + "".join(letter + each[1:] for letter, each in zip(letters, rest, strict=False))
        for letters in product(*cases)
    )
    return tuple(dict.fromkeys(map(fold, ways)))


def _places(wordings: Sequence[str], page: Page) -> list[tuple[int, int]]:
    found = (islice(whole_places(words, page), _MAX_PLACES) for words in wordings)
    return sorted({place for places in found for place in places})


def _continued(
    chains: Sequence[tuple[int, int]], places: Sequence[tuple[int, int]], link: Link, text: str
) -> list[tuple[int, int]]:
    """The chains that one of the places goes on from near their end, each with the nearest."""
    by_end = sorted(chains, key=lambda chain: (chain[1], chain[0]))
    ends = [end for _, end in by_end]
    continued = []
    for start, end in places:
        number = bisect_right(ends, start) - 1
        if number >= 0 and _may_be_between(text[ends[number] : start], link):
            continued.append((by_end[number][0], end))
    return continued


def _may_be_between(text: str, link: Link) -> bool:
    if link == "left out":
        # To leave out “not” alone is no shortening.
        is_short = len(text.split()) <= _MAX_WORDS_OF_A_TURN
        return len(text) <= MAX_LEFT_OUT and not (is_short and _NEGATION.search(text))
    if link == "as written":
        return not _WORD.search(text) and len(text) <= 1
    words = text.strip()
    return len(words) <= _MAX_REPLACED and not (
        _SENTENCE_END.search(words) or _changes_the_sense(words)
    )
