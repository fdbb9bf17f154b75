"""The passage of a page that an editor would take for the quoted words, reworded.

Rare words of the quotation lead to passages; each is then compared word by word. How alike two
passages are is twice the weight of what they share over the weight of both, so that words left
out and words put in count the same. A word weighs by its length, since the short ones ("of",
"the", "и") are shared by chance; words that resemble each other ("closed", "closes") share part.

The bounds were chosen by `tests/domain/quotation_pairs.yaml`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel

from app.domain.quotations.folding import BREAK
from app.domain.quotations.numbers import number_across
from app.domain.quotations.pages import Page
from app.domain.quotations.words import cuts, cuts_word, shared_words, words_in

# Three words share as much by chance as by meaning, so short quotations have to agree more.
_ALIKE = 0.6
_SHORT_ALIKE = 0.7
_SHORT = 3

_MOVED = 0.7
_WORDS_ALIKE = 0.7
_MAX_MOVED = 60
_SENTENCE_ENDS = frozenset(".!?։:")

# Bounds the work where a stranger sends a book as a quotation, or a page repeats one word.
_MAX_LENGTH = 12_000
_MAX_WORDS = 2_500
_LEAST_KNOWN = 0.35
_MAX_SOUGHT = 40
_MAX_PLACES = 200
_MAX_WINDOWS = 6
_MAX_NUMBER = 60
_SAYS_MORE = re.compile(r"[^\W\d_]{2}")


class _Token(NamedTuple):
    """A word in small letters, with its weight and its place in the folded text."""

    key: str
    weight: float
    start: int
    end: int


def nearest(quote: str, page: Page) -> tuple[int, int] | None:
    """Where in the folded page the passage is that rewords the folded quotation."""
    if not quote or len(quote) > _MAX_LENGTH:
        return None
    tokens = _tokens(quote.replace("İ", "i").lower(), 0, len(quote))
    if len(tokens) > _MAX_WORDS:
        return None
    words = [token for token in tokens if token.key[-1].isalnum()]
    best: tuple[float, tuple[int, int]] | None = None
    for start, end in _windows(words, len(quote), page.lowered):
        alike, place = _passage(tokens, _tokens(page.lowered, start, end))
        if best is None or alike > best[0]:
            best = alike, place
    enough = _SHORT_ALIKE if len(words) <= _SHORT else _ALIKE
    return _uncut(page.bordered, *best[1]) if best and best[0] >= enough else None


def find_cut(quote: str, page: Page) -> tuple[int, int] | None:
    """Where the folded quotation is part of a number in the folded page: “10” in “10³”.

    So short that little of it is alike, it is the page's number cut, and not another one.
    """
    text = page.bordered
    # Of figures alone, “24” in “24,000” is another number.
    is_short = not _SAYS_MORE.search(quote)
    at = page.folded.find(quote) if quote else -1
    for _ in range(_MAX_PLACES):
        if at < 0:
            return None
        end = at + len(quote)
        if all(_cuts_a_number(text, place, is_short) for place in (at, end) if cuts(text, place)):
            place = _uncut(text, at, end)
            return place if place != (at, end) else None
        at = page.folded.find(quote, at + 1)
    return None


def _cuts_a_number(text: str, at: int, is_short: bool) -> bool:
    return number_across(text, at) is not None and not (is_short and cuts_word(text, at))


def _uncut(text: str, start: int, end: int) -> tuple[int, int]:
    """The passage with the whole of the numbers at its ends: “24 thousand”, not “24”."""
    for _ in range(_MAX_NUMBER):
        if not cuts(text, start):
            break
        start -= 1
    for _ in range(_MAX_NUMBER):
        if not cuts(text, end):
            break
        end += 1
    return start, end


def _tokens(text: str, start: int, end: int) -> list[_Token]:
    # A quotation may hold the letter of the break itself: what is left of that is no word.
    return [
        _Token(key, _weight(word[0]), *word.span())
        for word in words_in(text, start, end)
        if (key := word[0].replace(BREAK, ""))
    ]


def _weight(word: str) -> float:
    # A comma more or less is no rewording; another number is another fact, so it weighs as much as
    # a long word.
    if not word[-1].isalnum():
        return 0.5
    return 6 if word[0].isdigit() else 1 + min(len(word), 9)


def _windows(words: Sequence[_Token], length: int, page: str) -> Iterator[tuple[int, int]]:
    """Stretches of the page in which words of the quotation are together, best first."""
    sought = sorted({word.key: word for word in words}.values(), key=lambda w: -len(w.key))
    counts = {word.key: page.count(word.key) for word in sought[:_MAX_SOUGHT]}
    known = [word for word in sought if counts.get(word.key)]
    # Rare words first: the few places of one of them say more than the hundreds of a common one.
    known.sort(key=lambda word: counts[word.key])
    rest = sum(word.weight for word in sought[_MAX_SOUGHT:])
    least = _LEAST_KNOWN * sum(word.weight for word in sought)
    if sum(word.weight for word in known) + rest < least:
        return
    size = length + 40
    votes, unsought = _votes(known, page, size)
    # A passage may lie across the border of two stretches, so each is counted with the next.
    tally = {n: sum({**votes[n], **votes.get(n + 1, {})}.values()) for n in votes}
    best = sorted(tally, key=lambda n: (-tally[n], n))[:_MAX_WINDOWS]
    for number in best:
        if tally[number] + unsought + rest >= least and 2 * tally[number] >= tally[best[0]]:
            start = max((number - 1) * size, 0)
            yield _from_a_word(page, start), (number + 3) * size


def _votes(
    known: Sequence[_Token], page: str, size: int
) -> tuple[dict[int, dict[str, float]], float]:
    """Which words would have the quotation begin in which stretch of the page, rarest word first.

    Stretches have `size` characters. Second, the weight of the words that are too common on the
    page to be searched for everywhere.
    """
    votes: dict[int, dict[str, float]] = defaultdict(dict)
    left = _MAX_PLACES + len(page) // 1_000
    unsought = sum(word.weight for word in known)
    for word in known:
        at = page.find(word.key)
        while at >= 0 and left > 0:
            votes[(at - word.start) // size][word.key] = word.weight
            left -= 1
            at = page.find(word.key, at + len(word.key))
        if at >= 0:
            break
        unsought -= word.weight
    return votes, unsought


def _from_a_word(page: str, start: int) -> int:
    """The same place, or the end of the word that it is in, so that none is halved."""
    # Some scripts have no spaces.
    return max(start, page.find(" ", start, start + _MAX_NUMBER) + 1) if start else 0


def _passage(quoted: Sequence[_Token], page: Sequence[_Token]) -> tuple[float, tuple[int, int]]:
    """The stretch of the page's words that is most like the quotation, and how alike it is."""
    pairs = shared_words(quoted, page)
    if not pairs:
        return 0.0, (0, 0)
    pairs = _without_outliers(pairs, quoted, page)
    ours = {q for q, _ in pairs}
    unmatched = {token.key for at, token in enumerate(quoted) if at not in ours}
    ahead, behind = pairs[0][0], len(quoted) - 1 - pairs[-1][0]
    start = _reach(page, pairs[0][1], -1, ahead, unmatched)
    end = _reach(page, pairs[-1][1], 1, behind, unmatched)
    return _likeness(quoted, page[start : end + 1]), (page[start].start, page[end].end)


