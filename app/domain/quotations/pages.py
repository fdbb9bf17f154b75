"""A page's text, folded once for many quotations, with the way back to the text as it is."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from app.domain.quotations.folding import (
    BORDER,
    BREAK,
    INVISIBLE,
    PIECE,
    fold_piece,
    pieces,
    tidy,
)
from app.domain.quotations.marks import (
    HIGH,
    INSERTED,
    STRUCK,
    Reading,
    has_marks,
    read_as,
    without_raised_notes,
)

SMALL_PIECE = 64

# As annotation clients have it (dom-anchor-text-quote); longer ones break with every edit nearby.
_CONTEXT = 32
_CONTEXT_SOURCE = 160
_NEAR = 100
_REFOLDED = re.compile(f"[{INVISIBLE}ǝәƎӘւﬀ-ﬆﬓ-ﬗ²³]")
_DIVIDED = re.compile(rf"[\w'-]+(?:{BREAK}[\w'-]+)+")


@dataclass(frozen=True, slots=True)
class Selector:
    """Where words are on a page, so that they can be found again.

    Source: W3C Web Annotation Data Model, 4.2.4 Text Quote Selector. Each text is the page's own,
    white space collapsed and signs without a shape left out; `prefix` and `suffix` are what
    is directly before and after, at most 32 characters each.
    """

    exact: str
    prefix: str
    suffix: str


class Page:
    """A page's text. Folding it waits until a quotation needs it, and is done once."""

    def __init__(
        self,
        text: str,
        piece: int | None = None,
        *,
        blocks: bool = False,
        reading: Reading = "corrected",
    ) -> None:
        """Take the text with its blocks on lines of their own.

        `blocks`: no block goes on in the next line, as on a web page; else lines may be those of
        print. It is folded by pieces of so many characters: small ones make `place` quick, which
        pays where the text is short or many places are asked for.
        """
        self.text = text
        self.blocks = blocks
        self._as: Reading = reading
        self._sign_for_sign: dict[int, bool] = {}
        self._piece = piece or (PIECE if len(text) > 4 * PIECE else SMALL_PIECE)

    @cached_property
    def reading(self) -> str:
        """The text without the marks of notes and what is struck out; as long as the text."""
        return read_as(self._as, self.text)

    @cached_property
    def uncorrected(self) -> tuple[Page, ...]:
        """The page with the words that it strikes out: without and with those put in for them."""
        if STRUCK[0] not in self.text:
            return ()
        readings: list[Reading] = ["printed"]
        if INSERTED[0] in self.text:
            readings.insert(0, "original")
        return tuple(Page(self.text, blocks=self.blocks, reading=each) for each in readings)

    def part(self, start: int, end: int) -> Page:
        """A part of the page by itself, read as it is read in the whole."""
        return Page(self.read(start, end), blocks=self.blocks, reading="given")

    def read(self, start: int, end: int) -> str:
        """What is from one place to another, without what the reading passes over."""
        # Marked runs may begin far before the part; without any, the rest of the page need not be
        # read for it. What decides of a raised figure is near it.
        first, last = max(start - _NEAR, 0), end + _NEAR
        if self._has_marks or "reading" in self.__dict__:
            text = self.reading[first:last]
        else:
            text = read_as(self._as, self.text[first:last])
        if self._as != "given":
            text = without_raised_notes(text)
        return text[start - first : end - first]

    @cached_property
    def _has_marks(self) -> bool:
        return has_marks(self.text)

    def shown(self, start: int, end: int) -> str:
        """What is from one place to another, as it is shown."""
        return tidy(self.read(start, end), blocks=self.blocks)

    @cached_property
    def folded(self) -> str:
        """The whole text with everything set aside that a quotation may differ in."""
        return self.bordered.replace(BORDER, " ")

    @cached_property
    def bordered(self) -> str:
        """The folded text, letter for letter, with `BORDER` where a block ends."""
        return "".join(self._folded_pieces)

    @cached_property
    def lowered(self) -> str:
        """The folded text in small letters, letter for letter at the same places."""
        lowered = "".join(piece.replace("İ", "i").lower() for piece in self._folded_pieces)
        return lowered.replace(BORDER, " ")

    @cached_property
    def has_plain_letters(self) -> bool:
        """Whether all letters of the page are in the folded text as they are on the page."""
        return unicodedata.is_normalized("NFC", self.reading) and not _REFOLDED.search(self.reading)

    @cached_property
    def divided(self) -> Mapping[str, frozenset[str]]:
        """Words that are divided at the end of a line: how they may be read, and are written."""
        found: dict[str, set[str]] = defaultdict(set)
        if BREAK in self.folded:
            for word in set(_DIVIDED.findall(self.folded)):
                found[word.replace(BREAK, "")].add(word)
                found[word.replace(BREAK, "-")].add(word)
        return {meant: frozenset(words) for meant, words in found.items()}

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The place in the text of a place in the folded text that is not empty."""
        first, last = self._raw_start(start), self._raw_end(end)
        while first < last and _is_set_aside(self.reading[first]):
            first += 1
        while first < last and _is_set_aside(self.reading[last - 1]):
            last -= 1
        return first, last

    def select(self, start: int, end: int) -> Selector:
        """The selector of a place in the text."""
        first = max(start - _CONTEXT_SOURCE, 0)
        text = self.read(first, end + _CONTEXT_SOURCE)
        before, exact, after = (
            tidy(part, blocks=self.blocks)
            for part in (
                text[: start - first],
                text[start - first : end - first],
                text[end - first :],
            )
        )
        return Selector(exact, before[-_CONTEXT:], after[:_CONTEXT])

    @cached_property
    def _bounds(self) -> list[tuple[int, int]]:
        return list(pieces(self.reading, self._piece))

    @cached_property
    def _folded_pieces(self) -> list[str]:
        seen: set[str] = set()
        folded = [self._fold(self.reading[start:end], seen) for start, end in self._bounds]
        if self._as == "given" or not seen.intersection(HIGH):
            return folded
        self.reading = without_raised_notes(self.reading)
        return [self._fold(self.reading[start:end]) for start, end in self._bounds]

    def _fold(self, text: str, seen: set[str] | None = None) -> str:
        return fold_piece(text, blocks=self.blocks, seen=seen)

    @cached_property
    def _folded_starts(self) -> list[int]:
        starts, at = [], 0
        for piece in self._folded_pieces:
            starts.append(at)
            at += len(piece)
        return starts

    def _raw_start(self, at: int) -> int:
        """The end of all that folds into what is before a place in the folded text."""
        number = bisect_right(self._folded_starts, at) - 1
        start, end = self._bounds[number]
        length = at - self._folded_starts[number]
        if self._is_sign_for_sign(number):
            return start + length
        piece = self.reading[start:end]
        if _is_large(piece, self.reading):
            return start + self._finer(piece)._raw_start(length)
        return start + self._most(piece, length)

    def _raw_end(self, at: int) -> int:
        """The end of all that folds into what is up to a place in the folded text."""
        number = bisect_left(self._folded_starts, at) - 1
        start, end = self._bounds[number]
        length = at - self._folded_starts[number]
        if self._is_sign_for_sign(number):
            return start + length
        piece = self.reading[start:end]
        if _is_large(piece, self.reading):
            return start + self._finer(piece)._raw_end(length)
        most = self._most(piece, length)
        if len(self._fold(piece[:most])) < length:  # the place is inside what one sign folds into
            most = self._most(piece, len(self._fold(piece[: most + 1])))
        return start + most

    def _is_sign_for_sign(self, number: int) -> bool:
        """Whether every sign of a piece folds into one sign, so that places are the same.

        What folds several signs into one only shortens; so the same length is proof enough.
        """
        # “½” folds into one sign, “…” into three: places in the folded text are those of the page
        # only where no sign does that.
        known = self._sign_for_sign.get(number)
        if known is None:
            start, end = self._bounds[number]
            known = end - start == len(self._folded_pieces[number]) and all(
                map(_folds_into_one, set(self.reading[start:end]))
            )
            self._sign_for_sign[number] = known
        return known

    def _finer(self, piece: str) -> Page:
        return Page(piece, SMALL_PIECE, blocks=self.blocks, reading="given")

    def _most(self, piece: str, length: int) -> int:
        """How many characters of a piece at most fold into this many."""

        def folded_length(count: int) -> int:
            return len(self._fold(piece[:count]))

        if folded_length(length) == length < len(piece) and folded_length(length + 1) > length:
            return length  # sign for sign, as nearly always
        return bisect_right(range(len(piece) + 1), length, key=folded_length) - 1


def _is_large(piece: str, text: str) -> bool:
    """Whether it is worth while to divide the piece further."""
    return 2 * SMALL_PIECE < len(piece) < len(text)


@lru_cache(maxsize=10_000)
def _folds_into_one(sign: str) -> bool:
    return len(fold_piece(sign)) == 1


def _is_set_aside(sign: str) -> bool:
    return sign.isspace() or sign in INVISIBLE
