"""Comparisons of small claims, as sentences of a page in a language."""

from __future__ import annotations

import contextvars
from collections.abc import Callable
from typing import Any, TypeVar

from app.domain.disagreement.comparison import Comparison
from app.domain.records.registers import Registers
from app.domain.values.dates import Day
from app.web.wording.locale import Locale, catalogue, use
from app.web.wording.messages import explanations
from tests.domain.factories import REGISTERS, compared

T = TypeVar("T")


def speaking(locale: Locale, say: Callable[[], T]) -> T:
    """What is said in a language with these words; what comes after is not touched."""

    def spoken() -> T:
        use(locale)
        return say()

    return contextvars.copy_context().run(spoken)


def in_language(tag: str, say: Callable[[], T]) -> T:
    """What is said in a language; the language of what comes after is not touched."""
    return speaking(Locale(tag, catalogue(tag)), say)


def in_english(found: Comparison, registers: Registers = REGISTERS) -> list[str]:
    """The explanations of a comparison."""
    return in_language("en", lambda: list(explanations(found, registers)))


def told(kind: str, *accounts: dict[str, Any], day: Day | None = None, **more: Any) -> list[str]:
    """The explanations of the comparison of such a claim, as known on a day."""
    return in_english(compared(kind, *accounts, day=day, **more))
