"""What a quotation and its page may differ in without being different words.

Ignored are spacing and line breaks, typographic quotation marks, dashes and ellipses, soft
hyphens and other invisible characters, ligatures of print, the composition of accents (Unicode
NFC), a hyphen at the end of a line, the marks of notes, and letters and stops that are typed one
for the other. Letters, their case, numerals and every other sign are unchanged.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from app.domain.quotations.marks import HIGH, MARKS, PARTED, read_as, without_raised_notes

# A hyphen at the end of a line inside a word: the page alone does not show whether the
# word is written with it ("well-known") or was divided there ("har-bour"); both are taken.
BREAK = "\x02"
# Where a block ends, a cell of a table, or a picture is in the line: white space that no number and
# no word runs across.
BORDER = "\x1d"
# Scripts that write words without spaces: Han, kana, Thai, Lao, Burmese, Khmer.
UNSPACED = (
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U0003ffff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
)

INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff\ufffe" + MARKS
)
_SPACES = (
    "\n\x0b\x0c\r\x1c\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
    "\u2007\u2008\u2009\u200a\u2028\u202f\u205f\u3000"
)
_SIGNS = {
    **dict.fromkeys(INVISIBLE, ""),
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(("\t", "\u2029", PARTED), BORDER),
    **dict.fromkeys("‘’‚‛′‹›`´ʼ՚", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–−⁃﹣－", "-"),
    # A dash between clauses has spaces in one house's style and none in another's.
    **dict.fromkeys("—―⸺⸻", " - "),
    "…": "...",
    # Armenian is typed with a colon for its full stop, which no text then uses as a colon.
    "։": ":",
    # Look-alikes of Azerbaijani's letter, from keyboards that lack it.
    **dict.fromkeys("ǝә", "ə"),
    **dict.fromkeys("ƎӘ", "Ə"),
    # They stay; a page that has some is looked at for marks of notes.
    **{sign: sign for sign in HIGH},
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
_SOFT_LINE_END = re.compile(r"(?<=[^\W\d_])\u00ad[^\S\n]*\n\s*([^\W\d_])")
_PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n")
_AROUND_BORDER = re.compile(f" *{BORDER}[ {BORDER}]*")
_SQUARED = re.compile(r"(?<=[^\W\d_⁰¹²³⁴-⁹])[²³](?![⁰¹²³⁴-⁹])")
_SPACING = re.compile(r"\s+")
_UNSEEN = re.compile(f"[{INVISIBLE}]")

# Between two plain letters or digits nothing is folded together, so a text may be divided there;
# but “եւ” is one letter.
_PLAIN = "0-9A-Za-zА-яёԱ-ֆə\u3040-\ud7a3"
_JOINT = re.compile(rf"(?<=[{_PLAIN}])(?=[{_PLAIN}])(?!ւ)")
PIECE = 2_000


def fold(text: str) -> str:
    """The text with everything set aside that a quotation may differ in (see the module)."""
    text = without_raised_notes(read_as("printed", text))
    return fold_in_pieces(text).replace(BORDER, " ").strip(" ")


def fold_in_pieces(text: str) -> str:
    """The text folded, with `BORDER` for white space that parts blocks; spaces at its ends stay."""
    return "".join(fold_piece(text[start:end]) for start, end in pieces(text))


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


def fold_piece(text: str, *, blocks: bool = False, seen: set[str] | None = None) -> str:
    """One piece folded, with `BORDER` between blocks; a space at either end of it stays.

    `blocks`: each line is a block of its own, as on a web page; else lines are those of print, in
    which a word goes on after a hyphen, and an empty one ends a paragraph. `seen` takes up the
    signs that were found.
    """
    # Composed first: the signs that are set aside are listed as single characters.
    text = unicodedata.normalize("NFC", text)
    if "\n" in text:
        text = _with_line_ends(text, blocks=blocks)
    if BREAK in text:
        text = _STRAY_BREAK.sub("", text)
    text = _with_plain_signs(text, seen)
    text = text.replace("''", '"').replace(",,", '"')
    if "--" in text:
        text = re.sub("-{2,}", " - ", text)
    if not text.isascii():
        text = text.replace("եւ", "և")
        if "²" in text or "³" in text:
            text = _SQUARED.sub(lambda high: unicodedata.normalize("NFKC", high[0]), text)
    while "  " in text:
        text = text.replace("  ", " ")
    return _AROUND_BORDER.sub(BORDER, text) if BORDER in text else text


def _with_plain_signs(text: str, seen: set[str] | None) -> str:
    # A sign at a time: `str.translate` over a table takes ten times as long (30 KB).
    if not text.isascii():
        signs = set(_SIGN.findall(text))
        for sign in signs:
            text = text.replace(sign, _SIGNS[sign])
        if seen is not None:
            seen |= signs
    elif "`" in text or not text.isprintable():
        for sign in _ASCII_SIGNS:
            text = text.replace(sign, _SIGNS[sign])
    return text


def _with_line_ends(text: str, *, blocks: bool) -> str:
    """The text with `BREAK` where a word may go on in the next line, `BORDER` where none does."""
    if "\u00ad" in text:
        text = _SOFT_LINE_END.sub(_at_soft_line_end, text)
    if blocks:
        text = text.replace("\n", BORDER)
    else:
        if _MAYBE_LINE_END.search(text):
            text = _LINE_END.sub(_at_line_end, text)
        if "\n\n" in text or "\n " in text:
            text = _PARAGRAPH_END.sub(BORDER, text)
    return text


def tidy(text: str, *, blocks: bool = False) -> str:
    """The text as it is shown: white space collapsed, signs without a shape left out."""
    if "\u00ad" in text:
        text = _SOFT_LINE_END.sub(_at_soft_line_end, text)
    if not blocks and _MAYBE_LINE_END.search(text):
        text = _LINE_END.sub(lambda end: end[1], text)
    text = text.replace(BREAK, "")
    return _SPACING.sub(" ", _UNSEEN.sub("", text))


def _at_soft_line_end(end: re.Match[str]) -> str:
    # A soft hyphen itself says that the word goes on, on a web page too.
    return end[0] if end[1].isupper() else end[1]


def _at_line_end(end: re.Match[str]) -> str:
    before, after = end.string[end.start() - 1], end.string[end.end()]
    divided = end[1] in _HYPHENS and before.isalpha() and after.isalpha() and not after.isupper()
    return BREAK if divided else "-"
