"""The command that redacts words for good."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.output import complain, say
from app.cli.setup import open_database, open_snapshots
from app.errors import BadInput
from app.settings import load_settings

if TYPE_CHECKING:
    from app.domain.records.kinds import SubjectKind
    from app.services.record.redact import Redaction


def redact(
    kind: Annotated[str, typer.Argument(help="claim, document, speaker, publisher, …")],
    key: Annotated[str, typer.Argument(metavar="ID", help="Its id.")],
    author: Annotated[str, typer.Option(help="Who redacts it; public.")],
    reason: Annotated[str, typer.Option(help="Why; public, and never removed.")],
    revision: Annotated[
        list[int] | None,
        typer.Option(help="Only what this older revision says; can be given several times."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Redact words for good: in revisions, search, snapshots, submissions and caches."""
    subject = _subject(kind)
    if not author.strip() or not reason.strip():
        raise BadInput("Say who redacts it, and why: both are shown in its place.")
    what = f"revisions {', '.join(map(str, revision))} of the " if revision else "the whole "
    if not yes:
        typer.confirm(f"This empties {what}{kind} “{key}” and cannot be undone. Go on?", abort=True)
    done = _redact(subject, key, author, reason, revision or [])
    _report(done)


def _report(done: Redaction) -> None:
    """Say what was removed, and what the command cannot reach."""
    if done.emptied:
        say(f"Emptied revisions {', '.join(map(str, done.emptied))}.")
    say(
        f"Removed with them: {done.submissions} submissions, {done.snapshots} snapshots and "
        f"{done.page_checks} checks of pages, and their words in search, lists and comparisons."
    )
    if done.brought:
        named = ", ".join(f"{kind} {key}" for kind, key in done.brought)
        say(f"Redacted too, as nothing else names them: {named}.")
    if done.revision:
        say(f"Revision {done.revision.number} says why. Running servers show it from now on.")
    else:
        say("It was never on record: no revision says so, and the submissions say why.")
    # What the command cannot reach is said, so that nobody relies on it.
    say(
        "Out of reach: backups made before (delete them, or redact again after a restore), the "
        "files of the record, mirrors and readers of feeds, web archives; the ids, authors and "
        "reasons of revisions, which the chain's hashes cover."
    )


def _subject(name: str) -> SubjectKind:
    from app.domain.records.kinds import SUBJECT_KINDS

    for kind in SUBJECT_KINDS:
        if kind == name:
            return kind
    raise BadInput(f"“{name}” is none of {', '.join(SUBJECT_KINDS)}.")


def _redact(
    kind: SubjectKind, key: str, author: str, reason: str, revisions: list[int]
) -> Redaction:
    from app.services.record.append_revision import Author
    from app.services.record.redact import redact_past, redact_subject

    settings = load_settings()
    snapshots = open_snapshots(settings)
    # Not of the files: the next load would take this revision for what they said last, and undo
    # what was accepted since.
    by = Author(author, datetime.now(UTC), reason, "api")
    with open_database(settings) as database:
        with database.writing() as session:
            if revisions:
                done = redact_past(session, snapshots, kind, key, revisions, by)
            else:
                done = redact_subject(session, snapshots, kind, key, by)
        # After the commit: deleted rows stay readable in free pages of the file until it is
        # rewritten, and a rewriting cannot be part of a transaction.
        if not database.rewrite():
            complain(
                "Somebody goes on reading: the file that ends in “-wal” may still have the words. "
                "Stop all servers and workers for a moment, and it is emptied."
            )
    return done
