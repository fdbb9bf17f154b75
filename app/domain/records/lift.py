"""Claims of older schemas in the shape of today's: done when they are read, and never in a store.

What a revision says is hashed, so that an older body stays as it was written for good.

Schema 2 has wordings as clauses: in small letters, without a stop (“the troops had pulled back”).
Schema 1 had sentences. Everything else that schema 2 adds may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

Body = Mapping[str, Any]

# Words that opened a wording and are no names. By a list, as no rule tells “Fire broke out” from
# “Shushi fell”: a word that is missing here stays as it was written.
OPENERS = frozenset((
    "A", "About", "After", "All", "Almost", "An", "Another", "Asked", "At", "Before",
    "Between", "Both", "By", "Captured", "Civilian", "Civilians", "Dozens", "During",
    "Each", "Eight", "Eighteen", "Eighty", "Eleven", "Every", "Fewer", "Fifteen", "Fifty",
    "Fighters", "Fighting", "Fire", "Five", "Formations", "Forty", "Four", "Fourteen",
    "From", "He", "Her", "His", "Hundreds", "In", "It", "Its", "Less", "Mainly", "Many",
    "Military", "More", "Nearly", "Nine", "Nineteen", "Ninety", "No", "Nobody", "None",
    "Nothing", "Officials", "On", "One", "Only", "Over", "People", "Representatives",
    "Servicemen", "Seven", "Seventeen", "Seventy", "Several", "She", "Six", "Sixteen",
    "Sixty", "Soldiers", "Some", "Such", "Ten", "That", "The", "Their", "There", "These",
    "They", "Thirteen", "Thirty", "This", "Those", "Thousands", "Three", "Troops", "Twelve",
    "Twenty", "Two", "Under", "Up", "Vehicles", "What", "Whatever", "When", "Where",
    "Whether", "Who", "With",
))  # fmt: skip


def lifted(body: Body) -> Body:
    """A claim's body in today's schema; the same where it is of that already, or of none.

    `body` is one that its schema allows.
    """
    while (step := _STEPS.get(body.get("schema"))) is not None:
        body = step(body)
    return body


def as_clause(wording: str) -> str:
    """A sentence as it reads inside another one: no final stop, no capital but a name's."""
    text = wording.strip().removesuffix(".")
    return f"{text[:1].lower()}{text[1:]}" if opens_with_no_name(text) else text


def opens_with_no_name(wording: str) -> bool:
    """Whether a wording begins with a capital that belongs to no name, as far as is known."""
    first, _space, _rest = wording.partition(" ")
    return re.split("[-,]", first)[0] in OPENERS  # “Captured, …”, “Sixty-eight …”


def _from_sentences(body: Body) -> Body:
    accounts = [_with_clause(account) for account in body.get("accounts", ())]
    return {**body, "schema": 2, **({"accounts": accounts} if accounts else {})}


def _with_clause(account: Body) -> Body:
    if not account.get("wording"):
        return account
    return {**account, "wording": as_clause(account["wording"])}


_STEPS: Mapping[Any, Callable[[Body], Body]] = {1: _from_sentences}
