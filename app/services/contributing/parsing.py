"""What was sent, as one of the shapes that contributors send, or everything that is wrong with it.

What can be checked without the record is checked here; `drafting` checks it against the record.
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
from app.domain.contributing.records import (
    MAX_FAULTS,
    MAX_FIELD_LENGTH,
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
# Faults repeat what was sent: a hundred of them must not make an answer of megabytes.
_MAX_ECHO = 80
_MAX_SENTENCE = 500


def read_citation(
    sent: Mapping[str, Any], *, max_length: int = MAX_FIELD_LENGTH
) -> SubmittedCitation:
    """A submitted citation from JSON values; raises `BadFields` with all that is wrong."""
    citation = read_fields(SubmittedCitation, sent, max_length=max_length)
    _require_none(citation.faults())
    return citation


def read_claim(sent: Mapping[str, Any], *, max_length: int = MAX_FIELD_LENGTH) -> SubmittedClaim:
    """A submitted claim from JSON values; raises `BadFields` with all that is wrong."""
    claim = read_fields(SubmittedClaim, sent, max_length=max_length)
    _require_none(claim.faults())
    return claim


def read_fields(
    model: type[R], sent: Mapping[str, Any], *, max_length: int = MAX_FIELD_LENGTH
) -> R:
    """Any of our shapes from JSON values, each field of its very type.

    Raises `BadFields`, which carries at most a hundred faults.
    """
    # Before anything reads the texts: patterns and dates are for texts of a reasonable length.
    _require_none(overlong_fields(sent, max_length))
    try:
        # From JSON again, since strict mode takes a list for a tuple only there.
        return model.model_validate_json(
            json.dumps(sent), strict=True, by_alias=True, by_name=False
        )
    except ValidationError as error:
        faults = (fault for fault in error.errors(include_url=False) if not _counts_faulty(fault))
        raise BadFields([_problem(model, fault) for fault in islice(faults, MAX_FAULTS)]) from None


def pointer_to(where: Sequence[str | int]) -> str:
    """A way from the root to a value as a JSON Pointer (RFC 6901)."""
    # A key can be as long as the body: cut, as the pointer goes into the answer.
    return "".join(f"/{escaped(str(step)[:200])}" for step in where)


def with_stop(finding: str) -> str:
    """What is wrong with a field as a sentence with its stop."""
    return finding if finding.endswith((".", "?")) else f"{finding}."


def _problem(model: type[Record], fault: ErrorDetails) -> tuple[str, str]:
    found = fault["input"]
    if fault["type"] == "string_type":
        return pointer_to(fault["loc"]), "must be a string."
    if isinstance(found, str) and len(found) > _MAX_ECHO:
        fault["input"] = f"{found[:_MAX_ECHO]}…"
    return pointer_to(fault["loc"]), with_stop(sentence(model, fault)[:_MAX_SENTENCE])


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
    # “surrogatepass”, so that a lone surrogate is refused at its line by the reader instead of
    # raising here.
    reading = read_yaml(_NAME, text.encode("utf-8", "surrogatepass"))
    record, findings = validate(model, reading)
    faults = (*reading.faults, *map(reading.fault, findings))
    if record is None or faults:
        raise BadFields(list(_problems(faults)))
    return record


def _problems(faults: tuple[Fault, ...]) -> Iterator[tuple[str, str]]:
    for fault in sorted(faults):
        yield f"line {fault.line}, {fault.field}", f"{fault.message.removesuffix('.')}."
