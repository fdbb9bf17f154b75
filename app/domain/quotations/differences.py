"""Two wordings compared word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from app.domain.quotations.folding import BREAK, shared_words, tidy, words_in
from app.domain.quotations.pages import SMALL_PIECE, Page

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


def reworded(before: str, after: str) -> tuple[Difference, ...]:
    """What changed from one wording to another: `quoted` is the former, `page` the latter.

    Empty where the two differ in nothing but what is set aside. Texts of more than 20,000
    characters are not compared, and come as wholly different.
    """
    # Comparing word by word costs the product of both lengths.
    if max(len(before), len(after)) > _MAX_LENGTH:
        return Difference("quoted", tidy(before).strip()), Difference("page", tidy(after).strip())
    quoted = _words(before, frozenset())
    runs = tuple(_runs(quoted, _words(after, frozenset(word.key for word in quoted))))
    return () if all(run.kind == "same" for run in runs) else runs


def _words(text: str, known: frozenset[str]) -> list[_Word]:
    """The words of a text; one that is divided at a line's end is read as a known one is."""
    page = Page(text, SMALL_PIECE)
    shown, end = [], 0
    for word in words_in(page.folded):
        first, last = page.place(word.start(), word.end())
        key, text = word[0], tidy(page.text[first:last])
        if BREAK in key:
            compound = key.replace(BREAK, "-")
            key = text = compound if compound in known else key.replace(BREAK, "")
        shown.append(_Word(key, text, spaced=word.start() > end > 0))
        end = word.end()
    return shown


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
