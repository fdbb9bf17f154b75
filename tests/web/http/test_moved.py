"""Ids that were renamed: old links still arrive."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.domain.records.claims import Claim
from app.dossiers.notation.layout import emit
from app.dossiers.record import read_record
from app.main import create_app
from app.settings import Settings
from app.storage.database.engine import Database
from tests.loaded import EXAMPLE, load
from tests.serving import serving


@pytest.fixture(scope="module")
def renamed(
    module_database: Database, module_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    """A site on which the claim `fire-dead` was called `fire-toll` before."""
    files = Path(shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("record") / "files"))
    claim = next(c for _, c in read_record(files).claims if c.id == "fire-dead")
    changed = Claim.model_validate(claim.to_plain() | {"formerly": ["fire-toll"]})
    path = files / "claims" / "harbour" / "fire-dead.yaml"
    path.write_text(emit(changed), encoding="utf-8")
    load(module_database, files)
    app = create_app(Settings(database_url=module_url))
    with serving(app) as address, httpx.Client(base_url=address) as client:
        yield client


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/claims/fire-toll", "/claims/fire-dead"),
        ("/claims/fire-toll?as_known_on=2019-05-06", "/claims/fire-dead?as_known_on=2019-05-06"),
        ("/api/v1/claims/fire-toll", "/api/v1/claims/fire-dead"),
        ("/api/v1/claims/fire-toll/comparison", "/api/v1/claims/fire-dead/comparison"),
        ("/api/v1/claims/fire-toll/revisions", "/api/v1/claims/fire-dead/revisions"),
    ],
)
def test_an_old_address_leads_to_the_new_one(renamed: httpx.Client, old: str, new: str) -> None:
    answer = renamed.get(old)
    assert (answer.status_code, answer.headers["location"]) == (301, new)
    assert renamed.get(new).status_code == 200
