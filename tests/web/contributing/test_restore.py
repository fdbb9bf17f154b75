"""Moderators bring an earlier revision back, by the API and by a form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from app.domain.contributing.records import Role
from app.main import create_app
from app.services.contributing.api_keys import make_key
from app.settings import Settings
from app.storage.database.engine import Database
from app.storage.revisions.log import history
from tests.loaded import NOON
from tests.services.record.test_load_record import change_through_api, question
from tests.serving import serving

CLAIM = "fire-dead"
FIRST = "How many people died in the fire on the north quay?"


@pytest.fixture
def record(example: Database) -> Database:
    """The example record, in which a claim's question was changed."""
    change_through_api(example, CLAIM, question="Another question?")
    return example


@pytest.fixture
def client(record: Database, example_url: str, tmp_path: Path) -> Iterator[httpx.Client]:
    app = create_app(Settings(database_url=example_url, data_dir=tmp_path))
    with (
        closing(record),
        serving(app) as address,
        httpx.Client(base_url=address, timeout=30, follow_redirects=True) as client,
    ):
        yield client


def secret_of(record: Database, role: Role) -> str:
    with record.writing() as session:
        return make_key(session, f"A {role}", role, NOON)[1]


def numbers(record: Database) -> list[int]:
    """The claim's revisions, oldest first."""
    with record.reading() as session:
        return [revision.number for revision in history(session, "claim", CLAIM)][::-1]


def token_in(page: httpx.Response) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page.text)
    assert found, page.text
    return found[1]


def sign_in(client: httpx.Client, secret: str) -> None:
    token = token_in(client.get("/review"))
    answer = client.post("/review/sign-in", data={"token": token, "secret": secret})
    assert answer.status_code == 200


def ask(client: httpx.Client, secret: str | None, number: int, **headers: str) -> httpx.Response:
    signed = {"Authorization": f"Bearer {secret}"} if secret else {}
    return client.post(
        f"/api/v1/claims/{CLAIM}/revisions/{number}/restore",
        json={"reason": "It was right."},
        headers={**signed, **headers},
    )


def test_the_api_restores_a_revision_that_was_read(client: httpx.Client, record: Database) -> None:
    first, second = numbers(record)
    secret = secret_of(record, "moderator")
    done = ask(client, secret, first, **{"If-Match": f'"r{second}"'})
    assert done.status_code == 200, done.text
    assert done.json()["claim"]["question"] == FIRST
    assert done.headers["etag"] == f'"r{numbers(record)[-1]}"'
    assert ask(client, secret, first, **{"If-Match": f'"r{second}"'}).status_code == 412


@pytest.mark.parametrize(
    ("role", "if_match", "status"),
    [(None, '"r1"', 401), ("contributor", '"r1"', 403), ("moderator", "", 428)],
)
def test_nobody_restores_without_a_moderators_key_and_a_condition(
    client: httpx.Client, record: Database, role: Role | None, if_match: str, status: int
) -> None:
    secret = secret_of(record, role) if role else None
    headers = {"If-Match": if_match} if if_match else {}
    assert ask(client, secret, numbers(record)[0], **headers).status_code == status
    assert question(record, CLAIM) == "Another question?"


def test_a_moderator_sees_what_would_change_and_restores_it(
    client: httpx.Client, record: Database
) -> None:
    first, second = numbers(record)
    sign_in(client, secret_of(record, "moderator"))
    path = f"/review/restore/claims/{CLAIM}/{first}"
    assert f'href="{path}"' in client.get(f"/claims/{CLAIM}/revisions/{first}").text
    shown = client.get(path)
    assert "<ins>" in shown.text
    sent = {"token": token_in(shown), "now": str(second), "reason": ""}
    refused = client.post(path, data=sent)
    assert (refused.status_code, "Say why" in refused.text) == (422, True)
    done = client.post(path, data=sent | {"reason": "It was right."})
    assert done.url.path == f"/claims/{CLAIM}/history"
    assert question(record, CLAIM) == FIRST


def test_an_outdated_restore_form_keeps_the_typed_text(
    client: httpx.Client, record: Database
) -> None:
    first, second = numbers(record)
    sign_in(client, secret_of(record, "moderator"))
    path = f"/review/restore/claims/{CLAIM}/{first}"
    token = token_in(client.get(path))
    change_through_api(record, CLAIM, question="A third question?")
    late = client.post(path, data={"token": token, "now": str(second), "reason": "Typed words"})
    assert late.status_code == 422
    assert "changed meanwhile" in late.text
    assert "Typed words" in late.text
    assert question(record, CLAIM) == "A third question?"


def test_a_form_of_another_site_changes_nothing(client: httpx.Client, record: Database) -> None:
    first, second = numbers(record)
    sign_in(client, secret_of(record, "moderator"))
    sent = {"token": "forged", "now": str(second), "reason": "x"}
    client.post(f"/review/restore/claims/{CLAIM}/{first}", data=sent)
    assert question(record, CLAIM) == "Another question?"
