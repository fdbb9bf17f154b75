"""Find the digests of the base images that compose.yaml names, and write them to .env.

Run by `make pin`, on a machine with Docker and a registry. A tag may point to another image
tomorrow; with its digest every build begins with the same bytes, until `make pin` is run again.
Other lines of .env stay as they are.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
# As compose substitutes them: the variable, and the image where it is not set.
IMAGES = re.compile(r"\$\{([A-Z]+_IMAGE):-([^}]+)\}")
# OCI Image Specification, “Digests”; every registry in use gives SHA-256.
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def main() -> int:
    """Write a line for each image; nothing is written where one has no digest."""
    images = dict(IMAGES.findall((ROOT / "compose.yaml").read_text("utf-8")))
    try:
        pinned = {variable: f"{image}@{digest_of(image)}" for variable, image in images.items()}
    except (OSError, ValueError) as fault:
        print(f"{fault}; .env was not changed.", file=sys.stderr)
        return 1
    folder = Path.cwd()
    write(folder / ".env", pinned)
    for variable, image in pinned.items():
        print(f"{variable}={image}")
    return 0


def digest_of(image: str) -> str:
    """The digest of the index of all platforms that a tag points to now.

    Raises `ValueError` where there is none.
    """
    command = [
        "docker",
        "buildx",
        "imagetools",
        "inspect",
        image,
        "--format",
        "{{.Manifest.Digest}}",
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise ValueError(
            "The command docker is not here; run this where images are built"
        ) from None
    digest = done.stdout.strip()
    if done.returncode or not DIGEST.fullmatch(digest):
        said = (done.stderr.strip() or digest or "nothing").splitlines()[-1]
        raise ValueError(f"Docker finds no digest of {image} (it says: {said})")
    return digest


def write(file: Path, pinned: Mapping[str, str]) -> None:
    """Replace the lines of these variables in one step; the file holds a password."""
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    others = [line for line in lines if line.partition("=")[0].strip() not in pinned]
    text = "\n".join([*others, *(f"{name}={image}" for name, image in pinned.items())]) + "\n"
    new = file.with_name(".env.new")
    new.touch(mode=0o600)
    new.write_text(text, "utf-8")
    new.replace(file)


if __name__ == "__main__":
    sys.exit(main())
