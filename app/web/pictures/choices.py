"""Choices, yes or no, and descriptions: who gives which answer, as marks in groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.claims import Claim
from app.web.i18n import gettext as _
from app.web.pictures.evidence import Said
from app.web.pictures.marks import Column, Mark, marks_of
from app.web.pictures.plots import NARROW, PITCH
from app.web.views.answers import short_answer


@dataclass(frozen=True, slots=True)
class Dot:
    """A mark in its group: `at` per cent, then `x` and `y` pixels."""

    mark: Mark
    rank: int
    at: float
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class TallyRow:
    """One answer with everybody who affirms or denies it; `height` in pixels."""

    words: str
    dots: tuple[Dot, ...]
    height: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Answers as rows, each side's marks in its own part of the width."""

    columns: tuple[Column, ...]
    rows: tuple[TallyRow, ...]


def tally(claim: Claim, said: Sequence[Said], page: str) -> Tally:
    """The answers in the order of the accounts, and last those who spoke without answering."""
    answers: dict[str, dict[str, list[Mark]]] = {}
    for account in claim.accounts:
        for side in said:
            same = side.accounts.get(account.id)
            if same:
                words = short_answer(claim, account)
                marks = marks_of(same, page, words)
                answers.setdefault(words, {}).setdefault(side.column.side, []).extend(marks)
    for side in said:
        for _words, marks in side.unanswered:
            unanswered = answers.setdefault(_("Without an answer"), {})
            unanswered.setdefault(side.column.side, []).extend(marks)
    columns = tuple(side.column for side in said)
    rows = tuple(tally_row(words, groups, columns) for words, groups in answers.items())
    return Tally(columns, rows)


def tally_row(words: str, groups: dict[str, list[Mark]], columns: Sequence[Column]) -> TallyRow:
    """One answer with the marks of each side, by side, in the order of the columns."""
    share = 100 / len(columns)
    on_a_line = max(1, int(NARROW / len(columns)) // PITCH)
    dots = tuple(
        Dot(
            mark=mark,
            rank=column.rank,
            at=round(share * place, 2),
            x=PITCH // 2 + PITCH * (number % on_a_line),
            y=PITCH // 2 + PITCH * (number // on_a_line),
        )
        for place, column in enumerate(columns)
        for number, mark in enumerate(groups.get(column.side, []))
    )
    lowest = max((dot.y for dot in dots), default=0)
    return TallyRow(words, dots, lowest + PITCH // 2 + 1)
