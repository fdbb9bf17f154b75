"""Signing in, out and in vain."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from app.main import create_app
from app.services.contributing.api_keys import MAX_BAD_KEYS, make_key
from app.settings import Settings
from app.storage import tables
from app.storage.database.engine import Database
from tests.loaded import NOON
from tests.serving import serving
from tests.web.contributing.test_pages import post, token_of

SECRET = "a secret of a test, random as it is"


@contextmanager
def processes(url: str, folder: Path) -> Iterator[tuple[str, str, str]]:
    """A moderator's secret, and the addresses of two servers of one record behind a proxy."""
    with closing(Database(url)) as database, database.writing() as session:
        secret = make_key(session, "Heron", "moderator", NOON)[1]
    settings = Settings(
        database_url=url,
        data_dir=folder,
        secret_key=SECRET,
        trusted_proxies="127.0.0.1",  # type: ignore[arg-type]
    )
    with serving(create_app(settings)) as one, serving(create_app(settings)) as two:
        yield secret, one, two


@pytest.fixture
def served(example_url: str, tmp_path: Path) -> Iterator[tuple[str, str, str]]:
    with processes(example_url, tmp_path) as all_:
        yield all_


@pytest.fixture
def browsers() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def test_a_copy_of_a_cookie_is_worth_nothing_after_signing_out(
    served: tuple[str, str, str], browsers: ExitStack
) -> None:
    secret, *addresses = served
    here, there = (browsers.enter_context(httpx.Client(base_url=at)) for at in addresses)
    post(here, "/review/sign-in", "/review", secret=secret)
    copied = here.cookies["variorum"]
    there.cookies["variorum"] = copied
    page = there.get("/review")
    assert page.status_code == 200
    form = {"token": token_of(page.text), "do": "accept"}
    answer = post(here, "/review/sign-out", "/review")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "variorum" not in here.cookies
    # On every server, with the cookie of then, and with the form that was open.
    assert there.get("/review", headers={"Cookie": f"variorum={copied}"}).status_code == 401
    assert there.post("/review", data=form).status_code == 401
    # The key itself goes on, in another session.
    assert post(here, "/review/sign-in", "/review", secret=secret).status_code == 303
    assert here.get("/review").status_code == 200


def test_keys_that_are_none_are_limited_by_address_and_valid_ones_are_not(
    served: tuple[str, str, str], browsers: ExitStack
) -> None:
    secret, *addresses = served
    one, two = (browsers.enter_context(httpx.Client(base_url=at)) for at in addresses)

    def ask(client: httpx.Client, key: str, by: str) -> httpx.Response:
        headers = {"Authorization": f"Bearer {key}", "X-Forwarded-For": by}
        return client.get("/api/v1/submissions", headers=headers)

    tried = [ask(one, f"vrm_{n}", "192.0.2.1").status_code for n in range(MAX_BAD_KEYS + 1)]
    assert tried == [401] * MAX_BAD_KEYS + [429]
    refused = ask(one, "vrm_x", "192.0.2.1")
    assert 1 <= int(refused.headers["retry-after"]) <= 600
    assert refused.json()["status"] == 429
    # The other process knows it too, and another address is not concerned.
    assert ask(two, "vrm_x", "192.0.2.1").status_code == 429
    assert ask(two, "vrm_x", "192.0.2.2").status_code == 401
    assert ask(one, secret, "192.0.2.1").status_code == 200

    forwarded = {"X-Forwarded-For": "192.0.2.1"}
    fields = {"token": token_of(one.get("/review").text), "secret": "vrm_x"}
    answer = one.post("/review/sign-in", data=fields, headers=forwarded)
    assert answer.status_code == 429
    assert answer.headers["retry-after"]
    form = fields | {"token": token_of(one.get("/contribute").text), "quote": "what was typed"}
    kept = one.post("/contribute", data=form, headers=forwarded)
    assert kept.status_code == 429
    assert "what was typed" in kept.text


def test_what_is_counted_in_the_database_names_no_address_and_is_bounded(
    served: tuple[str, str, str], browsers: ExitStack, example: Database
) -> None:
    _secret, address, _other = served
    client = browsers.enter_context(httpx.Client(base_url=address))
    for number in range(2 * MAX_BAD_KEYS):
        headers = {"Authorization": f"Bearer vrm_{number}", "X-Forwarded-For": "192.0.2.77"}
        client.get("/api/v1/submissions", headers=headers)
    with example.reading() as session:
        windows = session.execute(select(tables.rate_windows)).all()
    assert [window.hits for window in windows] == [MAX_BAD_KEYS]
    assert "192.0.2.77" not in str(windows)
