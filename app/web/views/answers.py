"""An account's answer in the few words that a cell or a heading has room for."""

from __future__ import annotations

from app.domain.answers import Quantity, parse_answer
from app.domain.claims import Account, Claim
from app.domain.hedges import Interval
from app.web.i18n import gettext as _
from app.web.views import terms
from app.web.views.wording import date_in_words_of, figure, number_in_words
from app.web.views.written import Written


def short_answer(claim: Claim, account: Account) -> str:
    """“almost 600”, “Yes”, “Armenian forces”, “9 November 2020”; for descriptions their wording."""
    answer = account.answer
    if answer is None:
        return Written(account.wording) if account.wording else _("No answer")
    match claim.kind:
        case "yes-no":
            return _("Yes") if answer == "yes" else _("No")
        case "quantity":
            return number_in_words(answer)
        case "date":
            return date_in_words_of(answer)
        case "choice":
            return Written(claim.option(answer).label)
        case "text":
            return Written(answer)


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
        both = {"unit": terms.unit(unit), "measure": terms.measure(measure)}
        return _("%(unit)s %(measure)s") % both
    return terms.unit(unit or "") or terms.measure(measure or "")


def interval_in_words(claim: Claim, account: Account) -> str:
    """The interval that a hedge is read as, or nothing for a plain number."""
    answer = parse_answer(claim, account)
    if not isinstance(answer, Quantity) or (account.answer or "").isdigit():
        return ""
    return _("read as %(interval)s") % {"interval": _bounds(answer.interval)}


def _bounds(interval: Interval) -> str:
    low = figure(interval.low)
    if interval.high is None:
        return (_("more than %s") if interval.low_open else _("%s or more")) % low
    high = figure(interval.high)
    if interval.high_open:
        return _("%(low)s up to, not including, %(high)s") % {"low": low, "high": high}
    return _("%(low)s to %(high)s") % {"low": low, "high": high}
