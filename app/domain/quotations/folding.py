"""What a quotation and its page may differ in without being different words.

Ignored are spacing and line breaks, typographic quotation marks, dashes and ellipses, soft
hyphens and other invisible characters, ligatures of print, the composition of accents (Unicode
NFC), and a hyphen at the end of a line. Letters, their case, numerals and every
other sign are unchanged.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Protocol

from rapidfuzz.distance import Indel

# A hyphen at the end of a line inside a word: the page alone does not show whether the
# word is written with it ("well-known") or was divided there ("har-bour"); both are taken.
BREAK = "\x02"

INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff\ufffe"
)
_SPACES = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
    "\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
_SIGNS = {
    **dict.fromkeys(INVISIBLE, ""),
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys("‘’‚‛′‹›`´ʼ՚", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–−⁃﹣－", "-"),
    # A dash between clauses has spaces in one house's style and none in another's.
    **dict.fromkeys("—―⸺⸻", " - "),
    "…": "...",
    **{sign: unicodedata.normalize("NFKC", sign) for sign in "ﬀﬁﬂﬃﬄﬅﬆﬓﬔﬕﬖﬗ"},
}
_SIGN = re.compile("[" + re.escape("".join(_SIGNS)) + "]")
_ASCII_SIGNS = [sign for sign in _SIGNS if sign.isascii()]
_HYPHENS = "-‐‑\u00ad\ufffe" + BREAK  # the last two are what readers of PDF files give
_LINE_END = re.compile(rf"([{_HYPHENS}‒–−])(?<=\w.)[^\S\n]{{0,2}}\n\s*+(?=\w)")
# The same again, but searched for from the line's end: far quicker where there is none.
_MAYBE_LINE_END = re.compile(
    rf"\n(?:(?<=[{_HYPHENS}‒–−].)|(?<=[{_HYPHENS}‒–−]\s.)|(?<=[{_HYPHENS}‒–−]\s\s.))", re.DOTALL
)
_STRAY_BREAK = re.compile(rf"(?<![^\W\d_]){BREAK}|{BREAK}(?![^\W\d_])")
_SPACING = re.compile(r"\s+")
_UNSEEN = re.compile(f"[{INVISIBLE}]")

# Between two plain letters or digits nothing is folded together, so a text may be divided there.
_PLAIN = "0-9A-Za-zА-яёԱ-ֆə\u3040-\ud7a3"
_JOINT = re.compile(rf"(?<=[{_PLAIN}])(?=[{_PLAIN}])")
PIECE = 2_000


def fold(text: str) -> str:
    """The text with everything set aside that a quotation may differ in (see the module)."""
    return "".join(fold_piece(text[start:end]) for start, end in pieces(text)).strip(" ")


def pieces(text: str, size: int = PIECE) -> Iterator[tuple[int, int]]:
    """Where the text may be divided so that each piece folds as it does in the whole.

    Pieces have `size` characters or somewhat more; a text without such a place is one piece.
    """
    start = 0
    while start < len(text):
        joint = _JOINT.search(text, start + size)
        end = joint.start() if joint else len(text)
        yield start, end
        start = end


def fold_piece(text: str) -> str:
    """One piece folded; a space at either end of it stays."""
    # Composed first: the signs that are set aside are listed as single characters.
    text = unicodedata.normalize("NFC", text)
    if _MAYBE_LINE_END.search(text):
        text = _LINE_END.sub(_at_line_end, text)
    if BREAK in text:
        text = _STRAY_BREAK.sub("", text)
    # A sign at a time: `str.translate` over a table takes ten times as long (30 KB).
    for sign in _ASCII_SIGNS if text.isascii() else set(_SIGN.findall(text)):
        text = text.replace(sign, _SIGNS[sign])
    text = text.replace("''", '"').replace(",,", '"')
    if "--" in text:
        text = re.sub("-{2,}", " - ", text)
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def tidy(text: str) -> str:
    """The text as it is shown: white space collapsed, signs without a shape left out."""
    if _MAYBE_LINE_END.search(text):
        text = _LINE_END.sub(lambda end: end[1], text)
    text = text.replace(BREAK, "")
    return _SPACING.sub(" ", _UNSEEN.sub("", text))


def _at_line_end(end: re.Match[str]) -> str:
    before, after = end.string[end.start() - 1], end.string[end.end()]
    divided = end[1] in _HYPHENS and before.isalpha() and after.isalpha() and not after.isupper()
    return BREAK if divided else "-"


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
    """Whether a word or a numeral of the folded text runs across this place."""
    if at <= 0 or at >= len(text):
        return False
    if text[at - 1].isalnum() and text[at].isalnum():
        return True
    return any(
        token.start() < at < token.end()
        for token in words_in(text, max(at - _AROUND, 0), at + _AROUND)
    )
