"""Numbers with everything that changes them: signs, multipliers, measures, and words.

“24” is not what a page says where it has “~24”, “24 thousand”, “24 %”, “24 ± 3” or “24½”, and
“two” is not where it has “two hundred”. So a quotation may not begin or end inside of such a
number. Times are no measures here (“24 days” hold the whole number 24), nor are currencies' names;
their signs are. What is in doubt is taken as part of the number: a true quotation is then shown as
altered, beside what the page has, and a wrong number never as the page's.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from app.domain.quotations import cldr_numbers, number_words
from app.domain.quotations.folding import BORDER, UNSPACED, fold

# Case tells “24 M” from “24 m”, and capitals begin sentences; so words of several letters are known
# in any case, and signs of one or two letters only as CLDR writes them.
_MAX_SIGN = 2
# “24 in total”, and signs that are also marks of quotation or of something else.
_AMBIGUOUS = frozenset(("in", "#", "'", '"', "Mr", "B", "po", "pi", "nd", "мин"))
_HIGH = "⁰¹²³⁴-⁹⁺⁻₀-₉₊₋"


def _alternatives(words: set[str]) -> str:
    # The longest first, since the first alternative that fits is taken.
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


def _plain(words: dict[str, str]) -> tuple[set[str], set[str]]:
    """CLDR's words as patterns: those known in any case, with endings, and short signs."""
    long, signs = set(), set()
    for language, joined in words.items():
        for word in map(fold, joined.split("|")):
            name = word.removesuffix(".")
            if name in _AMBIGUOUS:
                continue
            if len(name) <= _MAX_SIGN or not name.isalpha():
                signs.add(re.escape(name))
            else:
                ending = number_words.ENDINGS.get(language, "") if len(name) > 3 else ""
                long.add(re.escape(name) + ending)
    return long, signs


def _after(words: dict[str, str], more: dict[str, str]) -> str:
    long, signs = _plain(words)
    long.update(more.values())
    # A short sign before an apostrophe is another word: “le 24 l'armée”, and “24 T-72” are tanks.
    return rf"(?:(?i:{_alternatives(long)})(?!\w)|(?:{_alternatives(signs)})(?![\w']|-\d))"


_WIDE = "十百千万萬億亿兆京"  # directly after the figures, with a word directly after them
_THAI = "(?:สิบ|ร้อย|พัน|หมื่น|แสน|ล้าน)+"
_MULTIPLIER = _after(cldr_numbers.MULTIPLIERS, number_words.MULTIPLIERS)
# “in 2020 thousands fled”: after a year the plural begins something new.
_YEAR = r"(?<!\d)(?:1[5-9]|20)\d\d"
_PLURAL = r"(?i:thousands|millions|hundreds|dozens|тысячи|сотни|десятки|миллионы)(?!\w)"
_OTHER = rf"(?!(?<={_YEAR} ){_PLURAL})".replace(_YEAR, r"(?:1[5-9]|20)\d\d")
_MEASURE = _after(cldr_numbers.UNITS, number_words.UNITS)
# “в 2020 г.” is a year, “24 т. е.” an explanation.
_NO_MEASURE = r"(?!(?<=\d\d\d\d )г(?!\w))(?!т\. ?[ечдпк]\.)(?!(?:г|թ|գ)\. )"

_SIGN = (
    r"(?:(?:(?<![\w])(?:[~∼≈≃≅≲≳<>≤≥≦≧⩽⩾±]|&[lg]t;) ?|(?<!\w)(?:[+$€£¥₽₼֏₺%]|US\$) ?"
    rf"|(?<!\w)(?i:{number_words.BEFORE}) |(?<!\w)(?:USD|EUR|RUB|AZN|AMD|TRY|GBP) "
    r"|(?<![^\s(\"'])-|(?<![\w.])\.(?=\d))*)"
)
_FIGURES = r"(?:(?<!\d)\d{1,3}(?: \d{3})+(?!\d)|\d+)"
_JOINT = r"(?:[.,:/'^٫٬]| ?- ?| ?[±×·*] ?| x )"
_FRACTION = r"(?: ?[¼½¾⅐-⅞]| \d/\d(?!\d))?"
_SIGNS_AFTER = r"(?: ?(?:%|‰|°|℃|℉|[€$£₽₼֏₺])(?:-\w+)?|\+(?!\w))*"
_BEFORE_MULTIPLIER = rf"(?: (?i:{number_words.AND_A_HALF})(?!\w))?"
# “24 тыс. человек”, but not “24 thousand. Millions”.
_STOP = r"(?:(?<![^\W\d_]{5})\.)?"
_CHANGED = (
    rf"(?: ?{_THAI}| ?[{_WIDE}][{_WIDE}\d]*"
    rf"| ?\({_MULTIPLIER}\.?\)"
    rf"|(?:[ -]{_OTHER}{_MULTIPLIER}{_STOP})*(?:[ -]{_NO_MEASURE}{_MEASURE})?)"
)


