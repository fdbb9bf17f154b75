"""An account's answer in the few words that a cell or a heading has room for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from app.domain.disagreement.comparison import Comparison, GapSize
from app.domain.disagreement.statements import Cited
from app.domain.records.answers import Choice, Quantity, parse_answer
from app.domain.records.claims import Account, Certainty, Claim
from app.domain.records.registers import Counted, Dossier, Registers
from app.domain.values.hedges import Interval, read_quantity
from app.web.wording import terms
from app.web.wording.locale import gettext as _
from app.web.wording.numbers_and_dates import (
    date_in_words_of,
    figure,
    number_in_words,
    time_apart,
    when_in_words,
)
from app.web.wording.record_text import RecordText, at_start, label_of, name_of


def short_answer(claim: Claim, account: Account) -> str:
    """“almost 600”, “Yes”, “Armenian forces”, “9 November 2020”; for descriptions their wording.

    As it stands alone: a text of the record, which is a clause, has a capital.
    """
    words = answer_inside(claim, account)
    return at_start(words) if isinstance(words, RecordText) else words


def answer_inside(claim: Claim, account: Account) -> str:
    """The same inside a line that something else begins, after a colon as in a sentence."""
    answer = account.answer
    if answer is None:
        return RecordText(account.wording) if account.wording else _("No answer")
    match claim.kind:
        case "yes-no":
            return _("Yes") if answer == "yes" else _("No")
        case "quantity":
            return number_in_words(answer)
        case "date":
            return when_in_words(answer)
        case "choice":
            return RecordText(claim.option(answer).label)
        case "text":
            return RecordText(answer)


def clause_of(claim: Claim, item: Cited) -> str:
    """What a citation says, after a colon: its own wording, its account's, or the answer."""
    wording = item.citation.wording or item.account.wording
    return RecordText(wording) if wording else answer_inside(claim, item.account)


def denied_answer(claim: Claim, account: Account) -> str:
    """“Denies: Armenian forces”."""
    return _("Denies: %s") % answer_inside(claim, account)


def counted(claim: Claim, account: Account, dossier: Dossier) -> str:
    """What a quantity counts: “people killed · the city”; empty for other kinds."""
    if claim.kind != "quantity" or account.answer is None:
        return ""
    measure, scope = account.measure or claim.measure, account.scope or claim.scope
    unit = account.unit or claim.unit
    is_one = account.answer == "1" and unit == "people"
    words = counted_words(
        "person" if is_one else unit, _label(measure, dossier.measure_named(measure), terms.measure)
    )
    return " · ".join(filter(None, (words, scope_in_words(scope, dossier))))


def scope_in_words(scope: str | None, dossier: Dossier) -> str:
    """Who or what is counted, as the dossier's list calls it in the language of the page."""
    return _label(scope, dossier.scope_named(scope), str)


def _label(text: str | None, listed: Counted | None, translate: Callable[[str], str]) -> str:
    """A word of the record by its entry in a list of the dossier, in the page's language."""
    if not text:
        return ""
    label = label_of(listed) if listed else RecordText(text)
    # Where the list has no name in the page's language, the program may know the word.
    known = translate(listed.label if listed else text) if isinstance(label, RecordText) else label
    return known if known != text else label


def counted_words(unit: str | None, measure: str | None) -> str:
    """“people killed”; words that are not known here stay as they are on record."""
    if unit and measure:
        # One message, as Russian, Armenian and Azerbaijani join the two by a comma.
        both = {"unit": terms.unit(unit), "measure": terms.measure(measure)}
        return _("%(unit)s %(measure)s") % both
    return terms.unit(unit or "") or terms.measure(measure or "")


def interval_in_words(claim: Claim, account: Account) -> str:
    """The interval that a hedge is read as, or that it is not known which; else nothing."""
    answer = parse_answer(claim, account)
    if isinstance(answer, Choice) and answer.unknown:
        return _("read as: it is not known which")
    # A number or a range without a hedge is read as it is printed.
    if not isinstance(answer, Quantity) or not read_quantity(account.answer or "").hedge:
        return ""
    return _("read as %(interval)s") % {"interval": _bounds(answer.interval)}


