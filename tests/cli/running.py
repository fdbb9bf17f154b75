"""The command `variorum`, in a process that is forked from one with its libraries in memory.

To import them anew takes longer than most commands. That the command starts by itself is shown by
the tests of what runs until it is stopped.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from app.cli.main import main

_SECONDS = 60.0
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(
    [
        "app.cli",
        "app.services.contributing.api_keys",
        "app.services.record.backup",
        "app.services.record.export_record",
        "app.services.record.load_record",
        "app.services.record.redact",
        "app.services.record.restore",
        "app.storage.database.schema",
    ]
)


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder to its end, with nothing of ours in its environment but this."""
    clean = {name: text for name, text in os.environ.items() if not name.startswith("VARIORUM_")}
    with TemporaryDirectory() as made:
        told, complained = Path(made) / "told", Path(made) / "complained"
        process = _PROCESSES.Process(
            target=_command, args=(arguments, folder, clean | environment, told, complained)
        )
        process.start()
        process.join(_SECONDS)
        code = process.exitcode
        if code is None:
            process.kill()
            raise subprocess.TimeoutExpired(["variorum", *arguments], _SECONDS)
        return subprocess.CompletedProcess(
            arguments, code, told.read_text("utf-8"), complained.read_text("utf-8")
        )


def _command(
    arguments: tuple[str, ...],
    folder: Path,
    environment: Mapping[str, str],
    told: Path,
    complained: Path,
) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for path, descriptor in ((told, 1), (complained, 2)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), descriptor)
    sys.argv = ["variorum", *arguments]
    main()
