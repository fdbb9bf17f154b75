"""Hedged quantities: what “almost 600” means as an interval, and how it is written.

`HEDGES`, `WORDS` and `SHARES` are the one table of hedges, `MEASUREMENTS` is that of the units that
are measured and not counted. Words are evidence: the text is stored beside the interval.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from app.errors import BadAnswer, LazyMessage

_TENTH = Decimal("0.1")
_ONE = Decimal(1)
_ZERO = Decimal(0)
_SPACES = " \u00a0\u202f"
_NUMBER = rf"(?:\d{{1,3}}(?:[{_SPACES}]\d{{3}}){{1,4}}|\d{{1,15}})(?:\.\d{{1,6}})?"


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers that a quantity may mean; `high` is None where nothing bounds it.

    `low_open` and `high_open` say that the bound itself is not meant. `low_said` and `high_said`
    are the number as it was said at that end: of “about 2000” it is 2000 at both, of “over 60” 60
    at the low one; None where no number was said there. `best` is the best figure of a range.
    """

    low: Decimal
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False
    low_said: Decimal | None = None
    high_said: Decimal | None = None
    best: Decimal | None = None

    def below(self, other: Interval) -> bool:
        """Whether every number here lies below every number there, with room in between."""
        return self.high is not None and self.high < other.low

    def touches(self, other: Interval) -> bool:
        """Whether the two meet in one bound that at least one of them leaves out."""
        return _meets(self, other) or _meets(other, self)

    def overlaps(self, other: Interval) -> bool:
        """Whether some number may be meant by both."""
        return not (
            self.below(other) or other.below(self) or _meets(self, other) or _meets(other, self)
        )

    def same_numbers(self, other: Interval) -> bool:
        """Whether both mean exactly the same numbers, however they are worded."""
        return (self.low, self.high, self.low_open, self.high_open) == (
            other.low,
            other.high,
            other.low_open,
            other.high_open,
        )


class Written(NamedTuple):
    """A quantity as it is written, its numbers in plain digits with the decimals that they have.

    `numbers` are two of a range, one of a number, and none of a word such as “dozens”, which is
    then the `hedge`; that of a plain number or a range is empty.
    """

    hedge: str
    numbers: tuple[str, ...] = ()
    best: str | None = None


@dataclass(frozen=True, slots=True)
class Hedge:
    """One way of hedging a number: its words before the number, its meaning, and its reading.

    `interval` takes the number, and whether it is a count.
    """

    words: tuple[str, ...]
    interval: Callable[[Decimal, bool], Interval]
    meaning: str


def _about(n: Decimal, counted: bool) -> Interval:
    # Ten per cent of a small count is less than one person: “about 3” would mean 3.
    margin = max(n * _TENTH, _ONE) if counted else n * _TENTH
    return Interval(max(n - margin, _ZERO), n + margin, low_said=n, high_said=n)


def _almost(n: Decimal, counted: bool) -> Interval:
    margin = max(n * _TENTH, _ONE) if counted else n * _TENTH
    return Interval(max(n - margin, _ZERO), n, high_open=True, low_said=n, high_said=n)


def _up_to(n: Decimal, counted: bool) -> Interval:
    # Whoever says that up to 40 were killed says that some were.
    low = _ONE if counted else _ZERO
    return Interval(low, n, low_open=not counted, high_said=n)


HEDGES: tuple[Hedge, ...] = (
    Hedge(
        ("about",),
        _about,
        "from 10 % below the number to 10 % above it, of a count at least 1 either way",
    ),
    Hedge(
        ("almost", "nearly"),
        _almost,
        "from 10 % below the number, of a count at least 1 below it, up to the number, itself left"
        " out",
    ),
    Hedge(
        ("over", "more than"),
        lambda n, _counted: Interval(n, None, low_open=True, low_said=n),
        "above the number, without an upper bound",
    ),
    Hedge(
        ("at least",),
        lambda n, _counted: Interval(n, None, low_said=n),
        "the number or more",
    ),
    Hedge(
        ("fewer than", "less than", "under"),
        lambda n, _counted: Interval(_ZERO, n, high_open=True, high_said=n),
        "from 0 up to the number, itself left out",
    ),
    Hedge(
        ("at most",),
        lambda n, _counted: Interval(_ZERO, n, high_said=n),
        "from 0 to the number",
    ),
    Hedge(
        ("up to",),
        _up_to,
        "some, and no more than the number: of a count from 1, else from above 0",
    ),
)

