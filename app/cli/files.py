"""Commands that work on files alone: check, format, verify."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated, get_args

import typer
from rich.console import Console
from rich.table import Table

from app.cli.output import complain, progress_bar, say
from app.dossiers import check_record, check_wording, format_record, read_record, read_texts
from app.errors import BadInput, NotFound
from app.services.verifying import Finding, QuoteFound, verify_quotes
from app.settings import load_settings

Paths = Annotated[
    list[Path] | None,
    typer.Argument(help="Files or folders of a record; by default the whole record."),
]


def check(
    paths: Paths = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail also where our own wording takes a side.")
    ] = False,
) -> None:
    """Validate sources.yaml and claims/: every fault as file:line: field: what is wrong."""
    where = paths or [load_settings().record_dir]
    faults, warnings = check_record(where), check_wording(where)
    for fault in faults:
        say(str(fault))
    for warning in warnings:
        say(f"{warning} (warning)")
    found = _count(len(faults), "fault"), _count(len(warnings), "warning")
    if faults or (strict and warnings):
        complain(f"{found[0]} and {found[1]} found." if warnings else f"{found[0]} found.")
        raise typer.Exit(1)
    say(f"No fault and {found[1]} found." if warnings else "No fault found.")


def rewrite(paths: Paths = None) -> None:
    """Rewrite files in the one canonical layout; files with faults are left as they are."""
    changed, faults = format_record(paths or [load_settings().record_dir])
    for path in changed:
        say(f"{path}: rewritten")
    for fault in faults:
        complain(str(fault))
    if faults:
        raise typer.Exit(1)
    if not changed:
        say("Every file is in the canonical layout already.")


def verify(
    texts: Annotated[
        Path | None,
        typer.Option(help="Folder that holds each document's text as <document id>.txt."),
    ] = None,
    claim: Annotated[str | None, typer.Option(help="Check only this claim's quotations.")] = None,
) -> None:
    """Check that every quotation stands in its document's text."""
    if texts is None:
        raise BadInput(
            "Name the folder that holds the documents' texts: variorum verify --texts DIR."
        )
    record = read_record(load_settings().record_dir)
    if claim and claim not in {entry.id for _, entry in record.claims}:
        raise NotFound("claim", claim)
    pages = read_texts(texts)
    with progress_bar("Checking quotations") as progress:
        found = list(verify_quotes(record, pages, claim, progress))
    for quote in found:
        if quote.finding != "verbatim":
            say(
                f"{quote.claim}: {quote.citation}: {quote.document}: {quote.finding}: {quote.quote}"
            )
    _print_table(found)
    if any(quote.finding == "missing" for quote in found):
        complain("Some quotations do not stand in their documents.")
        raise typer.Exit(1)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _print_table(found: list[QuoteFound]) -> None:
    table = Table("Document", "Verbatim", "Missing", "Unchecked")
    counts = Counter((quote.document, quote.finding) for quote in found)
    for document in sorted({quote.document for quote in found}):
        table.add_row(document, *(str(counts[document, finding]) for finding in get_args(Finding)))
    Console().print(table)
    say(f"{sum(counts.values())} quotations checked.")
