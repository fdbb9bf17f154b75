"""Whether the record is what its chain of revisions makes it, and making it so again."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from sqlalchemy.orm import Session

from app.domain.disagreement.comparison import ENGINE
from app.domain.revisions.chain import Fault, Head
from app.services.record.derive import Derivation, Progress, scratch_database
from app.storage.database.cells import any_text, bad_cells
from app.storage.database.full_text import index_fault
from app.storage.database.schema import restore_guards
from app.storage.derived_tables import (
    clear_derived,
    derived_tables,
    differences,
    stale_rows,
)
from app.storage.revisions.audit import AuditResult, audit
from app.storage.revisions.log import lock_head

MAX_FAULTS = 50


@dataclass(frozen=True, slots=True)
class WholeAudit:
    """What an audit found.

    `chain` is how far the chain holds. `faults` are the first 50 places where something that
    readers see is not what the chain makes it, as sentences. `not_derived` are older revisions
    whose comparison another version of the engine made and today's would not, or that rest on words
    redacted since: these cannot be proved. `stale` says why nothing was derived, if nothing was.
    """

    chain: AuditResult
    faults: tuple[str, ...] = ()
    not_derived: tuple[int, ...] = ()
    stale: str | None = None

    @property
    def is_intact(self) -> bool:
        """Whether the chain is whole and everything else follows from it."""
        return self.chain.is_intact and not self.faults and self.stale is None


def audit_whole(
    session: Session,
    published_head: Head | None = None,
    progress: Progress = lambda _done, _all: None,
) -> WholeAudit:
    """Verify the chain, derive everything else from it again, and compare.

    Reads alone. Memory does not grow with the record; a scratch file takes as much room as the
    index does.
    """
    with any_text(session):
        return _audit_whole(session, published_head, progress)


def _audit_whole(session: Session, published_head: Head | None, progress: Progress) -> WholeAudit:
    chain = audit(session, published_head)
    # From a chain that is broken nothing can be derived.
    if chain.fault:
        return WholeAudit(chain)
    unreadable = [str(each) for each in islice(bad_cells(session, derived_tables()), MAX_FAULTS)]
    if unreadable:
        return WholeAudit(chain, tuple(unreadable))
    stale = stale_rows(session, ENGINE)
    if stale:
        return WholeAudit(chain, stale=stale)
    with scratch_database() as scratch, scratch.writing() as target:
        derivation = Derivation(session, target)
        derivation.run(progress)
        found = [str(each) for each in islice(differences(session, target), MAX_FAULTS)]
    in_chain = [_sentence(fault) for fault in derivation.faults]
    in_index = index_fault(session)
    faults = [*in_chain, *found, *([in_index] if in_index else [])]
    return WholeAudit(chain, tuple(faults[:MAX_FAULTS]), tuple(derivation.not_derived))


def repair(session: Session, progress: Progress = lambda _done, _all: None) -> AuditResult:
    """Derive everything that readers see from the chain again, in place of what is there.

    Puts back the guards of the chain, too. Derives nothing where the chain itself is broken, which
    the result says. Comparisons that are stored in revisions are part of the chain and stay.
    """
    lock_head(session)
    restore_guards(session.connection())
    chain = audit(session)
    if chain.is_intact:
        with any_text(session):
            ordinals = clear_derived(session)
        Derivation(session, session, ordinals=ordinals).run(progress)
    return chain


def _sentence(fault: Fault) -> str:
    return f"revision {fault.number}: {fault.what}"