# Words that stand for a number. Their bounds are ours, so that no figure is made of them.
WORDS: dict[str, Interval] = {
    "dozens": Interval(Decimal(24), Decimal(99)),
    "several dozen": Interval(Decimal(24), Decimal(99)),
    "hundreds": Interval(Decimal(200), Decimal(999)),
    "several hundred": Interval(Decimal(200), Decimal(999)),
    "thousands": Interval(Decimal(2_000), Decimal(9_999)),
    "tens of thousands": Interval(Decimal(20_000), Decimal(99_999)),
}

# Words that stand for a share of a hundred, which only the unit percent has.
SHARES: dict[str, Interval] = {
    "half": Interval(Decimal(45), Decimal(55)),
    "a third": Interval(Decimal(30), Decimal(37)),
}

# The units of what is measured: their numbers may have decimals. Every other unit is counted.
MEASUREMENTS: dict[str, frozenset[str]] = {
    "percent": frozenset({"percent", "per cent", "%", "percentage point", "percentage points"}),
    "length": frozenset(
        {"mm", "millimetre", "millimetres", "millimeter", "millimeters"}
        | {"cm", "centimetre", "centimetres", "centimeter", "centimeters"}
        | {"m", "metre", "metres", "meter", "meters"}
        | {"km", "kilometre", "kilometres", "kilometer", "kilometers"}
        | {"inch", "inches", "foot", "feet", "yard", "yards", "mile", "miles"}
        | {"nautical mile", "nautical miles"}
    ),
    "area": frozenset(
        {"m2", "square metre", "square metres", "square meter", "square meters"}
        | {"km2", "sq km", "square kilometre", "square kilometres"}
        | {"square kilometer", "square kilometers", "square mile", "square miles"}
        | {"ha", "hectare", "hectares", "acre", "acres"}
    ),
    "volume": frozenset(
        {"l", "litre", "litres", "liter", "liters", "gallon", "gallons"}
        | {"m3", "cubic metre", "cubic metres", "cubic meter", "cubic meters"}
    ),
    "weight": frozenset(
        {"g", "gram", "grams", "gramme", "grammes", "kg", "kilogram", "kilograms"}
        | {"kilogramme", "kilogrammes", "t", "tonne", "tonnes", "ton", "tons"}
        | {"kiloton", "kilotons", "pound", "pounds", "ounce", "ounces"}
    ),
    "time": frozenset(
        {"second", "seconds", "minute", "minutes", "hour", "hours", "day", "days"}
        | {"week", "weeks", "month", "months", "year", "years"}
    ),
    "money": frozenset(
        {"amd", "azn", "eur", "gbp", "rub", "try", "usd", "$", "€", "£", "₽", "₺", "֏", "₼"}
        | {"dram", "drams", "manat", "manats", "euro", "euros", "dollar", "dollars"}
        | {"us dollar", "us dollars", "rouble", "roubles", "ruble", "rubles", "lira", "liras"}
        | {"pound sterling", "pounds sterling"}
    ),
}

_BY_WORD = {word: hedge for hedge in HEDGES for word in hedge.words}
_HEDGED = re.compile(rf"(?:(?P<hedge>{'|'.join(_BY_WORD)}) )?(?P<number>{_NUMBER})", re.ASCII)
_RANGE = re.compile(
    rf"(?P<low>{_NUMBER})\.\.(?P<high>{_NUMBER})(?: best (?P<best>{_NUMBER}))?", re.ASCII
)
_UNGROUPED = str.maketrans("", "", _SPACES)
_MEASURED = frozenset[str]().union(*MEASUREMENTS.values())
_MULTIPLE = re.compile(r"^(?:(?:thousand|million|billion) )+")
_POINT_FOR_COMMA = re.compile(r"[1-9]\d{0,2}\.\d{3}", re.ASCII)


def is_counted(unit: str | None) -> bool:
    """Whether a unit is of what comes whole, as people do; without a unit it is.

    “hectares of forest” and “million dollars” are measured as hectares and dollars are, and so is
    every rate (“deaths per day”).
    """
    name = _folded(unit or "")
    return not (name in _MEASURED or _head(name) in _MEASURED or " per " in name)


