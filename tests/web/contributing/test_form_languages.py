"""What the form refuses, it refuses in the language of its reader."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from app.main import create_app
from app.services.contributing.api_keys import make_key
from app.settings import Settings
from app.storage.database.engine import Database
from tests.databases import SqliteFiles
from tests.loaded import NOON
from tests.serving import serving
from tests.web.contributing.test_pages import WORDS, post
from tests.web.test_pages import text_of


@pytest.fixture
def reader(tmp_path: Path, sqlite_files: SqliteFiles) -> Iterator[httpx.Client]:
    """Somebody who reads Russian, signed in with a key that may send one submission an hour."""
    url = f"sqlite:///{sqlite_files.copy('example', tmp_path)}"
    with closing(Database(url)) as database, database.writing() as session:
        _, secret = make_key(session, "Net", "contributor", NOON)
    app = create_app(Settings(database_url=url, data_dir=tmp_path, max_submissions_per_hour=1))
    with (
        serving(app) as address,
        httpx.Client(base_url=address, headers={"Accept-Language": "ru"}, timeout=60) as client,
    ):
        post(client, "/review/sign-in", "/review", secret=secret)
        yield client


def test_the_rate_limit_message_is_in_the_readers_language(reader: httpx.Client) -> None:
    assert post(reader, "/contribute", "/contribute", **WORDS).status_code == 303
    other = WORDS | {"quote": "no bell rang"}
    refused = post(reader, "/contribute", "/contribute", **other)
    assert refused.status_code == 429
    assert "Слишком много за короткое время" in text_of(refused.text)


def test_a_bad_address_is_reported_in_the_readers_language(
    reader: httpx.Client,
) -> None:
    fields = {
        "url": "https://council<oskel.test/",
        "title": "T",
        "language": "en",
        "publisher": "quay-feed",
    }
    refused = post(reader, "/contribute", "/contribute", **WORDS | fields)
    assert refused.status_code == 422
    assert "не удаётся прочитать как адрес" in text_of(refused.text)
