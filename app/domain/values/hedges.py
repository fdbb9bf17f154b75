"""Hedged quantities: what “almost 600” means as an interval, and how it is said.

`HEDGES` is the one table of hedges. Words are evidence: the text is stored beside the interval.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from app.errors import BadAnswer, LazyMessage

_TENTH = Decimal("0.1")
_NUMBER = r"\d{1,15}(?:\.\d{1,6})?"


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers that a quantity may mean; `high` is None where nothing bounds it.

    `low_open` and `high_open` say that the bound itself is not meant. `from_word` says that the
    bounds come from a word (“dozens”) and not from a number, so that no ratio is taken of them.
    """

    low: Decimal
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False
    from_word: bool = False

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


@dataclass(frozen=True, slots=True)
class Hedge:
    """One way of hedging a number: its words before the number, its meaning, and its reading."""

    words: tuple[str, ...]
    interval: Callable[[Decimal], Interval]
    meaning: str


HEDGES: tuple[Hedge, ...] = (
    Hedge(
        ("about",),
        lambda n: Interval(n - n * _TENTH, n + n * _TENTH),
        "from 10 % below the number to 10 % above it",
    ),
    Hedge(
        ("almost", "nearly"),
        lambda n: Interval(n - n * _TENTH, n, high_open=True),
        "from 10 % below the number up to it, the number itself left out",
    ),
    Hedge(
        ("over", "more than"),
        lambda n: Interval(n, None, low_open=True),
        "above the number, without an upper bound",
    ),
    Hedge(("at least",), lambda n: Interval(n, None), "the number or more"),
    Hedge(("up to",), lambda n: Interval(Decimal(0), n), "from none to the number"),
)

WORDS: dict[str, Interval] = {
    "dozens": Interval(Decimal(24), Decimal(99), from_word=True),
    "several dozen": Interval(Decimal(36), Decimal(99), from_word=True),
}

_BY_WORD = {word: hedge for hedge in HEDGES for word in hedge.words}
_HEDGED = re.compile(rf"(?:(?P<hedge>{'|'.join(_BY_WORD)}) )?(?P<number>{_NUMBER})", re.ASCII)
_RANGE = re.compile(rf"(?P<low>{_NUMBER})\.\.(?P<high>{_NUMBER})", re.ASCII)


# Bounds are Decimal: a tenth of 600 is 60 and nothing beside it, or ranges that touch would not.
@lru_cache(maxsize=8192)
def parse_quantity(text: str) -> Interval:
    """Read a quantity: `1960`, `almost 600`, `24..99`, `dozens`; see `HEDGES` and `WORDS`.

    Numbers are written in plain digits. Raises `BadAnswer` for anything else and for `low > high`.
    """
    if text in WORDS:
        return WORDS[text]
    ranged = _RANGE.fullmatch(text)
    if ranged:
        low, high = Decimal(ranged["low"]), Decimal(ranged["high"])
        if low > high:
            raise BadAnswer(
                LazyMessage(
                    "“{text}” is not a quantity: its low end {low} is above its high end {high}.",
                    text=text,
                    low=low,
                    high=high,
                )
            )
        return Interval(low, high)
    hedged = _HEDGED.fullmatch(text)
    if not hedged:
        raise BadAnswer(
            LazyMessage(
                "“{text}” is not a quantity; write digits (1960), a range (24..99), {hedged},"
                " {words}.",
                text=text,
                hedged=", ".join(f"“{word} 60”" for word in _BY_WORD),
                words=" or ".join(f"“{word}”" for word in WORDS),
            )
        )
    number = Decimal(hedged["number"])
    hedge = hedged["hedge"]
    if hedge in ("almost", "nearly") and number == 0:
        raise BadAnswer(LazyMessage("“{text}” does not mean a number.", text=text))
    return _BY_WORD[hedge].interval(number) if hedge else Interval(number, number)


def _meets(lower: Interval, upper: Interval) -> bool:
    return (
        lower.high is not None and lower.high == upper.low and (lower.high_open or upper.low_open)
    )
