"""What a restore puts in place is all there or taken back, wherever it ends."""

from __future__ import annotations

import os
from multiprocessing import get_context
from pathlib import Path

import pytest

from app.errors import BackupRefused
from app.storage.backup.place import Place, new_file

CONTENT = ("snapshots/text/a.txt", "cookie-secret")


def make(place: Place) -> None:
    """What a restore makes in its stage."""
    (place.snapshots / "text").mkdir()
    (place.snapshots / "text" / "a.txt").write_text("a")
    place.secret.write_text("s")
    if place.database:
        place.database.write_text("d")


def put_and_die(folder: Path, database: Path | None) -> None:
    """A restore that is killed between what it put in place and its end."""
    place = Place(folder, database, lambda: False)
    with place.staged():
        make(place)
        place.put()
        os._exit(7)


def killed(folder: Path, database: Path | None) -> None:
    process = get_context("fork").Process(target=put_and_die, args=(folder, database))
    process.start()
    process.join(30)
    assert process.exitcode == 7


def names(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def test_files_are_taken_back_where_the_database_does_not_commit(tmp_path: Path) -> None:
    place = Place(tmp_path / "new", None, lambda: False)

    def put_and_fail() -> None:
        with place.staged():
            make(place)
            place.put()
            assert set(CONTENT) < set(names(tmp_path / "new"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        put_and_fail()
    assert list(tmp_path.iterdir()) == []


def test_the_next_restore_takes_back_what_a_killed_one_left(tmp_path: Path) -> None:
    killed(tmp_path, None)
    assert set(CONTENT) < set(names(tmp_path))
    place = Place(tmp_path, None, lambda: False)
    with place.staged():
        assert not set(CONTENT) & set(names(tmp_path))
        make(place)
        place.put()
        place.done()
    assert set(names(tmp_path)) == set(CONTENT)


def test_a_restore_that_was_killed_after_its_database_was_there_is_done(tmp_path: Path) -> None:
    database = tmp_path / "variorum.sqlite3"
    killed(tmp_path, database)
    with (
        pytest.raises(BackupRefused, match="is there already"),
        Place(tmp_path, database, database.exists).staged(),
    ):
        pass
    assert set(names(tmp_path)) == {*CONTENT, "variorum.sqlite3"}


def test_two_restores_do_not_meet(tmp_path: Path) -> None:
    with (
        Place(tmp_path, None, lambda: False).staged(),
        pytest.raises(BackupRefused, match="Another restore"),
        Place(tmp_path, None, lambda: False).staged(),
    ):
        pass


def test_a_folder_where_the_stage_should_be_that_leads_elsewhere_is_refused(
    tmp_path: Path,
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine").write_text("mine")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / ".restoring").symlink_to(elsewhere)
    with (
        pytest.raises(OSError, match="Not a directory"),
        Place(tmp_path / "data", None, lambda: False).staged(),
    ):
        pass
    assert names(elsewhere) == ["mine"]


def test_a_name_that_was_taken_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "mine.tar"

    def write_while_somebody_else_does() -> None:
        with new_file(path, replace=False) as file:
            file.write(b"new")
            assert names(tmp_path)[0].endswith(".unfinished")
            path.write_text("somebody else's")

    with pytest.raises(BackupRefused, match="exists already"):
        write_while_somebody_else_does()
    assert (names(tmp_path), path.read_text()) == (["mine.tar"], "somebody else's")
