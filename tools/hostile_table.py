"""Look where the pages, answers, logs and commands show what comes from outside, and write it down.

Run by `python -m tools.hostile_table` after a field or a place is new. It needs Chromium.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from tests.hostile.table import COMMITTED, find


def main() -> int:
    """Write and print the table; exit 1 where something does harm."""
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        found = find(browser, Path(folder))
        browser.close()
    lines = "\n".join(found.lines())
    COMMITTED.write_text(f"{lines}\n", encoding="utf-8")
    print(lines, *found.faults, found.counts(), sep="\n")
    return 1 if found.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
