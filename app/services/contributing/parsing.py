"""What was sent, as one of the shapes that contributors send, or everything that is wrong with it.

Here is judged what can be judged without the record; `composing` holds it against the record.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.domain.checking.validation_messages import sentence
from app.domain.contributing.submissions import (
    LONGEST_FIELD,
    MOST_FAULTS,
    SubmissionKind,
    SubmittedCitation,
    SubmittedClaim,
    escaped,
    overlong_fields,
)
from app.domain.records.claims import Claim
from app.domain.values.base import Record
from app.dossiers.notation.faults import Fault
from app.dossiers.notation.layout import emit
from app.dossiers.notation.reading import read_yaml
from app.dossiers.opening import validate
from app.errors import BadFields

R = TypeVar("R", bound=Record)
_LONGEST_ECHO = 80
_LONGEST_SENTENCE = 500


def read_citation(
    sent: Mapping[str, Any], *, longest_field: int = LONGEST_FIELD
) -> SubmittedCitation:
    """A submitted citation from JSON values; raises `BadFields` with all that is wrong."""
    citation = read_fields(SubmittedCitation, sent, longest_field=longest_field)
    _require_none(citation.faults())
    return citation


def read_claim(sent: Mapping[str, Any], *, longest_field: int = LONGEST_FIELD) -> SubmittedClaim:
    """A submitted claim from JSON values; raises `BadFields` with all that is wrong."""
    claim = read_fields(SubmittedClaim, sent, longest_field=longest_field)
    _require_none(claim.faults())
    return claim


def read_fields(
    model: type[R], sent: Mapping[str, Any], *, longest_field: int = LONGEST_FIELD
) -> R:
    """Any of our shapes from JSON values, each field of its very type.

    Raises `BadFields`, of which at most a hundred faults are told.
    """
    _require_none(overlong_fields(sent, longest_field))
    try:
        return model.model_validate_json(
            json.dumps(sent), strict=True, by_alias=True, by_name=False
        )
    except ValidationError as error:
        faults = (fault for fault in error.errors(include_url=False) if not _counts_faulty(fault))
        raise BadFields([_problem(model, fault) for fault in islice(faults, MOST_FAULTS)]) from None


def pointer_to(where: Sequence[str | int]) -> str:
    """A way from the root to a value as a JSON Pointer (RFC 6901)."""
    return "".join(f"/{escaped(str(step)[:200])}" for step in where)


def told(finding: str) -> str:
    """What is wrong with a field as a sentence with its stop."""
    return finding if finding.endswith((".", "?")) else f"{finding}."


def _problem(model: type[Record], fault: ErrorDetails) -> tuple[str, str]:
    found = fault["input"]
    if fault["type"] == "string_type":
        return pointer_to(fault["loc"]), "must be a string."
    if isinstance(found, str) and len(found) > _LONGEST_ECHO:
        fault["input"] = f"{found[:_LONGEST_ECHO]}…"
    return pointer_to(fault["loc"]), told(sentence(model, fault)[:_LONGEST_SENTENCE])


def _counts_faulty(fault: ErrorDetails) -> bool:
    """Whether a list is called too short only because its faulty entries do not count."""
    if fault["type"] != "too_short":
        return False
    return len(fault["input"]) >= int(fault["ctx"]["min_length"])


def _require_none(faults: Sequence[tuple[str, str]]) -> None:
    if faults:
        raise BadFields(faults)


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
