"""What is wrong in a file, where, in one sentence.

A `Finding` says where in a record; a `Fault` says where in a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


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
