"""The engine's messages as sentences in the language of the page, English like any other.

A message is an id with arguments (`domain.disagreement.messages` and `effects`). No sentence is
stored, so that one can be corrected without comparing anything again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain

from app.domain.disagreement.comparison import Comparison, Message
from app.domain.records.registers import Registers
from app.web.wording import effects, terms
from app.web.wording.further import further
from app.web.wording.locale import DEFAULT, N_, language, ngettext, pgettext, translated
from app.web.wording.locale import gettext as _
from app.web.wording.numbers_and_dates import day_in_words, figure, listed, time_apart
from app.web.wording.record_text import RecordText, name_of
from app.web.wording.reported_speech import (
    Arguments,
    account,
    account_in_words,
    answer_in_words,
    apposed,
    holder_names,
    is_record_language,
    names_alone,
    shortened,
    statement,
    statements,
    trimmed,
    undated,
    with_capital,
    with_source,
    without_stop,
    wordings,
)


def explanations(comparison: Comparison, registers: Registers) -> tuple[str, ...]:
    """Every explanation of a comparison, the one that a reader needs first at the head.

    Older engines stored sentences in English: their comparisons, which past revisions hold, stay
    in the words in which they were shown, and are rendered in other languages where they can be.
    """
    stored, messages = comparison.explanations, comparison.messages
    if stored and (language() == DEFAULT or len(messages) != len(stored)):
        return tuple(RecordText(sentence, DEFAULT) for sentence in stored)
    return tuple(chain.from_iterable(_sentences(message, registers) for message in messages))


def with_explanations(comparison: Comparison, registers: Registers) -> Comparison:
    """A comparison as the API answers it: with its messages as sentences too."""
    return comparison.model_copy(update={"explanations": explanations(comparison, registers)})


def sentence_of(message: Message, registers: Registers) -> str:
    """One message in the language of the page; `registers` have names of bodies and sides in it."""
    if message.id in _LEADS:
        return " ".join(_sentences(message, registers))
    return _READERS[message.id](message.arguments, registers)


MAX_LEAD = 240
"""How long the first sentence may be, in characters: it stands above everything else on a page."""

_MAX_SEARCH = 60  # characters

_WHOLE = N_("%(said)s.")
_FURTHER = N_("Further answers: %(said)s.")


def _sentences(message: Message, registers: Registers) -> tuple[str, ...]:
    """One message as a sentence, or a lead with what it has no room for in a sentence below it."""
    if message.id in _LEADS:
        return _lead(_LEADS[message.id], message.arguments["groups"], registers)
    return (sentence_of(message, registers),)


def _lead(frame: str, groups: Sequence[Arguments], registers: Registers) -> tuple[str, ...]:
    """The fullest way of saying everything in its room; else what there is room for, and the rest.

    Nobody is left out of the first sentence as long as all fit into it without wordings and days.
    """
    for said, left_over in _leads(groups):  # noqa: B007
        sentence = _said(frame, said, registers)
        if len(sentence) <= MAX_LEAD:
            break
    # Of one holder, the answer alone can be too long: it is said all the same.
    return (sentence, _said(_FURTHER, left_over, registers)) if left_over else (sentence,)


def _leads(groups: Sequence[Arguments]) -> Iterator[tuple[list[Arguments], list[Arguments]]]:
    """Ways of saying who says what, each shorter than the one before, with what it leaves over."""
    short = [shortened(group) for group in groups]
    brief = [undated(group) for group in short]
    yield list(groups), []
    yield short, []
    yield _each_once(brief), []
    for shown in range(len(groups) - 1, 1, -1):
        yield short[:shown], list(groups[shown:])
    # Who disagrees with whom comes before when each said it.
    yield brief[:2], list(groups[2:])
    yield short[:1], list(groups[1:])
    yield brief[:1], list(groups[1:])
    holders = groups[0]["holders"]
    for shown in range(len(holders) - 1, 0, -1):
        some = {**brief[0], "holders": brief[0]["holders"][:shown]}
        yield [some], [{**groups[0], "holders": holders[shown:]}, *groups[1:]]


def _each_once(groups: Sequence[Arguments]) -> list[Arguments]:
    """Without what reads the same as one before it, as accounts of several days do without them."""
    said: list[Arguments] = []
    for group in ({**group, "account": None} for group in groups):
        if group not in said:
            said.append(group)
    return said


def _said(frame: str, groups: Sequence[Arguments], registers: Registers) -> str:
    sentence = translated(frame) % {"said": statements(groups, registers)}
    return with_source(with_capital(sentence), wordings(groups))


def _headed(frame: str, arguments: Arguments, registers: Registers) -> str:
    return _said(frame, arguments["groups"], registers)


def _reports_differ(arguments: Arguments, registers: Registers) -> str:
    one, another = (without_stop(statement(group, registers)) for group in arguments["groups"])
    sentence = _("Reports of one utterance differ: by one, %(one)s; by another, %(another)s.")
    sentence %= {"one": one, "another": another}
    return with_source(sentence, wordings(arguments["groups"]))


def _part_exceeds_whole(arguments: Arguments, registers: Registers) -> str:
    ends = {end: without_stop(statement(arguments[end], registers)) for end in ("part", "whole")}
    sentence = _(
        "A part is counted above its whole: of the part, %(part)s; of the whole, %(whole)s."
    )
    return with_source(sentence % ends, wordings((arguments["part"], arguments["whole"])))


def _gap_quantity(arguments: Arguments, registers: Registers) -> str:
    counted = {"kind": "quantity", "unit": None, "measure": None}
    if "groups" not in arguments:  # as engines before the fourth stored it
        return _("The nearer figures are %s apart.") % figure(arguments["difference"])
    unit = arguments["groups"][0]["unit"]
    size = {**counted, "answer": f"{arguments['difference']}", "unit": unit}
    parts = _between(arguments, registers) | {"apart": answer_in_words(size)}
    if arguments["ratio"]:
        parts["ratio"] = figure(arguments["ratio"])
        sentence = _(
            "%(left)s (%(left_answer)s) and %(right)s (%(right_answer)s) are %(apart)s apart, "
            "a ratio of %(ratio)s."
        )
    else:
        sentence = _(
            "%(left)s (%(left_answer)s) and %(right)s (%(right_answer)s) are %(apart)s apart."
        )
    scopes = (group.get("scope") for group in arguments["groups"])
    return with_source(with_capital(sentence % parts), scopes)


def _between(arguments: Arguments, registers: Registers) -> dict[str, str]:
    """The two ends of a gap: who, and which figure or date."""
    left, right = arguments["groups"]
    return {
        "left": names_alone(left["holders"], registers),
        "left_answer": answer_in_words(left),
        "right": names_alone(right["holders"], registers),
        "right_answer": answer_in_words(right),
    }


def _gap_dates(arguments: Arguments, registers: Registers) -> str:
    apart = time_apart(arguments.get("kind", "days"), arguments["difference"])
    if "groups" not in arguments:
        return _("The nearer dates are %s apart.") % apart
    return with_capital(
        _("%(left)s (%(left_answer)s) and %(right)s (%(right_answer)s) are %(apart)s apart.")
        % (_between(arguments, registers) | {"apart": apart})
    )


def _rule(arguments: Arguments, registers: Registers) -> str:
    rule = terms.rule(arguments["rule"])
    if "left" not in arguments:  # as engines before the fourth stored it
        if arguments["rule"] == "clock":
            rule = terms.rule("clock-of-days")
        return with_capital(translated(_WHOLE) % {"said": rule})
    parts = {
        "left": names_alone(arguments["left"], registers),
        "right": names_alone(arguments["right"], registers),
        "rule": rule,
    }
    if "left_counts" not in arguments:
        # “A and B and C” leaves open who is set beside whom.
        several = len(arguments["left"]) + len(arguments["right"]) > 2
        parts["left"] = (
            f"{parts['left']}," if several and is_record_language() else apposed(parts["left"])
        )
        return with_capital(_("%(left)s and %(right)s: %(rule)s.") % parts)
    counts = (arguments["left_counts"], arguments["right_counts"])
    parts["left_counts"], parts["right_counts"] = map(_counted, counts)
    sentence = _("%(left)s (%(left_counts)s) and %(right)s (%(right_counts)s): %(rule)s.") % parts
    # Units and measures have words in each language.
    scopes = chain.from_iterable(counts) if arguments["rule"] == "scope" else ()
    return with_source(with_capital(sentence), scopes)


def _counted(words: Sequence[str | None]) -> str:
    return listed([terms.measure(terms.unit(word)) if word else _("not given") for word in words])


def _beginning(words: str) -> str:
    """The first words of a search, which may be a list of many; the page has all of them."""
    if len(words) <= _MAX_SEARCH:
        return words
    return f"{words[:_MAX_SEARCH].rpartition(' ')[0].rstrip(',;')} …"


def _silent(arguments: Arguments, registers: Registers) -> str:
    # Messages hold the names of sides as the record has them, and not their ids.
    by_name = {side.name: name_of(side) for side in registers.sides.values()}
    names = [pgettext("side", "the %s") % by_name.get(name, name) for name in arguments["sides"]]
    # Other languages would have to inflect the names after a word for “or”.
    sides = listed(names, either=True) if is_record_language() else ", ".join(names)
    if arguments.get("words"):
        asked = {
            "words": _beginning(arguments["words"]),
            "where": arguments["where"],
            "day": day_in_words(arguments["on"]),
            "sides": sides,
        }
        sentence = _(
            "Our search of %(where)s for “%(words)s” (%(day)s) found nothing from %(sides)s side."
        )
        return with_source(sentence % asked, [asked["where"]])
    if arguments["searched"]:
        return _("Our search found nothing from %s side.") % sides
    return _("Nothing is on record from %s side, and no search was made.") % sides


def _evasive(frame: str, arguments: Arguments, registers: Registers) -> str:
    return with_capital(translated(frame) % holder_names(arguments["holders"], registers))


def _shift(frame: str, arguments: Arguments, _registers: Registers) -> str:
    later = arguments["said"] if "said" in arguments else arguments["day"]
    parts = {
        "speaker": apposed(arguments["speaker"]),
        "earlier": account(arguments["from"]),
        "later": without_stop(account(arguments["to"])),
        "later_day": day_in_words(later),
    }
    # Engines before the fourth stored no day of the earlier statement.
    if "earlier_said" in arguments:
        dated = {"what": parts["earlier"], "day": day_in_words(arguments["earlier_said"])}
        parts["earlier"] = _("%(what)s (%(day)s)") % dated
    sentence = with_capital(translated(frame) % parts)
    return with_source(sentence, wordings((arguments["from"], arguments["to"])))


def _more(arguments: Arguments, registers: Registers) -> str:
    more = further(arguments["kind"], arguments["count"]) % figure(arguments["count"])
    sides = {side.name: name_of(side) for side in registers.sides.values()}
    side = sides.get(arguments.get("side") or "")
    return _("%(side)s: %(more)s") % {"side": side, "more": more} if side else more


def _overruled(arguments: Arguments, _registers: Registers) -> str:
    parts = {
        "by": arguments["by"],
        "day": day_in_words(arguments["on"]),
        "decided": terms.relation(arguments["relation"]),
        "reason": trimmed(arguments["reason"]),
        "ruled": terms.relation(arguments["instead_of"]),
    }
    if "ends" not in arguments:
        return with_capital(
            _(
                "%(by)s (%(day)s) decided that two accounts %(decided)s, with the reason "
                "“%(reason)s”; by the rule they %(ruled)s."
            )
            % parts
        )
    one, other = (account_in_words(end) for end in arguments["ends"])
    sentence = _(
        "%(by)s (%(day)s) decided that two accounts (%(one)s; %(other)s) %(decided)s, with the "
        "reason “%(reason)s”; by the rule they %(ruled)s."
    )
    sentence %= parts | {"one": one, "other": other}
    return with_source(with_capital(sentence), wordings(arguments["ends"]))


def _no_account(arguments: Arguments, _registers: Registers) -> str:
    if arguments["evasive"]:
        return _("Nobody on record has answered the question.")
    if arguments.get("reported"):
        return _("Nobody on record answers; what is shown is only another side's report.")
    if arguments.get("readings"):
        return _("Nobody on record answers; what is shown is the editors' reading.")
    return _("Nothing is on record.")


def _left_out(arguments: Arguments, _registers: Registers) -> str:
    count = arguments["count"]
    form = ngettext(
        "%s undated citation is left out of this dated view.",
        "%s undated citations are left out of this dated view.",
        count,
    )
    return form % figure(count)


_LEADS = {
    "disputed": _WHOLE,
    "agreed": N_("No clash found: %(said)s."),
    "incomparable": N_("The accounts cannot be compared: %(said)s."),
    "one-sided": N_("One compared side answers: %(said)s."),
    "outside-only": N_("No compared side answers; %(said)s."),
}

_READERS: Mapping[str, Callable[[Arguments, Registers], str]] = {
    "further": partial(_headed, _FURTHER),
    "no-account": _no_account,
    "gap-quantity": _gap_quantity,
    "gap-dates": _gap_dates,
    "gap-days": _gap_dates,  # as engines before the fourth named it
    "part-exceeds-whole": _part_exceeds_whole,
    "rule-compatible": _rule,
    "rule-not-comparable": _rule,
    "divided": partial(_headed, N_("Officials of one side differ: %(said)s.")),
    "inner-dissent": partial(_headed, N_("Voices of one side differ: %(said)s.")),
    "outside-dissent": partial(
        _headed, N_("Contradicted from outside the compared sides: %(said)s.")
    ),
    "unordered": partial(
        _headed, N_("One speaker has said both, in an order that is not known: %(said)s.")
    ),
    "reports-differ": _reports_differ,
    "more": _more,
    "shift-update": partial(
        _shift,
        N_("%(speaker)s gave a later account: first %(earlier)s; then %(later)s (%(later_day)s)."),
    ),
    "shift-retraction": partial(
        _shift,
        N_("%(speaker)s took an account back: first %(earlier)s; then %(later)s (%(later_day)s)."),
    ),
    "shift-clash": partial(
        _shift,
        N_("%(speaker)s changed account: first %(earlier)s; then %(later)s (%(later_day)s)."),
    ),
    "silent": _silent,
    "sidesteps": partial(_evasive, N_("%s spoke without answering.")),
    "declined": partial(_evasive, N_("%s declined to answer.")),
    "overruled": _overruled,
    "undated-left-out": _left_out,
    **effects.READERS,
}