def read_quantity(text: str) -> Written:
    """What a quantity is written of: `about 2 783`, `24..99`, `20..40 best 30`, `dozens`.

    Numbers are of plain digits, or grouped by threes with a space (U+0020, U+00A0, U+202F). Raises
    `BadAnswer` for anything else.
    """
    if text in WORDS or text in SHARES:
        return Written(text)
    ranged = _RANGE.fullmatch(text)
    if ranged:
        best = ranged["best"]
        ends = (ranged["low"].translate(_UNGROUPED), ranged["high"].translate(_UNGROUPED))
        return Written("", ends, best.translate(_UNGROUPED) if best else None)
    hedged = _HEDGED.fullmatch(text)
    if hedged:
        return Written(hedged["hedge"] or "", (hedged["number"].translate(_UNGROUPED),))
    if text == "none":
        raise BadAnswer(LazyMessage("“none” is not a quantity; write 0."))
    raise BadAnswer(
        LazyMessage(
            "“{text}” is not a quantity; write digits (1960, 2 783), a range (24..99, 20..40 best"
            " 30), {hedged}, {words}, or of percent {shares}.",
            text=text,
            hedged=", ".join(f"“{word} 60”" for word in _BY_WORD),
            words=", ".join(f"“{word}”" for word in WORDS),
            shares=", ".join(f"“{word}”" for word in SHARES),
        )
    )


# Bounds are Decimal: a tenth of 600 is 60 and nothing beside it, or ranges that touch would not.
@lru_cache(maxsize=8192)
def parse_quantity(text: str, unit: str | None = None) -> Interval:
    """The numbers that a quantity may mean, by the table of hedges; see `read_quantity`.

    Raises `BadAnswer` for what is no quantity, for what means no number (`99..24`, `almost 0`), for
    a decimal point in what is counted, and for a share of what is no percentage.
    """
    written = read_quantity(text)
    if written.hedge in SHARES:
        if _head(_folded(unit or "")) not in MEASUREMENTS["percent"]:
            raise BadAnswer(
                LazyMessage(
                    "“{text}” is a share of a hundred; it needs the unit percent.", text=text
                )
            )
        return SHARES[written.hedge]
    if written.hedge in WORDS:
        return WORDS[written.hedge]
    counted = is_counted(unit)
    if counted:
        _refuse_decimals(text, written)
    if len(written.numbers) == 2:
        return _range(text, written)
    number = Decimal(written.numbers[0])
    if not written.hedge:
        return Interval(number, number, low_said=number, high_said=number)
    interval = _BY_WORD[written.hedge].interval(number, counted)
    if _is_empty(interval):
        raise BadAnswer(LazyMessage("“{text}” does not mean a number.", text=text))
    return interval


def _range(text: str, written: Written) -> Interval:
    low, high = map(Decimal, written.numbers)
    if low > high:
        raise BadAnswer(
            LazyMessage(
                "“{text}” is not a quantity: its low end {low} is above its high end {high}.",
                text=text,
                low=low,
                high=high,
            )
        )
    best = Decimal(written.best) if written.best else None
    if best is not None and not low <= best <= high:
        raise BadAnswer(
            LazyMessage(
                "“{text}” is not a quantity: its best figure {best} is not within its range.",
                text=text,
                best=best,
            )
        )
    return Interval(low, high, low_said=low, high_said=high, best=best)


def _refuse_decimals(text: str, written: Written) -> None:
    for number in (*written.numbers, *([written.best] if written.best else [])):
        # 2.783 is how half of Europe writes 2,783. The question is asked with a space, as the comma
        # would be the decimal one to the other half.
        if _POINT_FOR_COMMA.fullmatch(number):
            raise BadAnswer(
                LazyMessage(
                    "“{text}” has a decimal point, and what is counted comes whole. Was {grouped}"
                    " meant? Then write {whole}.",
                    text=text,
                    grouped=number.replace(".", "\u00a0"),
                    whole=number.replace(".", ""),
                )
            )
        if "." in number:
            raise BadAnswer(
                LazyMessage(
                    "“{text}” has a decimal point, and what is counted comes whole; write a whole"
                    " number.",
                    text=text,
                )
            )


def _is_empty(interval: Interval) -> bool:
    if interval.high is None or interval.low < interval.high:
        return False
    return interval.low > interval.high or interval.low_open or interval.high_open


def _folded(unit: str) -> str:
    # By NFKC “km²” is “km2”.
    return " ".join(unicodedata.normalize("NFKC", unit).casefold().split())


def _head(name: str) -> str:
    """The unit itself: “hectares” of “thousand hectares of forest”."""
    return _MULTIPLE.sub("", name).partition(" of ")[0]


def _meets(lower: Interval, upper: Interval) -> bool:
    return (
        lower.high is not None and lower.high == upper.low and (lower.high_open or upper.low_open)
    )
