"""Files into the database: what changed becomes revisions; nothing accepted is overwritten.

Where a file and the record both changed since the last load, the two changes are merged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.orm import Session

from app.domain.checking.check import check_claim
from app.domain.checking.findings import field_name
from app.domain.disagreement.comparison import ENGINE
from app.domain.records.claim_filter import ClaimFilter
from app.domain.records.claims import Claim, claim_of
from app.domain.records.kinds import PLURALS, REGISTER_KINDS, SubjectKind
from app.domain.records.references import Key, named_by_claim, needed_by_claim
from app.domain.records.registers import Registers
from app.dossiers.record import RecordFiles
from app.errors import LoadConflict
from app.queries.gather import gather, known_for
from app.queries.registers import dossier_of, registers_of
from app.services.record.append_revision import (
    Author,
    compare_again,
    compare_wholes,
    write_claim_alone,
    write_entries,
)
from app.services.record.plan_merge import MergeSubject, Outcome, plan_merge, record_merge_base
from app.services.record.reindex_search import index_stale
from app.storage.claims.documents import get_claims, wholes_of
from app.storage.claims.lists import stream_claims
from app.storage.registers.entries import all_entries
from app.storage.registers.save import save_order
from app.storage.revisions.log import lock_head

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class LoadReport:
    """What a load did.

    `merged` are the subjects that changed in both places and hold both changes now. `kept` are
    those that only the database changed since the last load, `conflicts` those of which the same
    changed in both places, `absent` those that only the database has; of these the
    database's version stays. `compared` counts the comparisons that were computed again.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    compared: int = 0
    merged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)


def load_record(
    session: Session,
    record: RecordFiles,
    by: Author,
    *,
    keep: bool = False,
    progress: Progress = lambda _done, _all: None,
) -> LoadReport:
    """Bring the database to what the files say; loading the same again changes nothing.

    What changed in a file and what changed in the database since the last load is merged. Where
    both changed the same, raises `LoadConflict`, or with `keep` leaves the database's version as it
    is.
    """
    lock_head(session)
    # First: rebuilt afterwards, what the load writes would be indexed twice.
    index_stale(session)
    subjects = [plan_merge(session, kind, body) for kind, body in _bodies(record)]
    # Before anything is written, so that all conflicts are reported at once; merged claims can only
    # be checked once the entries that they name are saved, and raise below.
    _require_no_conflict(subjects, keep)
    changed = _save_entries(session, subjects, by)
    _save_orders(session, record)
    dossiers = {claim.id: dossier for dossier, claim in record.claims}
    subjects = [_checked(session, subject, dossiers) for subject in subjects]
    _require_no_conflict(subjects, keep)
    report = _report(subjects)
    written = {s.key: s for s in subjects if s.kind == "claim" and s.is_written}
    report.compared = _save_claims(session, record, written, changed, by, progress)
    for subject in subjects:
        record_merge_base(session, subject)
    report.absent = _absent(session, {(s.kind, s.key) for s in subjects})
    return report


def whole_registers(session: Session) -> Registers:
    """All registers as they are now: for comparing the whole record, and nothing else."""
    return registers_of(all_entries(session, *REGISTER_KINDS))


def recompare_stale(session: Session, progress: Progress = lambda _done, _all: None) -> int:
    """Compare again every claim whose comparison another version of the engine made.

    Returns how many there were.
    """
    lock_head(session)
    stale = [s for s in stream_claims(session, ClaimFilter()) if s.engine != ENGINE]
    # All at once, as nearly every entry is needed; and not at all where nothing is stale, which is
    # nearly every start of the server.
    registers = whole_registers(session) if stale else None
    for done, stored in enumerate(stale, start=1):
        if registers is not None:
            dossier = dossier_of(session, stored.dossier)
            compare_again(session, claim_of(stored.document), registers, dossier)
        progress(done, len(stale))
    return len(stale)


def _bodies(record: RecordFiles) -> Iterator[tuple[SubjectKind, Mapping[str, Any]]]:
    for kind in REGISTER_KINDS:
        for entry in getattr(record.sources, PLURALS[kind]):
            yield kind, entry.to_plain()
    for dossier in record.dossiers:
        yield "dossier", dossier.to_plain()
    for _, claim in record.claims:
        yield "claim", claim.to_json()


