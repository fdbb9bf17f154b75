"""Commands that prove the record: audit it, print its head, and derive it again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.output import complain, progress_bar, say
from app.cli.setup import open_database, open_database_to_audit
from app.errors import BadInput

if TYPE_CHECKING:
    from app.domain.revisions.chain import Head
    from app.services.record.audit import WholeAudit

_MAX_SHOWN = 50
_PUBLISHED = re.compile(r"(\d{1,9}):([0-9a-f]{64})")


def audit(
    published: Annotated[
        str | None, typer.Option(help="A head noted earlier, as NUMBER:HASH.")
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Verify the chain alone, and derive nothing.")
    ] = False,
) -> None:
    """Verify the chain of revisions and all that readers see; exit 1 and the places that differ.

    Everything is derived from the chain again and compared: comparisons, lists, counts, search. A
    database without its guards is still read: that is when an audit matters most.
    """
    from app.queries.health import audit_record
    from app.services.record.audit import WholeAudit, audit_whole

    noted = _head_of(published) if published else None
    with open_database_to_audit() as (database, state), database.reading() as session:
        if quick:
            found = WholeAudit(audit_record(session, noted))
        else:
            with progress_bar("Deriving") as progress:
                found = audit_whole(session, noted, progress)
    _report(found)
    # Missing guards fail an audit, even where the chain is whole: nothing would stop the next
    # change.
    if state.problem:
        complain(state.problem)
    if state.problem or not found.is_intact:
        raise typer.Exit(1)


def head() -> None:
    """Print the head of the chain as NUMBER:HASH: note it where nobody can change it."""
    from app.queries.health import record_head

    with open_database() as database, database.reading() as session:
        found = record_head(session)
    say(f"{found.number}:{found.hash}")


def repair() -> None:
    """Derive everything that readers see from the chain again, and put back its guards.

    A broken chain is left as it is. Run “variorum audit” first and save what it says: afterwards
    nothing shows what was changed.
    """
    from app.services.record.audit import repair as derive_again

    with (
        open_database_to_audit() as (database, _state),
        progress_bar("Deriving") as progress,
        database.writing() as session,
    ):
        chain = derive_again(session, progress)
    if chain.fault:
        complain(
            f"The chain breaks at revision {chain.fault.number}: {chain.fault.what} "
            "Nothing was repaired; restore a backup."
        )
        raise typer.Exit(1)
    say(f"Everything was derived again from {chain.head.number} revisions; audit it now.")


def _head_of(text: str) -> Head:
    from app.domain.revisions.chain import Head

    noted = _PUBLISHED.fullmatch(text)
    if not noted:
        raise BadInput("Write the published head as NUMBER:HASH, as “variorum head” prints it.")
    return Head(int(noted[1]), noted[2])


def _report(found: WholeAudit) -> None:
    chain = found.chain
    if chain.fault:
        complain(f"The chain breaks at revision {chain.fault.number}: {chain.fault.what}")
        return
    redacted = f", {chain.redacted} of them redacted" if chain.redacted else ""
    say(f"{chain.head.number} revisions are intact{redacted}.")
    if found.not_derived:
        shown = ", ".join(map(str, found.not_derived[:_MAX_SHOWN]))
        more = len(found.not_derived) - _MAX_SHOWN
        say(
            f"The comparisons of {len(found.not_derived)} older revisions cannot be proved, as "
            "another version made them or they rest on words that were redacted: revisions "
            f"{shown}{f' and {more} more' if more > 0 else ''}."
        )
    say(f"Head: {chain.head.number}:{chain.head.hash}")
    if found.stale:
        complain(found.stale)
    for fault in found.faults:
        complain(fault)
    if found.faults:
        complain(
            "What readers see is not what the chain makes it, in the places above. Save these "
            "lines and a backup, then run “variorum repair” (docs/operations/audit-fails.md)."
        )
