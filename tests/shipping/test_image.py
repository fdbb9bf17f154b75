"""The image as its Dockerfile describes it: what is copied into it is enough to serve pages.

No container engine is needed: what the last stage copies is laid into a folder, and served there.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import SqliteFiles
from tests.loaded import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
BUILD, RUN = re.split(r"(?m)^FROM \$\{PYTHON_IMAGE\}$", DOCKERFILE, maxsplit=1)
SECONDS = 60.0


def copied(stage: str) -> list[str]:
    """What a stage copies out of the repository."""
    lines = re.findall(r"(?m)^COPY (?!--from)(.+)$", stage)
    return [source for line in lines for source in line.split()[:-1]]


def test_everything_that_is_copied_is_sent_to_the_engine() -> None:
    # .dockerignore shuts everything out and lets these in again.
    first, *let_in = [
        line for line in (ROOT / ".dockerignore").read_text("utf-8").split() if line[0] in "*!"
    ]
    assert first == "*"
    allowed = {line.removeprefix("!") for line in let_in}
    missing = [source for source in copied(BUILD) + copied(RUN) if source not in allowed]
    assert missing == []


def test_both_stages_begin_with_the_image_that_can_be_pinned() -> None:
    assert len(re.findall(r"(?m)^FROM \$\{PYTHON_IMAGE\}", DOCKERFILE)) == 2
    assert "\nUSER variorum\n" in RUN


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The working directory of the image."""
    folder = tmp_path_factory.mktemp("image")
    for source in dict.fromkeys(copied(BUILD) + copied(RUN)):
        found, target = ROOT / source, folder / source
        target.parent.mkdir(parents=True, exist_ok=True)
        if found.is_dir():
            shutil.copytree(found, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(found, target)
    return folder


@pytest.fixture(scope="module")
def served(
    image: Path, sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a server that runs in the image's working directory."""
    volume = tmp_path_factory.mktemp("volume")
    sqlite_files.copy("shipped", volume)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(image),
        "VARIORUM_DATA_DIR": str(volume),
        "VARIORUM_BASE_URL": f"http://127.0.0.1:{port}",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-c", "from app.cli.main import main; main()", "serve"]
    server = subprocess.Popen([*command, "--port", str(port)], cwd=image, env=environment)
    try:
        until = time.monotonic() + SECONDS
        while not is_ready(f"http://127.0.0.1:{port}"):
            assert server.poll() is None, "the server ended"
            assert time.monotonic() < until, "the server is not ready"
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(SECONDS)


def is_ready(address: str) -> bool:
    """Whether it answers as the image's health check asks."""
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=4) as answer:
            return answer.status == 200
    except OSError:
        return False


def test_what_is_copied_serves_pages_and_nothing_is_written_beside_it(
    image: Path, served: str
) -> None:
    before = {path: path.stat().st_mtime_ns for path in image.rglob("*")}
    for path in ("/", "/method", "/api/docs", "/api/v1/claims?limit=1", "/map", "/static/site.css"):
        with urllib.request.urlopen(served + path, timeout=SECONDS) as answer:
            assert answer.status == 200, path
    # The root of a container is mounted read-only.
    assert {path: path.stat().st_mtime_ns for path in image.rglob("*")} == before