# Compiled when first needed: together they take a second, which each start of a server that checks
# nothing would wait for.
@cache
def _in_figures() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![^\W\d{UNSPACED}]){_SIGN}{_FIGURES}[{_HIGH}]*(?:{_JOINT}\d+[{_HIGH}]*)*{_FRACTION}"
        rf"(?: (?i:{number_words.TO}) \d+(?:[.,]\d+)*"
        rf"(?= (?:{_MULTIPLIER}|{_MEASURE}|%)|%))?"
        rf"{_SIGNS_AFTER}{_BEFORE_MULTIPLIER}{_CHANGED}{_SIGNS_AFTER}"
    )


_FIGURE = re.compile(r"(?:[~∼≈≃≅≲≳<>≤≥≦≧⩽⩾±+$€£¥₽₼֏₺%.-] ?)?(\d+)")


def _in_words(language: str) -> str:
    """Words of one language that make a number, with what it is a number of if it is measured."""
    words = number_words.WORDS[language]
    small, large = rf"(?:{words.small})(?!\w)", rf"(?:{words.large})(?!\w)"
    begun = rf"(?:{words.tens}|{words.large})(?!\w)"
    gap = rf"(?:(?:{words.between})? |-)" if words.between else "[ -]"
    last = rf"(?:{small}|{begun})"
    quantifier = number_words.QUANTIFIERS[language]
    to = rf"(?:{last} (?:{number_words.TO}) (?={last} (?:{_MULTIPLIER}|{_MEASURE})))?"
    return (
        rf"(?:(?:{quantifier}) (?={_MULTIPLIER}))?"
        rf"{to}(?:{begun}{gap}|{small}{gap}(?={large}))*{last}(?: {_MEASURE})?"
    )


@cache
def _ways_in_words() -> list[re.Pattern[str]]:
    # Apart, as the same word may begin a longer number in another language.
    return [re.compile(f"(?i:{_in_words(language)})") for language in number_words.WORDS]


@cache
def _first_word() -> re.Pattern[str]:
    return re.compile(
        "|".join(
            f"(?:{words})"
            for words in (
                *(
                    f"{words.small}|{words.tens}|{words.large}"
                    for words in number_words.WORDS.values()
                ),
                *(words.replace(" ", "|") for words in number_words.QUANTIFIERS.values()),
                number_words.BEFORE,
            )
        )
    )


_BEFORE_FIGURES = frozenset(number_words.BEFORE.split("|")) | {"usd", "eur", "rub", "azn", "amd"}
_LETTERS = re.compile(r"[^\W\d_]+")

# Chinese and Japanese figures: “二百五十” holds no “二百”.
_DIGITS_WIDE = "一二三四五六七八九〇零两兩"
_DIGITS_THAI = "(?:หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|เอ็ด|ยี่)"
_UNSPACED = re.compile(
    rf"[{_DIGITS_WIDE}{_WIDE}]{{2,}}|[数數几幾][{_WIDE}]+"
    rf"|{_DIGITS_THAI}?{_THAI}(?:{_DIGITS_THAI}(?:{_THAI})?)*"
)


