"""Who says what: holders of an account with their days, and the account, inside a sentence.

A wording of the record is put into a sentence in the record's own language as a clause (“says that
they had left”). In any other it is quoted as it was written, by frames in the catalogues: to go on
in it, the words around it would have to be inflected, and it would have to be translated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from app.domain.records.lift import as_clause
from app.domain.records.registers import Registers
from app.domain.values.hedges import SHARES, read_quantity
from app.web.wording import terms
from app.web.wording.answers import counted_words
from app.web.wording.locale import gettext as _
from app.web.wording.locale import language, ngettext, pgettext
from app.web.wording.numbers_and_dates import (
    best_figure,
    day_in_words,
    figures,
    listed,
    when_in_words,
    with_best,
)
from app.web.wording.record_text import RECORD_LANGUAGE, at_start, name_of

Arguments = Mapping[str, Any]


def is_record_language() -> bool:
    """Whether a page is in the language of the record's texts, so that they fit its sentences."""
    return language() == RECORD_LANGUAGE


def statements(groups: Sequence[Arguments], registers: Registers) -> str:
    """Who says what, one after another, without a stop at the end.

    What the same holders say next is added to their clause.
    """
    clauses = [statement(group, registers) for group in groups[:1]]
    for before, group in pairwise(groups):
        clauses.append(
            f", and that {account_in_words(group)}"
            if is_record_language() and _same_speech(before, group)
            else f"; {statement(group, registers)}"
        )
    return without_stop("".join(clauses))


def statement(group: Arguments, registers: Registers) -> str:
    """“Russia (27 March 2022) says that they had pulled back”."""
    holders = group["holders"]
    who = holder_names(holders, registers)
    several = len(holders) > 1
    if several:
        # Translators: “Russia and Armenia each”, before “say that …” or “deny that …”.
        who = _("%s each") % who
    frame = _frame(group, 2 if several or holders[0]["plural"] else 1)
    return frame % {"who": who, "what": account_in_words(group)}


def account(group: Arguments) -> str:
    """One end of a change: “that they had left”, “a denial of the answer “yes””."""
    if group["wording"]:
        frame = _("a denial that %s") if group["denies"] else _("that %s")
    else:
        frame = _("a denial of the answer “%s”") if group["denies"] else _("the answer “%s”")
    return frame % account_in_words(group)


def account_in_words(group: Arguments) -> str:
    """What an account says: its wording as it reads inside a sentence, or else its answer."""
    if group["wording"]:
        return as_clause(group["wording"]) if is_record_language() else trimmed(group["wording"])
    return answer_in_words(group)


def answer_in_words(group: Arguments) -> str:
    """An account's answer with what it counts: “nearly 500 people killed”, “9 November 2020”."""
    answer = group["answer"]
    if not answer:
        return ""
    match group["kind"]:
        case "yes-no" if answer in ("yes", "no"):
            return pgettext("answer", "yes") if answer == "yes" else pgettext("answer", "no")
        case "quantity":
            return _quantity(answer, group["unit"], group["measure"])
        case "date":
            return when_in_words(answer)
        case _:
            return pgettext("answer", "%s") % trimmed(answer)


def holder_names(holders: Sequence[Arguments], registers: Registers) -> str:
    """“Russia (27 March 2022) and Armenia (undated)”."""
    return listed([_holder(holder, registers) for holder in holders])


def with_capital(sentence: str) -> str:
    """A sentence that may begin with a name on record (“the Highland authorities”)."""
    return at_start(sentence) if is_record_language() else sentence


def trimmed(text: str) -> str:
    """A text of the record without the stop at its end."""
    return text.strip().removesuffix(".")


def without_stop(text: str) -> str:
    """The end of a sentence without the stop of an abbreviation: the sentence brings its own."""
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text


def _same_speech(before: Arguments, group: Arguments) -> bool:
    """Whether a second clause can follow the first: the same holders, both in whole sentences."""
    return bool(
        before["holders"] == group["holders"]
        and before["denies"] == group["denies"]
        and before["wording"]
        and group["wording"]
    )


def _frame(group: Arguments, number: int) -> str:
    """A frame for words and who says or denies them; `number` is that of the verb."""
    match bool(group["wording"]), group["denies"]:
        case True, False:
            return ngettext("%(who)s says that %(what)s", "%(who)s say that %(what)s", number)
        case True, True:
            return ngettext("%(who)s denies that %(what)s", "%(who)s deny that %(what)s", number)
        case False, True:
            return ngettext("%(who)s denies this: %(what)s", "%(who)s deny this: %(what)s", number)
        case _:
            return ngettext("%(who)s says: %(what)s", "%(who)s say: %(what)s", number)


def _quantity(answer: str, unit: str | None, measure: str | None) -> str:
    words, best = _counted(answer, unit, measure), best_figure(answer)
    return with_best(words, best) if best else words


def _counted(answer: str, unit: str | None, measure: str | None) -> str:
    number = figures(answer)
    is_one = unit == "people" and read_quantity(answer).numbers == ("1",)
    what = counted_words("person" if is_one else unit, measure)
    # “Half” is of what is measured, not of a percent.
    if answer in SHARES:
        what = terms.measure(measure or "")
    if not what:
        return number
    several = _several().get(answer)
    return (
        several % what if several else _("%(number)s %(what)s") % {"number": number, "what": what}
    )


def _several() -> Mapping[str, str]:
    return {
        "dozens": _("dozens of %s"),
        "hundreds": _("hundreds of %s"),
        "thousands": _("thousands of %s"),
        "tens of thousands": _("tens of thousands of %s"),
    }


def _holder(holder: Arguments, registers: Registers) -> str:
    """“Russia (27 March 2022)”; where a name ends in brackets already, the day goes into them."""
    name, day = holder["name"], day_in_words(holder["said"])
    if holder["kind"] == "body" and holder["id"] in registers.bodies:
        name = name_of(registers.bodies[holder["id"]])
    # Brackets after brackets read as a mistake.
    if is_record_language() and name.endswith(")"):
        return f"{name[:-1]}, {day})"
    return _("%(name)s (%(day)s)") % {"name": name, "day": day}
