"""The messages of a comparison in English, and how dates and answers read in a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from itertools import pairwise
from typing import Any

from app.domain.disagreement.comparison import Message
from app.domain.values.dates import parse_date
from app.domain.values.wording import date_in_words, join, number_in_words

Arguments = dict[str, Any]

# Words that open a wording and are no names, so that they are written small inside a sentence.
_OPENERS = frozenset((
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

_RULES = {
    "rounding": "The figures meet at one bound, as rounded ones do.",
    "clock": "The two dates are a day apart with no time zone given: one midnight can be both.",
    "later-count": "The later count continues the earlier one.",
    "intervals-overlap": "As they are hedged, the figures can both hold.",
    "dates-overlap": "As they are given, the dates can both hold.",
    "option-includes": "One of the answers includes the other.",
    "different-days": "Some of the accounts speak of different days.",
    "overruled": "An editor has decided how the two stand to each other.",
    "unit": "The figures are not compared: they count different units.",
    "measure": "The figures are not compared: they measure different things.",
    "scope": "The figures are not compared: they count different people or things.",
    "moment": "The accounts are not compared: they speak of different or unknown days.",
    "prose": "The descriptions are not compared: no clash between them has been named.",
    "denials": "A denial of one account and another account are not compared.",
    "no-answer": "A statement without an answer is not compared.",
}

_SHIFTS = {
    "shift-update": "{speaker} gave a later account ({day}): first {earlier}; then {later}.",
    "shift-retraction": "{speaker} took an account back ({day}): first {earlier}; then {later}.",
    "shift-clash": "{speaker} changed the account given ({day}): first {earlier}; then {later}.",
}

_MORE = {
    "divided": ("clash between officials of one side", "clashes between officials of one side"),
    "inner-dissent": ("clash within one side", "clashes within one side"),
    "outside-dissent": (
        "contradiction from outside the compared sides",
        "contradictions from outside the compared sides",
    ),
    "reports-differ": ("pair of differing reports", "pairs of differing reports"),
    "shift-update": ("later account", "later accounts"),
    "shift-retraction": ("account taken back", "accounts taken back"),
    "shift-clash": ("change of account", "changes of account"),
}

_DECIDED = {
    "same": "say the same",
    "compatible": "can both hold",
    "conflict": "conflict",
    "not-comparable": "cannot be compared",
}


def sentences(messages: Sequence[Message]) -> tuple[str, ...]:
    """Every message as one English sentence (or two short ones)."""
    return tuple(_READERS[message.id](message.arguments) for message in messages)


@lru_cache(maxsize=8192)
def clause(wording: str) -> str:
    """A full sentence as it reads inside another one: no final stop, no capital but a name's."""
    text = wording.strip().removesuffix(".")
    first, _, rest = text.partition(" ")
    is_no_name = re.split("[-,]", first)[0] in _OPENERS  # “Captured, …”, “Sixty-eight …”
    return f"{first.lower()} {rest}".strip() if is_no_name else text


def answer_in_words(arguments: Arguments) -> str:
    """An account's answer with what it counts: “nearly 500 people killed”, “9 November 2020”."""
    answer = arguments["answer"] or ""
    return _answer(arguments["kind"], answer, arguments["unit"], arguments["measure"])


# One comparison tells the same few answers and days again and again.
@lru_cache(maxsize=8192)
def _answer(kind: str, answer: str, unit: str | None, measure: str | None) -> str:
    if kind == "quantity":
        counted = "person" if (answer, unit) == ("1", "people") else unit
        number = "dozens of" if answer == "dozens" else number_in_words(answer)
        return " ".join(filter(None, [number, counted, measure]))
    if kind == "date":
        return date_in_words(parse_date(answer))
    return answer.strip().removesuffix(".")


@lru_cache(maxsize=8192)
def _day(day: str | None) -> str:
    return date_in_words(parse_date(day)) if day else "undated"


def _named(holders: Sequence[Arguments]) -> list[str]:
    return [_with_day(holder["name"], _day(holder["said"])) for holder in holders]


def _with_day(name: str, day: str) -> str:
    """“Russia (27 March 2022)”; where a name ends in brackets already, the day goes into them."""
    return f"{name[:-1]}, {day})" if name.endswith(")") else f"{name} ({day})"


def _all_said(groups: Sequence[Arguments]) -> str:
    """Who says what, one after another; what the same holders say next is added with “and”."""
    told = [_said(group) for group in groups[:1]]
    for before, group in pairwise(groups):
        told.append(f", and{_content(group)}" if _goes_on(before, group) else f"; {_said(group)}")
    return "".join(told)


def _goes_on(before: Arguments, group: Arguments) -> bool:
    """Whether a second clause can follow the first: the same holders, both in whole sentences."""
    return bool(
        before["holders"] == group["holders"]
        and before["denies"] == group["denies"]
        and before["wording"]
        and group["wording"]
    )


