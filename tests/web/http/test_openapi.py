"""What the API's description promises, held against what the API does."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import settings

from tests.databases import filled
from tests.web.contributors import Site, contributed_site

CONFIG = Path(__file__).with_name("schemathesis.toml")
WRITING = {
    ("post", "/api/v1/citations"): {202, 401, 409, 413, 415, 422, 429},
    ("post", "/api/v1/claims"): {202, 401, 409, 413, 415, 422, 429},
    ("post", "/api/v1/quote-checks"): {200, 401, 413, 415, 422, 429},
    ("post", "/api/v1/submissions/{key}/withdraw"): {200, 401, 403, 404, 409, 422},
}


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)]
)
def site(request: pytest.FixtureRequest) -> Iterator[Site]:
    bounds = {"max_submissions_per_hour": 100_000, "max_quote_checks_per_hour": 100_000}
    with filled(request.param, "example", request) as url, contributed_site(url, **bounds) as site:
        yield site


@pytest.fixture(scope="module")
def document(site: Site) -> dict[str, Any]:
    described: dict[str, Any] = site.reader.get(_root(site.reader) + "/api/openapi.json").json()
    return described


def _root(client: httpx.Client) -> str:
    return str(client.base_url).removesuffix("/api/v1/")


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from ([value["$ref"]] if "$ref" in value else [])
        for item in value.values():
            yield from references(item)
    elif isinstance(value, list):
        for item in value:
            yield from references(item)


def test_every_shape_that_is_named_is_described(document: dict[str, Any]) -> None:
    shapes = document["components"]["schemas"]
    assert {name.rpartition("/")[2] for name in references(document)} <= shapes.keys()
    assert {"claim", "account", "new_account", "new_document"} <= shapes["SubmittedCitation"][
        "properties"
    ].keys()


def test_calls_that_write_are_described_with_key_body_and_problems(
    document: dict[str, Any],
) -> None:
    for (method, path), statuses in WRITING.items():
        call = document["paths"][path][method]
        assert statuses <= {int(status) for status in call["responses"]}
        assert call["security"] == [{"key": []}]
        assert ("requestBody" in call) == (not path.endswith("withdraw"))


def test_the_page_of_the_api_names_every_field_of_a_body(site: Site) -> None:
    page = site.reader.get(_root(site.reader) + "/api/docs").text
    for field in ("new_account", "new_document", "relayed_by", "new_publishers"):
        assert f"<code>{field}</code>" in page


def test_an_address_names_every_method_that_it_takes(site: Site) -> None:
    answer = site.reader.request("DELETE", "/claims")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")
    assert site.reader.request("DELETE", "/citations").headers["allow"] == "POST"


def test_generated_requests_are_answered_as_the_description_says(
    site: Site, tmp_path: Path
) -> None:
    """Every check that schemathesis has: each call in turn, and calls that lead to others.

    The run is short and each time the same, or at random and longer, as those of hypothesis are.
    """
    examples = ["--max-examples=10"]
    if settings.default.derandomize:
        examples = ["--max-examples=2", "--generation-deterministic"]
    command = [
        sys.executable,
        "-m",
        "schemathesis.cli",
        "--config-file",
        str(CONFIG),
        "run",
        _root(site.net) + "/api/openapi.json",
        "--header",
        f"Authorization: {site.moderator.headers['authorization']}",
        *("--phases", "fuzzing,stateful", "--no-color"),
        *examples,
    ]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=900)
    assert ended.returncode == 0, ended.stdout[-4000:]
