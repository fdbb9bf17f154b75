"""What the commands say: help, checks of files and database, and the files of an export."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools.answers.keeping import Folder, Kept
from tools.answers.normalising import Words
from tools.answers.serving import Installation

_COMMAND = re.compile(r"^│ ([a-z][a-z-]*) ", re.M)
_GROUPS = ("keys",)
_SAID: tuple[tuple[str, ...], ...] = (
    (),
    ("nonsense",),
    ("keys",),
    ("check", "--strict"),
    ("check",),
    ("check", "faulty"),
    ("check", "nowhere"),
    ("audit",),
    ("audit", "--published", "1:00"),
    ("audit", "--published", "nonsense"),
    ("migrate",),
    ("load", "--keep"),
    ("load", "faulty"),
    ("keys", "list"),
    ("keys", "revoke", "nobody"),
    ("keys", "new"),
    ("redact", "nonsense"),
    ("export",),
    ("export", "exported"),
)
_FEW = (("check", "--strict"), ("audit",), ("export", "exported"))
_FAULTY = {
    "sources.yaml": "sides: []\nbodies: 7\nspeakers:\n  - id: A B\n",
    "claims/x/dossier.yaml": "title: X\nnothing: 1\n",
    "claims/x/one.yaml": "id: two\nquestion: Is it?\nkind: guess\naccounts: [{id: a}, {id: a}]\n",
    "claims/x/three.yaml": "id: [\n",
}


def keep_commands(
    installation: Installation, folder: Folder, words: Words, *, few: bool = False
) -> None:
    """Store every command's help and what harmless ones print about this record; or a few."""
    _write_faulty(installation.folder / "faulty")
    helps = [("--help",)] if few else list(_helps(installation))
    with ThreadPoolExecutor(2) as pool:
        for kept in pool.map(lambda which: _said(installation, words, which), helps):
            folder.write(kept)
    for which in _FEW if few else _SAID:
        folder.write(_said(installation, words, which))
    folder.write(_export(installation))


def said_of(installation: Installation, words: Words, which: tuple[str, ...]) -> tuple[str, str]:
    """Run a command; gives what it said on both channels with its exit code, and the plain words.

    What varies is replaced in the first.
    """
    done = installation.run(*which)
    whole = f"exit code: {done.returncode}\n\n{done.stdout}--- errors\n{done.stderr}"
    return words.normal(whole.replace(str(installation.folder), "FOLDER")), done.stdout


def _said(installation: Installation, words: Words, which: tuple[str, ...]) -> Kept:
    asked = " ".join(("variorum", *which))
    return Kept("commands", asked, said_of(installation, words, which)[0])


def _helps(installation: Installation) -> Iterator[tuple[str, ...]]:
    """The help of the program, of each command, and of each command of a group."""
    yield ("--help",)
    for name in _COMMAND.findall(installation.run("--help").stdout):
        yield (name, "--help")
        if name in _GROUPS:
            inner = _COMMAND.findall(installation.run(name, "--help").stdout)
            yield from ((name, each, "--help") for each in inner)


def _write_faulty(folder: Path) -> None:
    for name, text in _FAULTY.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def _export(installation: Installation) -> Kept:
    """The hash of every file that `export exported` wrote."""
    exported = installation.folder / "exported"
    lines = [
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(exported).as_posix()}"
        for file in sorted(exported.rglob("*"))
        if file.is_file()
    ]
    return Kept("commands", "files of the export", "\n".join([*lines, ""]))
