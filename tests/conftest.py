from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import HealthCheck, settings

from app.storage.database.engine import Database
from tests.databases import KINDS, PostgresServer, SqliteFiles, filled, running_postgresql
from tests.every_page.site import WholeSite, whole_site

# A slow or busy machine is no fault of the code. `make test` tries the same values each time, so
# that no good change fails by chance; `make long` takes `random`, and what that finds is mended and
# becomes an `@example`.
_SLOWLY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("repeatable", _SLOWLY, derandomize=True)
settings.register_profile("random", _SLOWLY, derandomize=False)
settings.load_profile("repeatable")
# All tests of a module ask from one address, more often than any reader; what limits that has tests
# of its own, which set it.
os.environ.setdefault("VARIORUM_MAX_SEARCHES_PER_MINUTE", "1000000")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresServer]:
    with running_postgresql() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    """Filled SQLite files, made once for all workers of a run."""
    folder = tmp_path_factory.getbasetemp()
    return SqliteFiles(folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder)


@pytest.fixture(scope="session")
def shipped_url(sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A SQLite database that holds the shipped record, for tests that only read."""
    return f"sqlite:///{sqlite_files.copy('shipped', tmp_path_factory.mktemp('shipped'))}"


@pytest.fixture(scope="session", name="whole_site")
def serve_whole_site(
    sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WholeSite]:
    """The shipped record with submissions, changes and keys, for tests that only read."""
    folder = tmp_path_factory.mktemp("whole")
    with whole_site(sqlite_files.copy("shipped", folder), folder) as site:
        yield site


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty, migrated database; the test runs once on each kind."""
    with filled(request.param, "tables", request) as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty, migrated database; the test runs once on each kind."""
    with closing(Database(database_url)) as database:
        yield database


@pytest.fixture(params=KINDS)
def example_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database that holds the example record; the test runs once on each kind."""
    with filled(request.param, "example", request) as url:
        yield url


@pytest.fixture
def example(example_url: str) -> Iterator[Database]:
    """A database that holds the example record; the test runs once on each kind."""
    with closing(Database(example_url)) as database:
        yield database


@pytest.fixture(scope="module", params=KINDS)
def module_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a migrated database for all tests of a module, to be filled once."""
    with filled(request.param, "tables", request) as url:
        yield url


@pytest.fixture(scope="module")
def module_database(module_url: str) -> Iterator[Database]:
    """A migrated database for all tests of a module, to be filled once and only read then."""
    with closing(Database(module_url)) as database:
        yield database


@pytest.fixture(scope="module", params=KINDS)
def module_example(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The example record for all tests of a module."""
    with filled(request.param, "example", request) as url, closing(Database(url)) as database:
        yield database


@pytest.fixture(params=KINDS)
def blank_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database in which nothing is; the test runs once on each kind."""
    with filled(request.param, "nothing", request) as url:
        yield url


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
