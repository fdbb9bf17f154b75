"""Checking a page for somebody at the form: how words stand on it, what it says of itself.

What was found goes along with the form, so that the page is asked for once and not at every step.
"""

from __future__ import annotations

from datetime import datetime
from typing import get_args

from app.domain.contributing.records import ApiKey
from app.domain.records.page_checks import Finding
from app.domain.values.canonical import sha256
from app.services.following.check_quotation import PageReport, QuotationChecker
from app.web.following.page_checks import CheckView, seen_view
from app.web.html.forms import Form
from app.web.wording import terms

# Two fields of the form carry what was found. The second names the words that it was found for, so
# that a check of other words is not shown for these; who forges it deceives only themselves.
FOUND, FOUND_FOR = "found", "found_for"


def is_to_be_checked(form: Form) -> bool:
    """Whether the form has words of a page that were not checked yet."""
    return bool(form["url"] and form["quote"]) and form[FOUND_FOR] != _mark(form)


def check_page_of(
    checker: QuotationChecker, key: ApiKey, form: Form, now: datetime
) -> tuple[Form, CheckView]:
    """Check the form's words on its page; the form then has what the page says of itself.

    Only fields in which nothing was typed are filled in. Raises `TooMany`, `AddressRefused` and
    `BadInput`.
    """
    report = checker.check(key, form["url"], form["quote"], now)
    return _filled(form, report), seen_view(report)


def earlier_check(form: Form) -> CheckView | None:
    """What the last check found, as far as the form carries it; None where the words are others."""
    found = form[FOUND]
    if found not in get_args(Finding) or form[FOUND_FOR] != _mark(form):
        return None
    key: Finding = found  # type: ignore[assignment]
    return CheckView(key, terms.finding(key))


def _filled(form: Form, report: PageReport) -> Form:
    looked = form.having(**{FOUND: report.seen.finding, FOUND_FOR: _mark(form)})
    about = report.about
    if about is None:
        return looked.filled(publisher=report.publisher)
    return looked.filled(
        title=about.title,
        published=(about.published or "")[:10],
        language=about.language,
        publisher=report.publisher,
    )


def _mark(form: Form) -> str:
    return sha256(f"{form['url']}\n{form['quote']}")[:16]
