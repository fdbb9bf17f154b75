"""Backups with right checksums and whatever a forger puts into them."""

from __future__ import annotations

import tarfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any, BinaryIO

from app.storage.backup.archive import PartsWriter

Parts = list[tuple[str, bytes]]


def parts_of(content: bytes) -> Parts:
    """The parts of a backup, as any tar reads them, without its checksums."""
    with tarfile.open(fileobj=BytesIO(content)) as archive:
        found = [(member.name, archive.extractfile(member)) for member in archive]
        return [(name, part.read()) for name, part in found if part is not None][:-2]


class _Forger(PartsWriter):
    """Writes headers with something in them that no honest one has."""

    def __init__(self, file: BinaryIO, tricks: Mapping[str, Mapping[str, Any]]) -> None:
        super().__init__(file)
        self._tricks = tricks

    def _begin(self, name: str, size: int) -> None:
        found = tarfile.TarInfo(name)
        found.size, found.mode = size, 0o600
        for field, value in self._tricks.get(name, {}).items():
            setattr(found, field, value)
        self._write(found.tobuf(tarfile.GNU_FORMAT))


def write_parts(
    file: BinaryIO,
    parts: Iterable[tuple[str, bytes]],
    tricks: Mapping[str, Mapping[str, Any]] | None = None,
) -> None:
    """A backup of these parts, with the checksums that fit them; `tricks` go into headers."""
    writer = _Forger(file, tricks or {})
    for name, content in parts:
        writer.add(name, content)
    writer.finish()
