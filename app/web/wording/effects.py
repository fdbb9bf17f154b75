"""What a change would do to a comparison (`domain.disagreement.effects`), message by message."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from app.domain.records.registers import Body, Registers, Side
from app.web.wording import terms
from app.web.wording.locale import N_, ngettext, pgettext, translated
from app.web.wording.locale import gettext as _
from app.web.wording.numbers_and_dates import (
    figure,
    listed,
    number_in_words,
    time_apart,
    when_in_words,
)
from app.web.wording.record_text import name_of
from app.web.wording.reported_speech import (
    Arguments,
    account_in_words,
    trimmed,
    with_capital,
    with_source,
)

_CLAIM = {
    "disputed": N_("The claim would be disputed."),
    "agreed": N_("No clash would be found between the compared sides."),
    "incomparable": N_("No two answers of the compared sides could be compared."),
    "one-sided": N_("One of the compared sides would answer, and no other."),
    "outside-only": N_("Only voices from outside the compared sides would answer."),
    "no-account": N_("Nobody on record would answer."),
}
_ONE_AND_ONE = {
    "conflict": N_("%(left)s and %(right)s would conflict."),
    "same": N_("%(left)s and %(right)s would say the same."),
    "compatible": N_("What %(left)s and %(right)s say could both hold."),
    "not-comparable": N_("What %(left)s and %(right)s say could not be compared."),
    "silent": N_("One of %(left)s and %(right)s would give no answer."),
    "no-conflict": N_("%(left)s and %(right)s would no longer conflict."),
}
_OF_SEVERAL = {
    **_ONE_AND_ONE,
    "conflict": N_("%(left)s would conflict with %(right)s."),
    "same": N_("%(left)s would say the same as %(right)s."),
    "compatible": N_("What %(left)s say could hold together with what %(right)s say."),
    "not-comparable": N_("What %(left)s say could not be compared with what %(right)s say."),
    "no-conflict": N_("%(left)s would no longer conflict with %(right)s."),
}


def _would_be(arguments: Arguments, _registers: Registers) -> str:
    return translated(_CLAIM[arguments["state"]])


def _would_relate(arguments: Arguments, registers: Registers) -> str:
    left, right = arguments["left"], arguments["right"]
    # “A and B and C would conflict” leaves open who with whom: of several, each end is named apart.
    frames = _ONE_AND_ONE if len(left) == len(right) == 1 else _OF_SEVERAL
    frame = frames[arguments["relation"]]
    return with_capital(
        translated(frame) % {"left": _names(left, registers), "right": _names(right, registers)}
    )


def _would_hold(arguments: Arguments, registers: Registers) -> str:
    parts = {
        "side": _name(arguments["side"], registers),
        "then": _position(arguments["then"]),
        "now": _position(arguments["now"]),
    }
    sentence = with_capital(_("%(side)s: %(then)s; until now %(now)s.") % parts)
    held = (*arguments["then"]["accounts"], *arguments["now"]["accounts"])
    return with_source(sentence, (account["wording"] for account in held))


def _would_lie_apart(arguments: Arguments, _registers: Registers) -> str:
    then, now = (_distance(arguments[when], arguments["unit"]) for when in ("then", "now"))
    return _("The sides would lie %(then)s apart; until now %(now)s.") % {"then": then, "now": now}


def _would_rest(arguments: Arguments, _registers: Registers) -> str:
    # Without `now` the account is a new one.
    then, now, account = arguments["then"], arguments["now"], arguments["account"]
    parts = {
        "account": _in_words(account),
        "citations": _counted(then, "citations"),
        "origins": _counted(then, "origins"),
    }
    if not now:
        sentence = _("This account would rest on %(citations)s of %(origins)s: %(account)s.")
        return with_source(sentence % parts, [account["wording"]])
    earlier = {"citations_now": now["citations"], "origins_now": now["origins"]}
    sentence = _(
        "This account would rest on %(citations)s of %(origins)s (until now on "
        "%(citations_now)s, of %(origins_now)s): %(account)s."
    )
    return with_source(sentence % (parts | earlier), [account["wording"]])


def _names(named: Sequence[Arguments], registers: Registers) -> str:
    return listed([_name(each, registers) for each in named])


def _name(named: Arguments, registers: Registers) -> str:
    """A body or side as it is called in the language of the page, a speaker as on record."""
    known: Mapping[str, Mapping[str, Body | Side]]
    known = {"body": registers.bodies, "side": registers.sides}
    # A speaker's name is not translated: the record has it in one language.
    entry = known.get(named["kind"], {}).get(named["id"])
    return name_of(entry) if entry else named["name"]


def _position(held: Arguments) -> str:
    accounts = held["accounts"]
    match held["position"]:
        case "silent":
            return _("nothing on record")
        case "declined":
            return _("an answer declined")
        case "sidesteps":
            return _("words without an answer")
        case "denies":
            return listed([_denial(account) for account in accounts])
        case "divided":
            if not accounts:
                return _("divided between denials")
            return _("divided: %s") % listed([_clause(account) for account in accounts])
        case _:
            return listed([_clause(account) for account in accounts])


def _clause(account: Arguments) -> str:
    words = _in_words(account)
    return _("that %s") % words if account["wording"] else words


def _denial(account: Arguments) -> str:
    form = _("a denial that %s") if account["wording"] else _("a denial of this answer: %s")
    return form % _in_words(account)


def _in_words(account: Arguments) -> str:
    """An account in a few words: its wording, which is nobody's quotation, or its answer."""
    if account["wording"]:
        return account_in_words(account)
    answer: str = account["answer"] or ""
    match account["kind"]:
        case _ if not answer:
            return _("no answer")
        case "yes-no":
            return pgettext("answer", "yes") if answer == "yes" else pgettext("answer", "no")
        case "quantity":
            return number_in_words(answer)
        case "date":
            return when_in_words(answer)
    return _("“%s”") % trimmed(answer)


def _distance(gap: Arguments | None, unit: str | None) -> str:
    if gap is None:
        return _("at no measured distance")
    if gap["kind"] != "quantity":
        return time_apart(gap["kind"], gap["difference"])
    counted = terms.unit(unit or "")
    number = figure(gap["difference"])
    return _("%(number)s %(what)s") % {"number": number, "what": counted} if counted else number


def _counted(counts: Arguments, what: str) -> str:
    number: int = counts[what]
    if what == "citations":
        return ngettext("%d citation", "%d citations", number) % number
    return ngettext("%d origin", "%d origins", number) % number


READERS: Mapping[str, Callable[[Arguments, Registers], str]] = {
    "would-be": _would_be,
    "would-relate": _would_relate,
    "would-hold": _would_hold,
    "would-lie-apart": _would_lie_apart,
    "would-rest": _would_rest,
}
