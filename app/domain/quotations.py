"""Whether quoted words stand on a page.

Set aside are spacing, line breaks, typographic quotation marks and dashes, soft hyphens and
no-break spaces; every letter, numeral and sign else must stand as it was quoted, as whole words.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Verdict = Literal["verbatim", "missing"]

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff", None),
    }
)
# A compound word broken at its hyphen over a line is the same word.
_BROKEN_COMPOUND = re.compile(r"(?<=\w)-\s*\n\s*(?=\w)")
_SPACE = re.compile(r"\s+")


def fold(text: str) -> str:
    """The text with everything set aside that a quotation may differ in (see the module)."""
    signs = unicodedata.normalize("NFC", text).translate(_SIGNS)
    return _SPACE.sub(" ", _BROKEN_COMPOUND.sub("-", signs)).strip()


def check_quote(quote: str, page: str) -> Verdict:
    """Whether the quotation stands on the page, as whole words and whole numbers."""
    return "verbatim" if stands_in(fold(quote), fold(page)) else "missing"


def stands_in(quote: str, page: str) -> bool:
    """The same of two folded texts; an empty quotation stands nowhere."""
    start = page.find(quote) if quote else -1
    while start >= 0:
        if not _cuts(page, start) and not _cuts(page, start + len(quote)):
            return True
        start = page.find(quote, start + 1)
    return False


def _cuts(page: str, at: int) -> bool:
    """Whether a word or a number of the page runs across this place."""
    before, after = page[max(at - 2, 0) : at], page[at : at + 2]
    if not before or not after:
        return False
    if before[-1].isalnum() and after[0].isalnum():
        return True
    number_goes_on = before[-1].isdigit() and after[0] in ",." and after[1:].isdigit()
    number_began = before[-1] in ",." and before[:-1].isdigit() and after[0].isdigit()
    return number_goes_on or number_began
