"""Files put in place whole or not at all: a backup under its name, what a restore makes.

Both are made beside their place, under a name of their own, and renamed when all is on disk. What a
killed process leaves is hidden, readable by nobody else, and removed by the next one. A lock on it
says whether its process still lives.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from app.errors import BackupRefused
from app.storage.backup.archive import SECRET

_UNFINISHED = ".restoring"
_PLACING = "placing"
_SNAPSHOTS = "snapshots"


@contextmanager
def new_file(path: Path, *, replace: bool) -> Iterator[BinaryIO]:
    """A file to write, of mode 0600 from its first byte, that gets its name when all is on disk.

    On any error there is no such file. Raises `BackupRefused` where the name is taken, unless it is
    to be replaced, and OSError where the disk fails.
    """
    _require_free(path, replace=replace)
    _remove_unfinished(path)
    made = path.with_name(f".{path.name}.{token_hex(4)}.unfinished")
    # O_EXCL and O_NOFOLLOW: nobody else's file or link is written to. The mode is given here and
    # not after, as whoever opened the file in between could read on.
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    handle = os.open(made, flags, 0o600)
    try:
        with os.fdopen(handle, "w+b") as file:
            # A umask may have taken even the owner's rights.
            os.fchmod(handle, 0o600)
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield file
            file.flush()
            os.fsync(handle)
            # Asked again: somebody may have taken the name meanwhile. A link, unlike a renaming,
            # replaces nothing.
            if replace:
                made.replace(path)
            else:
                _link(made, path)
        _sync(path.parent)
    finally:
        made.unlink(missing_ok=True)


def _require_free(path: Path, *, replace: bool) -> None:
    if path.is_dir():
        raise BackupRefused(f"{path} is a folder; name a file in it.")
    if not path.parent.is_dir():
        raise BackupRefused(f"There is no folder {path.parent}; make it first.")
    if not replace and os.path.lexists(path):
        raise BackupRefused(f"{path} exists already; name another file, or say --replace.")


def _remove_unfinished(path: Path) -> None:
    """Remove what backups to this name left that were killed; they hold the secret, too."""
    for left in path.parent.iterdir():
        is_ours = left.name.startswith(f".{path.name}.") and left.name.endswith(".unfinished")
        # A pipe or a link of that name is somebody's trap.
        if is_ours and stat.S_ISREG(left.lstat().st_mode):
            with left.open("rb") as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue
                left.unlink(missing_ok=True)


def _link(made: Path, path: Path) -> None:
    try:
        os.link(made, path)
    except FileExistsError:
        raise BackupRefused(f"{path} exists already; nothing was written.") from None


class Place:
    """Where a restore puts things: the folder of the data, and a SQLite file, if it is one.

    Nothing of a restore may be there before; `staged` gives where to make it.
    """

    def __init__(
        self, data_dir: Path, database: Path | None, is_filled: Callable[[], bool]
    ) -> None:
        """Take the folder of the data, and the file of the database where it is in one.

        `is_filled` says whether there are tables in the database's place.
        """
        self._data_dir = data_dir
        self._database = database
        self._is_filled = is_filled
        self._folder = data_dir / _UNFINISHED
        self.snapshots = self._folder / _SNAPSHOTS
        self.secret = self._folder / SECRET

    @property
    def database(self) -> Path | None:
        """The file in which the database is made, beside its place."""
        if self._database is None:
            return None
        return self._database.with_name(f".{self._database.name}{_UNFINISHED}")

    @contextmanager
    def staged(self) -> Iterator[None]:
        """While this lasts, things are made out of sight; `put` then puts them in place.

        Raises `BackupRefused` where anything is there already, or another restore is at work.
        """
        is_new = not self._data_dir.exists()
        self._data_dir.mkdir(parents=True, exist_ok=True)
        self._folder.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BackupRefused(f"Another restore into {self._data_dir} is at work.") from None
            try:
                self._undo()
                self._require_empty()
                self.snapshots.mkdir(mode=0o755)
                yield
            finally:
                self._undo()
                shutil.rmtree(self._folder, ignore_errors=True)
        finally:
            os.close(handle)
            if is_new and not any(self._data_dir.iterdir()):
                self._data_dir.rmdir()

    def put(self) -> None:
        """Put in place what was made, a database's file last.

        All of it is taken back where `staged` ends without `done`, and without a database.
        """
        _sync_below(self._folder)
        # What this restore puts in place is noted first, so that the next one can take it back
        # where this one is killed half-way.
        (self._folder / _PLACING).touch()
        _sync(self._folder)
        if any(self.snapshots.iterdir()):
            self.snapshots.rename(self._data_dir / _SNAPSHOTS)
        if self.secret.exists():
            _link(self.secret, self._data_dir / SECRET)
        _sync(self._data_dir)
        if self.database is not None and self._database is not None:
            _sync(self.database)
            _link(self.database, self._database)
            _sync(self._database.parent)

    def done(self) -> None:
        """Say that the database is in place, so that nothing is to be taken back."""
        (self._folder / _PLACING).unlink()

    def _undo(self) -> None:
        """Remove what an unfinished restore made, here or when it was killed."""
        # Killed after the database was there, and before it could say so, it was done all the same.
        if (self._folder / _PLACING).exists() and not self._is_filled():
            shutil.rmtree(self._data_dir / _SNAPSHOTS, ignore_errors=True)
            (self._data_dir / SECRET).unlink(missing_ok=True)
        for left in self._folder.iterdir():
            shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()
        if self.database is not None:
            for end in ("", "-wal", "-shm", "-journal"):
                self.database.with_name(self.database.name + end).unlink(missing_ok=True)

    def _require_empty(self) -> None:
        taken = [self._data_dir / SECRET]
        if self._database is not None:
            # A journal without its file would be played into the new one.
            taken += [
                self._database.with_name(self._database.name + end)
                for end in ("", "-wal", "-shm", "-journal")
            ]
        found = [path for path in taken if os.path.lexists(path)]
        snapshots = self._data_dir / _SNAPSHOTS
        if os.path.lexists(snapshots) and not (snapshots.is_dir() and not any(snapshots.iterdir())):
            found.append(snapshots)
        if found or self._is_filled():
            what = found[0] if found else "A database with tables"
            raise BackupRefused(
                f"{what} is there already, and a restore overwrites nothing: move it away, or name "
                "an empty place with VARIORUM_DATA_DIR and VARIORUM_DATABASE_URL."
            )


def _sync_below(folder: Path) -> None:
    for parent, _, names in os.walk(folder):
        for name in names:
            _sync(Path(parent) / name)
        _sync(Path(parent))


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