def _without_outliers(
    pairs: list[tuple[int, int]], quoted: Sequence[_Token], page: Sequence[_Token]
) -> list[tuple[int, int]]:
    """The pairs without those at either end that are apart, on the page, from the others."""
    for _ in range(2):
        pairs = _without_first_outliers(pairs, quoted, page)[::-1]
    return pairs


def _without_first_outliers(
    pairs: list[tuple[int, int]], quoted: Sequence[_Token], page: Sequence[_Token]
) -> list[tuple[int, int]]:
    whole = sum(token.weight for token in quoted)
    shared, span, best, cut = 0.0, 0.0, 0.0, len(pairs) - 1
    reached = pairs[-1][1]
    for number in range(len(pairs) - 1, -1, -1):
        q, p = pairs[number]
        low, high = sorted((p, reached))
        span += sum(token.weight for token in page[low : high + 1]) - (
            page[reached].weight if p != reached else 0
        )
        reached = p
        shared += quoted[q].weight
        # A word shared by chance far away stretches the passage more than it adds to what is
        # shared.
        if shared / (whole + span) >= best:
            best, cut = shared / (whole + span), number
    return pairs[cut:]


def _reach(page: Sequence[_Token], at: int, step: int, count: int, wanted: set[str]) -> int:
    """How far a passage goes beyond its outermost shared word, within the sentence.

    As many words as the quotation has there, and further to words that it has elsewhere.
    """
    reached = at
    for number in range(1, max(count, len(wanted)) + 1):
        there = at + step * number
        if not 0 <= there < len(page) or page[there].key in _SENTENCE_ENDS:
            break
        if number <= count or page[there].key in wanted:
            reached = there
    return reached


def _likeness(quoted: Sequence[_Token], page: Sequence[_Token]) -> float:
    """Twice the weight of what two passages share over the weight of both: 0 to 1."""
    pairs = shared_words(quoted, page)
    ours, theirs = {q for q, _ in pairs}, {p for _, p in pairs}
    shared = sum(quoted[q].weight for q in ours) + _resemblance(
        [token for at, token in enumerate(quoted) if at not in ours],
        [token for at, token in enumerate(page) if at not in theirs],
    )
    whole = sum(token.weight for token in quoted) + sum(token.weight for token in page)
    return 2 * shared / whole


def _resemblance(quoted: Sequence[_Token], page: Sequence[_Token]) -> float:
    """What words share that are elsewhere, or have another ending; numerals are equal or not."""
    shared = 0.0
    left = list(page[:_MAX_MOVED])
    for token in quoted[:_MAX_MOVED]:
        alike, number = max(
            ((_word_likeness(token.key, other.key), n) for n, other in enumerate(left)),
            default=(0.0, 0),
        )
        if alike >= _WORDS_ALIKE:
            shared += _MOVED * alike * min(token.weight, left.pop(number).weight)
    return shared


def _word_likeness(one: str, other: str) -> float:
    # “28” and “29” resemble each other as strings and are different facts.
    if one[0].isdigit() or other[0].isdigit():
        return float(one == other)
    return Indel.normalized_similarity(one, other, score_cutoff=_WORDS_ALIKE)
