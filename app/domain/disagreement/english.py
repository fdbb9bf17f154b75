"""The messages of a comparison in English, and how dates and answers read in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from app.domain.dates import parse_date
from app.domain.disagreement.comparison import Message
from app.domain.wording import date_in_words, join, number_in_words

Arguments = dict[str, Any]

# Words that open a wording and are no names, so that they are written small inside a sentence.
_OPENERS = frozenset(
    [
        "A",
        "About",
        "After",
        "All",
        "Almost",
        "An",
        "Another",
        "At",
        "Before",
        "Both",
        "By",
        "Dozens",
        "During",
        "Each",
        "Every",
        "Five",
        "Four",
        "From",
        "He",
        "Her",
        "His",
        "In",
        "It",
        "Its",
        "Many",
        "Military",
        "More",
        "Nearly",
        "No",
        "Nobody",
        "None",
        "Nothing",
        "On",
        "One",
        "Only",
        "Over",
        "Several",
        "She",
        "Six",
        "Soldiers",
        "Some",
        "That",
        "The",
        "Their",
        "There",
        "These",
        "They",
        "This",
        "Those",
        "Three",
        "Troops",
        "Two",
        "Under",
        "Up",
        "What",
        "Who",
        "With",
    ]
)

_RULES = {
    "rounding": "The figures meet at one bound, as rounded ones do.",
    "clock": "The two dates lie a day apart with no time zone given: one midnight can be both.",
    "later-count": "The later count continues the earlier one.",
    "intervals-overlap": "As they are hedged, the figures can both hold.",
    "dates-overlap": "As they are given, the dates can both hold.",
    "option-includes": "One of the answers includes the other.",
    "different-days": "They speak of different days.",
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
    "shift-update": "{speaker} gave a later account{day}: first that {earlier}, then that {later}.",
    "shift-retraction": "{speaker} took back an account{day}: first that {earlier}, then {later}.",
    "shift-clash": "{speaker} changed account{day}: first that {earlier}, then that {later}.",
}


def sentences(messages: Sequence[Message]) -> tuple[str, ...]:
    """Every message as one English sentence (or two short ones)."""
    return tuple(_READERS[message.id](message.arguments) for message in messages)


def clause(wording: str) -> str:
    """A full sentence as it reads inside another one: no final stop, no capital but a name's."""
    text = wording.strip().removesuffix(".")
    first, _, rest = text.partition(" ")
    return f"{first.lower()} {rest}".strip() if first in _OPENERS else text


def answer_in_words(arguments: Arguments) -> str:
    """An account's answer with what it counts: “nearly 500 people killed”, “9 November 2020”."""
    answer, kind = arguments["answer"] or "", arguments["kind"]
    if kind == "quantity":
        counted = (arguments["unit"], arguments["measure"])
        return " ".join([number_in_words(answer), *filter(None, counted)])
    if kind == "date":
        return date_in_words(parse_date(answer))
    return str(answer)


def _day(arguments: Arguments) -> str:
    return date_in_words(parse_date(arguments["day"])) if arguments["day"] else "undated"


def _said(group: Arguments) -> str:
    """“Russia (27 March 2022) says they had pulled back”."""
    holders = [f"{holder['name']} ({_day(holder)})" for holder in group["holders"]]
    several = len(holders) > 1
    plural = several or any(holder["plural"] for holder in group["holders"])
    verb = ("deny" if plural else "denies") if group["denies"] else ("say" if plural else "says")
    return f"{join(holders)} {'each ' if several else ''}{verb} {_content(group)}"


def _content(group: Arguments) -> str:
    if group["wording"]:
        return ("that " if group["denies"] else "") + clause(group["wording"])
    return "this: " + answer_in_words(group) if group["denies"] else answer_in_words(group)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _all_said(arguments: Arguments) -> str:
    return "; ".join(_said(group) for group in arguments["groups"])


def _headed(opening: str) -> Callable[[Arguments], str]:
    def read(arguments: Arguments) -> str:
        said = _all_said(arguments)
        return f"{opening} {said}." if opening else f"{_capital(said)}."

    return read


def _gap_quantity(arguments: Arguments) -> str:
    difference, ratio = arguments["difference"], arguments["ratio"]
    times = f", a ratio of {ratio:g}" if ratio else ""
    return f"The nearer figures lie {difference:,} apart{times}."


def _gap_days(arguments: Arguments) -> str:
    days = arguments["difference"]
    return f"The nearer dates lie {days} day{'s' if days != 1 else ''} apart."


def _silent(arguments: Arguments) -> str:
    names = [f"the {name}" for name in arguments["sides"]]
    if arguments["searched"]:
        return f"From {join(names, 'or')} side nothing was found, and it was searched for."
    return f"From {join(names, 'or')} side nothing is on record, and no search was made."


def _evasive(ending: str) -> Callable[[Arguments], str]:
    def read(arguments: Arguments) -> str:
        names = [f"{holder['name']} ({_day(holder)})" for holder in arguments["holders"]]
        return f"{_capital(join(names))} {ending}."

    return read


def _shift(form: str) -> Callable[[Arguments], str]:
    def read(arguments: Arguments) -> str:
        return _capital(
            form.format(
                speaker=arguments["speaker"],
                day=f" ({_day(arguments)})",
                earlier=_content({**arguments["from"], "denies": False}),
                later=_content({**arguments["to"], "denies": False}),
            )
        )

    return read


def _overruled(arguments: Arguments) -> str:
    return (
        f"{arguments['by']} ({date_in_words(parse_date(arguments['on']))}) reads two accounts as "
        f"“{arguments['relation']}” where the rule gives “{arguments['instead_of']}”: "
        f"{arguments['reason'].removesuffix('.')}."
    )


def _no_account(arguments: Arguments) -> str:
    if arguments["evasive"]:
        return "Nobody on record has answered the question."
    return "Nothing is on record."


def _left_out(arguments: Arguments) -> str:
    count = arguments["count"]
    noun = "statement is" if count == 1 else "statements are"
    return f"{count} undated {noun} left out of this dated view."


_READERS: dict[str, Callable[[Arguments], str]] = {
    "disputed": _headed(""),
    "agreed": _headed("No clash found:"),
    "incomparable": _headed("The accounts cannot be compared:"),
    "one-sided": _headed("One compared side answers:"),
    "outside-only": _headed("No compared side answers;"),
    "no-account": _no_account,
    "gap-quantity": _gap_quantity,
    "gap-days": _gap_days,
    "rule-compatible": lambda arguments: _RULES[arguments["rule"]],
    "rule-not-comparable": lambda arguments: _RULES[arguments["rule"]],
    "divided": _headed("Officials of one side part:"),
    "inner-dissent": _headed("Within one side,"),
    "outside-dissent": _headed("From outside the compared sides,"),
    "reports-differ": _headed("Reports of one utterance differ:"),
    **{name: _shift(form) for name, form in _SHIFTS.items()},
    "silent": _silent,
    "sidesteps": _evasive("spoke without answering"),
    "declined": _evasive("declined to answer"),
    "overruled": _overruled,
    "undated-left-out": _left_out,
}
