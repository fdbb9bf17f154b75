"""The command that looks at an installation and says what to do."""

from __future__ import annotations

from datetime import UTC, datetime

import typer

from app.cli.output import complain, say
from app.settings import load_settings

_MARKS = {"ok": "✓", "note": "–", "fault": "✗"}


def doctor() -> None:
    """Look at versions, disk, secret, database, chain, search and worker; exit 1 on any fault.

    A line for each: ✓ is in order, – is worth knowing, ✗ is a fault with its remedy. Nothing is
    changed.
    """
    from app.services.doctor import examine

    settings, faults = load_settings(), 0
    for finding in examine(settings, datetime.now(UTC)):
        faults += finding.verdict == "fault"
        say(f"{_MARKS[finding.verdict]} {finding.about}: {finding.what}")
    if faults:
        complain(f"{faults} fault{'s' if faults > 1 else ''} found.")
        raise typer.Exit(1)
