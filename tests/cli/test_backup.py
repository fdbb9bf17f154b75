"""An operator saves a record and brings it back; what goes wrong is said in a sentence."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.loaded import EXAMPLE

SECRET = "0123456789" * 4


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example record, loaded, and a secret."""
    folder = Path(shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("backup") / "work"))
    assert run(folder, "load").returncode == 0
    (folder / "var" / "cookie-secret").write_text(SECRET)
    assert run(folder, "keys", "new", "--name", "nightingale").returncode == 0
    return folder


@pytest.fixture(scope="module")
def saved(loaded: Path) -> Path:
    """A backup of it."""
    done = run(loaded, "backup", "backup.tar")
    assert done.returncode == 0, done.stderr
    return loaded / "backup.tar"


@pytest.fixture
def place(tmp_path: Path, saved: Path) -> Path:
    """An empty folder with the backup in it."""
    shutil.copy2(saved, tmp_path)
    return tmp_path


def test_what_was_saved_comes_back_with_keys_and_secret(loaded: Path, place: Path) -> None:
    done = run(place, "restore", "backup.tar")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Restored: 50 revisions" in done.stdout
    assert run(place, "audit").stdout == run(loaded, "audit").stdout
    assert run(place, "keys", "list").stdout == run(loaded, "keys", "list").stdout
    assert run(place, "export", "out").returncode == 0
    for path in (EXAMPLE / "claims").rglob("*.yaml"):
        assert (place / "out" / path.relative_to(EXAMPLE)).read_bytes() == path.read_bytes()
    assert (place / "var" / "cookie-secret").read_text() == SECRET


def test_it_is_checked_without_being_restored(place: Path) -> None:
    done = run(place, "restore", "--check", "backup.tar")
    assert done.stdout.startswith("The backup is whole: 50 revisions")
    assert [path.name for path in place.iterdir()] == ["backup.tar"]


def test_a_backup_that_others_can_read_is_complained_about(place: Path) -> None:
    (place / "backup.tar").chmod(0o644)
    assert "chmod 600 backup.tar" in run(place, "restore", "--check", "backup.tar").stderr


def test_nothing_is_overwritten(loaded: Path, place: Path) -> None:
    content = (place / "backup.tar").read_bytes()
    done = run(loaded, "backup", str(place / "backup.tar"))
    assert (done.returncode, "exists already" in done.stderr) == (1, True)
    assert (place / "backup.tar").read_bytes() == content
    (place / "link.tar").symlink_to("backup.tar")
    assert run(loaded, "backup", str(place / "link.tar")).returncode == 1
    assert run(loaded, "backup", str(place / "backup.tar"), "--replace").returncode == 0
    assert (place / "backup.tar").read_bytes() != content


@pytest.mark.parametrize(
    "taken",
    ["variorum.sqlite3", "variorum.sqlite3-wal", "cookie-secret", "snapshots/text/a.txt"],
)
def test_a_restore_refuses_a_place_where_something_is(place: Path, taken: str) -> None:
    path = place / "var" / taken
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    done = run(place, "restore", "backup.tar")
    assert done.returncode == 1
    assert "is there already, and a restore overwrites nothing" in done.stderr
    left = [path for path in (place / "var").rglob("*") if path.is_file()]
    assert left == [path]
    assert path.read_text() == "mine"


def test_faults_of_paths_are_sentences(loaded: Path, place: Path) -> None:
    for arguments, said in {
        ("backup", "no/such/folder/x.tar"): "There is no folder no/such/folder",
        ("backup", "."): "is a folder",
        ("restore", "none.tar"): "No such file or directory",
        ("restore", "."): "Is a directory",
        ("restore", "sources.yaml"): "is no backup of Variorum",
        ("restore", "/dev/null"): "is no file",
    }.items():
        done = run(loaded, *arguments)
        assert done.returncode == 1
        assert said in done.stderr
        assert "Traceback" not in done.stderr
    (place / "var").write_text("a file")
    done = run(place, "restore", "backup.tar")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)


def test_a_backup_goes_through_a_pipe(loaded: Path, tmp_path: Path) -> None:
    with (tmp_path / "piped.tar").open("wb") as file:
        command = [sys.executable, "-c", "from app.cli.main import main; main()", "backup", "-"]
        done = subprocess.run(command, cwd=loaded, stdout=file, stderr=subprocess.PIPE, check=False)
    assert b"Saved: 50 revisions" in done.stderr
    assert run(tmp_path, "restore", "--check", "piped.tar").returncode == 0
