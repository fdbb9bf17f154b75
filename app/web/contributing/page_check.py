"""Looking at a page for somebody at the form: how words stand on it, what it says of itself.

What was found goes along with the form, so that the page is asked for once and not at every step.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args

from fastapi import Request

from app.domain.contributing.records import ApiKey
from app.domain.records.page_checks import Finding
from app.domain.values.canonical import sha256
from app.errors import TooMany
from app.fetching.fetcher import Fetcher
from app.queries.registers import whole_registers
from app.services.following.check_quotation import PageReport, check_page
from app.settings import Settings
from app.storage.contributing.rate_limit import hit
from app.web.following.page_checks import CheckView, seen_view
from app.web.html.forms import Form
from app.web.http.dependencies import database_of
from app.web.wording import terms

_HOUR = 3600
FOUND, FOUND_FOR = "found", "found_for"


def is_to_be_looked_at(form: Form) -> bool:
    """Whether the form has words of a page that were not looked for yet."""
    return bool(form["url"] and form["quote"]) and form[FOUND_FOR] != _mark(form)


def look_for(request: Request, key: ApiKey, form: Form) -> tuple[Form, CheckView]:
    """Look for the form's words on its page; the form then has what the page says of itself.

    Only fields in which nothing was typed are filled in. Raises `TooMany`, `AddressRefused` and
    `BadInput`. Nothing is fetched within a transaction.
    """
    settings: Settings = request.app.state.settings
    database = database_of(request)
    fetcher: Fetcher = request.app.state.fetcher
    with database.writing() as session:
        bucket, most = f"quote-checks:{key.id}", settings.quote_checks_an_hour
        wait = hit(session, bucket, datetime.now(UTC), most=most, seconds=_HOUR)
    if wait is not None:
        raise TooMany(wait)
    with database.reading() as session:
        registers = whole_registers(session)
    report = check_page(fetcher, registers, form["url"], form["quote"])
    return _filled(form, report), seen_view(report)


def found_before(form: Form) -> CheckView | None:
    """What the last look found, as far as the form carries it; None where the words are others."""
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
