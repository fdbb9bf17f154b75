"""The engine's messages as sentences in the language of the page, English like any other.

A message is an id with arguments (`domain.disagreement.messages` and `effects`). No sentence is
stored, so that one can be corrected without comparing anything again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from app.domain.disagreement.comparison import Comparison, Message
from app.domain.records.registers import Registers
from app.web.wording import effects, terms
from app.web.wording.locale import DEFAULT, N_, language, ngettext, pgettext, translated
from app.web.wording.locale import gettext as _
from app.web.wording.numbers_and_dates import day_in_words, figure, listed
from app.web.wording.record_text import RecordText, name_of
from app.web.wording.reported_speech import (
    Arguments,
    account,
    holder_names,
    is_record_language,
    statement,
    statements,
    trimmed,
    with_capital,
    without_stop,
)


def explanations(comparison: Comparison, registers: Registers) -> tuple[str, ...]:
    """Every explanation of a comparison, the one that a reader needs first at the head.

    Older engines stored sentences in English: their comparisons, which past revisions hold, stay
    in the words in which they were shown, and are rendered in other languages where they can be.
    """
    stored, messages = comparison.explanations, comparison.messages
    if stored and (language() == DEFAULT or len(messages) != len(stored)):
        return tuple(RecordText(sentence, DEFAULT) for sentence in stored)
    return tuple(sentence_of(message, registers) for message in messages)


def with_explanations(comparison: Comparison, registers: Registers) -> Comparison:
    """A comparison as the API answers it: with its messages as sentences too."""
    return comparison.model_copy(update={"explanations": explanations(comparison, registers)})


def sentence_of(message: Message, registers: Registers) -> str:
    """One message in the language of the page; `registers` have names of bodies and sides in it."""
    return _READERS[message.id](message.arguments, registers)


def _headed(frame: str, arguments: Arguments, registers: Registers) -> str:
    return with_capital(translated(frame) % {"said": statements(arguments["groups"], registers)})


def _reports_differ(arguments: Arguments, registers: Registers) -> str:
    one, another = (without_stop(statement(group, registers)) for group in arguments["groups"])
    return _("Reports of one utterance differ: by one, %(one)s; by another, %(another)s.") % {
        "one": one,
        "another": another,
    }


def _gap_quantity(arguments: Arguments, _registers: Registers) -> str:
    apart, ratio = figure(arguments["difference"]), arguments["ratio"]
    if not ratio:
        return _("The nearer figures are %s apart.") % apart
    return _("The nearer figures are %(apart)s apart, a ratio of %(ratio)s.") % {
        "apart": apart,
        "ratio": figure(ratio),
    }


def _gap_days(arguments: Arguments, _registers: Registers) -> str:
    days = int(arguments["difference"])
    form = ngettext(
        "The nearer dates are %s day apart.", "The nearer dates are %s days apart.", days
    )
    return form % figure(days)


def _rule(arguments: Arguments, _registers: Registers) -> str:
    return terms.rule(arguments["rule"])


def _silent(arguments: Arguments, registers: Registers) -> str:
    # Messages hold the names of sides as the record has them, and not their ids.
    by_name = {side.name: name_of(side) for side in registers.sides.values()}
    names = [pgettext("side", "the %s") % by_name.get(name, name) for name in arguments["sides"]]
    # Other languages would have to inflect the names after a word for “or”.
    sides = listed(names, either=True) if is_record_language() else ", ".join(names)
    if arguments["searched"]:
        return _("A search found nothing from %s side.") % sides
    return _("Nothing is on record from %s side, and no search was made.") % sides


def _evasive(frame: str, arguments: Arguments, registers: Registers) -> str:
    return with_capital(translated(frame) % holder_names(arguments["holders"], registers))


def _shift(frame: str, arguments: Arguments, _registers: Registers) -> str:
    parts = {
        "speaker": arguments["speaker"],
        "day": day_in_words(arguments["day"]),
        "earlier": account(arguments["from"]),
        "later": without_stop(account(arguments["to"])),
    }
    return with_capital(translated(frame) % parts)


def _more(arguments: Arguments, _registers: Registers) -> str:
    return _further(arguments["kind"], arguments["count"]) % figure(arguments["count"])


def _further(kind: str, count: int) -> str:
    # Whole sentences: what is counted is inflected with its number in other languages.
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
        "%(by)s (%(day)s) decided that two accounts %(decided)s, with the reason “%(reason)s”; "
        "by the rule they %(ruled)s."
    ) % {
        "by": arguments["by"],
        "day": day_in_words(arguments["on"]),
        "decided": terms.relation(arguments["relation"]),
        "reason": trimmed(arguments["reason"]),
        "ruled": terms.relation(arguments["instead_of"]),
    }


def _no_account(arguments: Arguments, _registers: Registers) -> str:
    if arguments["evasive"]:
        return _("Nobody on record has answered the question.")
    return _("Nothing is on record.")


def _left_out(arguments: Arguments, _registers: Registers) -> str:
    count = arguments["count"]
    form = ngettext(
        "%s undated citation is left out of this dated view.",
        "%s undated citations are left out of this dated view.",
        count,
    )
    return form % figure(count)


_READERS: Mapping[str, Callable[[Arguments, Registers], str]] = {
    "disputed": partial(_headed, N_("%(said)s.")),
    "agreed": partial(_headed, N_("No clash found: %(said)s.")),
    "incomparable": partial(_headed, N_("The accounts cannot be compared: %(said)s.")),
    "one-sided": partial(_headed, N_("One compared side answers: %(said)s.")),
    "outside-only": partial(_headed, N_("No compared side answers; %(said)s.")),
    "no-account": _no_account,
    "gap-quantity": _gap_quantity,
    "gap-days": _gap_days,
    "rule-compatible": _rule,
    "rule-not-comparable": _rule,
    "divided": partial(_headed, N_("Officials of one side differ: %(said)s.")),
    "inner-dissent": partial(_headed, N_("Voices of one side differ: %(said)s.")),
    "outside-dissent": partial(
        _headed, N_("Contradicted from outside the compared sides: %(said)s.")
    ),
    "reports-differ": _reports_differ,
    "more": _more,
    "shift-update": partial(
        _shift,
        N_("%(speaker)s gave a later account (%(day)s): first %(earlier)s; then %(later)s."),
    ),
    "shift-retraction": partial(
        _shift,
        N_("%(speaker)s took an account back (%(day)s): first %(earlier)s; then %(later)s."),
    ),
    "shift-clash": partial(
        _shift,
        N_("%(speaker)s changed the account given (%(day)s): first %(earlier)s; then %(later)s."),
    ),
    "silent": _silent,
    "sidesteps": partial(_evasive, N_("%s spoke without answering.")),
    "declined": partial(_evasive, N_("%s declined to answer.")),
    "overruled": _overruled,
    "undated-left-out": _left_out,
    **effects.READERS,
}
