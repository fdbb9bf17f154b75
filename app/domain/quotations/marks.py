"""What a page's text has beside its words: marks of notes, struck-out words, figures set apart.

A page's text may hold characters that Unicode keeps for a program's own use; the reader of the
page puts them there (`app.fetching.pages.child.html`) for what type shows and plain text cannot.
A reading of the text has the same length: what it passes over is replaced character by character by
signs without a shape, so that every place in it is the same place on the page.
"""

from __future__ import annotations

import re
from typing import Literal

STRUCK, NOTE, INSERTED = ("\ufdd0", "\ufdd1"), ("\ufdd2", "\ufdd3"), ("\ufdd4", "\ufdd5")
PARTED = "\ufdd6"
MARKS = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6"

# As the page wants to be read, as it shows itself, as it was before its corrections, and as given.
Reading = Literal["corrected", "printed", "original", "given"]
_PASSED_OVER = {"corrected": (NOTE, STRUCK), "printed": (NOTE,), "original": (NOTE, INSERTED)}

_UNSEEN = "\u2060"
_MARK = re.compile(f"[{MARKS}]")
_RUNS = {begin: re.compile(f"{begin}[^{end}\n]*{end}?") for begin, end in (STRUCK, NOTE, INSERTED)}

# What Wikipedia and scholarly pages write in brackets, directly after the words that it is about.
_BRACKETED_NOTE = re.compile(
    r"(?<=\S)\[(?:\d{1,3}(?:[,;–-] ?\d{1,3})*"
    r"|(?i:note|notes|nb|n|fn|прим\.?|примечание|комм\.?|ծնթ?\.?|ծանոթ\.?|qeyd|not|réf\.?|Anm\.?)"
    r" ?\d{1,3}"
    r"|(?i:(?:citation|clarification|verification|better source|page|year) needed"
    r"|(?:when|who|where|why|how|which|by whom|according to whom)\?|dubious[^\]\n]{0,20}"
    r"|источник[^\]\n]{0,40}|нет источника|уточнить|(?:кто|где|когда|кем)\?"
    r"|աղբյուրը? [^\]\n]{0,30}|(?:ով|որտե՞ղ|ե՞րբ)\??|mənbə [^\]\n]{0,20}|kaynak belirtilmeli"
    r"|réf\. nécessaire|Beleg fehlt|Nachweis fehlt))\]"
)
HIGH = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"
# To begin with the figures is quick: patterns that look behind first take five times as long.
_RAISED = re.compile(f"[{HIGH}]+(?![\\w{HIGH}])")
_NUMBER_BEFORE = re.compile(r"(?:[×·*^] ?)?\d[\d.,\u00a0\u202f]*$")
_WORD_BEFORE = re.compile(r"[^\W\d_]+$")
_OPERATOR_AFTER = re.compile(r"\s?[×·*=/^]")
# Bases that powers are written of; of any other number of two digits or more prose has none.
_BASES = frozenset(("2", "10", "100", "1000"))
_MAX_BEFORE = 24
_UNITS = frozenset(
    (
        *("m", "km", "cm", "mm", "dm", "ft", "in", "yd", "mi", "mile", "miles", "sec"),
        *("км", "см", "мм", "дм", "сек", "կմ", "սմ", "մմ"),
    )
)
_MAX_NOTE = 3


def has_marks(text: str) -> bool:
    """Whether runs of the text are marked as struck out, inserted or notes."""
    return any(begin in text for begin in _RUNS)


def is_struck(text: str, start: int, end: int) -> bool:
    """Whether words of a page's text, from one place to another, are struck out."""
    line = text.rfind("\n", 0, start) + 1
    return any(
        run.end() > start and bool(re.search(r"\w", text[max(run.start(), start) : run.end()]))
        for run in _RUNS[STRUCK[0]].finditer(text, line, end)
    )


def struck_near(text: str, start: int, end: int) -> str:
    """The words that are struck out inside of a place or directly beside it, each run on a line."""
    if STRUCK[0] not in text:
        return ""
    first = text.rfind("\n", 0, start) + 1
    runs = [
        unmarked(run[0])
        for run in _RUNS[STRUCK[0]].finditer(text, first, end + 1)
        if not text[run.end() : start].strip()
    ]
    return "\n".join(runs)


def unmarked(text: str) -> str:
    """The text without marks: as it is stored and shown."""
    return _MARK.sub("", text) if _MARK.search(text) else text


def read_as(reading: Reading, text: str) -> str:
    """The text with what this reading passes over made invisible, as long as before.

    Raised figures stay (see `without_raised_notes`): to look for them takes as long as the rest.
    """
    if reading == "given":
        return text
    for begin, _ in _PASSED_OVER[reading]:
        if begin in text:
            text = _RUNS[begin].sub(_hidden if begin == NOTE[0] else _left_out, text)
    if "[" in text:
        text = _BRACKETED_NOTE.sub(_hidden, text)
    return text


def without_raised_notes(text: str) -> str:
    """The text with raised figures that are marks of notes made invisible, as long as before."""
    if text.isascii() or (len(text) < _SHORT and not any(sign in text for sign in HIGH)):
        return text
    return _RAISED.sub(_hidden_if_a_note, text)


# In a long text the patterns' own search is quicker than a dozen of searches.
_SHORT = 2_000


def _left_out(run: re.Match[str]) -> str:
    return _UNSEEN * len(run[0])


def _hidden(run: re.Match[str]) -> str:
    # “24[3]000” is no number, whatever it is.
    text, end = run.string, run.end()
    between = text[run.start() - 1 : run.start()].isdigit() and text[end : end + 1].isdigit()
    return (PARTED if between else _UNSEEN) + _UNSEEN * (end - run.start() - 1)


def _hidden_if_a_note(raised: re.Match[str]) -> str:
    return _hidden(raised) if _is_note(raised) else raised[0]


def _is_note(raised: re.Match[str]) -> bool:
    """Whether raised figures are the mark of a note, and neither a power nor part of a unit.

    Without a link both look the same: “24³” may be 24 with a note or 13,824. In doubt they are no
    note: the number is then read with them, and neither “24” nor “243” is found there.
    """
    figures = raised[0]
    is_free = raised.start() == 0 or raised.string[raised.start() - 1].isspace()
    if is_free or len(figures) > _MAX_NOTE or "⁻" in figures or "⁺" in figures:
        return False
    before = raised.string[max(raised.start() - _MAX_BEFORE, 0) : raised.start()]
    if number := _NUMBER_BEFORE.search(before):
        base = number[0]
        # A single figure: “5²” is as likely a square as five with a note.
        return (
            base not in _BASES
            and base[0].isdigit()
            and len(base) > 1
            and not _OPERATOR_AFTER.match(raised.string, raised.end())
        )
    if word := _WORD_BEFORE.search(before):
        return len(word[0]) > 1 and word[0] not in _UNITS
    return True
