"""Checking one quotation on one page, for a person who is about to cite it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.contributing.records import ApiKey
from app.domain.quotations.fragments import text_fragment_link
from app.domain.records.page_checks import PageState
from app.domain.records.registers import Registers
from app.domain.values.addresses import domains_of, judge_url, site_of
from app.domain.values.canonical_addresses import address_key, declared_page
from app.errors import BadInput, LazyMessage
from app.fetching.fetcher import Fetcher
from app.fetching.pages.values import SaidOfItself
from app.queries.registers import PageMatch, match_page
from app.queries.transactions import Transactions
from app.services.following.check_page import (
    PageSeen,
    QuoteSeen,
    fetch_page,
    open_page,
    quotes_on,
)
from app.storage.contributing.rate_limit import consume

MAX_QUOTE = 10_000  # characters
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class PageReport:
    """A page, the check of a quotation on it, and what the page says about itself.

    `source` opens the page at the words where they were found. `about` is None where the page was
    not read. `publisher` is a guess from the addresses on record, `documents` are those on record
    whose address this is; both hold ids.
    """

    url: str
    final_url: str
    at: datetime | None
    state: PageState
    rule: str | None
    reason: str
    status: int | None
    quote: str
    seen: QuoteSeen
    source: str
    about: SaidOfItself | None
    publisher: str | None
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuotationChecker:
    """Checks quotations for the holders of keys, `an_hour` of them for each."""

    database: Transactions
    fetcher: Fetcher
    an_hour: int

    def check(self, key: ApiKey, url: str, quote: str, at: datetime) -> PageReport:
        """Follow a link and check a quotation on its page; of the page nothing is stored.

        Raises `TooMany`, and what `check_quotation` raises.
        """
        # Pages take their time: no transaction is open while one is fetched. An address that
        # is refused counts too, or the limit would not slow down who tries out addresses.
        with self.database.writing() as session:
            consume(session, f"quote-checks:{key.id}", at, limit=self.an_hour, seconds=_HOUR)
        return check_quotation(self.fetcher, self._match, url, quote)

    def _match(self, urls: Sequence[str]) -> PageMatch:
        with self.database.reading() as session:
            return match_page(session, urls)


PageMatcher = Callable[[Sequence[str]], PageMatch]
"""What is known of the page at these addresses, the one that it was found at first."""


def check_quotation(fetcher: Fetcher, match: PageMatcher, url: str, quote: str) -> PageReport:
    """Follow a link and check a quotation on its page; what is on record of it is looked up after.

    Raises `AddressRefused` for an address that no request is made to, and `BadInput` for a
    quotation that is empty or longer than 10,000 characters.
    """
    _judge_quote(quote)
    judge_url(url)
    page = fetch_page(fetcher, url)
    fetched = page.fetched
    final_url = fetched.final_url if fetched else url
    # Where redirects led may be on record as another document: its title is not this page's.
    page, (seen,) = quotes_on(page, [(quote, None)], match([url]).titles)
    about = page.text.about if page.text else None
    declared = declared_page(final_url, about.canonical) if about and about.canonical else None
    known = match([final_url, url, *filter(None, [declared])])
    return PageReport(
        url=url,
        final_url=final_url,
        at=fetched.at if fetched else None,
        state=page.state,
        rule=page.rule,
        reason=page.reason,
        status=fetched.status if fetched else None,
        quote=quote,
        seen=seen,
        source=text_fragment_link(url, quote, seen.directive),
        about=about,
        publisher=known.publisher,
        documents=known.documents,
    )


def check_saved_page(
    name: str, body: bytes, content_type: str | None, quote: str
) -> tuple[PageSeen, QuoteSeen]:
    """Check a quotation on a page that was saved: the page as it was read, and the check.

    `name` is that of its file; raises `BadInput` as `check_quotation` does.
    """
    _judge_quote(quote)
    page, (seen,) = quotes_on(open_page(name, body, content_type), [(quote, None)], ())
    return page, seen


def _judge_quote(quote: str) -> None:
    if not quote.strip():
        raise BadInput(LazyMessage("The quotation is empty; copy the words from the page."))
    if len(quote) > MAX_QUOTE:
        raise BadInput(
            LazyMessage("The quotation is longer than 10,000 characters; quote the decisive words.")
        )


def match_page_among(registers: Registers, urls: Sequence[str]) -> PageMatch:
    """What `match_page` reads in a database, from the registers of files."""
    own = {_host(entry.url): entry.id for entry in registers.publishers.values() if entry.url}
    documents = [entry for entry in registers.documents.values() if entry.url]
    sites = {_host(entry.url or ""): entry.publisher for entry in documents} | own
    pages = {address_key(url) for url in urls} - {None}
    here = [entry for entry in documents if address_key(entry.url) in pages]
    return PageMatch(
        publisher=next((sites[d] for url in urls for d in domains_of(url) if d in sites), None),
        documents=tuple(entry.id for entry in here),
        titles=tuple(entry.title for entry in here),
    )


def _host(url: str) -> str:
    return (site_of(url) or "").partition("/")[0]
