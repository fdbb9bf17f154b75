"""The pages and the API of a restored record are those of the record that was saved."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx

from app.main import create_app
from app.settings import Settings
from app.storage.database.engine import Database
from tests import saved
from tests.databases import PostgresServer, SqliteFiles
from tests.serving import serving

PATHS = (
    "/",
    "/dossiers/harbour",
    f"/claims/{saved.CLAIM}",
    f"/claims/{saved.CLAIM}/history",
    "/claims/fire-dead",
    "/changes",
    "/changes.atom",
    "/links",
    "/publishers",
    "/timeline",
    "/map",
    "/search?q=licensed",
    "/api/v1/claims",
    f"/api/v1/claims/{saved.CLAIM}",
    "/api/v1/changes?since=0",
    "/api/v1/documents",
    "/api/v1/speakers",
    "/api/v1/submissions?state=pending",
    "/api/v1/links",
)


@contextmanager
def site(url: str, folder: Path) -> Iterator[httpx.Client]:
    settings = Settings(database_url=url, data_dir=folder, secret_key=saved.SECRET)
    with (
        serving(create_app(settings)) as address,
        # One name for both: what a page says depends on it.
        httpx.Client(base_url=address, headers={"Host": "127.0.0.1:8000"}) as client,
    ):
        yield client


def answers(client: httpx.Client) -> dict[str, tuple[int, str | None, str]]:
    found = {path: client.get(path) for path in PATHS}
    return {
        path: (answer.status_code, answer.headers.get("ETag"), answer.text)
        for path, answer in found.items()
    }


def test_pages_and_api_are_the_same_after_a_restore_into_the_other_database(
    sqlite_files: SqliteFiles, postgresql: PostgresServer, tmp_path: Path
) -> None:
    url = f"sqlite:///{sqlite_files.copy('example', tmp_path)}"
    with closing(Database(url)) as database:
        saved.follow(database, tmp_path / "snapshots")
        saved.save(database, tmp_path / "snapshots", tmp_path / "backup.tar")
    with site(url, tmp_path) as client:
        before = answers(client)
    with postgresql.database("nothing") as other:
        saved.restore(tmp_path / "backup.tar", other, tmp_path / "new")
        with site(other, tmp_path / "new") as client:
            after = answers(client)
    assert {path: answer[0] for path, answer in before.items()} == {
        path: 401 if "submissions" in path else 200 for path in PATHS
    }
    for path in PATHS:
        assert after[path] == before[path], path
