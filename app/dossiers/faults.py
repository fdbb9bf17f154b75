"""What is wrong in a file, where, in one sentence.

A `Finding` says where in a record; a `Fault` says where in a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

Where = tuple[str | int, ...]
"""The way from a file's root to a value: keys as the file spells them, places in lists from 0."""

WHOLE_FILE = "file"


class Finding(NamedTuple):
    """What is wrong at one place of a record, as a sentence that follows the name of the field."""

    where: Where
    message: str


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong at one line of a file; sorts by path, then line.

    `line` counts from 1. `field` is like `accounts[0].citations[1].said`, or `file` or `layout`
    where the fault is in no single field.
    """

    path: Path
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        """`file:line: field: what is wrong`."""
        # A file's name may be bytes that are no text; it must still be possible to print it.
        name = str(self.path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        return f"{name}:{self.line}: {self.field}: {self.message}"


def field_name(where: Where) -> str:
    """`("accounts", 0, "said")` as `accounts[0].said`; the root as `file`."""
    name = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in where)
    return name.removeprefix(".") or WHOLE_FILE
