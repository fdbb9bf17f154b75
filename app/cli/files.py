"""Commands that work on files alone: check and format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.output import complain, say
from app.dossiers.record import check_evidence, check_filings, check_record, check_wording
from app.dossiers.writing import format_record
from app.settings import load_settings

Paths = Annotated[
    list[Path] | None,
    typer.Argument(help="Files or folders of a record; by default the whole record."),
]


def check(
    paths: Paths = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail also on warnings about our own wording.")
    ] = False,
) -> None:
    """Validate sources.yaml and claims/: every fault as file:line: field: what is wrong."""
    where = paths or [load_settings().record_dir]
    faults, wording = check_record(where), check_wording(where)
    # Not even with --strict a failure: that a part is said to be more than its whole may be how the
    # sources contradict each other, and two outlets may have heard the same words.
    warnings = *wording, *check_evidence(where), *check_filings(where)
    for fault in faults:
        say(str(fault))
    # Warnings do not fail: whether a word takes a side is for a person to decide, and a quotation
    # mark settles it.
    for warning in warnings:
        say(f"{warning} (warning)")
    found = _count(len(faults), "fault"), _count(len(warnings), "warning")
    if faults or (strict and wording):
        complain(f"{found[0]} and {found[1]} found." if warnings else f"{found[0]} found.")
        raise typer.Exit(1)
    say(f"No fault and {found[1]} found." if warnings else "No fault found.")


def rewrite(paths: Paths = None) -> None:
    """Rewrite files in the one canonical layout; files with faults are left as they are."""
    changed, faults = format_record(paths or [load_settings().record_dir])
    # A file with faults is never rewritten, as what it was meant to say is not known.
    for path in changed:
        say(f"{path}: rewritten")
    for fault in faults:
        complain(str(fault))
    if faults:
        raise typer.Exit(1)
    if not changed:
        say("Every file is in the canonical layout already.")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
