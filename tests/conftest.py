from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from app.storage.database import Database
from app.storage.schema import migrate
from tests.databases import PostgresServer, running_postgresql
from tests.every_page.site import WholeSite, whole_site
from tests.loaded import ROOT, load

KINDS = ("sqlite", "postgresql")

# A slow or busy machine is no fault of the code; in continuous integration every run is the same.
settings.register_profile(
    "variorum",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=os.environ.get("CI") == "true",
)
settings.load_profile("variorum")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresServer]:
    with running_postgresql() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy: everything is in the one file once it is closed."""
    path = tmp_path_factory.mktemp("migrated") / "variorum.sqlite3"
    with closing(Database(f"sqlite:///{path}")) as database:
        migrate(database)
    return path


@pytest.fixture(scope="session")
def shipped_sqlite(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the shipped record to copy, made by one worker for all of a run."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    path = folder / "shipped.sqlite3"
    with (folder / "shipped.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            _load_shipped(Path(shutil.copy(migrated_sqlite, folder / "loading.sqlite3")), path)
    return path


@pytest.fixture(scope="session")
def shipped_url(shipped_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A SQLite database that holds the shipped record, for tests that only read."""
    return f"sqlite:///{shutil.copy(shipped_sqlite, tmp_path_factory.mktemp('shipped'))}"


@pytest.fixture(scope="session", name="whole_site")
def serve_whole_site(
    shipped_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WholeSite]:
    """The shipped record with submissions, changes and keys, for tests that only read."""
    with whole_site(shipped_sqlite, tmp_path_factory.mktemp("whole")) as site:
        yield site


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty, migrated database; the test runs once on each kind."""
    with migrated(request) as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty, migrated database; the test runs once on each kind."""
    with closing(Database(database_url)) as database:
        yield database


@pytest.fixture(scope="module", params=KINDS)
def module_database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A migrated database for all tests of a module, to be filled once and only read then."""
    with migrated(request) as url, closing(Database(url)) as database:
        yield database


@pytest.fixture(params=KINDS)
def blank_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database in which nothing is; the test runs once on each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'blank.sqlite3'}"
    else:
        with request.getfixturevalue("postgresql").database(migrated=False) as url:
            yield url


def migrated(request: pytest.FixtureRequest) -> AbstractContextManager[str]:
    """A copy of the migrated database of the kind that a fixture was asked for."""
    return migrated_on(request.param, request)


def migrated_on(kind: str, request: pytest.FixtureRequest) -> AbstractContextManager[str]:
    """A copy of the migrated database of one kind."""
    if kind == "postgresql":
        return request.getfixturevalue("postgresql").database(migrated=True)
    return _sqlite_copy(request)


def _load_shipped(migrated: Path, path: Path) -> None:
    """Load the shipped record; the path is there only once all is in the file."""
    with closing(Database(f"sqlite:///{migrated}")) as database:
        load(database, ROOT)
    migrated.rename(path)


@contextmanager
def _sqlite_copy(request: pytest.FixtureRequest) -> Iterator[str]:
    folder = request.getfixturevalue("tmp_path_factory").mktemp("database")
    path = shutil.copy(request.getfixturevalue("migrated_sqlite"), folder)
    yield f"sqlite:///{path}"


def _forbidden_skips(reporter: pytest.TerminalReporter) -> int:
    """How many tests were skipped that `.ci/run` should have made possible."""
    skipped = reporter.stats.get("skipped", [])
    return sum("not_installable" not in report.keywords for report in skipped)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why a run in continuous integration fails for what was skipped."""
    forbidden = _forbidden_skips(terminalreporter)
    if forbidden and os.environ.get("CI") == "true":
        terminalreporter.write_line(f"{forbidden} tests were skipped, which CI does not allow.")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run in continuous integration in which anything was skipped."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") == "true" and reporter and _forbidden_skips(reporter):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
