"""A restore brings back all or nothing, whatever the file, the disk and the place are like."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from app.errors import BackupRefused
from app.services.record.restore import restore_backup
from app.storage.backup.filling import has_tables
from app.storage.backup.place import new_file
from app.storage.database.engine import Database
from app.storage.database.schema import MIGRATIONS
from tests import saved
from tests.databases import PostgresServer, SqliteFiles


@pytest.fixture(scope="module")
def source(sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example record as `variorum.sqlite3`, and snapshots."""
    folder = tmp_path_factory.mktemp("source")
    with closing(Database(f"sqlite:///{sqlite_files.copy('example', folder)}")) as database:
        saved.follow(database, folder / "snapshots")
    return folder


@pytest.fixture(scope="module")
def backup(source: Path) -> Path:
    """A backup of it."""
    with closing(Database(f"sqlite:///{source / 'variorum.sqlite3'}")) as database:
        saved.save(database, source / "snapshots", source / "backup.tar")
    return source / "backup.tar"


def restore(backup: Path, folder: Path) -> None:
    saved.restore(backup, f"sqlite:///{folder / 'variorum.sqlite3'}", folder)


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """Let every file that grows beyond it fail, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("umask", [0o000, 0o777])
def test_only_its_owner_can_read_a_backup_whatever_the_umask(
    source: Path, tmp_path: Path, umask: int
) -> None:
    with closing(Database(f"sqlite:///{source / 'variorum.sqlite3'}")) as database:
        before = os.umask(umask)
        try:
            saved.save(database, source / "snapshots", tmp_path / "mine.tar")
        finally:
            os.umask(before)
    assert (tmp_path / "mine.tar").stat().st_mode & 0o777 == 0o600


def test_not_even_an_empty_file_of_a_backup_is_readable_by_others(tmp_path: Path) -> None:
    def work() -> None:
        modes: list[int] = []

        # Called before the mode is changed: what it was until then is the mode it was made with.
        def look(event: str, arguments: tuple[object, ...]) -> None:
            if event == "os.chmod":
                modes.append(os.fstat(int(str(arguments[0]))).st_mode & 0o777)

        os.umask(0)
        sys.addaudithook(look)
        with new_file(tmp_path / "mine.tar", replace=False):
            os._exit(0 if modes == [0o600] else 1)

    process = multiprocessing.get_context("fork").Process(target=work)
    process.start()
    process.join(30)
    assert process.exitcode == 0


def test_a_full_disk_leaves_no_half_backup(source: Path, tmp_path: Path) -> None:
    with (
        closing(Database(f"sqlite:///{source / 'variorum.sqlite3'}")) as database,
        files_no_larger_than(60_000),
        pytest.raises(OSError, match="File too large"),
    ):
        saved.save(database, source / "snapshots", tmp_path / "mine.tar")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("size", [40_000, 400_000])
def test_a_full_disk_leaves_no_half_record(backup: Path, tmp_path: Path, size: int) -> None:
    with (
        files_no_larger_than(size),
        pytest.raises((OSError, BackupRefused), match=r"full|I/O|large|no room"),
    ):
        restore(backup, tmp_path / "new")
    assert list(tmp_path.iterdir()) == []
    restore(backup, tmp_path / "new")


def test_what_would_fill_the_disk_is_refused_before_anything_is_written(
    backup: Path, tmp_path: Path
) -> None:
    # More than any disk has, without a file of that size: what it measured is asked about alone.
    from app.services.record import restore as service

    with pytest.raises(BackupRefused, match="MB are free; nothing was written"):
        service.require_room(tmp_path, 1 << 60)


@pytest.mark.parametrize("part", range(12))
def test_a_backup_that_was_cut_off_or_changed_anywhere_is_refused(
    backup: Path, tmp_path: Path, part: int
) -> None:
    content = backup.read_bytes()
    # Spread over the file, its headers, contents and padding, with its very first and last byte.
    at = (len(content) - 1) * part // 11
    changed = bytearray(content)
    changed[at] ^= 1
    for name, damaged in (("cut", content[:at]), ("changed", bytes(changed))):
        path = tmp_path / name
        path.write_bytes(damaged)
        with pytest.raises(BackupRefused, match=r"nothing was written"):
            restore(path, tmp_path / "new")
        path.unlink()
    (tmp_path / "longer").write_bytes(content + b"\0")
    with pytest.raises(BackupRefused, match="does not fit its content"):
        restore(tmp_path / "longer", tmp_path / "new")
    (tmp_path / "longer").unlink()
    assert list(tmp_path.iterdir()) == []


def test_the_backup_of_a_broken_chain_says_so_and_is_restored_only_if_that_is_accepted(
    source: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.sqlite3"
    with closing(sqlite3.connect(source / "variorum.sqlite3")) as database:
        database.execute("VACUUM INTO ?", (str(broken),))
    with closing(sqlite3.connect(broken)) as database:
        database.execute("DROP TRIGGER revisions_refuse_update")
        database.execute("UPDATE revisions SET author = 'x' WHERE number = 7")
        database.commit()
    path = tmp_path / "backup.tar"
    with closing(Database(f"sqlite:///{broken}")) as opened:
        report = saved.save(opened, source / "snapshots", path)
    assert "breaks at revision 7" in (report.fault or "")
    url = f"sqlite:///{tmp_path / 'new' / 'variorum.sqlite3'}"
    with pytest.raises(BackupRefused, match="breaks at revision 7"):
        saved.restore(path, url, tmp_path / "new")
    assert not (tmp_path / "new").exists()
    restored = saved.restore(path, url, tmp_path / "new", accept_broken=True)
    assert restored.fault == report.fault


def test_the_backup_of_a_newer_version_is_refused(source: Path, tmp_path: Path) -> None:
    newer = tmp_path / "newer.sqlite3"
    with closing(sqlite3.connect(source / "variorum.sqlite3")) as database:
        database.execute("VACUUM INTO ?", (str(newer),))
    path = tmp_path / "backup.tar"
    with closing(Database(f"sqlite:///{newer}")) as opened:
        saved.save(opened, source / "snapshots", path)
    newest = sorted(MIGRATIONS.glob("versions/*.py"))[-1].name[:4]
    content = path.read_bytes()
    with path.open("wb") as file:
        forge(content, file, f'"migration": "{newest}"', '"migration": "9999"')
    with pytest.raises(BackupRefused, match=r"of migration 9999 .* newer than this one"):
        restore(path, tmp_path / "new")


def forge(content: bytes, file: object, before: str, after: str) -> None:
    """Change a part and make its checksums anew, as a forger would."""
    from tests.storage.backup.forging import parts_of, write_parts

    parts = [
        (name, part.replace(before.encode(), after.encode())) for name, part in parts_of(content)
    ]
    write_parts(file, parts)  # type: ignore[arg-type]


def restore_until(backup: Path, folder: Path, url: str, name: str, steps: int) -> None:
    """Restore, and kill this process after some steps of a part of the work."""

    @contextmanager
    def counting(begun: str) -> Iterator[Callable[[int, int], None]]:
        left = steps

        def step(_done: int, _all: int) -> None:
            nonlocal left
            if begun == name and left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1

        step(0, 0)
        yield step

    with backup.open("rb") as file:
        restore_backup(file, url, folder, counting)


def kill(backup: Path, folder: Path, url: str, name: str, steps: int) -> None:
    """Kill a restore there; it must come so far."""
    work = (backup, folder, url, name, steps)
    process = multiprocessing.get_context("fork").Process(target=restore_until, args=work)
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL


def test_a_restore_that_is_killed_leaves_no_half_record_and_the_next_one_succeeds(
    backup: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "new"
    url = f"sqlite:///{folder / 'variorum.sqlite3'}"
    for name, steps in (("Checking", 5), ("Restoring", 5), ("Restoring", 50), ("Indexing", 0)):
        kill(backup, folder, url, name, steps)
        assert [path.name for path in folder.glob("*") if path.name[0] != "."] == []
    restore(backup, folder)
    assert sorted(path.name for path in folder.iterdir()) == [
        "cookie-secret",
        "snapshots",
        "variorum.sqlite3",
    ]


def test_a_restore_into_postgresql_that_is_killed_leaves_no_table(
    backup: Path, tmp_path: Path, postgresql: PostgresServer
) -> None:
    with postgresql.database("nothing") as url:
        kill(backup, tmp_path, url, "Indexing", 0)
        with closing(Database(url)) as database:
            assert not has_tables(database)
        saved.restore(backup, url, tmp_path)


def test_a_backup_that_is_killed_leaves_nothing_under_its_name(
    source: Path, tmp_path: Path
) -> None:
    path = tmp_path / "mine.tar"

    def work() -> None:
        with closing(Database(f"sqlite:///{source / 'variorum.sqlite3'}")) as database:
            from app.services.record.backup import save_backup

            save_backup(
                database,
                source / "snapshots",
                saved.SECRET,
                path,
                saved.NOON,
                lambda _done, _all: os.kill(os.getpid(), signal.SIGKILL),
            )

    process = multiprocessing.get_context("fork").Process(target=work)
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    (left,) = tmp_path.iterdir()
    assert (left.name[0], left.stat().st_mode & 0o777) == (".", 0o600)
    # The next backup of that name removes it: it holds a secret.
    with closing(Database(f"sqlite:///{source / 'variorum.sqlite3'}")) as database:
        saved.save(database, source / "snapshots", path)
    assert list(tmp_path.iterdir()) == [path]
    assert time.time() - path.stat().st_mtime < 60
