"""Ids for what was sent without one: made of its words, and not taken yet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Set
from itertools import count

_MAX_LENGTH = 56  # leaves room for a number within the 64 of an id
_OTHER = re.compile(r"[^a-z0-9]+")
_AT_ONCE = 100


def slug(*words: str | None, otherwise: str) -> str:
    """The Latin letters and digits of these words as an id; `otherwise` where there are none."""
    # Accents come off as characters of their own; what is in another script leaves nothing, and an
    # id of transliterated words would be a guess.
    text = unicodedata.normalize("NFKD", " ".join(word for word in words if word))
    plain = text.encode("ascii", "ignore").decode().lower()
    return _OTHER.sub("-", plain).strip("-")[:_MAX_LENGTH].strip("-") or otherwise


def free_id(wished: str, taken: Callable[[Collection[str]], Set[str]]) -> str:
    """The wished id, or the first of `wished-2`, `wished-3`, … that is not taken.

    `taken` says which of some ids are.
    """
    # One at first, as it is free as a rule; then a hundred with each question to the database.
    candidates = [wished]
    for number in count(2, _AT_ONCE):
        used = taken(candidates)
        free = next((candidate for candidate in candidates if candidate not in used), None)
        if free:
            return free
        candidates = [f"{wished}-{number + more}" for more in range(_AT_ONCE)]
    raise AssertionError("counting ended")
