"""An account's answer in the few words that a cell or a heading has room for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.disagreement.comparison import Comparison, GapSize
from app.domain.disagreement.statements import Cited
from app.domain.records.answers import Quantity, parse_answer
from app.domain.records.claims import Account, Claim
from app.domain.records.registers import Registers
from app.domain.values.hedges import Interval, read_quantity
from app.web.wording import terms
from app.web.wording.locale import gettext as _
from app.web.wording.locale import ngettext
from app.web.wording.numbers_and_dates import figure, number_in_words, when_in_words
from app.web.wording.record_text import RecordText, name_of


def short_answer(claim: Claim, account: Account) -> str:
    """“almost 600”, “Yes”, “Armenian forces”, “9 November 2020”; for descriptions their wording."""
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


def counted(claim: Claim, account: Account) -> str:
    """What a quantity counts: “people killed · the city”; empty for other kinds."""
    if claim.kind != "quantity" or account.answer is None:
        return ""
    unit, measure = account.unit or claim.unit, account.measure or claim.measure
    scope = account.scope or claim.scope
    return " · ".join(word for word in (counted_words(unit, measure), scope) if word)


def counted_words(unit: str | None, measure: str | None) -> str:
    """“people killed”; words that are not known here stay as they are on record."""
    if unit and measure:
        # One message, as Russian, Armenian and Azerbaijani join the two by a comma.
        both = {"unit": terms.unit(unit), "measure": terms.measure(measure)}
        return _("%(unit)s %(measure)s") % both
    return terms.unit(unit or "") or terms.measure(measure or "")


def interval_in_words(claim: Claim, account: Account) -> str:
    """The interval that a hedge is read as; nothing for plain numbers and ranges."""
    answer = parse_answer(claim, account)
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


OTHERS = "others"


def _column_of(item: Cited, speaker_side: str | None, sides: Sequence[str]) -> str:
    """The column that shows a citation; an own voice is shown with its publisher's side."""
    # Shown there, and yet no position of that side: only its speakers make one.
    side = speaker_side or item.publisher.side or OTHERS
    return side if side in sides else OTHERS


def by_column(evidence: Iterable[Cited], sides: Sequence[str]) -> dict[str, list[Cited]]:
    """Citations by the column that shows them; those of joint speakers are in several."""
    columns: dict[str, list[Cited]] = {side: [] for side in (*sides, OTHERS)}
    for item in evidence:
        speaker_sides: list[str | None] = [speaker.side for speaker in item.speakers] or [None]
        for column in dict.fromkeys(_column_of(item, side, sides) for side in speaker_sides):
            columns[column].append(item)
    return columns


def position_in_words(comparison: Comparison, side: str) -> str:
    """What a column says at its head, where its accounts alone do not say it."""
    position = comparison.positions[side]
    match position.position:
        case "silent":
            return (
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


def gap_in_words(gap: GapSize | None) -> str:
    """“82 apart (5.6 to 1)”, “2 days apart”, or nothing."""
    if gap is None:
        return ""
    if gap.kind == "days":
        days = int(gap.difference)
        return ngettext("%d day apart", "%d days apart", days) % days
    apart = _("%s apart") % figure(gap.difference)
    if not gap.ratio:
        return apart
    return _("%(apart)s (ratio %(ratio)s)") % {
        "apart": apart,
        # Six digits at most, whatever the division gives.
        "ratio": figure(float(f"{gap.ratio:g}")),
    }
