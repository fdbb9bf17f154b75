"""Who says what: holders of an account with their days, and the account, inside a sentence.

A wording of the record is put into a sentence in the record's own language as a clause (“says that
they had left”). In any other it stays as the editors wrote it, without quotation marks, as nobody
said it in these words; the sentence ends by saying once whose English it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

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
from app.web.wording.record_text import RECORD_LANGUAGE, RecordText, at_start, name_of

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
    # Translators: “Russia and Armenia each”, before “say that …” or “deny that …”.
    who = _("%s each") % who if several else who
    frame = _frame(group, 2 if several or holders[0]["plural"] else 1)
    return frame % {"who": who, "what": hedged_account(group)}


def undated(group: Arguments) -> Arguments:
    """The same, said without the days: a sentence that must be short leaves them to the page."""
    return {**group, "holders": [{**holder, "said": ""} for holder in group["holders"]]}


def shortened(group: Arguments) -> Arguments:
    """The same by its answer, where that is shorter than its wording."""
    answer = answer_in_words(group)
    is_short = answer and len(answer) < len(group["wording"] or "")
    return {**group, "wording": None} if is_short else group


def hedged_account(group: Arguments) -> str:
    """What an account says, as surely as the speaker said it: “it is likely that they had left”."""
    words = account_in_words(group)
    match group.get("certainty"), bool(group["wording"]):
        case "likely", True:
            return _("it is likely that %s") % words
        case "possible", True:
            return _("it is possible that %s") % words
        case "likely", False:
            return _("%s (likely)") % words
        case "possible", False:
            return _("%s (possible)") % words
    return words


def apposed(name: str) -> str:
    """A name before its verb: “Ilham Aliyev, President of Azerbaijan,” has a second comma."""
    return f"{name}," if _has_title(name) else name


def _has_title(name: str) -> bool:
    return is_record_language() and ", " in name.partition(" (")[0]


def _in_a_row(names: Sequence[str]) -> str:
    """“Russia and Armenia”; after the title of one that is not the last there is a comma."""
    *others, last = names
    if any(map(_has_title, others)):
        # Else “A, President of X and B” gives B's name to what A presides over.
        return f"{', '.join(others)}, and {last}"
    return listed(names)


def account(group: Arguments) -> str:
    """One end of a change: “that they had left”, “a denial of the answer “yes””."""
    if group["wording"]:
        frame = _("a denial that %s") if group["denies"] else _("that %s")
    else:
        frame = _("a denial of this answer: %s") if group["denies"] else _("this answer: %s")
    return frame % hedged_account(group)


def account_in_words(group: Arguments) -> str:
    """What an account says: its wording as it reads inside a sentence, or else its answer."""
    if group["wording"]:
        return trimmed(group["wording"])
    return answer_in_words(group)


def answer_in_words(group: Arguments) -> str:
    """An account's answer with what it counts: “nearly 500 people killed”, “9 November 2020”."""
    answer = group["answer"]
    if not answer:
        return ""
    words = _bare_answer(group, answer)
    scope = group.get("scope")
    return _("%(what)s (%(scope)s)") % {"what": words, "scope": scope} if scope else words


def _bare_answer(group: Arguments, answer: str) -> str:
    match group["kind"]:
        case "yes-no" if answer in ("yes", "no"):
            return pgettext("answer", "yes") if answer == "yes" else pgettext("answer", "no")
        case "quantity":
            return _quantity(answer, group["unit"], group["measure"])
        case "date":
            return when_in_words(answer)
        case _:
            return pgettext("answer", "%s") % trimmed(answer)


def names_alone(holders: Sequence[Arguments], registers: Registers) -> str:
    """“Russia and Armenia”, without days."""
    return _in_a_row([_name(holder, registers) for holder in holders])


def holder_names(holders: Sequence[Arguments], registers: Registers) -> str:
    """“Russia (27 March 2022) and Armenia (undated)”, as the subject of a sentence."""
    *others, last = (_holder(holder, registers) for holder in holders)
    return _in_a_row([*others, apposed(last)])


def with_capital(sentence: str) -> str:
    """A sentence that may begin with a name on record (“the Highland authorities”)."""
    return str(at_start(RecordText(sentence, language())))


def with_source(sentence: str, english: Iterable[str | None]) -> str:
    """A sentence with a word on whose English is in it, where the page is in another language."""
    # Once, after its stop: a mark at each wording would be longer than some of the wordings.
    if is_record_language() or not any(english):
        return sentence
    return " ".join((sentence, _("(The English wordings are the editors'.)")))


def wordings(groups: Iterable[Arguments]) -> list[str | None]:
    """What of the editors' own English `account_in_words` puts into a sentence."""
    return [
        group["wording"]
        or group.get("scope")
        or (group["answer"] if group["kind"] in ("choice", "text") else None)
        for group in groups
    ]


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
    name, when = _name(holder, registers), _when(holder)
    if not when:
        return name
    # Brackets after brackets read as a mistake.
    if is_record_language() and name.endswith(")"):
        return f"{name[:-1]}, {when})"
    return _("%(name)s (%(day)s)") % {"name": name, "day": when}


def _when(holder: Arguments) -> str:
    """When it was said, and through whom it is known where that is through another alone."""
    # Empty where the days are left out, None where none is known.
    day = "" if holder["said"] == "" else day_in_words(holder["said"])
    reporter = holder.get("according_to")
    if not reporter:
        return day
    if not day:
        return _("according to %s") % str(reporter)
    return _("%(day)s, according to %(reporter)s") % {"day": day, "reporter": reporter}


def _name(holder: Arguments, registers: Registers) -> str:
    if holder["kind"] == "body" and holder["id"] in registers.bodies:
        return name_of(registers.bodies[holder["id"]])
    return str(holder["name"])
