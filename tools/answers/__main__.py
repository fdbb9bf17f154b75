"""`python -m tools.answers write DIR` and `python -m tools.answers compare DIR_A DIR_B`."""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tools.answers.api import walk_api
from tools.answers.asking import Question, Servers
from tools.answers.commands import keep_commands
from tools.answers.comparing import compare
from tools.answers.keeping import DATABASE, Folder
from tools.answers.listed import in_languages, on_days, refused
from tools.answers.normalising import Words
from tools.answers.pages import walk_pages
from tools.answers.serving import Installation
from tools.answers.signed_in import keep_visits


def main() -> int:
    """Do what the arguments say; gives the exit code."""
    # Ends the servers too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    arguments = _arguments()
    if arguments.what == "compare":
        return compare(arguments.left, arguments.right)
    return _write(arguments.folder, arguments.database, arguments.jobs, arguments.sample)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.answers")
    commands = parser.add_subparsers(dest="what", required=True)
    write = commands.add_parser("write", help="write every answer into a new folder")
    write.add_argument("folder", type=Path)
    write.add_argument("--database", type=Path, help="an earlier run's; by default a new one")
    write.add_argument("--jobs", type=int, default=2, help="servers that answer side by side")
    write.add_argument("--sample", type=int, default=1, help="take every so-many-th address")
    comparing = commands.add_parser("compare", help="show what differs; exit 1 where anything does")
    comparing.add_argument("left", type=Path)
    comparing.add_argument("right", type=Path)
    return parser.parse_args()


def _write(path: Path, database: Path | None, jobs: int, sample: int) -> int:
    """Write a run; gives 0, or 1 where the folder already has a run."""
    folder = Folder(path)
    if path.exists() and list(folder.files()):
        print(f"{path} holds answers already.", file=sys.stderr)
        return 1
    path.mkdir(parents=True, exist_ok=True)
    if sample > 1:
        folder.mark_sampled(sample)
    with tempfile.TemporaryDirectory() as made:
        copies = [Path(made) / name for name in ("read", "written", "commanded")]
        for copy in copies:
            copy.mkdir()
        kept = _database(folder, database, copies[0])
        _keep_all(folder, [_copy(kept, copy) for copy in copies], jobs, sample)
    _count(folder)
    return 0


def _database(folder: Folder, given: Path | None, scratch: Path) -> Path:
    """The database of the run, which is stored in its folder; loaded again where none is given."""
    kept = folder.path.resolve() / DATABASE
    if given is not None:
        if given.resolve() != kept:
            shutil.copyfile(given, kept)
        return kept
    done = Installation(kept, scratch).run("load")
    if done.returncode:
        raise SystemExit(f"The record was not loaded:\n{done.stdout}{done.stderr}")
    return kept


def _copy(kept: Path, folder: Path) -> Installation:
    return Installation(shutil.copyfile(kept, folder / DATABASE), folder)


def _keep_all(folder: Folder, copies: list[Installation], jobs: int, sample: int) -> None:
    read, written, commanded = copies
    began = time.monotonic()

    def tell(what: str) -> None:
        print(f"{time.monotonic() - began:6.1f} s  {what}", flush=True)

    with read.served(jobs) as addresses, Servers(addresses, folder, sample) as servers:
        tell("servers are up")
        walk_pages(servers)
        tell("pages")
        walk_api(servers)
        tell("API")
        claims = _claims_of_each_kind(servers)
        servers.ask_all(_sampled(in_languages(claims), sample))
        servers.ask_all(_sampled(on_days(claims), sample))
        servers.ask_all(_sampled(refused(), sample))
        tell("languages, days, errors")
    keep_visits(written, folder)
    tell("signed in")
    keep_commands(commanded, folder, Words(), few=sample > 1)
    tell("commands")


def _sampled(questions: Iterable[Question], sample: int) -> list[Question]:
    return list(questions)[::sample]


def _claims_of_each_kind(servers: Servers) -> list[str]:
    """The ids of a claim of each kind, and of three more."""
    question = Question("api/claims", "/api/v1/claims?limit=200")
    items = sorted(servers.answer(question).json()["items"], key=lambda item: str(item["id"]))
    kinds = {item["kind"]: item["id"] for item in reversed(items)}
    more = ("hin-tagher-control", "parukh-withdrawal-2022", "parukh-control-2022")
    return sorted({*kinds.values(), *more})


def _count(folder: Folder) -> None:
    """Print how many answers there are of each kind."""
    kinds = Counter(file.rpartition("/")[0] for file in folder.files())
    for kind, count in sorted(kinds.items()):
        print(f"{count:6}  {kind}")
    print(f"{kinds.total():6}  in all")


if __name__ == "__main__":
    sys.exit(main())
