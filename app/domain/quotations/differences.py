"""Two wordings compared word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from app.domain.quotations.folding import BREAK
from app.domain.quotations.numbers import numbers_in
from app.domain.quotations.pages import SMALL_PIECE, Page
from app.domain.quotations.words import shared_words, words_in

Kind = Literal["same", "quoted", "page"]

_MAX_LENGTH = 20_000


@dataclass(frozen=True, slots=True)
class Difference:
    """One run of a comparison: words that both have, or that only the quotation or page has.

    The texts of `same` and `page` runs, joined, are the page's wording; those of `same` and
    `quoted` runs the quotation's, but for what is set aside and for a space that only one of them
    has. The space between two words is at the beginning of the later one's run.
    """

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as it is compared and as it is shown, with whether a space precedes it."""

    key: str
    text: str
    spaced: bool


def reworded(before: str, after: str, *, blocks: bool = False) -> tuple[Difference, ...]:
    """What changed from one wording to another: `quoted` is the former, `page` the latter.

    Empty where the two differ in nothing but what is set aside. Texts of more than 20,000
    characters are not compared, and come as wholly different. `blocks`: in the latter, lines and
    cells are blocks of their own.
    """
    # Comparing word by word costs the product of both lengths.
    if max(len(before), len(after)) > _MAX_LENGTH:
        return _whole("quoted", before), _whole("page", after)
    quoted = _words(Page(before, SMALL_PIECE), frozenset())
    page = Page(after, SMALL_PIECE, blocks=blocks)
    runs = tuple(_runs(quoted, _words(page, frozenset(word.key for word in quoted))))
    return () if all(run.kind == "same" for run in runs) else runs


def _whole(kind: Kind, text: str) -> Difference:
    return Difference(kind, Page(text).shown(0, len(text)).strip())


def _words(page: Page, known: frozenset[str]) -> list[_Word]:
    """The words of a text; one that is divided at a line's end is read as a known one is."""
    shown, end = [], 0
    as_they_are = page.has_plain_letters
    for start, stop in _places(page.bordered):
        key = page.folded[start:stop]
        # To find the place of each word takes longer than all the rest.
        text = key if as_they_are and key.isalpha() else page.shown(*page.place(start, stop))
        if BREAK in key:
            compound = key.replace(BREAK, "-")
            key = text = compound if compound in known else key.replace(BREAK, "")
        shown.append(_Word(key, text, spaced=start > end > 0))
        end = stop
    return shown


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Where each word is; a number is one with all that changes it, “24 thousand” as a whole."""
    numbers = iter([*numbers_in(text, 0, len(text)), (len(text) + 1, len(text) + 1)])
    first, last = next(numbers)
    end = 0
    for word in words_in(text):
        while last <= word.start():
            first, last = next(numbers)
        start = max(min(first, word.start()), end) if first < word.end() else word.start()
        stop = max(last, word.end()) if first < word.end() else word.end()
        if stop > end and start < stop and word.end() > end:
            yield start, stop
            end = stop


def _runs(quoted: Sequence[_Word], page: Sequence[_Word]) -> Iterator[Difference]:
    kind: Kind | None = None
    run: list[str] = []
    for each, word in _steps(quoted, page):
        if kind is not None and each != kind:
            yield Difference(kind, "".join(run))
            run = []
        run.append(f" {word.text}" if word.spaced else word.text)
        kind = each
    if kind is not None:
        yield Difference(kind, "".join(run))


def _steps(quoted: Sequence[_Word], page: Sequence[_Word]) -> Iterator[tuple[Kind, _Word]]:
    """Word by word: the page's where both have it, the quotation's before the page's else."""
    q, p = 0, 0
    for at_q, at_p in [*shared_words(quoted, page), (len(quoted), len(page))]:
        # What only the quotation has comes before what only the page has: first what was said to
        # stand there, then what does.
        yield from (("quoted", word) for word in quoted[q:at_q])
        yield from (("page", word) for word in page[p:at_p])
        if at_p < len(page):
            word, other = page[at_p], quoted[at_q]
            yield "same", _Word(word.key, word.text, word.spaced or other.spaced)
        q, p = at_q + 1, at_p + 1
