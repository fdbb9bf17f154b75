"""Measure the main pages with Lighthouse, on a phone and on a desk; exit 1 below 100.

Run by `make lighthouse`. The shipped record is loaded into a database of its own and served on
loopback as `variorum serve` does. A score depends on what else the machine does: a page is measured
up to `TRIES` times, and its best score of each category counts. The machine is slowed down to a
middling telephone, by as much as it is faster. The whole reports stay under
`var/lighthouse/`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tools.lighthouse.serving import serve_shipped

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
REPORTS = ROOT / "var" / "lighthouse"
CATEGORIES = {
    "performance": "Performance",
    "accessibility": "Accessibility",
    "best-practices": "Best practices",
    "seo": "SEO",
}
FORMS = ("mobile", "desktop")
TRIES = 3
PERFECT = 100
CHROMIUM = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)

SLOWDOWN = "--throttling.cpuSlowdownMultiplier"
# What Lighthouse's benchmark gives on the telephone that it represents (a Moto G Power of 2022), by
# which Chromium's developer tools calibrate too, and how much slower it takes a computer to be.
TELEPHONE = 264
MAX_SLOWDOWN = 4.0

Scores = Mapping[str, int]


@dataclass(frozen=True)
class Measured:
    """A page to measure; `kept_out` are checks that it fails by design."""

    name: str
    path: str
    kept_out: tuple[str, ...] = ()


def main() -> int:
    """Measure everything; returns the exit code."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("No Chromium is installed: apt-get install chromium", file=sys.stderr)
        return 1
    REPORTS.mkdir(parents=True, exist_ok=True)
    found: dict[tuple[str, str], Scores] = {}
    with tempfile.TemporaryDirectory() as folder, serve_shipped(Path(folder)) as address:
        for page in _pages():
            for form in FORMS:
                found[page.name, form] = _best(page, address, form, chromium)
    _print(found)
    return int(any(min(scores.values()) < PERFECT for scores in found.values()))


def _pages() -> list[Measured]:
    claims = [path for path in ROOT.glob("claims/*/*.yaml") if path.stem != "dossier"]
    by_size = sorted(claims, key=lambda path: path.stat().st_size)
    dossier = by_size[0].parent.name
    return [
        Measured("home", "/"),
        Measured("overview", f"/dossiers/{dossier}"),
        Measured("claim, largest", f"/claims/{by_size[-1].stem}"),
        Measured("claim, smallest", f"/claims/{by_size[0].stem}"),
        Measured("compare", f"/compare?dossier={dossier}"),
        Measured("search", "/search"),
        # Search engines are asked not to list what was found for somebody's words.
        Measured("search, found", "/search?q=war", kept_out=("is-crawlable",)),
    ]


def _best(page: Measured, address: str, form: str, chromium: str) -> Scores:
    """The best scores of some tries; no more are made than are needed."""
    best: dict[str, int] = dict.fromkeys(CATEGORIES, 0)
    for _ in range(TRIES):
        scores = _measure(page, address, form, chromium)
        best = {name: max(best[name], scores[name]) for name in CATEGORIES}
        if min(best.values()) == PERFECT:
            break
    return best


def _measure(page: Measured, address: str, form: str, chromium: str) -> Scores:
    report = REPORTS / f"{page.name.replace(', ', '-')}-{form}"
    command = [
        str(HERE / "node_modules" / ".bin" / "lighthouse"),
        address + page.path,
        "--quiet",
        "--no-enable-error-reporting",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={CHROMIUM}",
        "--output=json",
        "--output=html",
        f"--output-path={report}",
        *(["--preset=desktop"] if form == "desktop" else [f"{SLOWDOWN}={_slowdown(report)}"]),
        *(f"--skip-audits={audit}" for audit in page.kept_out),
    ]
    # On a busy machine the browser's trace at times begins too late; the next try then counts.
    if subprocess.run(command, check=False, env={**os.environ, "CHROME_PATH": chromium}).returncode:
        return dict.fromkeys(CATEGORIES, 0)
    told = json.loads(Path(f"{report}.report.json").read_text(encoding="utf-8"))
    _tell(page, form, told)
    return {name: _points(told["categories"][name]) for name in CATEGORIES}


def _slowdown(report: Path) -> float:
    """By how much to slow this machine down to that telephone, as far as a trial has shown."""
    told = Path(f"{report}.report.json")
    if not told.exists():
        return MAX_SLOWDOWN
    index = json.loads(told.read_text(encoding="utf-8"))["environment"]["benchmarkIndex"]
    return round(min(MAX_SLOWDOWN, max(1.0, index / TELEPHONE)), 2)


def _points(category: Mapping[str, Any]) -> int:
    return round(PERFECT * (category["score"] or 0))


def _tell(page: Measured, form: str, told: Mapping[str, Any]) -> None:
    """Name every audit that takes points away."""
    for category in told["categories"].values():
        for part in category["auditRefs"]:
            audit = told["audits"][part["id"]]
            score = audit["score"]
            if part["weight"] and score is not None and score < 1 and _points(category) < PERFECT:
                shown = f"{audit['title']} {audit.get('displayValue', '')}".strip()
                print(f"{page.name}, {form}, {category['title']}: {shown} ({score})", flush=True)


def _print(found: Mapping[tuple[str, str], Scores]) -> None:
    table = Table("Page", "Window", *CATEGORIES.values())
    for (page, form), scores in found.items():
        table.add_row(page, form, *(str(scores[name]) for name in CATEGORIES))
    Console().print(table)


if __name__ == "__main__":
    sys.exit(main())
