"""Files as a power failure may leave them, from the log of what a process did to them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512  # bytes that a disk writes whole, or not at all


@dataclass(frozen=True, slots=True)
class Operation:
    """One record of the log; `data` is what was written."""

    what: str
    offset: int
    path: str
    data: bytes


def operations(log: Path) -> Iterator[Operation]:
    """The operations in order; see `writes.c` for the form."""
    with log.open("rb") as file:
        while head := file.readline():
            what, offset, length, path = head.decode().rstrip("\n").split(" ", 3)
            data = file.read(int(length))
            yield Operation(what, int(offset), path, data)


@dataclass(slots=True)
class Disk:
    """What is surely on the disk, and what was written since each file's last sync.

    A file that was never synced may be there or not. Writes that were not synced reach the disk in
    any order, or not at all, and the last sectors of one may be missing.
    """

    safe: dict[str, bytearray] = field(default_factory=dict)
    pending: dict[str, list[Operation]] = field(default_factory=dict)

    def apply(self, done: Operation) -> None:
        match done.what:
            case "sync":
                content = self.safe.setdefault(done.path, bytearray())
                for each in self.pending.pop(done.path, []):
                    _change(content, each)
            case "unlink":
                self.safe.pop(done.path, None)
                self.pending.pop(done.path, None)
            case "rename":
                old, new = done.path.split("\t")
                for place in (self.safe, self.pending):
                    if old in place:
                        place[new] = place.pop(old)  # type: ignore[assignment, index]
            case "open":
                self.pending.setdefault(done.path, [])
            case _:
                self.pending.setdefault(done.path, []).append(done)

    def after_failure(self, chance: random.Random | None, *, is_kept: bool) -> dict[str, bytes]:
        """The files after power failed now.

        Without a `chance` all that was not synced is there (`is_kept`) or none of it; with one, any
        part of it.
        """
        found = {path: bytearray(content) for path, content in self.safe.items()}
        for path, pending in self.pending.items():
            chosen = [done for done in pending if chance.random() < 0.5] if chance else pending
            if not (chance or is_kept):
                chosen = []
            if chosen or path in found:
                content = found.setdefault(path, bytearray())
                for done in chosen:
                    _change(content, _torn(done, chance) if chance else done)
        return {path: bytes(content) for path, content in found.items()}


def _torn(done: Operation, chance: random.Random) -> Operation:
    """A write of which the last sectors may be missing."""
    sectors = -(-len(done.data) // SECTOR)
    if done.what != "write" or sectors < 2 or chance.random() < 0.5:
        return done
    whole = chance.randrange(1, sectors)
    return Operation(done.what, done.offset, done.path, done.data[: whole * SECTOR])


def _change(content: bytearray, done: Operation) -> None:
    if done.what == "truncate":
        content.clear()
    elif done.what == "resize":
        del content[done.offset :]
        content.extend(bytes(max(0, done.offset - len(content))))
    else:
        content.extend(bytes(max(0, done.offset - len(content))))
        content[done.offset : done.offset + len(done.data)] = done.data
