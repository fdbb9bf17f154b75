"""Kill processes under load on both databases, and look for what was acknowledged.

Run by `make crash` (ROUNDS=1000 SEED=1): half of the rounds on SQLite, half on PostgreSQL. Exit 1
where anything is lost or half-done.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.crash.rounds import Report, run_rounds
from tests.databases import running_postgresql


def main(rounds: int, seed: int) -> int:
    """Run the rounds and print what came of them."""
    half = rounds // 2
    with TemporaryDirectory(prefix="variorum-crash-") as folder:
        place = Path(folder)
        (place / "sqlite").mkdir()
        (place / "postgresql").mkdir()
        url = f"sqlite:///{place / 'sqlite' / 'variorum.sqlite3'}"
        print_report("SQLite", run_rounds(url, place / "sqlite", rounds - half, seed))
        with running_postgresql() as server, server.database("nothing") as url:
            done = run_rounds(url, place / "postgresql", half, seed)
            return print_report("PostgreSQL", done)


def print_report(name: str, report: Report) -> int:
    """Print what was killed and what was wrong; gives the exit code."""
    print(
        f"{name}: {report.kills} kills, {report.writes} acknowledged, {len(report.faults)} wrong."
    )
    for fault in report.faults:
        print(f"  {fault}")
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
