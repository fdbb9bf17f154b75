"""What an operator is told when the ground is missing: one sentence, and what to do."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.databases import PostgresServer, SqliteFiles
from tests.loaded import EXAMPLE

SECONDS = 30.0
VARIORUM = Path(sys.executable).with_name("variorum")


@pytest.fixture
def folder(tmp_path: Path, sqlite_files: SqliteFiles) -> Path:
    """A folder with the example record and its database."""
    shutil.copytree(EXAMPLE, tmp_path / "work")
    (tmp_path / "work" / "var").mkdir()
    sqlite_files.copy("example", tmp_path / "work" / "var")
    return tmp_path / "work"


def database_in(folder: Path) -> Path:
    return folder / "var" / "variorum.sqlite3"


def said(done: subprocess.CompletedProcess[str]) -> str:
    """The one line on standard error of a command that failed."""
    assert done.returncode == 1, done
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    (line,) = done.stderr.splitlines()
    return line


def garbage(path: Path) -> None:
    path.write_bytes(b"this is no database\n" * 500)


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:30_000])


def overwritten(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * 200_000)


def deleted(path: Path) -> None:
    path.unlink()


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("ruin", "told"),
    [
        (garbage, "is not a database of SQLite, or is damaged; restore a backup"),
        (truncated, "is damaged; restore a backup"),
        (overwritten, "is damaged; restore a backup"),
        (deleted, "run “variorum load” to set it up."),
        (a_folder, "cannot be opened"),
    ],
)
@pytest.mark.parametrize("command", [["keys", "list"], ["audit"], ["head"]], ids=" ".join)
def test_a_ruined_database_is_named_with_a_remedy(
    folder: Path, ruin: Callable[[Path], None], told: str, command: list[str]
) -> None:
    ruin(database_in(folder))
    line = said(run(folder, *command))
    assert told in line
    assert str(database_in(folder)) in line


def test_a_database_that_is_locked_is_named(folder: Path) -> None:
    with closing(sqlite3.connect(database_in(folder), isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        line = said(run(folder, "keys", "new", "--name", "wren"))
    assert "is locked by another program; try again" in line


def test_a_data_directory_that_is_a_file_is_named(folder: Path) -> None:
    (folder / "taken").write_text("a file")
    line = said(run(folder, "load", VARIORUM_DATA_DIR="taken"))
    assert "taken" in line
    assert "VARIORUM_DATA_DIR" in line


def test_a_postgresql_that_is_away_is_named_without_its_password(folder: Path) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"postgresql://wren:hidden@127.0.0.1:{nobody.getsockname()[1]}/variorum"
        line = said(run(folder, "keys", "list", VARIORUM_DATABASE_URL=url))
    assert line == (
        "The database server at 127.0.0.1 cannot be reached; check that it runs, and "
        "VARIORUM_DATABASE_URL."
    )


def test_a_database_that_the_server_does_not_have_is_named(
    folder: Path, postgresql: PostgresServer
) -> None:
    with postgresql.database("nothing") as url:
        missing = url.replace("/variorum_", "/nowhere_")
        line = said(run(folder, "keys", "list", VARIORUM_DATABASE_URL=missing))
    assert "has no database of this name; make it (createdb)" in line


@pytest.mark.parametrize("secret", ["changeme" * 4, "x" * 64, "short"])
def test_a_weak_secret_is_refused_and_not_repeated(folder: Path, secret: str) -> None:
    line = said(run(folder, "keys", "list", VARIORUM_SECRET_KEY=secret))
    assert line.startswith("VARIORUM_SECRET_KEY must have 32 characters or more, all random")
    assert secret not in line


def test_a_port_that_is_taken_is_named_before_anything_is_said_or_done(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        line = said(run(folder, "serve", "--port", port))
    assert line == f"Port {port} on 127.0.0.1 is in use already; choose another one by --port."


@pytest.mark.parametrize("host", ["203.0.113.7", "no such host", "nowhere.invalid"])
def test_a_host_that_is_not_this_machine_is_named(folder: Path, host: str) -> None:
    line = said(run(folder, "serve", "--host", host, "--port", "0"))
    assert line == f"“{host}” is no address of this machine; try --host 127.0.0.1."


def test_a_full_disk_is_named_and_nothing_is_half_done(folder: Path) -> None:
    before = run(folder, "head").stdout
    changed = folder / "claims" / "harbour" / "fire-dead.yaml"
    changed.write_text(changed.read_text().replace("topic: ", "topic: ", 1))
    limit = "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    limit += f"resource.setrlimit(resource.RLIMIT_FSIZE, ({resource.RLIM_INFINITY},) * 2)"
    full = "from app.cli.main import main; main()"
    room = database_in(folder).stat().st_size // 2
    script = limit.replace(str(resource.RLIM_INFINITY), str(room)) + "; " + full
    name = "w" * 10_000
    done = subprocess.run(
        [sys.executable, "-c", script, "keys", "new", "--name", name],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert run(folder, "head").stdout == before


@contextmanager
def served(folder: Path, *options: str, **environment: str) -> Iterator[tuple[str, int]]:
    """The address of a server of its own process, and its process id."""
    clean = {name: text for name, text in os.environ.items() if not name.startswith("VARIORUM_")}
    with subprocess.Popen(
        [VARIORUM, "serve", "--port", "0", *options],
        cwd=folder,
        env=clean | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        try:
            assert server.stdout is not None
            line = server.stdout.readline()
            assert line.startswith("Variorum is at http://")
            yield line.split()[3].rstrip("/"), server.pid
        finally:
            server.terminate()
            try:
                server.wait(SECONDS)
            except subprocess.TimeoutExpired:
                server.kill()


def asked(address: str, body: bytes | None = None, **headers: str) -> tuple[int, str, str]:
    """Status, Retry-After and body of an answer."""
    request = urllib.request.Request(address, body, headers)
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            return answer.status, "", answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.headers.get("Retry-After", ""), refused.read().decode()


def test_pages_and_api_say_503_without_internals_and_memory_serves_what_it_has(
    folder: Path,
) -> None:
    with served(folder) as (address, _):
        assert asked(f"{address}/claims/fire-dead")[0] == 200
        database = database_in(folder)
        for file in (database, *database.parent.glob("variorum.sqlite3-*")):
            file.unlink(missing_ok=True)
        assert asked(f"{address}/claims/fire-dead")[0] == 200
        for path in ("/readyz", "/api/v1/claims/fire-date", "/claims/fire-date", "/search?q=fire"):
            status, retry, body = asked(address + path)
            # What is open goes on being read; nothing new can be opened.
            assert status in (200, 503), path
            if status == 503:
                assert retry == "30"
                assert str(folder) not in body
                assert "Traceback" not in body


def test_a_deleted_database_acknowledges_nothing(folder: Path) -> None:
    made = run(folder, "keys", "new", "--name", "wren")
    secret = made.stdout.splitlines()[-1]
    sent = {
        "claim": "fire-dead",
        "account": "five",
        "speaker": "guild-master",
        "said": "2019-05-09",
        "document": "guild-notice-14",
        "voice": "quoted",
        "quote": "we mourn five of our own",
    }
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    with served(folder) as (address, _):
        url = f"{address}/api/v1/citations"
        assert asked(url, json.dumps(sent).encode(), **headers)[0] == 202
        database_in(folder).unlink()
        again = json.dumps(sent | {"quote": "we mourn the five"}).encode()
        status, retry, body = asked(url, again, **headers)
        assert (status, retry) == (503, "30"), body
        assert asked(url, again, **headers)[0] == 503


def test_a_postgresql_that_goes_away_is_said_in_words_and_comes_back(
    folder: Path, postgresql: PostgresServer
) -> None:
    with (
        postgresql.database("example") as url,
        served(folder, VARIORUM_DATABASE_URL=url) as (address, _),
    ):
        assert asked(f"{address}/claims/fire-dead")[0] == 200
        with postgresql.shut(url):
            assert asked(f"{address}/claims/fire-dead")[0] == 200, "it is in memory"
            status, retry, body = asked(f"{address}/api/v1/claims/fire-date")
            assert (status, retry) == (503, "30")
            assert json.loads(body)["detail"].startswith("The record cannot be reached")
        assert asked(f"{address}/api/v1/claims/fire-date")[0] == 200


def test_workers_end_when_the_process_that_started_them_is_killed(folder: Path) -> None:
    with served(folder, "--workers", "2") as (address, parent):
        children = children_of(parent)
        assert len(children) >= 2
        os.kill(parent, signal.SIGKILL)
        until = time.monotonic() + SECONDS
        while any(is_alive(child) for child in children):
            assert time.monotonic() < until, "a worker lives on"
            time.sleep(0.1)
        with pytest.raises(OSError, match=r"refused|reset"):
            urllib.request.urlopen(f"{address}/healthz", timeout=SECONDS)


def children_of(parent: int) -> list[int]:
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text()
    return [int(number) for number in listed.split()]


def is_alive(process: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False
