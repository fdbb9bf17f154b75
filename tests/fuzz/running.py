"""One target under atheris, in a process of its own: `python -m tests.fuzz.running TARGET …`.

Libfuzzer ends the process at the first input that raises, and leaves it in a file.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["app"]):
    from tests.fuzz.targets import TARGETS


def main() -> None:
    """Fuzz the target named first; the other arguments are libfuzzer's."""
    name, *options = sys.argv[1:]
    atheris.Setup([sys.argv[0], *options], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
