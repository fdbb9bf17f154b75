"""Checking a page: following its link, reading its words, and comparing quotations with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.quotations.check import QuoteCheck, check_quote
from app.domain.quotations.find import Context, context_of
from app.domain.quotations.fragments import text_directive
from app.domain.quotations.pages import Page, Selector
from app.domain.records.page_checks import Finding, PageState
from app.errors import AddressRefused
from app.fetching.failures import Fetched
from app.fetching.fetcher import Fetcher
from app.fetching.pages.reading import read_page
from app.fetching.pages.shown import what_hides
from app.fetching.pages.values import NotText, NotTextRule, PageText

_UNREAD: dict[NotTextRule, PageState] = {
    "media-type": "not-text",
    "undecodable": "undecodable",
    "scripts": "not-shown",
}


@dataclass(frozen=True, slots=True)
class PageSeen:
    """The result of following a link.

    `fetched` is None where the address itself was refused, `page` and `text` where no words were
    read; `rule` and `reason` say why, as a word and as a sentence.
    """

    url: str
    state: PageState
    rule: str | None
    reason: str
    fetched: Fetched | None
    page: Page | None = None
    text: PageText | None = None


@dataclass(frozen=True, slots=True)
class QuoteSeen:
    """The result of checking a quotation: its finding, and where its words, or words near, are.

    `directive` is the text directive of a link that opens the page at them; empty where none does,
    and None where that is not known.
    """

    finding: Finding
    check: QuoteCheck | None = None
    context: Context | None = None
    directive: str | None = None


def fetch_page(fetcher: Fetcher, url: str) -> PageSeen:
    """Follow a link and read its page; whatever happens is a state, a refused address too."""
    try:
        fetched = fetcher.fetch(url)
    except AddressRefused as refused:
        return PageSeen(url, "unreachable", refused.rule, str(refused), None)
    if fetched.state != "read":
        return PageSeen(url, fetched.state, fetched.rule, fetched.reason, fetched)
    return _seen(url, fetched.body, dict(fetched.headers).get("content-type"), fetched)


def open_page(name: str, body: bytes, content_type: str | None) -> PageSeen:
    """Read a page that was saved, by the name of its file; `content_type` is None where unknown."""
    return _seen(name, body, content_type, None)


def _seen(url: str, body: bytes, content_type: str | None, fetched: Fetched | None) -> PageSeen:
    read = read_page(body, content_type)
    if isinstance(read, NotText):
        return PageSeen(url, _UNREAD.get(read.rule, "unreadable"), read.rule, read.reason, fetched)
    return PageSeen(url, "read", None, fetched.reason if fetched else "", fetched, read.page, read)


def quotes_on(
    seen: PageSeen, quotes: Sequence[tuple[str, Selector | None]], titles: Sequence[str]
) -> tuple[PageSeen, tuple[QuoteSeen, ...]]:
    """Check quotations on a page, each with where it was found before (see `quote_on`).

    Gives the page too, which is `not-shown` where none of the words are on it and something else
    shows to be in its place. `titles` are those of the documents that are on record at its address.
    """
    found = tuple(quote_on(seen, quote, near) for quote, near in quotes)
    findings = {quote.finding for quote in found}
    if seen.text is None or findings & {"verbatim", "struck-out"}:
        return seen, found
    final_url = seen.fetched.final_url if seen.fetched else seen.url
    hidden = what_hides(seen.text, seen.url, final_url, titles)
    # Words near those of a quotation are on many a page of the same subject.
    if hidden is None or ("altered" in findings and not hidden.leads_elsewhere):
        return seen, found
    instead = PageSeen(seen.url, "not-shown", hidden.rule, hidden.reason, seen.fetched)
    return instead, tuple(quote_on(instead, quote) for quote, _ in quotes)


def quote_on(seen: PageSeen, quote: str, near: Selector | None = None) -> QuoteSeen:
    """Check a quotation on a page; `near` is where its words were found before.

    Where the page was not read, its state is the finding.
    """
    if seen.state != "read" or seen.page is None:
        return QuoteSeen("unreachable" if seen.state == "read" else seen.state)
    # Words that occur several times are found where they were, not at their first occurrence.
    check = check_quote(quote, seen.page, near)
    if check.selector is None:
        # The page was read: a link to words that it does not have leads nowhere on it.
        return QuoteSeen(check.verdict, check, directive="")
    return QuoteSeen(
        finding=check.verdict,
        check=check,
        context=context_of(seen.page, check.selector),
        directive=text_directive(check.selector.exact, seen.page, check.selector),
    )
