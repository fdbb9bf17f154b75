"""The commands of docs/operations, and a place to run them in.

What the pages call `/srv/variorum`, `/etc/variorum` and so on are folders of the test. Commands
that need a service manager, a container engine or the network, or that would change the machine,
are stand-ins that write down how they were called.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.loaded import ROOT

PAGES = sorted((ROOT / "docs" / "operations").glob("*.md"))
BLOCK = re.compile(r"(?ms)^```sh\n(.+?)^```$")
STAND_INS = ("apt-get", "chgrp", "docker", "git", "journalctl", "systemctl", "useradd")
SECONDS = 300.0
_STAND_IN = '#!/bin/sh\necho "$(basename "$0") $*" >> "$CALLS"\n'
# It makes folders for a user that is not on this machine.
_INSTALL = """#!/bin/sh
while [ $# -gt 0 ]; do case $1 in -d) ;; -o|-g|-m) shift ;; *) mkdir -p "$1" ;; esac; shift; done
"""


def script_of(page: Path) -> str:
    """Every command of a page, in order."""
    return "".join(BLOCK.findall(page.read_text("utf-8")))


@dataclass(frozen=True)
class Machine:
    """A folder that stands for the machine of the pages."""

    folder: Path
    address: str
    """Where a server of this installation listens, as `http://127.0.0.1:PORT`."""

    def run(
        self, script: str, replaced: Mapping[str, str], **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run commands as a shell does, and stop at the first that fails."""
        # In one go: a folder of the test begins with “/tmp/” itself.
        meant = {**replaced, **self._places()}
        said = "|".join(map(re.escape, sorted(meant, key=len, reverse=True)))
        script = re.sub(said, lambda found: meant[found[0]], script)
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=self.folder / "srv",
            env=self.environment() | environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )

    def environment(self) -> dict[str, str]:
        """What a shell of the operator has: the settings and the commands."""
        programs = (self.folder / "stand-ins", Path(sys.executable).parent)
        return {
            "PATH": ":".join([*map(str, programs), os.environ["PATH"]]),
            "HOME": str(self.folder),
            "LC_ALL": "C.UTF-8",
            "CALLS": str(self.calls),
            "VARIORUM_DATA_DIR": str(self.folder / "data"),
            "VARIORUM_BASE_URL": self.address,
            "VARIORUM_CONTACT": "operator@example.org",
        }

    @property
    def calls(self) -> Path:
        """How stand-ins were called."""
        return self.folder / "calls.txt"

    def _places(self) -> dict[str, str]:
        places = {
            "/srv/variorum": "srv",
            "/etc/systemd/system": "systemd",
            "/etc/variorum": "etc",
            "/etc/nginx": "nginx",
            "/etc/caddy": "caddy",
            "/var/lib/variorum": "data",
            "/var/backups/variorum": "backups",
            "/tmp/": "tmp/",
        }
        return {
            said: str(self.folder / meant) + "/" * said.endswith("/")
            for said, meant in places.items()
        }


def make_machine(folder: Path, record: Path, address: str) -> Machine:
    """An installation of a record in a folder, with its settings and without a database."""
    for name in (
        "srv",
        "systemd",
        "etc",
        "nginx/conf.d",
        "caddy",
        "data",
        "backups",
        "tmp",
        "stand-ins",
    ):
        (folder / name).mkdir(parents=True)
    for name in ("deploy", "Makefile", "pyproject.toml", "requirements.lock.txt", ".venv"):
        (folder / "srv" / name).symlink_to(ROOT / name)
    # Copied, as a load takes no file that leads out of its folder.
    shutil.copy(record / "sources.yaml", folder / "srv")
    shutil.copytree(record / "claims", folder / "srv" / "claims")
    for name in (*STAND_INS, "install"):
        command = folder / "stand-ins" / name
        command.write_text(_INSTALL if name == "install" else _STAND_IN)
        command.chmod(0o700)
    machine = Machine(folder, address)
    (folder / "etc" / "variorum.env").write_text(
        f"VARIORUM_DATA_DIR={folder / 'data'}\n"
        f"VARIORUM_BASE_URL={address}\n"
        "VARIORUM_TRUSTED_PROXIES=127.0.0.1\n"
    )
    return machine
