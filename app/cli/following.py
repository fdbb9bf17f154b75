"""Commands that follow links: verify and work.

What they need is imported in them: `verify --texts` should not wait for a client's libraries.
"""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer
from rich.console import Console
from rich.table import Table

from app.cli.output import complain, progress_bar, say
from app.cli.quotation import marked, verify_one
from app.cli.setup import open_database
from app.domain.records.page_checks import Finding
from app.dossiers.folders import read_texts
from app.dossiers.record import RecordFiles, read_record
from app.errors import BadInput, NotFound
from app.settings import Settings, load_settings

if TYPE_CHECKING:
    from app.services.following.verify_quotations import QuoteFound
    from app.services.following.visit import Visited


# A page that cannot be read says nothing about the words on it: only what was read and differs is
# wrong.
_WRONG = ("altered", "struck-out", "missing")


def verify(
    texts: Annotated[
        Path | None,
        typer.Option(help="Check against DIR/<document id>.txt instead of pages on the web."),
    ] = None,
    claim: Annotated[str | None, typer.Option(help="Check only this claim's quotations.")] = None,
    url: Annotated[str | None, typer.Option(help="Check one quotation on this page alone.")] = None,
    page: Annotated[
        Path | None, typer.Option(help="Check one quotation on this saved page alone.")
    ] = None,
    quote: Annotated[str | None, typer.Option(help="The words to find on that page.")] = None,
    content_type: Annotated[
        str | None,
        typer.Option(help="The saved page's Content-Type; else its name and bytes tell."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the finding on one quotation as JSON.")
    ] = False,
) -> None:
    """Check quotations: against the pages on the web, or against texts in a folder.

    Exit 0 where all words are there as they are quoted, 1 where some are not or a page named by
    --page or --url cannot be read. In the record's own check pages that cannot be read are listed.
    """
    if page is not None or url is not None or quote is not None:
        verify_one(page, url, quote, content_type, as_json=as_json)
        return
    if as_json or content_type is not None:
        raise BadInput("--json and --content-type are for one quotation: add --page and --quote.")
    settings = load_settings()
    record = read_record(settings.record_dir)
    if claim and claim not in {entry.id for _, entry in record.claims}:
        raise NotFound("claim", claim)
    found = _verify_record(settings, record, texts, claim)
    for entry in found:
        if entry.finding not in ("verbatim", "unchecked"):
            _print_quote(entry)
    _print_table(found)
    if any(entry.finding in _WRONG for entry in found):
        complain("Some quotations are not in their documents as they are quoted.")
        raise typer.Exit(1)


def work(
    once: Annotated[
        bool, typer.Option("--once", help="End when nothing is due, instead of waiting for more.")
    ] = False,
    threads: Annotated[
        int, typer.Option(min=1, max=64, help="How many pages are visited at a time.")
    ] = 16,
) -> None:
    """Follow the links of the record: fetch pages, check quotations, store snapshots.

    Runs until it is stopped (Ctrl-C, SIGTERM); any number of workers may run on one database.
    """
    from app.services.following.setup import visit_context
    from app.services.following.worker import Worker

    settings = load_settings()
    with open_database(settings) as database:
        worker = Worker(visit_context(settings, database), _report, _report_fault, threads=threads)
        # Both end a worker in order: what it has leased goes back, and other workers need not wait
        # for the leases to end.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop())
        if not once:
            say("Following the links of the record; stop it with Ctrl-C.")
        worker.run(once=once)


def _verify_record(
    settings: Settings, record: RecordFiles, texts: Path | None, claim: str | None
) -> list[QuoteFound]:
    from app.services.following.setup import fetcher_of
    from app.services.following.verify_quotations import verify_pages, verify_quotes

    pages = None if texts is None else read_texts(texts)
    with progress_bar("Checking quotations") as progress:
        # Without a fetcher, so that texts at hand are checked with no way to the network at all.
        if pages is not None:
            return list(verify_quotes(record, pages, claim, progress))
        with fetcher_of(settings) as fetcher:
            return list(verify_pages(record, fetcher, claim, progress))


def _print_quote(entry: QuoteFound) -> None:
    reason = f" ({entry.reason})" if entry.reason else ""
    say(
        f"{entry.claim}: {entry.citation}: {entry.document}: {entry.finding}{reason}: {entry.quote}"
    )
    if entry.differences:
        say(f"    {marked(entry.differences)}")


def _print_table(found: Sequence[QuoteFound]) -> None:
    table = Table("Document", *(finding.capitalize() for finding in get_args(Finding)))
    counts = Counter((entry.document, entry.finding) for entry in found)
    for document in sorted({entry.document for entry in found}):
        table.add_row(document, *(str(counts[document, f] or "") for f in get_args(Finding)))
    Console().print(table)
    say(f"{len(found)} quotations checked.")


def _report(visited: Visited) -> None:
    counts = Counter(quote.finding for quote in visited.quotes)
    found = ", ".join(f"{number} {finding}" for finding, number in counts.items())
    changed = f"; {visited.changes} changed" if visited.changes else ""
    # The lease had ended meanwhile: the result is dropped whole, and somebody else visits the page.
    dropped = "" if visited.is_stored else "; not stored"
    state = visited.seen.state if visited.seen.rule is None else visited.seen.rule
    say(f"{visited.url}: {state}; {found or 'no quotations'}{changed}{dropped}")


def _report_fault(url: str, fault: BaseException) -> None:
    complain(f"{url}: the visit broke off: {type(fault).__name__}: {fault}")
