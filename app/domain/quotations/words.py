"""Words of a folded text: where each one is, and which places are inside of one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Protocol

from rapidfuzz.distance import Indel

from app.domain.quotations.folding import BORDER, BREAK, UNSPACED
from app.domain.quotations.numbers import number_across

_LETTER = r"[\w\u0300-\u036f\u0483-\u0489]"
_TAIL = rf"(?:(?:[-'{BREAK}]|(?<=\d)[.,:/](?=\d)){_LETTER}+)*"
_MULTIPLIER = (
    "hundred|thousand|million|billion|тыс|тысяч[аиу]?|тысячами?|млн|миллион(?:а|ов)?|млрд"
    "|миллиард(?:а|ов)?|հազար|միլիոն|միլիարդ|min|milyon|milyard"
)
_NUMERAL = (
    r"(?:(?<![^\s(\"'])-)?(?:(?<!\d)\d{1,3}(?: \d{3})+(?!\d)|\d+)"
    r"(?:(?:[.,:/']| ?- ?)\d+)*"
    rf"{_LETTER}*{_TAIL}(?: (?i:{_MULTIPLIER})\b)?"
)
_WORD = rf"[^\W\d]{_LETTER}*{_TAIL}"
_REST = rf"{_WORD}|{_NUMERAL}|{_LETTER}+{_TAIL}|\.{{3}}|[^\w\s]"
_TOKEN = re.compile(_REST)
# Without spaces each sign is compared by itself, with the marks that it carries.
_IS_UNSPACED = re.compile(f"[{UNSPACED}]")
_UNSPACED_TOKEN = re.compile(
    rf"[^\W\d{UNSPACED}]+{_TAIL}|{_NUMERAL}".replace(_LETTER, rf"[^\W{UNSPACED}]")
    + rf"|[{UNSPACED}][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u3099\u309a]*|{_REST}"
)
_AROUND = 40
_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")

# French and Italian words that lose their vowel before the next word. “n'” is none of them: without
# it “n'a pas” is no negation any more.
_ELIDED = re.compile(
    r"(?i:[cdjlmst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|entr|un|dell|all|nell|sull|dall|quell"
    r"|bell|sant|gl|dov|com|cos)'"
)
# What a name takes after an apostrophe: the English genitive, and Turkish and Azerbaijani cases.
_GENITIVE = re.compile(
    r"'(?i:s|(?<=[^\W\d_]{3}')(?:n?[ıiuü]n|y?[ıiuü]|n?[dt][ae]n?|y?[ae]|l[ae]r?|n[ae]|s[ıi]))"
)
_NEGATED = re.compile(r"[不没沒未无無非别莫勿否]|ไม่|มิ|อย่า")
_NEGATING = re.compile(r"な(?:い|か|く|け|ら)|ませ?ん|まい|ず(?![っつ])|ぬ")
# Vowels of Thai and Lao and kana that are read with the sign before, or the one after.
_WITH_BEFORE = frozenset("ะาำๅๆฯະາຳーっゃゅょぁぃぅぇぉッャュョァィゥェォ々")
_WITH_AFTER = frozenset("เแโใไເແໂໃໄ")


def words_in(text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """Every word, numeral and sign of a folded text, in order, with its place."""
    end = len(text) if end is None else end
    unspaced = not text.isascii() and _IS_UNSPACED.search(text, start, end)
    return (_UNSPACED_TOKEN if unspaced else _TOKEN).finditer(text, start, end)


class Keyed(Protocol):
    """A word with the spelling under which it is compared."""

    @property
    def key(self) -> str:
        """What equal words have in common."""


def shared_words(quoted: Sequence[Keyed], page: Sequence[Keyed]) -> list[tuple[int, int]]:
    """The words that both have in the same order, as pairs of their numbers."""
    steps = Indel.opcodes([word.key for word in quoted], [word.key for word in page])
    return [
        (step.src_start + n, step.dest_start + n)
        for step in steps
        if step.tag == "equal"
        for n in range(step.src_end - step.src_start)
    ]


def cuts(text: str, at: int) -> bool:
    """Whether a word or a number of the folded text runs across this place."""
    return cuts_word(text, at) or (0 < at < len(text) and number_across(text, at) is not None)


def cuts_word(text: str, at: int) -> bool:
    """Whether a word or the figures of a number run across this place of the folded text."""
    if at <= 0 or at >= len(text) or text[at] == BORDER or text[at - 1] == BORDER:
        return False
    if text[at - 1].isalnum() and text[at].isalnum():
        if not _IS_UNSPACED.match(text, at) and not _IS_UNSPACED.match(text, at - 1):
            return text[at] not in _RAISED
        return _cuts_unspaced(text, at)
    # Of what has spaces inside only numbers are one.
    return " " not in text[at - 1 : at + 1] and _cuts_joined(text, at)


def _cuts_joined(text: str, at: int) -> bool:
    """Whether the place is beside a mark that joins words, or a letter: “vice-president”."""
    return bool(unicodedata.combining(text[at])) or any(
        _runs_across(token, at)
        for token in words_in(text, max(at - _AROUND, 0), at + _AROUND)
        if token.start() < at < token.end()
    )


def _runs_across(token: re.Match[str], at: int) -> bool:
    """Whether what is before and after this place in a token are no words by themselves."""
    text, start, end = token.string, token.start(), token.end()
    if text[at - 1] == "'":
        return not _ELIDED.fullmatch(text, start, at)
    if text[at] == "'" and text[start:at].isalpha():
        return not _GENITIVE.fullmatch(text, at, end) or bool(
            _ELIDED.fullmatch(text, start, at + 1)
        )
    return True


def _cuts_unspaced(text: str, at: int) -> bool:
    """Whether the place is inside of what is read as one, or between a word and its negation."""
    if unicodedata.category(text[at]).startswith("M"):
        return True
    if text[at] in _WITH_BEFORE or text[at - 1] in _WITH_AFTER:
        return True
    negated = any(found.end() == at for found in _NEGATED.finditer(text, max(at - 4, 0), at))
    return negated or bool(_NEGATING.match(text, at))
