"""Every command of the operator's pages about backups does what the page says."""

from __future__ import annotations

import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app.storage.database.engine import Database
from tests import saved
from tests.databases import PostgresServer, SqliteFiles
from tests.loaded import ROOT

PAGES = ROOT / "docs" / "operations"
BLOCK = re.compile(r"(?ms)^```(?:sh|bash)\n(.+?)^```$")
ON_POSTGRESQL = re.compile(r"(?ms)^```bash\n(.+?)^```$")


@pytest.fixture
def folder(sqlite_files: SqliteFiles, tmp_path: Path) -> Path:
    """An installation that holds the example record."""
    for name in ("data", "backups", "bin", "tmp"):
        (tmp_path / name).mkdir()
    for name in ("systemctl", "createdb"):
        stand_in = tmp_path / "bin" / name
        stand_in.write_text("#!/bin/sh\nexit 0\n")
        stand_in.chmod(0o700)
    sqlite_files.copy("example", tmp_path / "data")
    return tmp_path


def run_shell(folder: Path, commands: str, url: str) -> str:
    """What commands print, in one shell that ends with the first that fails."""
    replaced = {
        "/var/lib/variorum": str(folder / "data"),
        "/var/backups/variorum": str(folder / "backups"),
        "/tmp/": f"{folder}/tmp/",
        "postgresql:///variorum_restored": f"'{url}'",
    }
    script = re.sub("|".join(map(re.escape, replaced)), lambda f: replaced[f[0]], commands)
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder,
        env={
            "PATH": f"{folder / 'bin'}:{Path(sys.executable).parent}:/usr/bin:/bin",
            "VARIORUM_DATA_DIR": str(folder / "data"),
            "LC_ALL": "C.UTF-8",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_commands_for_another_kind_of_database_work(
    folder: Path, postgresql: PostgresServer
) -> None:
    with closing(Database(f"sqlite:///{folder / 'data' / 'variorum.sqlite3'}")) as database:
        saved.save(database, folder / "none", folder / "backups" / "rehearsal.backup")
    (commands,) = ON_POSTGRESQL.findall((PAGES / "restore.md").read_text("utf-8"))
    with postgresql.database("nothing") as url:
        printed = run_shell(folder, commands, url)
    assert "Restored: 50 revisions" in printed


@pytest.mark.long
def test_every_command_about_backups_works(folder: Path, postgresql: PostgresServer) -> None:
    # One shell for both pages: the second restores what the first saved.
    texts = [(PAGES / name).read_text("utf-8") for name in ("backup.md", "restore.md")]
    with postgresql.database("nothing") as url:
        printed = run_shell(folder, "".join("".join(BLOCK.findall(text)) for text in texts), url)
    assert printed.count("Restored: 50 revisions") == 3
    assert printed.count("The backup is whole: 50 revisions") == 3
    names = {path.name for path in (folder / "backups").iterdir()}
    assert {"today.backup", "rehearsal.backup", "piped.gz"} < names


@pytest.mark.parametrize("place", ["README.md", "docs/operations/backup.md", "--help"])
def test_copying_the_database_by_hand_is_warned_against_where_people_look(place: str) -> None:
    if place == "--help":
        done = subprocess.run(
            [sys.executable, "-c", "from app.cli.main import main; main()", "backup", "--help"],
            cwd=ROOT,
            env={"COLUMNS": "200"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Never copy the database's own file instead" in done.stdout
        return
    assert "Do not copy `variorum.sqlite3` by hand" in (ROOT / place).read_text("utf-8")
