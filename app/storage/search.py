"""What a search reads: texts normalised in Python, so that both databases find the same.

Full-text search will stand here too; until then every word of a query must occur somewhere.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from sqlalchemy import ColumnElement

from app.errors import BadQuery

MOST_LETTERS = 300
MOST_WORDS = 20

# Apostrophes stand for a sound in transcriptions and are left out as often as not; Armenian sets
# its stress and question marks inside words.
_APOSTROPHES = "'’‘ʼʻʽ`´′՚՛՜՞"
_ALIKE = str.maketrans({"ə": "e", "ı": "i", **dict.fromkeys(_APOSTROPHES)})


def normalise(text: str) -> str:
    """A text as it is searched: letters without marks or case, one space between words.

    `Şuşa’dakı Əliyev` becomes `susadaki eliyev`, `Степанаке́рт` `степанакерт`. Dashes of every
    kind become hyphens, ligatures are taken apart, invisible characters are dropped.
    """
    parted = unicodedata.normalize("NFKD", text.translate(_ALIKE)).casefold().translate(_ALIKE)
    return " ".join("".join(map(_plain, unicodedata.normalize("NFKD", parted))).split())


def normalise_all(texts: Iterable[str | None]) -> str:
    """Several texts as one, each on a line of its own, so that no word runs over two of them."""
    return "\n".join(normalise(text) for text in texts if text)


def words_of(query: str) -> list[str]:
    """The words that a query asks for, without punctuation at their ends.

    A word that is nothing but punctuation is kept. Raises `BadQuery` for a query that is too long.
    """
    if len(query) > MOST_LETTERS:
        raise BadQuery("q", f"A search may have {MOST_LETTERS} letters; this one has {len(query)}.")
    words = [_without_ends(word) or word for word in normalise(query).split()]
    if len(words) > MOST_WORDS:
        raise BadQuery("q", f"A search may have {MOST_WORDS} words; this one has {len(words)}.")
    return words


def holds_every_word(column: ColumnElement[str], query: str) -> list[ColumnElement[bool]]:
    """Conditions that a normalised text holds every word of the query, anywhere in it.

    No condition for a query of nothing but white space.
    """
    return [column.contains(word, autoescape=True) for word in words_of(query)]


def _plain(letter: str) -> str:
    category = unicodedata.category(letter)
    if category in ("Mn", "Me", "Cf", "Cs"):
        return ""
    if category == "Pd":
        return "-"
    return " " if category in ("Cc", "Zs", "Zl", "Zp") else letter


def _without_ends(word: str) -> str:
    """The word without what is neither letter nor digit before and after it."""
    kept = [place for place, letter in enumerate(word) if letter.isalnum()]
    return word[kept[0] : kept[-1] + 1] if kept else ""
