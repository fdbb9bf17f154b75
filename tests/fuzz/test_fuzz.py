"""A short run of the fuzzer over each parser, and everything that it ever found."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.fuzz.targets import SEEDS, TARGETS
from tools.fuzz import fuzz

FOUND = sorted(Path(__file__).with_name("found").glob("*"))
SECONDS = 6  # a minute for all of them


@pytest.mark.parametrize("name", TARGETS)
def test_the_seeds_are_read(name: str) -> None:
    for seed in SEEDS[name]:
        TARGETS[name](seed)


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_was_found_once_is_mended(path: Path) -> None:
    TARGETS[path.name.partition("-")[0]](path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_a_short_run_finds_nothing(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if find_spec("atheris") is None:
        # It has wheels for Linux on x86-64 alone, and for versions of Python up to 3.13.
        request.node.add_marker(pytest.mark.not_installable)
        pytest.skip("atheris has no wheel for this machine")
    os.environ.setdefault("ASAN_OPTIONS", "detect_leaks=0")
    assert not fuzz(name, tmp_path, SECONDS), f"see {tmp_path}"
