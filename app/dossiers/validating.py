"""A plain tree as one of the domain's records, or everything that keeps it from being one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.domain.base import Record
from app.dossiers.faults import Finding, Where
from app.dossiers.notation.reading import Reading
from app.dossiers.wording import sentence

R = TypeVar("R", bound=Record)


def validate(model: type[R], reading: Reading) -> tuple[R | None, tuple[Finding, ...]]:
    """The record that the reading holds, or None and why not.

    Findings at values that the reading already refused are left out: they say nothing new.
    """
    if reading.tree is None:
        return None, ()
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
