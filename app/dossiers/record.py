"""The record that the files in a folder hold, or every fault that keeps them from being one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.claims import Claim
from app.domain.registers import Dossier, Sources
from app.dossiers.examining import OpenedRecord, all_faults, all_warnings, open_record
from app.dossiers.faults import Fault
from app.dossiers.roots import dossier_of, find_roots, is_named
from app.errors import RecordRefused


@dataclass(frozen=True, slots=True)
class RecordFiles:
    """A whole record: what all dossiers share, the dossiers, and each claim with its dossier's id.

    Dossiers are in the order of their ids, claims in that of dossier and id.
    """

    sources: Sources
    dossiers: tuple[Dossier, ...]
    claims: tuple[tuple[str, Claim], ...]


def read_record(root: Path) -> RecordFiles:
    """The record in `root/sources.yaml` and `root/claims/`.

    Raises `RecordRefused` with every `Fault` of every file, sorted; nothing is returned unless
    everything is right, layout included.
    """
    opened = open_record(root)
    faults = all_faults(opened)
    if faults:
        raise RecordRefused(faults)
    return _record(opened)


def check_record(paths: Sequence[Path]) -> tuple[Fault, ...]:
    """Every fault in the named files and folders, sorted.

    Records are checked whole, as the files of one depend on each other; reported is only what
    stands at or below a named path. Raises `BadInput` for a path that is in no record.
    """
    return tuple(
        fault
        for root in find_roots(paths)
        for fault in all_faults(open_record(root))
        if is_named(fault.path, paths)
    )


def check_wording(paths: Sequence[Path]) -> tuple[Fault, ...]:
    """Where sentences of our own in the named files and folders take a side, sorted.

    These are warnings: a record with them can be loaded. Raises `BadInput` as `check_record` does.
    """
    return tuple(
        warning
        for root in find_roots(paths)
        for warning in all_warnings(open_record(root))
        if is_named(warning.path, paths)
    )


def _record(opened: OpenedRecord) -> RecordFiles:
    dossiers = [file.record for file in opened.dossiers if file.record]
    claims = [(dossier_of(file.path), file.record) for file in opened.claims if file.record]
    return RecordFiles(
        opened.sources.record if opened.sources and opened.sources.record else Sources(),
        tuple(sorted(dossiers, key=lambda dossier: dossier.id)),
        tuple(sorted(claims, key=lambda entry: (entry[0], entry[1].id))),
    )
