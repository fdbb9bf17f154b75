"""Files into the database: what changed becomes revisions; nothing accepted is overwritten."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy.orm import Session

from app.domain.claims import Claim
from app.domain.disagreement import ENGINE
from app.domain.registers import Dossier, Registers
from app.dossiers import RecordFiles
from app.errors import LoadConflict
from app.services.assembling import PLURALS, claim_of, dossier_of, whole_registers
from app.services.comparing import Reference, compare_claim, references
from app.storage.claims import ClaimFilter, get_claims, save_claim, save_comparison, stream_claims
from app.storage.registers import all_entries, save_entry, save_order
from app.storage.revisions import (
    Revision,
    SubjectKind,
    append,
    body_hash,
    last_from_files,
    lock_head,
    newest,
)

Outcome = Literal["new", "changed", "same", "kept", "conflict"]
Progress = Callable[[int, int], None]

_RegisterKind = Literal["side", "body", "publisher", "speaker", "document"]
_REGISTERS: tuple[_RegisterKind, ...] = get_args(_RegisterKind)


@dataclass(frozen=True, slots=True)
class Author:
    """Who changes the record, when, and for which reason: what a revision says of it."""

    name: str
    at: datetime
    reason: str


@dataclass(slots=True)
class LoadReport:
    """What a load did.

    `kept` are the subjects that only the database changed since the last load, `conflicts` those
    that changed in both places, `absent` those that stand in the database alone; of all of them
    the database's version stays. `compared` counts the comparisons that were computed anew.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    compared: int = 0
    kept: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a revision can be of, as its file has it, and how the database stands to that."""

    kind: SubjectKind
    key: str
    body: Mapping[str, Any]
    outcome: Outcome

    @property
    def is_written(self) -> bool:
        return self.outcome in ("new", "changed")


def load_record(
    session: Session,
    record: RecordFiles,
    by: Author,
    *,
    keep: bool = False,
    progress: Progress = lambda _done, _all: None,
) -> LoadReport:
    """Bring the database to what the files say; loading the same again changes nothing.

    Where a subject changed both in its file and in the database since they last agreed, raises
    `LoadConflict`, or with `keep` leaves the database's version as it is.
    """
    lock_head(session)
    subjects = [_judge(session, kind, body) for kind, body in _bodies(record)]
    report = _report(subjects)
    if report.conflicts and not keep:
        raise LoadConflict(report.conflicts)
    changed = _save_entries(session, subjects, by)
    _save_orders(session, record)
    written = {s.key: s for s in subjects if s.kind == "claim" and s.is_written}
    report.compared = _save_claims(session, record, written, changed, by, progress)
    report.absent = _absent(session, {(s.kind, s.key) for s in subjects})
    return report


def recompare_stale(session: Session, progress: Progress = lambda _done, _all: None) -> int:
    """Compare anew every claim whose comparison another version of the engine made.

    Returns how many there were.
    """
    lock_head(session)
    stale = [s for s in stream_claims(session, ClaimFilter()) if s.engine != ENGINE]
    registers = whole_registers(session) if stale else None
    for done, stored in enumerate(stale, start=1):
        if registers is not None:
            dossier = dossier_of(session, stored.dossier)
            _compare_again(session, claim_of(stored.document), registers, dossier)
        progress(done, len(stale))
    return len(stale)


def _bodies(record: RecordFiles) -> Iterator[tuple[SubjectKind, Mapping[str, Any]]]:
    for kind in _REGISTERS:
        for entry in getattr(record.sources, PLURALS[kind]):
            yield kind, entry.to_plain()
    for dossier in record.dossiers:
        yield "dossier", dossier.to_plain()
    for _, claim in record.claims:
        yield "claim", claim.to_json()


def _judge(session: Session, kind: SubjectKind, body: Mapping[str, Any]) -> _Subject:
    key = str(body["id"])
    now, filed = newest(session, kind, key), body_hash(body)
    if now is None:
        outcome: Outcome = "new"
    elif now.body_hash == filed:
        outcome = "same"
    elif now.origin == "files":
        outcome = "changed"
    else:
        unchanged_file = last_from_files(session, kind, key) == filed
        outcome = "kept" if unchanged_file else "conflict"
    return _Subject(kind, key, body, outcome)


def _report(subjects: list[_Subject]) -> LoadReport:
    report = LoadReport()
    for subject in subjects:
        name = f"{subject.kind} {subject.key}"
        match subject.outcome:
            case "new":
                report.new += 1
            case "changed":
                report.changed += 1
            case "same":
                report.same += 1
            case "kept":
                report.kept.append(name)
            case "conflict":
                report.conflicts.append(name)
    return report


def _append(session: Session, subject: _Subject, by: Author, **computed: Any) -> Revision:
    return append(
        session,
        subject.kind,
        subject.key,
        subject.body,
        author=by.name,
        origin="files",
        reason=by.reason,
        at=by.at,
        **computed,
    )


def _save_entries(session: Session, subjects: list[_Subject], by: Author) -> set[Reference]:
    """Save the register entries that are new or changed; returns them."""
    changed: set[Reference] = set()
    for subject in subjects:
        if subject.kind != "claim" and subject.is_written:
            revision = _append(session, subject, by)
            save_entry(session, subject.kind, subject.body, revision=revision)
            changed.add((subject.kind, subject.key))
    return changed


def _save_orders(session: Session, record: RecordFiles) -> None:
    for kind in _REGISTERS:
        save_order(session, kind, [e.id for e in getattr(record.sources, PLURALS[kind])])
    save_order(session, "dossier", [dossier.id for dossier in record.dossiers])


def _save_claims(
    session: Session,
    record: RecordFiles,
    written: Mapping[str, _Subject],
    changed: set[Reference],
    by: Author,
    progress: Progress,
) -> int:
    """Save the claims that are new or changed, and compare those that name a changed entry."""
    registers = whole_registers(session)
    dossiers = {d.id: dossier_of(session, d.id) for d in record.dossiers}
    stored = get_claims(session, [claim.id for _, claim in record.claims])
    compared = 0
    for done, (dossier_id, claim) in enumerate(record.claims, start=1):
        dossier = dossiers[dossier_id]
        subject, present = written.get(claim.id), stored.get(claim.id)
        if subject:
            _save_claim(session, subject, claim, registers, dossier, by)
            compared += 1
        elif present:
            now = claim_of(present.document)
            if present.engine != ENGINE or references(now, registers, dossier) & changed:
                _compare_again(session, now, registers, dossier)
                compared += 1
        progress(done, len(record.claims))
    return compared


def _save_claim(
    session: Session,
    subject: _Subject,
    claim: Claim,
    registers: Registers,
    dossier: Dossier,
    by: Author,
) -> None:
    comparison = compare_claim(claim, registers, dossier)
    revision = _append(session, subject, by, engine=ENGINE, comparison=comparison)
    save_claim(
        session,
        dossier.id,
        claim,
        comparison,
        engine=ENGINE,
        references=references(claim, registers, dossier),
        revision=revision,
    )


def _compare_again(session: Session, claim: Claim, registers: Registers, dossier: Dossier) -> None:
    save_comparison(
        session,
        claim,
        compare_claim(claim, registers, dossier),
        engine=ENGINE,
        references=references(claim, registers, dossier),
    )


def _absent(session: Session, filed: set[tuple[SubjectKind, str]]) -> list[str]:
    """What stands in the database and in no file."""
    entries = {(entry.kind, entry.id) for entry in all_entries(session, *_REGISTERS, "dossier")}
    claims = {("claim", stored.id) for stored in stream_claims(session, ClaimFilter())}
    return sorted(f"{kind} {key}" for kind, key in (entries | claims) - filed)
