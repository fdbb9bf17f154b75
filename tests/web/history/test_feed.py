"""The feed of changes, as a feed reader takes it."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

import httpx
import pytest

from app.main import create_app
from app.services.record.append_revision import Author, write_entry
from app.settings import Settings
from app.storage.database.engine import Database
from app.storage.revisions.log import lock_head
from tests.loaded import NOON
from tests.serving import serving

ATOM = "{http://www.w3.org/2005/Atom}"
NAME = "<script>alert(1)</script> & sons"


@pytest.fixture(scope="module")
def feed(module_database: Database, module_url: str) -> Iterator[httpx.Client]:
    """A site with sixty changes, whose names and reasons hold what XML cannot hold plainly."""
    with module_database.writing() as session:
        lock_head(session)
        for number in range(60):
            by = Author("Reader \x0b", NOON, f"Reason {number} ]]> \x00\ufffe", "api")
            if not module_database.is_sqlite:
                by = Author(by.name, NOON, by.reason.replace("\x00", ""), "api")
            write_entry(session, "side", {"id": f"side-{number}", "name": NAME}, by)
    app = create_app(Settings(database_url=module_url, base_url="https://record.example.org"))
    with serving(app) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


def test_the_latest_changes_are_entries_with_all_that_atom_asks_for(feed: httpx.Client) -> None:
    answer = feed.get("/changes.atom")
    assert answer.headers["content-type"] == "application/atom+xml"
    root = ET.fromstring(answer.text)
    assert root.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert len(root.findall(ATOM + name)) == 1
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"] == "https://record.example.org/changes.atom"
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == 50
    for entry in entries:
        assert all(entry.findtext(ATOM + name) for name in ("id", "title", "updated", "summary"))
        assert entry.findtext(f"{ATOM}author/{ATOM}name")
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 50


def test_the_newest_comes_first_and_leads_to_its_revision(feed: httpx.Client) -> None:
    root = ET.fromstring(feed.get("/changes.atom").text)
    first = root.findall(f"{ATOM}entry")[0]
    address = "https://record.example.org/sides/side-59/revisions/60"
    assert first.findtext(f"{ATOM}id") == address
    assert first.findtext(f"{ATOM}updated") == "2026-11-03T12:00:00.000000Z"
    assert feed.get("/sides/side-59/revisions/60").status_code == 200


def test_names_and_reasons_are_text_in_it(feed: httpx.Client) -> None:
    text = feed.get("/changes.atom").text
    assert "<script" not in text
    first = ET.fromstring(text).findall(f"{ATOM}entry")[0]
    assert (first.findtext(f"{ATOM}title") or "").startswith(NAME)


def test_an_empty_record_has_a_feed_without_entries(empty_site: httpx.Client) -> None:
    root = ET.fromstring(empty_site.get("/changes.atom").text)
    assert root.findall(f"{ATOM}entry") == []
    assert root.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00.000000Z"


def test_pages_name_the_feed(feed: httpx.Client) -> None:
    assert 'href="/changes.atom" type="application/atom+xml"' in feed.get("/").text
