"""The texts of documents, kept in a folder to check quotations against."""

from __future__ import annotations

import re
from pathlib import Path

from app.domain.base import ID_PATTERN, ID_RULE
from app.errors import BadInput

_ID = re.compile(ID_PATTERN)


def read_texts(directory: Path) -> dict[str, str]:
    """The text of every `<document id>.txt` in the folder, by document id, sorted by it.

    A `README` and names that begin with a dot are left alone, and so is what does not end in
    `.txt`. Raises `BadInput` where the folder is not there, a file's name is no id, or a text is
    not UTF-8.
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
