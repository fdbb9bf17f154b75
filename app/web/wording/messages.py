"""The engine's messages as sentences in the language of a page.

In English they are the sentences that the engine itself stored. In other languages a frame is put
around names and answers that inflects none of them, and wordings of the record stand in quotation
marks, in the language in which they were written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from app.domain.disagreement.comparison import Comparison, Message
from app.domain.records.registers import Registers
from app.web.wording import terms
from app.web.wording.answers import counted_words
from app.web.wording.locale import DEFAULT, language, ngettext
from app.web.wording.locale import gettext as _
from app.web.wording.numbers_and_dates import (
    date_in_words_of,
    day_in_words,
    figure,
    listed,
    number_in_words,
)
from app.web.wording.record_text import Written, name_of

Arguments = dict[str, Any]


def explanations(comparison: Comparison, registers: Registers) -> tuple[str, ...]:
    """Every explanation of a comparison, the one that a reader needs first at the head.

    What an older program stored without messages stays in its English.
    """
    stored, messages = comparison.explanations, comparison.messages
    if language() == DEFAULT or len(messages) != len(stored):
        return tuple(Written(sentence, DEFAULT) for sentence in stored)
    return tuple(told(message, registers) for message in messages)


def told(message: Message, registers: Registers) -> str:
    """One message in the language of the page."""
    return _READERS[message.id](message.arguments, registers)


def _headed(opening: Callable[[], str], arguments: Arguments, registers: Registers) -> str:
    said = "; ".join(_said(group, registers) for group in arguments["groups"])
    return opening() % {"said": _without_stop(said)}


def _said(group: Arguments, registers: Registers) -> str:
    """Who says what: “Russia (27 March 2022): “they had pulled back””."""
    frame = _("%(who)s – denial of: %(what)s") if group["denies"] else _("%(who)s: %(what)s")
    return frame % {"who": _named(group["holders"], registers), "what": _answer(group)}


def _account(account: Arguments) -> str:
    return (_("denial of: %s") if account["denies"] else "%s") % _answer(account)


def _answer(group: Arguments) -> str:
    """What an account answers: its wording, in quotation marks, or else its answer in words."""
    if group["wording"]:
        return _quoted(group["wording"])
    kind, answer = group["kind"], group["answer"] or ""
    match kind:
        case "yes-no" if answer in ("yes", "no"):
            return _("Yes") if answer == "yes" else _("No")
        case "quantity":
            words = counted_words(group["unit"], group["measure"])
            number = number_in_words(answer)
            if not words:
                return number
            return _("%(number)s (%(what)s)") % {"number": number, "what": words}
        case "date":
            return date_in_words_of(answer)
        case _:
            return _quoted(answer)


def _quoted(text: str) -> str:
    return _("“%s”") % text.strip().removesuffix(".")


def _without_stop(text: str) -> str:
    """The end of a sentence without the stop of an abbreviation: the sentence brings its own."""
    return text.removesuffix(".")


def _named(holders: Sequence[Arguments], registers: Registers) -> str:
    return listed([_holder(holder, registers) for holder in holders])


def _holder(holder: Arguments, registers: Registers) -> str:
    name, day = holder["name"], day_in_words(holder["said"])
    if holder["kind"] == "body" and holder["id"] in registers.bodies:
        name = name_of(registers.bodies[holder["id"]])
    return _("%(name)s (%(day)s)") % {"name": name, "day": day}


def _reports_differ(arguments: Arguments, registers: Registers) -> str:
    one, another = (_without_stop(_said(group, registers)) for group in arguments["groups"])
    return _("Reports of one utterance differ. One: %(one)s. Another: %(another)s.") % {
        "one": one,
        "another": another,
    }


def _gap_quantity(arguments: Arguments, _registers: Registers) -> str:
    apart, ratio = figure(arguments["difference"]), arguments["ratio"]
    if not ratio:
        return _("Distance between the nearer figures: %s.") % apart
    return _("Distance between the nearer figures: %(apart)s; ratio: %(ratio)s.") % {
        "apart": apart,
        "ratio": figure(ratio),
    }


def _gap_days(arguments: Arguments, _registers: Registers) -> str:
    days = int(arguments["difference"])
    told = ngettext(
        "Distance between the nearer dates: %s day.",
        "Distance between the nearer dates: %s days.",
        days,
    )
    return told % figure(days)


def _rule(arguments: Arguments, _registers: Registers) -> str:
    return terms.rule(arguments["rule"])


def _silent(arguments: Arguments, registers: Registers) -> str:
    by_name = {side.name: name_of(side) for side in registers.sides.values()}
    sides = ", ".join(by_name.get(name, name) for name in arguments["sides"])
    if arguments["searched"]:
        return _("A search found nothing from these sides: %s.") % sides
    return _("Nothing is on record from these sides, and no search was made: %s.") % sides


def _evasive(told: Callable[[], str], arguments: Arguments, registers: Registers) -> str:
    return told() % _named(arguments["holders"], registers)


def _shift(told: Callable[[], str], arguments: Arguments, _registers: Registers) -> str:
    return told() % {
        "speaker": arguments["speaker"],
        "day": day_in_words(arguments["day"]),
        "earlier": _account(arguments["from"]),
        "later": _without_stop(_account(arguments["to"])),
    }


def _more(arguments: Arguments, _registers: Registers) -> str:
    return _further(arguments["kind"], arguments["count"]) % figure(arguments["count"])


def _further(kind: str, count: int) -> str:
    return {
        "divided": ngettext(
            "%s more clash between officials of one side is on record.",
            "%s more clashes between officials of one side are on record.",
            count,
        ),
        "inner-dissent": ngettext(
            "%s more clash within one side is on record.",
            "%s more clashes within one side are on record.",
            count,
        ),
        "outside-dissent": ngettext(
            "%s more contradiction from outside the compared sides is on record.",
            "%s more contradictions from outside the compared sides are on record.",
            count,
        ),
        "reports-differ": ngettext(
            "%s more pair of differing reports is on record.",
            "%s more pairs of differing reports are on record.",
            count,
        ),
        "shift-update": ngettext(
            "%s more later account is on record.",
            "%s more later accounts are on record.",
            count,
        ),
        "shift-retraction": ngettext(
            "%s more account taken back is on record.",
            "%s more accounts taken back are on record.",
            count,
        ),
        "shift-clash": ngettext(
            "%s more change of account is on record.",
            "%s more changes of account are on record.",
            count,
        ),
    }[kind]


def _overruled(arguments: Arguments, _registers: Registers) -> str:
    return _(
        "An editor's decision (%(by)s, %(day)s) on how two accounts stand to each other: "
        "%(decided)s. Reason: %(reason)s. By the rule: %(ruled)s."
    ) % {
        "by": arguments["by"],
        "day": day_in_words(arguments["on"]),
        "decided": terms.relation(arguments["relation"]),
        "reason": _quoted(arguments["reason"]),
        "ruled": terms.relation(arguments["instead_of"]),
    }


def _no_account(arguments: Arguments, _registers: Registers) -> str:
    if arguments["evasive"]:
        return _("Nobody on record has answered the question.")
    return _("Nothing is on record.")


def _left_out(arguments: Arguments, _registers: Registers) -> str:
    count = arguments["count"]
    told = ngettext(
        "%s undated citation is left out of this dated view.",
        "%s undated citations are left out of this dated view.",
        count,
    )
    return told % figure(count)


_READERS: Mapping[str, Callable[[Arguments, Registers], str]] = {
    "disputed": partial(_headed, lambda: _("%(said)s.")),
    "agreed": partial(_headed, lambda: _("No clash found: %(said)s.")),
    "incomparable": partial(_headed, lambda: _("The accounts cannot be compared: %(said)s.")),
    "one-sided": partial(_headed, lambda: _("One compared side answers: %(said)s.")),
    "outside-only": partial(_headed, lambda: _("No compared side answers; others: %(said)s.")),
    "no-account": _no_account,
    "gap-quantity": _gap_quantity,
    "gap-days": _gap_days,
    "rule-compatible": _rule,
    "rule-not-comparable": _rule,
    "divided": partial(_headed, lambda: _("Officials of one side differ: %(said)s.")),
    "inner-dissent": partial(_headed, lambda: _("Voices of one side differ: %(said)s.")),
    "outside-dissent": partial(
        _headed, lambda: _("Contradicted from outside the compared sides: %(said)s.")
    ),
    "reports-differ": _reports_differ,
    "more": _more,
    "shift-update": partial(
        _shift,
        lambda: _("%(speaker)s – a later account (%(day)s). First: %(earlier)s; then: %(later)s."),
    ),
    "shift-retraction": partial(
        _shift,
        lambda: _(
            "%(speaker)s – an account taken back (%(day)s). First: %(earlier)s; then: %(later)s."
        ),
    ),
    "shift-clash": partial(
        _shift,
        lambda: _("%(speaker)s – another account (%(day)s). First: %(earlier)s; then: %(later)s."),
    ),
    "silent": _silent,
    "sidesteps": partial(_evasive, lambda: _("Spoke without answering: %s.")),
    "declined": partial(_evasive, lambda: _("Declined to answer: %s.")),
    "overruled": _overruled,
    "undated-left-out": _left_out,
}
