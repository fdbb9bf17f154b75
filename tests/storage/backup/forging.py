"""Backups with right checksums and whatever a forger puts into them."""

from __future__ import annotations

import tarfile
from collections.abc import Iterable
from io import BytesIO
from typing import BinaryIO

from app.storage.backup.archive import PartsWriter

Parts = list[tuple[str, bytes]]


def parts_of(content: bytes) -> Parts:
    """The parts of a backup, as any tar reads them, without its checksums."""
    with tarfile.open(fileobj=BytesIO(content)) as archive:
        found = [(member.name, archive.extractfile(member)) for member in archive]
        return [(name, part.read()) for name, part in found if part is not None][:-2]


def write_parts(file: BinaryIO, parts: Iterable[tuple[str, bytes]]) -> None:
    """A backup of these parts, with the checksums that fit them."""
    writer = PartsWriter(file)
    for name, content in parts:
        writer.add(name, content)
    writer.finish()
