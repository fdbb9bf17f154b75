"""One file of a record: its bytes, what it holds, and what is wrong with it by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.domain.checking.findings import WHOLE_FILE, Finding, Where
from app.domain.checking.validation_messages import sentence
from app.domain.records.claims import Claim
from app.domain.records.registers import Dossier, Sources
from app.domain.values.base import Record
from app.dossiers.identity import Defined, defined_by_claim, defined_by_dossier, defined_by_sources
from app.dossiers.notation.faults import Fault
from app.dossiers.notation.layout import emit, layout_fault
from app.dossiers.notation.reading import MAX_BYTES, Reading, read_yaml
from app.dossiers.notation.tree import Tree

MAX_SHARED_BYTES = 64 << 20
"""`sources.yaml` and a dossier's file grow with the record; a claim's does not."""

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class OpenedFile(Generic[R]):
    """A file as it was read; `record` is None where its structure has faults.

    Lines are not stored, as most files never need them: the first fault reads the bytes once more.
    """

    path: Path
    content: bytes
    record: R | None
    defined: Defined
    faults: tuple[Fault, ...]
    max_bytes: int

    def locate(self, findings: Iterable[Finding]) -> Iterator[Fault]:
        """The findings as faults of this file, each at its line."""
        return (self._reading.fault(finding) for finding in findings)

    @cached_property
    def _reading(self) -> Reading:
        return read_yaml(self.path, self.content, self.max_bytes)

    def layout_faults(self) -> Iterator[Fault]:
        """Where a file of sound structure first leaves the one layout."""
        if self.record is None:
            return
        departure = layout_fault(self.content.decode("utf-8"), emit(self.record))
        if departure:
            yield Fault(self.path, departure[0], "layout", departure[1])


AnyFile = OpenedFile[Sources] | OpenedFile[Dossier] | OpenedFile[Claim]


def open_sources(path: Path) -> OpenedFile[Sources]:
    """A `sources.yaml`."""
    return _open(path, Sources, defined_by_sources, MAX_SHARED_BYTES)


def open_dossier(path: Path) -> OpenedFile[Dossier]:
    """A `dossier.yaml`."""
    return _open(path, Dossier, defined_by_dossier, MAX_SHARED_BYTES)


def open_claim(path: Path) -> OpenedFile[Claim]:
    """A claim's file."""
    return _open(path, Claim, defined_by_claim, MAX_BYTES)


def _open(
    path: Path,
    model: type[R],
    defines: Callable[[Path, Mapping[str, Tree] | None], Defined],
    max_bytes: int,
) -> OpenedFile[R]:
    try:
        with path.open("rb") as file:
            content = file.read(max_bytes + 1)  # a file of any size is read no further than refused
    except OSError as error:
        fault = Fault(path, 1, WHOLE_FILE, f"cannot be read: {error.strerror}")
        return OpenedFile(path, b"", None, defines(path, None), (fault,), max_bytes)
    reading = read_yaml(path, content, max_bytes)
    record, findings = validate(model, reading)
    faults = (*reading.faults, *map(reading.fault, findings))
    return OpenedFile(path, content, record, defines(path, reading.tree), faults, max_bytes)


def validate(model: type[R], reading: Reading) -> tuple[R | None, tuple[Finding, ...]]:
    """The record that the reading holds, or None and why not.

    Findings at values that the reading already refused are left out: they say nothing new.
    """
    if reading.tree is None:
        return None, ()
    # By alias alone: a field's Python name in a file would pass, and be written back under another.
    try:
        record = model.model_validate(reading.tree, by_alias=True, by_name=False)
    except ValidationError as error:
        return None, tuple(_findings(model, error, reading.placeholders))
    return (None if reading.faults else record), ()


def _findings(
    model: type[Record], error: ValidationError, placeholders: frozenset[Where]
) -> Iterator[Finding]:
    for details in error.errors(include_url=False):
        where = details["loc"]
        refused = any(where[:length] in placeholders for length in range(len(where) + 1))
        if not refused and not _counts_faulty_entries(details):
            yield Finding(where, sentence(model, details))


def _counts_faulty_entries(details: ErrorDetails) -> bool:
    """Whether a list is called too short only because its faulty entries do not count."""
    if details["type"] != "too_short":
        return False
    return len(details["input"]) >= int(details["ctx"]["min_length"])
