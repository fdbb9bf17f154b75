"""Which folders hold a record, and which files in them are its own.

    sources.yaml
    claims/<dossier>/dossier.yaml
    claims/<dossier>/<claim id>.yaml

Names that begin with a dot are ignored. Paths stay as the caller wrote them: relative ones remain
relative to the working directory.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.checking.findings import WHOLE_FILE
from app.domain.values.base import ID_PATTERN, ID_RULE
from app.dossiers.notation.faults import Fault
from app.errors import BadInput

SOURCES = "sources.yaml"
CLAIMS = "claims"
DOSSIER = "dossier.yaml"


@dataclass(slots=True)
class DossierFolder:
    """One dossier's folder, its own file if it is there, and its claims' files by name."""

    path: Path
    dossier: Path | None = None
    claims: list[Path] = field(default_factory=list)


@dataclass(slots=True)
class RootFiles:
    """The files of one record, and the faults of what lies there without being one."""

    root: Path
    sources: Path | None = None
    folders: list[DossierFolder] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def find_roots(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The record that each path belongs to: the nearest folder at or above with a `sources.yaml`.

    Each root once, in the order of the paths. Raises `BadInput` for a path that is not there, or
    that is no part of a record.
    """
    return tuple(dict.fromkeys(_root_of(path) for path in paths))


def _root_of(path: Path) -> Path:
    if not path.exists():
        raise BadInput(f"There is no file or folder “{path}”.")
    place = _place(path)
    root = next((folder for folder in (place, *place.parents) if _is_root(folder)), None)
    if root is None:
        raise BadInput(
            f"“{path}” belongs to no record: no folder at or above it contains {SOURCES}."
        )
    if place not in (root, root / SOURCES) and not place.is_relative_to(root / CLAIMS):
        raise BadInput(f"“{path}” is not part of a record: that is {SOURCES} and {CLAIMS}/.")
    return root if path.is_absolute() else _relative(root)


def _is_root(folder: Path) -> bool:
    return (folder / SOURCES).is_file()


def _place(path: Path) -> Path:
    """The path from the root of the file system, without `..`; links are not followed."""
    # `resolve` would follow links, and a linked file would belong to another record than its name
    # says.
    return Path(os.path.normpath(path.absolute()))


def _relative(path: Path) -> Path:
    return Path(os.path.relpath(path))


def dossier_of(path: Path) -> str:
    """The name of the dossier's folder that a file is in."""
    return _place(path).parent.name


def files_of(root: Path) -> RootFiles:
    """The files of the record in this folder, with the faults of their names and places."""
    shown = root if root.is_absolute() else _relative(root)
    found = RootFiles(shown)
    if (shown / SOURCES).is_file():
        found.sources = _own(shown / SOURCES, found)
    else:
        _refuse(found, shown / SOURCES, "is missing; it has what all dossiers share")
    claims = shown / CLAIMS
    if not claims.is_dir():
        _refuse(found, claims, "is missing; it has a folder for each dossier")
    elif _own(claims, found):
        _read_folders(claims, found)
    return found


def _read_folders(claims: Path, found: RootFiles) -> None:
    for folder in _entries(claims, found):
        if folder.is_dir():
            found.folders.append(_folder(folder, found))
        else:
            _refuse(found, folder, "is no dossier's folder; a claim belongs in one")


def _folder(folder: Path, found: RootFiles) -> DossierFolder:
    own = DossierFolder(folder if folder.is_absolute() else _relative(folder))
    for path in _entries(own.path, found):
        if not path.is_file() or path.suffix != ".yaml":
            _refuse(found, path, "is not a file of a record; claims are files that end in .yaml")
        elif path.name == DOSSIER:
            own.dossier = path
        else:
            own.claims.append(path)
    if own.dossier is None:
        _refuse(found, own.path / DOSSIER, "is missing; it names the dossier of this folder")
    return own


def _entries(folder: Path, found: RootFiles) -> Iterator[Path]:
    """What a folder holds by name, without what begins with a dot or leads out of the record."""
    # Sorted, as file systems list names in any order, and reports should not differ by it.
    for path in sorted(folder.iterdir()):
        if not path.name.startswith(".") and _own(path, found):
            yield path


def _own(path: Path, found: RootFiles) -> Path | None:
    if not path.is_symlink():
        return path
    if not path.exists():
        _refuse(found, path, "is a symbolic link that leads nowhere")
        return None
    # A record may come from strangers: no file of it opens one of this machine.
    if not path.resolve().is_relative_to(found.root.resolve()):
        _refuse(found, path, "is a symbolic link that leads out of the record")
        return None
    return path


def _refuse(found: RootFiles, path: Path, message: str) -> None:
    found.faults.append(Fault(path, 1, WHOLE_FILE, message))


def is_named(path: Path, named: Iterable[Path]) -> bool:
    """Whether a path is one of the named ones, or lies below one."""
    return any(_place(path).is_relative_to(_place(one)) for one in named)


_ID = re.compile(ID_PATTERN)


def read_texts(directory: Path) -> dict[str, str]:
    """The text of every `<document id>.txt` in the folder, by document id, sorted by it.

    A `README`, names that begin with a dot and what does not end in `.txt` are ignored. Raises
    `BadInput` where the folder is not there, a file's name is no id, or a text is not UTF-8.
    """
    if not directory.is_dir():
        raise BadInput(f"There is no folder “{directory}”.")
    return {
        path.stem: _text(path)
        for path in sorted(directory.glob("*.txt"))
        if not path.name.startswith(".") and path.stem.lower() != "readme"
    }


def _text(path: Path) -> str:
    if not _ID.fullmatch(path.stem):
        raise BadInput(f"“{path}” must be named by the id of its document; {ID_RULE}.")
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise BadInput(f"“{path}” is not UTF-8; save it in that encoding.") from None
