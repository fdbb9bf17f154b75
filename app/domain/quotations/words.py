"""What is one word and one numeral, so that neither is ever cut.

Compounds ("vice-president"), contractions ("can't"), numerals with their separators ("24,000",
"1 500", "2.4", "10:30", "2020-11-09"), ranges ("3-5"), a minus sign and a following multiplier
("24 thousand") belong to the word: without them it would say something else. Texts are folded
(`folding`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.domain.quotations.folding import BREAK

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
_TOKEN = re.compile(rf"{_WORD}|{_NUMERAL}|{_LETTER}+{_TAIL}|\.{{3}}|[^\w\s]")
_AROUND = 40


def words_in(text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """Every word, numeral and sign of a folded text, in order, with its place."""
    return _TOKEN.finditer(text, start, len(text) if end is None else end)


def cuts(text: str, at: int) -> bool:
    """Whether a word or a numeral of the folded text runs across this place."""
    if at <= 0 or at >= len(text):
        return False
    if text[at - 1].isalnum() and text[at].isalnum():
        return True
    return any(
        token.start() < at < token.end()
        for token in words_in(text, max(at - _AROUND, 0), at + _AROUND)
    )