def _checked(session: Session, subject: MergeSubject, dossiers: Mapping[str, str]) -> MergeSubject:
    """A merged claim that is not consistent as a whole is a conflict, too."""
    if subject.kind != "claim" or subject.outcome != "merged":
        return subject
    claim, dossier = Claim.model_validate(subject.body), dossier_of(session, dossiers[subject.key])
    gathered = gather(session, named_by_claim(claim, dossier))
    known = known_for(session, gathered, (), claim, dossier)
    places = tuple(field_name(fault.where) for fault in check_claim(claim, known, dossier.id))
    return replace(subject, outcome="conflict", conflicts=places) if places else subject


def _require_no_conflict(subjects: list[MergeSubject], keep: bool) -> None:
    conflicts = [subject.name for subject in subjects if subject.outcome == "conflict"]
    if conflicts and not keep:
        raise LoadConflict(conflicts)


def _report(subjects: list[MergeSubject]) -> LoadReport:
    report = LoadReport()
    for subject in subjects:
        match subject.outcome:
            case "new":
                report.new += 1
            case "changed":
                report.changed += 1
            case "same" | "agreed":
                report.same += 1
            case "merged":
                report.merged.append(subject.name)
            case "kept":
                report.kept.append(subject.name)
            case "conflict":
                report.conflicts.append(subject.name)
    return report


def _save_entries(session: Session, subjects: list[MergeSubject], by: Author) -> set[Key]:
    """Save the register entries that are new or changed; returns them."""
    written = [s for s in subjects if s.kind != "claim" and s.is_written]
    write_entries(session, ((s.kind, s.body, _author(by, s.outcome)) for s in written))
    return {(s.kind, s.key) for s in subjects if s.kind != "claim" and s.is_written}


def _save_orders(session: Session, record: RecordFiles) -> None:
    for kind in REGISTER_KINDS:
        save_order(session, kind, [e.id for e in getattr(record.sources, PLURALS[kind])])
    save_order(session, "dossier", [dossier.id for dossier in record.dossiers])


def _save_claims(
    session: Session,
    record: RecordFiles,
    written: Mapping[str, MergeSubject],
    changed: set[Key],
    by: Author,
    progress: Progress,
) -> int:
    """Save the claims that are new or changed, and compare those that name a changed entry."""
    registers = whole_registers(session)
    dossiers = {d.id: dossier_of(session, d.id) for d in record.dossiers}
    stored = get_claims(session, [claim.id for _, claim in record.claims])
    compared: set[str] = set()
    wholes = wholes_of(session, list(written))
    for done, (dossier_id, claim) in enumerate(record.claims, start=1):
        dossier = dossiers[dossier_id]
        present = stored.get(claim.id)
        if claim.id in written:
            subject = written[claim.id]
            now = Claim.model_validate(subject.body)
            write_claim_alone(session, now, registers, dossier, _author(by, subject.outcome))
            compared.add(claim.id)
        elif present:
            now = claim_of(present.document)
            # A claim in no changed file can still compare differently, by a speaker who changed
            # sides.
            if present.engine != ENGINE or needed_by_claim(now, registers, dossier) & changed:
                compare_again(session, now, registers, dossier)
                compared.add(claim.id)
        progress(done, len(record.claims))
    # Once each, and at the end: a whole of many parts is written with them, as a rule before them.
    compare_wholes(session, wholes | wholes_of(session, list(compared)))
    return len(compared)


def _author(by: Author, outcome: Outcome) -> Author:
    """Who a revision is by; one that holds accepted changes too comes not from files alone."""
    if outcome != "merged":
        return by
    # Not of the files: the next load would take it for what a file said, and a change in the file
    # for the only one.
    return replace(by, origin="api", reason=f"{by.reason}, merged with what was accepted since")


def _absent(session: Session, filed: set[tuple[SubjectKind, str]]) -> list[str]:
    """What is in the database and in no file."""
    entries = {(entry.kind, entry.id) for entry in all_entries(session, *REGISTER_KINDS, "dossier")}
    claims = {("claim", stored.id) for stored in stream_claims(session, ClaimFilter())}
    return sorted(f"{kind} {key}" for kind, key in (entries | claims) - filed)
