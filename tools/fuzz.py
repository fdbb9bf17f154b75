"""Fuzz every parser of strangers' bytes for so many minutes in all.

Run by `make fuzz` (MINUTES=60). Inputs that lead further are gathered under build/fuzz, from where
the next run goes on. What is found is printed, and its input left in a file; mend the parser, and
put the input into tests/fuzz/found.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.fuzz.targets import SEEDS, TARGETS

FOLDER = Path("build/fuzz")
MAX_BYTES = 4096
SECONDS_OF_ONE = 10  # an input that takes longer is a finding


def main(minutes: float) -> int:
    """Fuzz each target for its share; exit 1 where anything was found."""
    share, found = minutes * 60 / len(TARGETS), []
    for name in TARGETS:
        if fuzz(name, FOLDER, round(share)):
            found.append(name)
        print(f"{name}: {round(share)} s, {'FOUND' if name in found else 'nothing found'}")
    return 1 if found else 0


def fuzz(name: str, folder: Path, seconds: int) -> bool:
    """Fuzz one target; whether it found an input that raises. That is left in the folder."""
    corpus = folder / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[name]):
        (corpus / f"seed-{number}").write_bytes(seed)
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={MAX_BYTES}",
        f"-timeout={SECONDS_OF_ONE}",
        f"-artifact_prefix={folder}/{name}-",
        "-print_final_stats=1",
        str(corpus),
    ]
    command = [sys.executable, "-m", "tests.fuzz.running", name, *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print("\n".join((done.stdout + done.stderr).splitlines()[-30:]))
    return bool(done.returncode)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1])))