def _said(group: Arguments) -> str:
    """“Russia (27 March 2022) says that they had pulled back”."""
    holders = group["holders"]
    several = len(holders) > 1
    plural = several or holders[0]["plural"]
    verb = ("deny" if plural else "denies") if group["denies"] else ("say" if plural else "says")
    each = "each " if several else ""
    return f"{join(_named(holders))} {each}{verb}{_content(group)}"


def _content(group: Arguments) -> str:
    """What follows “says” or “denies”: a clause with “that”, or the bare answer."""
    if group["wording"]:
        return f" that {clause(group['wording'])}"
    return f"{' this' if group['denies'] else ''}: {answer_in_words(group)}"


def _told(group: Arguments) -> str:
    """One end of a change: “that they had left”, “a denial of the answer “yes””."""
    if group["wording"]:
        return f"{'a denial ' if group['denies'] else ''}that {clause(group['wording'])}"
    return f"{'a denial of ' if group['denies'] else ''}the answer “{answer_in_words(group)}”"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _headed(opening: str, arguments: Arguments) -> str:
    said = _all_said(arguments["groups"])
    return f"{opening} {said}." if opening else f"{_capital(said)}."


def _reports_differ(arguments: Arguments) -> str:
    one, another = map(_said, arguments["groups"])
    return f"Reports of one utterance differ: by one, {one}; by another, {another}."


def _number(number: float) -> str:
    """Thousands apart, and no more decimals than there are."""
    return f"{number:,.6f}".rstrip("0").rstrip(".")


def _gap_quantity(arguments: Arguments) -> str:
    ratio = arguments["ratio"]
    times = f", a ratio of {_number(ratio)}" if ratio else ""
    return f"The nearer figures are {_number(arguments['difference'])} apart{times}."


def _gap_days(arguments: Arguments) -> str:
    days = arguments["difference"]
    return f"The nearer dates are {days:,} day{'s' if days != 1 else ''} apart."


def _silent(arguments: Arguments) -> str:
    names = join([f"the {name}" for name in arguments["sides"]], "or")
    if arguments["searched"]:
        return f"A search found nothing from {names} side."
    return f"Nothing is on record from {names} side, and no search was made."


def _evasive(ending: str, arguments: Arguments) -> str:
    return f"{_capital(join(_named(arguments['holders'])))} {ending}."


def _shift(form: str, arguments: Arguments) -> str:
    earlier, later = _told(arguments["from"]), _told(arguments["to"])
    speaker, day = arguments["speaker"], _day(arguments["day"])
    return _capital(form.format(speaker=speaker, day=day, earlier=earlier, later=later))


def _more(arguments: Arguments) -> str:
    count = arguments["count"]
    one, many = _MORE[arguments["kind"]]
    return (
        f"{count:,} more {one} is on record."
        if count == 1
        else f"{count:,} more {many} are on record."
    )


def _overruled(arguments: Arguments) -> str:
    day = _day(arguments["on"])
    reason = arguments["reason"].strip().removesuffix(".")
    decided, ruled = _DECIDED[arguments["relation"]], _DECIDED[arguments["instead_of"]]
    return (
        f"{arguments['by']} ({day}) decided that two accounts {decided}, with the reason "
        f"“{reason}”; by the rule they {ruled}."
    )


def _no_account(arguments: Arguments) -> str:
    if arguments["evasive"]:
        return "Nobody on record has answered the question."
    return "Nothing is on record."


def _left_out(arguments: Arguments) -> str:
    count = arguments["count"]
    noun = "citation is" if count == 1 else "citations are"
    return f"{count:,} undated {noun} left out of this dated view."


_READERS: dict[str, Callable[[Arguments], str]] = {
    "disputed": partial(_headed, ""),
    "agreed": partial(_headed, "No clash found:"),
    "incomparable": partial(_headed, "The accounts cannot be compared:"),
    "one-sided": partial(_headed, "One compared side answers:"),
    "outside-only": partial(_headed, "No compared side answers;"),
    "no-account": _no_account,
    "gap-quantity": _gap_quantity,
    "gap-days": _gap_days,
    "rule-compatible": lambda arguments: _RULES[arguments["rule"]],
    "rule-not-comparable": lambda arguments: _RULES[arguments["rule"]],
    "divided": partial(_headed, "Officials of one side differ:"),
    "inner-dissent": partial(_headed, "Voices of one side differ:"),
    "outside-dissent": partial(_headed, "Contradicted from outside the compared sides:"),
    "reports-differ": _reports_differ,
    "more": _more,
    **{name: partial(_shift, form) for name, form in _SHIFTS.items()},
    "silent": _silent,
    "sidesteps": partial(_evasive, "spoke without answering"),
    "declined": partial(_evasive, "declined to answer"),
    "overruled": _overruled,
    "undated-left-out": _left_out,
}
