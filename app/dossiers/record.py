"""The record that the files in a folder hold, or every fault in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from app.domain.checking.archived import copies_as_pages
from app.domain.checking.check import check_claim, check_dossier, check_sources, occasions_across
from app.domain.checking.counted import spellings
from app.domain.checking.filings import questionable_filings, two_stances
from app.domain.checking.findings import Finding
from app.domain.checking.neutrality import partial_words
from app.domain.checking.parts import parts_above_wholes
from app.domain.checking.references import Known, part_of_circles
from app.domain.checking.shared_words import may_be_one_origin
from app.domain.checking.wordings import unfit_wordings
from app.domain.records.claims import Claim
from app.domain.records.registers import Document, Dossier, Registers, Sources
from app.domain.values.base import Record
from app.dossiers.folders import dossier_of, files_of, find_roots, is_named
from app.dossiers.identity import (
    Defined,
    IdUse,
    defined_by_dossier,
    defined_by_sources,
    known_from,
    repeated_ids,
)
from app.dossiers.notation.faults import Fault
from app.dossiers.opening import AnyFile, OpenedFile, open_claim, open_dossier, open_sources
from app.errors import RecordRefused


@dataclass(frozen=True, slots=True)
class RecordFiles:
    """A whole record: what all dossiers share, the dossiers, and each claim with its dossier's id.

    Dossiers are in the order of their ids, claims in that of dossier and id.
    """

    sources: Sources
    dossiers: tuple[Dossier, ...]
    claims: tuple[tuple[str, Claim], ...]


def read_record(root: Path, today: date | None = None) -> RecordFiles:
    """The record in `root/sources.yaml` and `root/claims/`.

    Raises `RecordRefused` with every `Fault` of every file, sorted; nothing is returned unless
    everything is right, layout included. `today` is the day at UTC, by the clock without one.
    """
    opened = open_record(root)
    faults = all_faults(opened, today)
    if faults:
        raise RecordRefused(faults)
    return _record(opened)


def check_record(paths: Sequence[Path], today: date | None = None) -> tuple[Fault, ...]:
    """Every fault in the named files and folders, sorted.

    Records are checked whole, as the files of one depend on each other; only faults at or below a
    named path are returned. `today` is as in `read_record`. Raises `BadInput` for a path that is in
    no record.
    """
    return tuple(
        fault
        for root in find_roots(paths)
        for fault in all_faults(open_record(root), today)
        if is_named(fault.path, paths)
    )


def check_wording(paths: Sequence[Path]) -> tuple[Fault, ...]:
    """Where words of our own in the named files and folders are to be looked at again, sorted.

    They take a side, make no clause, or spell in two ways what is counted; or a document's address
    is an archive's copy of its page. These are warnings: a record with them can be loaded. Raises
    `BadInput` as `check_record` does.
    """
    return tuple(
        warning
        for root in find_roots(paths)
        for warning in all_warnings(open_record(root))
        if is_named(warning.path, paths)
    )


def check_filings(paths: Sequence[Path]) -> tuple[Fault, ...]:
    """Where citations in the named files and folders may say less than their filing, sorted.

    These are warnings, which a new filing or a signed exemption answers. Raises `BadInput` as
    `check_record` does.
    """
    return tuple(
        warning
        for root in find_roots(paths)
        for warning in _filing_warnings(open_record(root))
        if is_named(warning.path, paths)
    )


def _filing_warnings(opened: OpenedRecord) -> list[Fault]:
    files = {file.record.id: file for file in opened.claims if file.record}
    claims = [file.record for file in files.values() if file.record]
    found = list(two_stances(claims))
    for claim in claims:
        found += ((claim.id, finding) for finding in questionable_filings(claim))
    return sorted(fault for name, finding in found for fault in files[name].locate([finding]))


def check_evidence(paths: Sequence[Path]) -> tuple[Fault, ...]:
    """Where the evidence in the named files and folders is to be looked at again, sorted.

    A count of a part lies above its whole, or two citations may be of one origin. Of records with
    faults nothing is known. These are warnings, and may be what the sources say. Raises `BadInput`
    as `check_record` does.
    """
    return tuple(
        warning
        for root in find_roots(paths)
        for warning in _evidence_warnings(open_record(root))
        if is_named(warning.path, paths)
    )


def _evidence_warnings(opened: OpenedRecord) -> list[Fault]:
    if all_faults(opened):
        return []
    record = _record(opened)
    dossiers = {dossier.id: dossier for dossier in record.dossiers}
    claims = [(claim, dossiers[dossier]) for dossier, claim in record.claims]
    files = {file.record.id: file for file in opened.claims if file.record}
    registers = Registers(record.sources)
    found = list(parts_above_wholes(claims, registers))
    for claim, _ in claims:
        found += ((claim.id, finding) for finding in may_be_one_origin(claim, registers))
    return sorted(fault for claim, finding in found for fault in files[claim].locate([finding]))


def _record(opened: OpenedRecord) -> RecordFiles:
    dossiers = [file.record for file in opened.dossiers if file.record]
    claims = [(dossier_of(file.path), file.record) for file in opened.claims if file.record]
    return RecordFiles(
        opened.sources.record if opened.sources and opened.sources.record else Sources(),
        tuple(sorted(dossiers, key=lambda dossier: dossier.id)),
        tuple(sorted(claims, key=lambda entry: (entry[0], entry[1].id))),
    )


@dataclass(slots=True)
class OpenedRecord:
    """The files of one record as they were read, and the faults of their places."""

    sources: OpenedFile[Sources] | None = None
    dossiers: list[OpenedFile[Dossier]] = field(default_factory=list)
    claims: list[OpenedFile[Claim]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    missing: list[Defined] = field(default_factory=list)

    def files(self) -> Iterator[AnyFile]:
        """Every file, `sources.yaml` first."""
        if self.sources:
            yield self.sources
        yield from self.dossiers
        yield from self.claims


def open_record(root: Path) -> OpenedRecord:
    """Every file of the record in this folder, opened but not yet checked against the others."""
    found = files_of(root)
    opened = OpenedRecord(faults=found.faults)
    if found.sources:
        opened.sources = open_sources(found.sources)
    else:
        opened.missing.append(defined_by_sources(root, None))
    for folder in found.folders:
        if folder.dossier:
            opened.dossiers.append(open_dossier(folder.dossier))
        else:
            opened.missing.append(defined_by_dossier(folder.path, None))
        opened.claims += map(open_claim, folder.claims)
    return opened


def all_faults(opened: OpenedRecord, today: date | None = None) -> list[Fault]:
    """Every fault of the record, by file and line.

    A file whose structure has faults is not checked further; what it defines counts for others.
    """
    # Ids of every file first, faulty ones too: a reference to a claim with a typo in its note is
    # right.
    parts = [*opened.missing, *(file.defined for file in opened.files())]
    known = replace(
        known_from(parts, _topics(opened), _places(opened), _events(opened)),
        zones={dossier_of(file.path): file.record.zone for file in opened.dossiers if file.record},
        documents=_documents(opened),
    )
    today = today or datetime.now(UTC).date()
    faults = list(opened.faults)
    for file in opened.files():
        faults += file.faults
        faults += file.locate(_inconsistencies(file.path, file.record, known, today))
        faults += file.layout_faults()
    faults += _repeated(opened, parts)
    faults += _across_claims(opened)
    return sorted(faults)


def all_warnings(opened: OpenedRecord) -> list[Fault]:
    """Where our own sentences take a side, by the words that each dossier avoids.

    And where a wording is no short clause, what is counted is spelled in two ways, or an archive's
    copy is given for the page.
    """
    dossiers = {file.path.parent: file.record for file in opened.dossiers if file.record}
    warnings: list[Fault] = []
    for file in opened.files():
        dossier = dossiers.get(file.path.parent)
        if dossier and file.record:
            warnings += file.locate(partial_words(file.record, dossier))
            if isinstance(file.record, Claim):
                warnings += file.locate(unfit_wordings(file.record))
    if opened.sources and opened.sources.record:
        warnings += opened.sources.locate(copies_as_pages(opened.sources.record))
    warnings += _spellings(opened)
    return sorted(warnings)


def _spellings(opened: OpenedRecord) -> Iterator[Fault]:
    for dossier in opened.dossiers:
        files = [file for file in opened.claims if file.path.parent == dossier.path.parent]
        by_id = {file.record.id: file for file in files if file.record}
        claims = [file.record for file in by_id.values() if file.record]
        if dossier.record:
            for name, finding in spellings(dossier.record, claims):
                yield from by_id[name].locate([finding])


# Of dossiers whose list could not be read no topics are known, which is not the same as none: the
# claims of the folder are then not checked for theirs.
def _topics(opened: OpenedRecord) -> dict[str, tuple[str, ...]]:
    readable = (file for file in opened.dossiers if "topic" not in file.defined.unreadable)
    return {dossier_of(file.path): file.defined.topics for file in readable}


def _documents(opened: OpenedRecord) -> dict[str, Document]:
    sources = opened.sources.record if opened.sources else None
    return {document.id: document for document in sources.documents} if sources else {}


def _events(opened: OpenedRecord) -> dict[str, tuple[str, ...]]:
    readable = (file for file in opened.dossiers if "event" not in file.defined.unreadable)
    return {dossier_of(file.path): file.defined.events for file in readable}


def _places(opened: OpenedRecord) -> dict[str, tuple[str, ...]]:
    readable = (file for file in opened.dossiers if "place" not in file.defined.unreadable)
    return {
        dossier_of(file.path): tuple(
            use.id for use in file.defined.uses if use.kind == "place" and use.now is None
        )
        for file in readable
    }


def _inconsistencies(
    path: Path, record: Record | None, known: Known, today: date
) -> Iterator[Finding]:
    folder = dossier_of(path)
    match record:
        case Sources():
            yield from check_sources(record, known, today)
        case Dossier():
            yield from _named_as(folder, record.id, f"its folder is “{folder}”")
            yield from check_dossier(record, known)
        case Claim():
            yield from _named_as(path.stem, record.id, f"its file is “{path.name}”")
            yield from check_claim(record, known, folder)


def _named_as(expected: str, found: str, place: str) -> Iterator[Finding]:
    if expected != found:
        yield Finding(("id",), f"is “{found}”, but {place}; the two must be the same")


def _repeated(opened: OpenedRecord, parts: list[Defined]) -> Iterator[Fault]:
    files = {file.path: file for file in opened.files()}
    for use, first in repeated_ids(use for part in parts for use in part.uses):
        (place,) = files[first.path].locate([Finding(first.where, "")])
        message = f"“{use.id}” is {_called(first)} already ({place.path}:{place.line})"
        yield from files[use.path].locate([Finding(use.where, f"{message}; no id is used twice")])


def _called(use: IdUse) -> str:
    return f"the id of a {use.kind}" if use.now is None else f"the former id of a {use.kind}"


# Over the whole record, as no single file shows a circle, or that another has another day.
def _across_claims(opened: OpenedRecord) -> Iterator[Fault]:
    by_id = {file.record.id: file for file in opened.claims if file.record}
    claims = [file.record for file in by_id.values() if file.record]
    for name, message in part_of_circles(claims):
        yield from by_id[name].locate([Finding(("part_of",), message)])
    for name, finding in occasions_across(claims):
        yield from by_id[name].locate([finding])