def _bounds(interval: Interval) -> str:
    low = figure(interval.low)
    if interval.high is None:
        return (_("more than %s") if interval.low_open else _("%s or more")) % low
    high = figure(interval.high)
    if interval.high_open:
        return _("%(low)s up to, not including, %(high)s") % {"low": low, "high": high}
    if interval.low_open:
        return _("above %(low)s, up to %(high)s") % {"low": low, "high": high}
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def as_of_in_words(text: str | None) -> str:
    """The moment of a count or a state: “as of 9 November 2020”, “by 17 April 2024”, or nothing."""
    if not text:
        return ""
    if text.startswith(("../", "/")):
        return when_in_words(text)
    if text.endswith(("/..", "/")):
        return date_in_words_of(text)
    return _("as of %(day)s") % {"day": date_in_words_of(text)}


def aside_in_words(claim: Claim, item: Cited, superseded: Collection[str]) -> str:
    """An answer that has no place among days: “Armenian forces (as of December 2020)”."""
    denies = item.citation.stance == "denies"
    words = (denied_answer if denies else short_answer)(claim, item.account)
    notes = [as_of_in_words(item.citation.as_of or item.account.as_of) or _("no day given")]
    if item.citation.reading:
        notes.append(_("editors' reading"))
    if item.citation.id in superseded:
        notes.append(_("no longer current"))
    return _("%(answer)s (%(moment)s)") % {"answer": words, "moment": ", ".join(notes)}


def certainty_in_words(certainty: Certainty) -> str:
    """How surely something was said, where it was not plainly stated: “called likely”."""
    return {"stated": "", "likely": _("called likely"), "possible": _("called possible")}[certainty]


def position_in_words(comparison: Comparison, side: str, shown: Iterable[Cited] = ()) -> str:
    """What a column says at its head, where its accounts alone do not say it.

    `shown` are the citations in the column: a side without a position can have some.
    """
    position = comparison.positions[side]
    match position.position:
        case "silent":
            return without_position(shown) or (
                _("Nothing found.") if position.searched else _("Nothing on record; not searched.")
            )
        case "divided":
            return _("Its officials contradict each other.")
        case "sidesteps":
            return _("Spoke without answering.")
        case "declined":
            return _("Asked, and declined to answer.")
        case "denies":
            return _("Denies, and gives no version of its own.")
        case "holds":
            return _("Unofficial speakers only.") if position.standing == "unofficial" else ""


def without_position(shown: Iterable[Cited]) -> str:
    """Why what is shown of a silent side is no position of it; nothing where nothing is shown."""
    items = list(shown)
    if not items:
        return ""
    if all(item.citation.reading for item in items):
        return _("Only the editors' reading.")
    if all(not item.speakers for item in items):
        return _("Only publishers in their own voice.")
    if all(item.citation.according_to for item in items):
        return _("Only reported by a speaker of another side.")
    return _("No position: only reports by others, the editors' readings or own voices.")


def own_voice(publishers: str) -> str:
    """“AZERTAC (in its own voice)”."""
    return _("%s (in its own voice)") % publishers


def clash_in_words(comparison: Comparison, registers: Registers) -> str:
    """“Armenian – Russian, Azerbaijani – Russian”, or nothing."""
    return ", ".join(
        f"{name_of(registers.sides[found.left])} – {name_of(registers.sides[found.right])}"
        for found in comparison.relations
        if found.relation == "conflict"
    )


def relation_in_words(comparison: Comparison, pair: tuple[str, str]) -> str:
    """The relation of the two sides of a pair on a claim."""
    found = comparison.relation_between(*pair)
    words = terms.relation(found.relation)
    return f"{words}: {terms.reason(found.reason)}" if found.reason else words


def gap_in_words(gap: GapSize | None, unit: str | None = None) -> str:
    """“82 people apart (ratio 5.6)”, “2 days apart”, or nothing; `unit` is that of a quantity."""
    # The bound of a word is our table's: a difference to it would be a figure that nobody gave.
    if gap is None or gap.by_table:
        return ""
    if gap.kind != "quantity":
        return _("%s apart") % time_apart(gap.kind, gap.difference)
    apart = _("%s apart") % _amount(gap.difference, unit)
    if not gap.ratio:
        return apart
    return _("%(apart)s (ratio %(ratio)s)") % {
        "apart": apart,
        # Six digits at most, whatever the division gives.
        "ratio": figure(float(f"{gap.ratio:g}")),
    }


def _amount(number: float, unit: str | None) -> str:
    what = terms.unit("person" if unit == "people" and number == 1 else unit or "")
    return (
        _("%(number)s %(what)s") % {"number": figure(number), "what": what}
        if what
        else figure(number)
    )
