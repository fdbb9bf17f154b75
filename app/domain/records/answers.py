"""Typed answers: what an account's text means, by the kind of its claim."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.records.claims import Account, Claim
from app.domain.values.dates import EdtfDate, parse_date
from app.domain.values.hedges import Interval, parse_quantity
from app.errors import BadAnswer, LazyMessage


@dataclass(frozen=True, slots=True)
class YesNo:
    """Whether it happened, or is so."""

    yes: bool


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many, in which unit, by which measure, of whom."""

    interval: Interval
    unit: str | None
    measure: str | None
    scope: str | None


@dataclass(frozen=True, slots=True)
class Dated:
    """When."""

    date: EdtfDate


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the claim's options, with those that it includes, directly or through others.

    An `unknown` one says that it is not known which.
    """

    option: str
    includes: frozenset[str]
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Described:
    """A description; only a curator can say that two of them clash."""

    account: str
    clashes: frozenset[str]


Answer = YesNo | Quantity | Dated | Choice | Described


def parse_answer(claim: Claim, account: Account) -> Answer | None:
    """What an account answers, or None where its statements were made without answering.

    Raises `BadAnswer` (`BadDate` for a date) with a sentence that says what the kind allows.
    """
    # A text until here, in files and revisions alike: how an answer is hedged is evidence, and a
    # parsed number would lose the words.
    text = account.answer
    if text is None:
        return None
    match claim.kind:
        case "yes-no":
            if text not in ("yes", "no"):
                raise BadAnswer(
                    LazyMessage(
                        "“{text}” is not an answer to a yes-no claim; write “yes” or “no”.",
                        text=text,
                    )
                )
            return YesNo(text == "yes")
        case "quantity":
            unit = account.unit or claim.unit
            return Quantity(
                parse_quantity(text, unit),
                unit,
                account.measure or claim.measure,
                account.scope or claim.scope,
            )
        case "date":
            return Dated(parse_date(text))
        case "choice":
            return _choice(claim, text)
        case "text":
            return Described(account.id, frozenset(clash.with_ for clash in account.clashes))


def _choice(claim: Claim, option_id: str) -> Choice:
    options = {option.id: option for option in claim.options}
    if option_id not in options:
        known = ", ".join(options) or "none is named"
        raise BadAnswer(
            LazyMessage(
                "“{option_id}” is not one of the claim's options ({known}).",
                option_id=option_id,
                known=known,
            )
        )
    # What is not checked yet may include itself in a circle; a name that was found is not followed
    # again.
    found: set[str] = set()
    ahead = list(options[option_id].includes)
    while ahead:
        name = ahead.pop()
        if name not in found and name in options:
            found.add(name)
            ahead.extend(options[name].includes)
    return Choice(option_id, frozenset(found), unknown=options[option_id].unknown)
