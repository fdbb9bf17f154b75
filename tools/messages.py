"""Collects the messages of pages into every catalogue, by pybabel: `make messages`.

New messages come in empty, and are translated by hand; unused ones are removed. See
docs/languages.md. What is read is in pyproject.toml (`tool.babel`), how is here, as pybabel takes
its other options from the command line alone.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from app.web.wording.locale import FOLDER

ROOT = Path(__file__).resolve().parents[1]
_WIDTH = ("--width", "100")
_EXTRACT = (
    *("--mapping", "pyproject.toml", "--keyword", "LazyMessage"),
    *("--add-comments", "Translators:", "--strip-comments"),
    *("--add-location", "file", "--sort-by-file"),  # a line number would change with every edit
    *_WIDTH,
)
# A guessed translation is worse than none: it is mistaken for a real one.
_UPDATE = ("--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date", *_WIDTH)


def extract(template: Path) -> None:
    """Write every message of the program into a template (a POT file)."""
    _pybabel("extract", *_EXTRACT, "--output-file", str(template), "app")


def update(template: Path, folder: Path = FOLDER) -> None:
    """Bring the catalogues in a folder up to date with a template, in their one layout."""
    _pybabel("update", *_UPDATE, "--input-file", str(template), "--output-dir", str(folder))


def _pybabel(*arguments: str) -> None:
    command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", *arguments]
    subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    with TemporaryDirectory() as scratch:
        extract(Path(scratch) / "messages.pot")
        update(Path(scratch) / "messages.pot")
