"""Claims on record that show what a word means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.storage import tables

_CLAIMS = tables.claims.c
_ACCOUNTS = tables.accounts.c


@dataclass(frozen=True, slots=True)
class AnswerOnRecord:
    """An account's answer, with the claim that it answers."""

    claim: str
    question: str
    account: str
    answer: str


def hedged_answer(session: Session, words: Sequence[str]) -> AnswerOnRecord | None:
    """The first answer to “how many” that is hedged with one of these words, by claim and account.

    A word before a number, as in “almost 600”, or the answer's only word, as “dozens”.
    """
    ways = [_ACCOUNTS.answer.startswith(f"{word} ", autoescape=True) for word in words]
    row = session.execute(
        select(_CLAIMS.id, _CLAIMS.question, _ACCOUNTS.id, _ACCOUNTS.answer)
        .join_from(tables.accounts, tables.claims, _CLAIMS.id == _ACCOUNTS.claim)
        .where(_CLAIMS.kind == "quantity", or_(_ACCOUNTS.answer.in_(words), *ways))
        .order_by(_CLAIMS.id, _ACCOUNTS.ordinal)
        .limit(1)
    ).one_or_none()
    return None if row is None else AnswerOnRecord(*row)
