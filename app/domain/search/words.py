"""Texts as a search reads them, the same for every database: letters and digits, nothing else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MAX_WORD_LENGTH = 60  # letters of a word that are compared; what follows in it counts for nothing

# Apostrophes represent a sound in transcriptions and are left out as often as not; Armenian sets
# its stress and question marks inside words.
_APOSTROPHES = "'’‘ʼʻʽ`´′՚՛՜՞"
_ALIKE = str.maketrans({"ə": "e", "ı": "i", **dict.fromkeys(_APOSTROPHES)})
_MARKS = ("Mn", "Me")
_DROPPED = (*_MARKS, "Cf", "Cs")

# “2,783”, “2.783” and “2 783” with a no-break, figure or thin space are one number; “2'783” is one
# as apostrophes are left out.
_SEPARATORS = ".,\u00a0\u202f\u2007\u2009"
_GROUPED = re.compile(rf"(?<!\d)\d{{1,3}}(?:[{_SEPARATORS}]\d{{3}})+(?!\d)")
_WITHOUT_SEPARATORS = str.maketrans(dict.fromkeys(_SEPARATORS))


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared, and where in the text it is: `text[start:end]`."""

    text: str
    start: int
    end: int


def words(text: str) -> list[str]:
    """The words of a text as they are compared, in order.

    `Şuşa’dakı` becomes `susadaki`, `T-72` becomes `t` and `72`, `2,783` becomes `2783`. Armenian
    `և`, `եւ` and `եվ` are alike: which of them is written depends on the orthography.
    """
    joined = _GROUPED.sub(lambda number: number[0].translate(_WITHOUT_SEPARATORS), text)
    return [_compared(word) for word in joined.translate(_FOLDS).split()]


def words_in(text: str) -> Iterator[Word]:
    """The words of a text with their places in it; the same words that `words` gives."""
    inside = {
        place
        for number in _GROUPED.finditer(text)
        for place in range(*number.span())
        if text[place] in _SEPARATORS
    }
    letters, start, end = "", 0, 0
    for place, letter in enumerate(text):
        folded = "" if place in inside else _FOLDS[ord(letter)]
        *done, rest = folded.split(" ")
        for part in done:
            if letters or part:
                begun = start if letters else place
                yield Word(_compared(letters + part), begun, place + 1 if part else end)
            letters = ""
        if rest and not letters:
            start = place
        letters += rest
        if rest or unicodedata.category(letter) in _MARKS:
            end = place + 1
    if letters:
        yield Word(_compared(letters), start, end)


def normalise(text: str) -> str:
    """A text without marks or case, with its punctuation, one space between words.

    `Şuşa’dakı Əliyev` becomes `susadaki eliyev`, `Степанаке́рт` `степанакерт`. Dashes of every
    kind become hyphens, ligatures are taken apart, invisible characters are dropped.
    """
    return " ".join("".join(map(_plain, _parted(text))).split())


def normalise_all(texts: Iterable[str | None]) -> str:
    """Several texts as one, each on a line of its own, so that no word runs over two of them."""
    return "\n".join(normalise(text) for text in texts if text)


def _parted(text: str) -> str:
    # Twice: case folding makes `i̇` of `İ` and `ss` of `ß`, which have to be taken apart and made
    # alike again.
    folded = unicodedata.normalize("NFKD", text.translate(_ALIKE)).casefold().translate(_ALIKE)
    return unicodedata.normalize("NFKD", folded)


def _plain(letter: str) -> str:
    category = unicodedata.category(letter)
    if category in _DROPPED:
        return ""
    if category == "Pd":
        return "-"
    return " " if category in ("Cc", "Zs", "Zl", "Zp") else letter


def _compared(word: str) -> str:
    return word[:MAX_WORD_LENGTH].replace("եւ", "եվ")


class _Folds(dict[int, str]):
    """What becomes of each character: letters and digits as compared, a space, or nothing."""

    def __missing__(self, code: int) -> str:
        found = "".join(map(self._part, _parted(chr(code))))
        self[code] = found
        return found

    @staticmethod
    def _part(letter: str) -> str:
        if letter.isalnum():
            return letter
        return "" if unicodedata.category(letter) in _DROPPED else " "


_FOLDS = _Folds()
