"""Checking quotations in the documents that they are cited from.

Against local texts, or against pages of the web; nothing is stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from itertools import zip_longest
from urllib.parse import urlsplit

from app.domain.quotations.check import check_quote
from app.domain.quotations.differences import Difference
from app.domain.quotations.pages import Page
from app.domain.records.claims import Citation
from app.domain.records.page_checks import Finding
from app.dossiers.record import RecordFiles
from app.fetching.fetcher import Fetcher
from app.services.following.check_page import fetch_page, quotes_on

THREADS = 16

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class QuoteFound:
    """The result for one quotation; `unchecked` where there is no text of its document.

    `reason` says in a sentence why a page was not read, and `differences` where the page words it
    otherwise.
    """

    claim: str
    citation: str
    document: str
    quote: str
    finding: Finding
    reason: str = ""
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class _Quoted:
    claim: str
    citation: Citation
    quote: str

    def found(
        self, finding: Finding, reason: str = "", differences: tuple[Difference, ...] = ()
    ) -> QuoteFound:
        key = self.citation.id
        document = self.citation.document
        return QuoteFound(self.claim, key, document, self.quote, finding, reason, differences)


def verify_quotes(
    record: RecordFiles,
    texts: Mapping[str, str],
    claim_id: str | None = None,
    progress: Progress = lambda _done, _all: None,
) -> Iterator[QuoteFound]:
    """Check every quotation (or one claim's) against the texts of documents, by document id."""
    by_document = _quotations(record, claim_id)
    for done, (document, quotations) in enumerate(by_document.items(), start=1):
        page = Page(texts[document]) if document in texts else None
        for quoted in quotations:
            if page is None:
                yield quoted.found("unchecked")
            else:
                check = check_quote(quoted.quote, page)
                yield quoted.found(check.verdict, differences=check.differences)
        progress(done, len(by_document))


def verify_pages(
    record: RecordFiles,
    fetcher: Fetcher,
    claim_id: str | None = None,
    progress: Progress = lambda _done, _all: None,
) -> Iterator[QuoteFound]:
    """Check every quotation (or one claim's) on its page on the web, each page fetched once.

    Those of documents without an address are `unchecked`.
    """
    addresses = {entry.id: entry.url for entry in record.sources.documents if entry.url}
    titles: dict[str, list[str]] = defaultdict(list)
    for entry in record.sources.documents:
        titles[entry.url or ""].append(entry.title)
    by_page: dict[str, list[_Quoted]] = defaultdict(list)
    for document, quotations in _quotations(record, claim_id).items():
        if document in addresses:
            by_page[addresses[document]].extend(quotations)
        else:
            yield from (quoted.found("unchecked") for quoted in quotations)
    with ThreadPoolExecutor(THREADS) as pool:
        checks = [
            pool.submit(_on_page, fetcher, url, by_page[url], titles[url])
            for url in _by_hosts(by_page)
        ]
        for done, check in enumerate(as_completed(checks), start=1):
            yield from check.result()
            progress(done, len(checks))


def _on_page(
    fetcher: Fetcher, url: str, quotations: list[_Quoted], titles: list[str]
) -> list[QuoteFound]:
    asked = [(quoted.quote, None) for quoted in quotations]
    seen, quotes = quotes_on(fetch_page(fetcher, url), asked, titles)
    found = []
    for quoted, quote in zip(quotations, quotes, strict=True):
        differences = quote.check.differences if quote.check else ()
        reason = "" if seen.state == "read" else seen.reason
        found.append(quoted.found(quote.finding, reason, differences))
    return found


def _quotations(record: RecordFiles, claim_id: str | None) -> dict[str, list[_Quoted]]:
    """The quotations by their documents, in the order of the claims."""
    found: dict[str, list[_Quoted]] = defaultdict(list)
    for _, claim in record.claims:
        if claim_id in (None, claim.id):
            for _, citation in claim.citations():
                if citation.quote:
                    quoted = _Quoted(claim.id, citation, citation.quote)
                    found[citation.document].append(quoted)
    return found


def _by_hosts(urls: Mapping[str, object]) -> list[str]:
    """The addresses, one of each host, then the second of each, and so on."""
    # In the record's order sixteen threads would all wait for the pauses of one host.
    by_host: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        by_host[urlsplit(url).netloc].append(url)
    rounds = zip_longest(*by_host.values())
    return [url for urls_of_round in rounds for url in urls_of_round if url is not None]
