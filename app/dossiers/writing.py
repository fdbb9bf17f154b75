"""A record as files in the one layout, each replaced whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.domain.values.base import Record
from app.dossiers.folders import CLAIMS, DOSSIER, SOURCES, find_roots, is_named
from app.dossiers.notation.faults import Fault
from app.dossiers.notation.layout import NO_COMMENTS, comment_lines, emit
from app.dossiers.opening import AnyFile
from app.dossiers.record import RecordFiles, open_record
from app.errors import BadInput


def write_record(record: RecordFiles, directory: Path) -> tuple[Path, ...]:
    """Write every file of the record below the directory; returns their paths.

    The directory is made if it does not exist. Names that begin with a dot are ignored, and where
    it holds a record already, so is everything beside `sources.yaml` and `claims/`. Raises
    `BadInput`, and writes nothing, where it holds another file that this record would not write.
    """
    # Such a file would be read as a part of the record. What lies beside a record is none of it:
    # the folder may be a repository with more in it.
    texts = dict(_files(record))
    strangers = sorted(set(_held(directory)) - texts.keys())
    if strangers:
        others = f" and {len(strangers) - 1} more" if len(strangers) > 1 else ""
        raise BadInput(
            f"“{directory}” contains {strangers[0]}{others}, which is not in the record; "
            "name an empty folder, or one that contains only this record's files."
        )
    for name, entry in texts.items():
        replace_file(directory / name, emit(entry))
    return tuple(directory / name for name in texts)


def _files(record: RecordFiles) -> Iterator[tuple[Path, Record]]:
    yield Path(SOURCES), record.sources
    for dossier in record.dossiers:
        yield Path(CLAIMS, dossier.id, DOSSIER), dossier
    for dossier_id, claim in record.claims:
        yield Path(CLAIMS, dossier_id, f"{claim.id}.yaml"), claim


def _held(directory: Path) -> Iterator[Path]:
    """What the directory holds, down to files, without names that begin with a dot.

    Of one that holds a record already, what belongs to a record.
    """
    if directory.exists() and not directory.is_dir():
        raise BadInput(f"“{directory}” is a file; name a folder.")
    is_record = (directory / SOURCES).is_file() and (directory / CLAIMS).is_dir()
    for folder, folders, files in os.walk(directory):
        if is_record and Path(folder) == directory:
            folders[:], files = [CLAIMS], [SOURCES]
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if Path(folder, name).is_symlink()]
        place = Path(folder).relative_to(directory)
        yield from (place / name for name in (*files, *links) if not name.startswith("."))


def replace_file(path: Path, text: str) -> None:
    """Write the text to the path, whole: a reader sees the old file, or all of the new text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        # Beside the file, as a rename is atomic within one file system alone.
        with temporary.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():  # a rename would give the file the mode of a new one
            shutil.copymode(path, temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def format_record(paths: Sequence[Path]) -> tuple[tuple[Path, ...], tuple[Fault, ...]]:
    """Rewrite the named files, and those in named folders, in the one layout.

    Returns the paths that changed, and the faults for which others were left unchanged: those of
    their structure, and comments, which would be lost. Raises `BadInput` for a path in no record.
    """
    changed: list[Path] = []
    faults: list[Fault] = []
    for root in find_roots(paths):
        opened = open_record(root)
        faults += (fault for fault in opened.faults if is_named(fault.path, paths))
        for file in opened.files():
            if is_named(file.path, paths):
                hindrances = [*file.faults, *_comments(file)]
                faults += hindrances
                if not hindrances and _rewrite(file):
                    changed.append(file.path)
    return tuple(changed), tuple(sorted(faults))


def _comments(file: AnyFile) -> Iterator[Fault]:
    if file.record is not None:
        for line in comment_lines(file.content.decode("utf-8")):
            yield Fault(file.path, line, "layout", NO_COMMENTS)


def _rewrite(file: AnyFile) -> bool:
    if file.record is None:
        return False
    text = emit(file.record)
    if text.encode("utf-8") == file.content:
        return False
    # A link remains a link: the file that it leads to is rewritten.
    replace_file(file.path.resolve(), text)
    return True
