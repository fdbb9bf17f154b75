"""Checking one quotation on one page, for somebody who is about to cite it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from app.domain.contributing.records import ApiKey
from app.domain.quotations.fragments import text_fragment_link
from app.domain.records.page_checks import PageState
from app.domain.records.registers import Registers
from app.errors import BadInput, Sentence
from app.fetching.addresses import judge_url
from app.fetching.fetcher import Fetcher
from app.fetching.pages.values import SaidOfItself
from app.queries.registers import whole_registers
from app.queries.transactions import Transactions
from app.services.following.check_page import QuoteSeen, look_at, quote_on
from app.storage.contributing.rate_limit import consume

MAX_QUOTE = 10_000  # characters
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class PageReport:
    """A page, how a quotation stands on it, and what the page says about itself.

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
        # Pages take their time: both transactions end before anything is fetched. An address that
        # is refused counts too, or the limit would not slow down who tries out addresses.
        with self.database.writing() as session:
            consume(session, f"quote-checks:{key.id}", at, limit=self.an_hour, seconds=_HOUR)
        with self.database.reading() as session:
            registers = whole_registers(session)
        return check_quotation(self.fetcher, registers, url, quote)


def check_quotation(fetcher: Fetcher, registers: Registers, url: str, quote: str) -> PageReport:
    """Follow a link and check a quotation on its page.

    Raises `AddressRefused` for an address that no request is made to, and `BadInput` for a
    quotation that is empty or longer than 10,000 characters.
    """
    if not quote.strip():
        raise BadInput(Sentence("The quotation is empty; copy the words from the page."))
    if len(quote) > MAX_QUOTE:
        raise BadInput(
            Sentence("The quotation is longer than 10,000 characters; quote the decisive words.")
        )
    judge_url(url)
    page = look_at(fetcher, url)
    seen = quote_on(page, quote)
    fetched = page.fetched
    final_url = fetched.final_url if fetched else url
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
        about=page.text.about if page.text else None,
        publisher=guess_publisher(registers, final_url) or guess_publisher(registers, url),
        documents=_documents_at(registers, {_page(url), _page(final_url)}),
    )


def guess_publisher(registers: Registers, url: str) -> str | None:
    """The publisher on record whose site an address belongs to, by its host; None for a stranger.

    The host of the publisher's own address decides, then those of its documents; a host belongs to
    the site whose name it ends in, the longest such name first.
    """
    host = _host(url)
    own = {_host(entry.url): entry.id for entry in registers.publishers.values() if entry.url}
    cited = {
        _host(entry.url): entry.publisher for entry in registers.documents.values() if entry.url
    }
    labels = host.split(".")
    for start in range(len(labels) - 1):
        domain = ".".join(labels[start:])
        if domain in own or domain in cited:
            return own.get(domain) or cited[domain]
    return None


def _documents_at(registers: Registers, pages: set[str]) -> tuple[str, ...]:
    return tuple(
        entry.id
        for entry in registers.documents.values()
        if entry.url and _page(entry.url) in pages
    )


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _page(url: str) -> str:
    return url.partition("#")[0]
