"""A page's text, folded once for many quotations, with the way back to the text as it is."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from app.domain.quotations.folding import BREAK, INVISIBLE, PIECE, fold_piece, pieces, tidy

SMALL_PIECE = 64

# As annotation clients have it (dom-anchor-text-quote); longer ones break with every edit nearby.
_CONTEXT = 32
_CONTEXT_SOURCE = 160
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

    def __init__(self, text: str, piece: int | None = None) -> None:
        """Take the text with its blocks on lines of their own.

        It is folded by pieces of so many characters: small ones make `place` quick, which pays
        where the text is short or many places are asked for.
        """
        self.text = text
        self._piece = piece or (PIECE if len(text) > 4 * PIECE else SMALL_PIECE)

    @cached_property
    def folded(self) -> str:
        """The whole text with everything set aside that a quotation may differ in."""
        return "".join(self._folded_pieces)

    @cached_property
    def lowered(self) -> str:
        """The folded text in small letters, letter for letter at the same places."""
        return "".join(piece.replace("İ", "i").lower() for piece in self._folded_pieces)

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
        first, last = start, end
        if not self._is_sign_for_sign:
            first, last = self._raw_start(start), self._raw_end(end)
        while first < last and _is_set_aside(self.text[first]):
            first += 1
        while first < last and _is_set_aside(self.text[last - 1]):
            last -= 1
        return first, last

    def select(self, start: int, end: int) -> Selector:
        """The selector of a place in the text."""
        before = self.text[max(start - _CONTEXT_SOURCE, 0) : start]
        after = self.text[end : end + _CONTEXT_SOURCE]
        return Selector(
            tidy(self.text[start:end]), tidy(before)[-_CONTEXT:], tidy(after)[:_CONTEXT]
        )

    @cached_property
    def _bounds(self) -> list[tuple[int, int]]:
        return list(pieces(self.text, self._piece))

    @cached_property
    def _folded_pieces(self) -> list[str]:
        return [fold_piece(self.text[start:end]) for start, end in self._bounds]

    @cached_property
    def _folded_starts(self) -> list[int]:
        starts, at = [], 0
        for piece in self._folded_pieces:
            starts.append(at)
            at += len(piece)
        return starts

    @cached_property
    def _is_sign_for_sign(self) -> bool:
        """Whether every sign of a short text folds into one sign, so that places are the same.

        What folds several signs into one only shortens; so the same length is proof enough.
        """
        # “½” folds into one sign, “…” into three: places in the folded text are those of the page
        # only where no sign does that.
        if self._piece > SMALL_PIECE or len(self.folded) != len(self.text):
            return False
        return all(len(fold_piece(sign)) == 1 for sign in set(self.text))

    def _raw_start(self, at: int) -> int:
        """The end of all that folds into what is before a place in the folded text."""
        number = bisect_right(self._folded_starts, at) - 1
        start, end = self._bounds[number]
        piece, length = self.text[start:end], at - self._folded_starts[number]
        if _is_large(piece, self.text):
            return start + Page(piece, SMALL_PIECE)._raw_start(length)
        return start + _most(piece, length)

    def _raw_end(self, at: int) -> int:
        """The end of all that folds into what is up to a place in the folded text."""
        number = bisect_left(self._folded_starts, at) - 1
        start, end = self._bounds[number]
        piece, length = self.text[start:end], at - self._folded_starts[number]
        if _is_large(piece, self.text):
            return start + Page(piece, SMALL_PIECE)._raw_end(length)
        most = _most(piece, length)
        if len(fold_piece(piece[:most])) < length:  # the place is inside what one sign folds into
            most = _most(piece, len(fold_piece(piece[: most + 1])))
        return start + most


def _is_large(piece: str, text: str) -> bool:
    """Whether it is worth while to divide the piece further."""
    return 2 * SMALL_PIECE < len(piece) < len(text)


def _most(piece: str, length: int) -> int:
    """How many characters of a piece at most fold into this many."""

    def folded_length(count: int) -> int:
        return len(fold_piece(piece[:count]))

    if folded_length(length) == length < len(piece) and folded_length(length + 1) > length:
        return length  # sign for sign, as nearly always
    return bisect_right(range(len(piece) + 1), length, key=folded_length) - 1


def _is_set_aside(sign: str) -> bool:
    return sign.isspace() or sign in INVISIBLE
