"""What a picture is drawn from: by side, who answers what, and who spoke without answering."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.claims import Claim
from app.domain.disagreement import Comparison
from app.domain.disagreement.statements import Cited, cited
from app.domain.registers import Dossier, Registers
from app.web.i18n import gettext as _
from app.web.pictures.marks import Column, Mark, marks_of
from app.web.views import terms
from app.web.views.answers import short_answer
from app.web.views.claim import OTHERS, by_column, position_in_words
from app.web.views.written import name_of


@dataclass(frozen=True, slots=True)
class Said:
    """What stands in one side's part of a picture.

    `accounts` are by id the citations that affirm or deny an answer; `unanswered` are the marks of
    those who gave none, by how they did so.
    """

    column: Column
    accounts: dict[str, list[Cited]]
    unanswered: tuple[tuple[str, tuple[Mark, ...]], ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing of this side is on record."""
        return not self.accounts and not self.unanswered


def said_by_side(
    claim: Claim, comparison: Comparison, registers: Registers, dossier: Dossier, page: str
) -> tuple[Said, ...]:
    """What every compared side says, in the dossier's order, then the others where they speak."""
    columns = by_column(cited(claim, registers), dossier.sides)
    found = []
    for rank, (side, items) in enumerate(columns.items(), start=1):
        if side == OTHERS:
            column = Column(side, _("Others"), 0, "")
        else:
            silence = position_in_words(comparison, side)
            column = Column(side, name_of(registers.sides[side]), rank, silence)
        said = _said(claim, column, items, page)
        if side != OTHERS or not said.is_empty:
            found.append(said)
    return tuple(found)


def label_of(claim: Claim, items: Iterable[Cited]) -> str:
    """An account in few words, as it is affirmed, or where everybody denies it as denied."""
    same = list(items)
    words = short_answer(claim, same[0].account)
    denied = all(item.citation.stance == "denies" for item in same)
    return _("Denies: %s") % words if denied else words


def _said(claim: Claim, column: Column, items: Iterable[Cited], page: str) -> Said:
    accounts: dict[str, list[Cited]] = {}
    evading: dict[str, list[Cited]] = {}
    for item in items:
        if item.citation.stance in ("asserts", "denies") and item.account.answer is not None:
            accounts.setdefault(item.account.id, []).append(item)
        else:
            stance = item.citation.stance
            key = "declines" if stance == "declines" else "sidesteps"
            evading.setdefault(key, []).append(item)
    unanswered = tuple(
        (terms.stance(key), marks_of(same, page, short_answer(claim, same[0].account)))
        for key, same in evading.items()
    )
    return Said(column, accounts, unanswered)
