"""What the documents for newcomers name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "docs" / "decisions").glob("*.md")),
    *sorted((ROOT / "docs" / "operations").glob("*.md")),
]
PATHS = re.compile(r"`([a-z_]+(?:/[\w.-]+)*(?:/|\.(?:py|md|html|json|css|toml|yaml|po)))`")
MODULES = re.compile(r"`(app(?:\.[a-z_]+)+)`")
# Paths are given from the repository, from the package, or from its pages.
STARTS = (ROOT, ROOT / "app", ROOT / "app" / "web")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_a_document_names_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    named = {path for path in PATHS.findall(text) if "/" in path}
    named |= {module.replace(".", "/") for module in MODULES.findall(text)}
    assert sorted(path for path in named if not is_there(path)) == []


def is_there(path: str) -> bool:
    """Whether a path leads to a file or folder; of a module its last part may be a name in it."""
    ways = (path, f"{path}.py", f"{path.rpartition('/')[0]}.py")
    return any((start / way).exists() for start in STARTS for way in ways)
