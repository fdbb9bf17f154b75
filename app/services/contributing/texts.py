"""Submissions and claims as text that a moderator can edit: in the notation of the files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from app.domain.base import Record
from app.domain.claims import Claim
from app.domain.contributions import SubmissionKind, SubmittedCitation, SubmittedClaim
from app.dossiers import emit
from app.dossiers.faults import Fault
from app.dossiers.notation.reading import read_yaml
from app.dossiers.validating import validate
from app.errors import BadFields

R = TypeVar("R", bound=Record)
_NAME = Path("text")


def text_of(sent: SubmittedCitation | SubmittedClaim) -> str:
    """What was sent as YAML, in the one layout that files have."""
    return emit(sent)


def read_text(kind: SubmissionKind, text: str) -> dict[str, Any]:
    """An edited submission as JSON values; raises `BadFields`, whose places are lines."""
    return _read(SubmittedCitation if kind == "citation" else SubmittedClaim, text).to_plain()


def read_claim_text(text: str) -> dict[str, Any]:
    """An edited claim as JSON values; raises `BadFields`, whose places are lines."""
    return _read(Claim, text).to_json()


def _read(model: type[R], text: str) -> R:
    reading = read_yaml(_NAME, text.encode("utf-8", "surrogatepass"))
    record, findings = validate(model, reading)
    faults = (*reading.faults, *map(reading.fault, findings))
    if record is None or faults:
        raise BadFields(list(_problems(faults)))
    return record


def _problems(faults: tuple[Fault, ...]) -> Iterator[tuple[str, str]]:
    for fault in sorted(faults):
        yield f"line {fault.line}, {fault.field}", f"{fault.message.removesuffix('.')}."
