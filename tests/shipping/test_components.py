"""The list of components, and the pinning of base images."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.loaded import ROOT
from tools.sbom import licences

DIGEST = "sha256:" + "0123456789abcdef" * 4


def locked() -> set[str]:
    """The packages that an installation on this machine has."""
    pins = re.findall(r"(?m)^([\w.-]+==.+?) \\$", (ROOT / "requirements.lock.txt").read_text())
    needed = [Requirement(pin) for pin in pins]
    return {each.name for each in needed if not each.marker or each.marker.evaluate()}


def plain(name: str) -> str:
    """A package's name as the index compares names."""
    return re.sub(r"[-_.]+", "-", name).lower()


# Reading the metadata of every package of the tests takes fifteen seconds.
@pytest.mark.long
def test_every_locked_and_every_vendored_package_is_listed_with_its_licence(
    tmp_path: Path,
) -> None:
    command = [sys.executable, "-m", "tools.sbom", sys.executable, str(tmp_path)]
    subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    bill = json.loads((tmp_path / "variorum.cdx.json").read_text("utf-8"))
    found = {plain(part["name"]): part for part in bill["components"]}
    assert bill["bomFormat"] == "CycloneDX"
    assert {plain(name) for name in locked()} - set(found) == set()
    without = [name for name in locked() if not licences(found[plain(name)])]
    assert without == []
    vendored = {part["name"] for part in bill["components"] if "pkg:npm/" in part.get("purl", "")}
    assert {"world-atlas", "source-serif", "@fontsource/noto-sans-armenian"} <= vendored
    table = (tmp_path / "licences.md").read_text("utf-8")
    assert "| world-atlas | 2.0.2 | ISC |" in table


def pin(folder: Path, docker: str) -> subprocess.CompletedProcess[str]:
    """Pin the images in a folder where the command docker is this shell script."""
    command = folder / "bin" / "docker"
    command.parent.mkdir(exist_ok=True)
    command.write_text(f"#!/bin/sh\n{docker}\n")
    command.chmod(0o700)
    path = f"{command.parent}:{os.environ['PATH']}"
    return subprocess.run(
        [sys.executable, ROOT / "tools" / "pin_images.py"],
        cwd=folder,
        env={"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def test_pinning_writes_the_digests_and_preserves_other_lines(tmp_path: Path) -> None:
    settings = tmp_path / ".env"
    settings.write_text("POSTGRES_PASSWORD=secret\nPYTHON_IMAGE=old\n")
    done = pin(tmp_path, f"echo {DIGEST}")
    assert done.returncode == 0, done.stderr
    assert settings.read_text().splitlines() == [
        "POSTGRES_PASSWORD=secret",
        f"PYTHON_IMAGE=python:3.11-slim@{DIGEST}",
        f"POSTGRES_IMAGE=postgres:17@{DIGEST}",
    ]
    assert settings.stat().st_mode & 0o777 == 0o600


def test_pinning_without_a_registry_says_so_and_changes_nothing(tmp_path: Path) -> None:
    settings = tmp_path / ".env"
    settings.write_text("POSTGRES_PASSWORD=secret\n")
    done = pin(tmp_path, "echo 'error: no such host' >&2; exit 1")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "no digest of python:3.11-slim" in done.stderr
    assert settings.read_text() == "POSTGRES_PASSWORD=secret\n"