@cache
def _inside() -> re.Pattern[str]:
    """Words that may stand inside of a number or at its edge; of most words of a page none is."""
    return re.compile(
        "|".join(
            (
                _first_word().pattern,
                rf"(?i:{_MULTIPLIER}|{_MEASURE})",
                *(f"(?:{words})" for words in number_words.MULTIPLIERS.values()),
                "usd|eur|rub|azn|amd|try|gbp|and|of|an?|x|et|de|von|с|və|или|կես|ու|лишним",
                *number_words.TO.split("|"),
                *number_words.AND_A_HALF.replace(" ", "|").split("|"),
                "square|cubic|nautical|metric|per|percentage|sq|квадратн.*|кубическ.*|морск.*|кв|куб|п",
                "процентн.*|քառակուսի|խորանարդ|ծովային|քառ|խոր|տոկոսային|kvadrat|kub|kv|faiz|yüzde",
                "deniz|metrik|points?|pour|grad|degrees?|градус.*|աստիճան|dərəcə|derece|degrés?|p|ya|da",
            )
        )
    )


_ANY_UNSPACED = re.compile(f"[{UNSPACED}]")


@lru_cache(maxsize=20_000)
def _may_begin_a_number(word: str) -> bool:
    return bool(_first_word().fullmatch(word))


@lru_cache(maxsize=20_000)
def _may_be_in_a_number(word: str) -> bool:
    return bool(_inside().fullmatch(word) or _inside().fullmatch(word.lower()))


def number_across(text: str, at: int) -> tuple[int, int] | None:
    """The number of a folded text that runs across this place; None where none does."""
    if BORDER in text[at - 1 : at + 1]:
        return None
    before = _LAST_WORD.search(text, max(at - _MAX_WORD, 0), at)
    after = _NEXT_WORD.match(text, at, at + _MAX_WORD)
    if any(word and not _may_be_in_a_number(word[1]) for word in (before, after)):
        return None
    first = _from_a_space(text, at - _AROUND)
    for start, end in numbers_in(text, first, at + _AROUND, before=at):
        if start < at < end:
            return start, end
    return None


_AROUND = 64
_MAX_WORD = 40
# Not in scripts without spaces, where a number and other words make one run of letters.
_LETTER_OF_A_WORD = rf"[^\W\d_{UNSPACED}{_HIGH}¼½¾⅐-⅞]"
_LAST_WORD = re.compile(rf"({_LETTER_OF_A_WORD}+)[ -]?$")
_NEXT_WORD = re.compile(rf"[ -]?({_LETTER_OF_A_WORD}+)")


def _from_a_space(text: str, at: int) -> int:
    """The place itself, or the end of the word that it is in; 0 before the text."""
    if at <= 0:
        return 0
    space = text.find(" ", at, at + _MAX_WORD)
    return at if space < 0 else space


def numbers_in(text: str, start: int, end: int, before: int | None = None) -> list[tuple[int, int]]:
    """Every number of a folded text between two places, with all that changes it, in order.

    With `before` those that begin before that place.
    """
    begin_before = end if before is None else before
    # From the few places where a number can begin: to try the patterns at each letter takes fifty
    # times as long.
    begins: list[int] = []
    # A sign begins before the place whose figures are after it.
    for found in _FIGURE.finditer(text, start, min(begin_before + 2, end)):
        begins.extend({found.start(), found.start(1)})  # with the sign, or without if it is none
    spans = []
    if not text.isascii() and _ANY_UNSPACED.search(text, start, end):
        spans = [found.span() for found in _UNSPACED.finditer(text, start, end)]
    for word in _LETTERS.finditer(text, start, begin_before):
        low = word[0].lower()
        if low in _BEFORE_FIGURES:
            begins.append(word.start())
        elif _may_begin_a_number(low):
            at = word.start()
            ways = (pattern.match(text, at, end) for pattern in _ways_in_words())
            spans.append((at, max((way.end() for way in ways if way), default=at)))
    in_figures = (_in_figures().match(text, at, end) for at in begins)
    spans.extend(found.span() for found in in_figures if found)
    return _apart(sorted(spans, key=lambda span: (span[0], -span[1])))


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans without those that begin inside of another one."""
    apart: list[tuple[int, int]] = []
    for first, last in spans:
        if not apart or first >= apart[-1][1]:
            apart.append((first, last))
    return apart
