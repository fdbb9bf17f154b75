"""Fonts: which letters they hold, which pages ask for them, how long they are kept."""

from __future__ import annotations

import re
from pathlib import Path

import httpx

from app.web.html.rendering import STATIC
from tests.loaded import ROOT

FACES = re.findall(
    r'font-family: "([^"]+)".*?url\("fonts/([^"]+)"\).*?unicode-range: ([^;]+);',
    (STATIC / "site.css").read_text(encoding="utf-8"),
)
SCRIPTS = [(0x20, 0x24F), (0x259, 0x259), (0x400, 0x4FF), (0x530, 0x58F)]


def letters_of(ranges: str) -> set[int]:
    bounds = [part.strip()[2:].partition("-") for part in ranges.split(",")]
    return {
        code
        for first, _, last in bounds
        for code in range(int(first, 16), int(last or first, 16) + 1)
    }


def test_every_latin_cyrillic_and_armenian_letter_of_the_record_is_in_a_font_of_text() -> None:
    files = [ROOT / "sources.yaml", *(ROOT / "claims").rglob("*.yaml")]
    used = {ord(c) for path in files for c in path.read_text(encoding="utf-8") if c != "\n"}
    ours = {c for c in used if any(low <= c <= high for low, high in SCRIPTS)}
    held = {c for family, _, ranges in FACES if "Serif" in family for c in letters_of(ranges)}
    assert {chr(c) for c in ours - held} == set()


def test_no_two_faces_of_a_family_claim_one_letter() -> None:
    for family in {family for family, _, _ in FACES}:
        letters = [c for of, _, ranges in FACES if of == family for c in letters_of(ranges)]
        assert len(letters) == len(set(letters))


def test_every_face_has_its_file_and_every_font_its_licence() -> None:
    files = {path.name for path in (STATIC / "fonts").glob("*.woff2")}
    assert {file for _, file, _ in FACES} == files
    licences = [path.read_text(encoding="utf-8") for path in _licences()]
    assert len(licences) == 4
    assert all("SIL Open Font License" in licence for licence in licences)


def _licences() -> list[Path]:
    return list((STATIC / "fonts").glob("LICENCE-*.txt"))


def preloaded(page: str) -> set[str]:
    return set(re.findall(r'rel="preload" href="/static/fonts/([a-z-]+)\.', page))


def test_a_page_asks_for_the_fonts_of_its_own_words_and_no_others(site: httpx.Client) -> None:
    latin = {"serif-latin", "sans-latin"}
    assert preloaded(site.get("/").text) == latin
    assert preloaded(site.get("/patterns").text) == latin | {"serif-cyrillic", "serif-armenian"}
    regular = {"serif-latin-regular", "sans-latin"}
    russian = preloaded(site.get("/patterns?lang=ru").text)
    assert russian == regular | {"serif-cyrillic", "serif-armenian", "sans-cyrillic"}
    assert preloaded(site.get("/?lang=hy").text) >= regular | {"sans-armenian"}


def test_a_versioned_static_file_is_cached_for_a_year(site: httpx.Client) -> None:
    page = site.get("/").text
    for address in re.findall(r'"(/static/[^"]+)"', page):
        assert "immutable" in site.get(address).headers["cache-control"]
    assert "cache-control" not in site.get("/static/site.css?v=another").headers
    assert "cache-control" not in site.get("/static/site.css").headers


def test_the_favicon_is_at_its_conventional_address(site: httpx.Client) -> None:
    answer = site.get("/favicon.ico")
    assert answer.status_code == 200
    assert answer.content.startswith(b"\0\0\1\0")
