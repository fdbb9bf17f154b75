"""The description of the API, for somebody who reads nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest

from tests.databases import filled
from tests.web.contributors import Site, contributed_site
from tests.web.http.test_openapi import references


@pytest.fixture(scope="module", params=["shipped", "example"])
def site(request: pytest.FixtureRequest) -> Iterator[Site]:
    with filled("sqlite", request.param, request) as url, contributed_site(url) as site:
        yield site


def root(site: Site) -> str:
    return str(site.reader.base_url).removesuffix("/").removesuffix("/api/v1")


@pytest.fixture(scope="module")
def document(site: Site) -> dict[str, Any]:
    described: dict[str, Any] = site.reader.get(root(site) + "/api/openapi.json").json()
    return described


@pytest.fixture(scope="module")
def page(site: Site) -> str:
    return unescape(site.reader.get(root(site) + "/api/docs").text)


def bodies(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if "requestBody" in operation:
                yield method, path, operation


def examples(operation: dict[str, Any]) -> list[dict[str, Any]]:
    content = operation["requestBody"]["content"]["application/json"]
    return [one["value"] for one in content["examples"].values()]


def test_every_body_has_examples_and_every_field_of_it_is_described(
    document: dict[str, Any],
) -> None:
    shapes = document["components"]["schemas"]
    sent = [operation["requestBody"] for _, _, operation in bodies(document)]
    ahead = {*references(sent), "#/components/schemas/Problem"}
    seen: set[str] = set()
    while ahead:
        name = ahead.pop().rpartition("/")[2]
        seen.add(name)
        ahead |= {ref for ref in references(shapes[name]) if ref.rpartition("/")[2] not in seen}
        assert shapes[name]["description"], name
        for field, schema in shapes[name].get("properties", {}).items():
            assert schema.get("description"), f"{name}.{field}"
    assert {"SubmittedCitation", "NewSpeaker", "NewDocument", "NewPublisher", "Account"} <= seen
    assert all(examples(operation) for _, _, operation in bodies(document))


def test_voice_is_required_with_a_quotation(document: dict[str, Any]) -> None:
    shape = document["components"]["schemas"]["SubmittedCitation"]
    assert shape["dependentSchemas"]["quote"]["then"] == {"required": ["voice"]}
    assert "Required with `quote`" in shape["properties"]["voice"]["description"]


def test_who_reads_only_the_description_sends_everything_without_a_failed_try(
    site: Site, document: dict[str, Any]
) -> None:
    """Each example as it is, in the order of the document, none changed or left out."""
    tried = 0
    submitted: list[str] = []
    for method, path, operation in bodies(document):
        if "{" not in path:
            for body in examples(operation):
                answer = site.net.request(method, root(site) + path, json=body)
                assert answer.is_success, (path, body, answer.text)
                tried += 1
                if answer.status_code == 202:
                    submitted.append(answer.json()["id"])
    assert len(submitted) >= 5
    for _, path, operation in bodies(document):
        if "{key}" in path:  # decided by a moderator, each its own submission
            for body in examples(operation):
                where = root(site) + path.replace("{key}", submitted.pop())
                answer = site.moderator.post(where, json=body)
                assert answer.is_success, (path, body, answer.text)
                tried += 1
    edit = document["paths"]["/api/v1/claims/{claim_id}"]["put"]
    for body in examples(edit):
        where = f"/claims/{body['claim']['id']}"
        tag = site.reader.get(where).headers["etag"]
        answer = site.moderator.put(where, json=body, headers={"If-Match": tag})
        assert answer.is_success, answer.text
        tag = site.reader.get(where).headers["etag"]
        restore = document["paths"]["/api/v1/claims/{claim_id}/revisions/{number}/restore"]["post"]
        first = site.reader.get(where + "/revisions").json()["items"][0]["number"]
        answer = site.moderator.post(
            f"{where}/revisions/{first}/restore",
            json=examples(restore)[0],
            headers={"If-Match": tag},
        )
        assert answer.status_code in (200, 422), answer.text
        tried += 2
    assert tried >= 10


def test_an_example_that_is_sent_again_is_answered_with_what_is_there(
    site: Site, document: dict[str, Any]
) -> None:
    for path in ("/api/v1/citations", "/api/v1/claims"):
        operation = document["paths"][path]["post"]
        for body in examples(operation):
            site.other.post(root(site) + path, json=body)
            answer = site.other.post(root(site) + path, json=body)
            assert answer.status_code == 409, answer.text
            assert "409" in operation["responses"]
            assert answer.json()["existing"]["url"]


def test_the_page_has_the_examples_the_notation_the_limits_and_the_errors(
    page: str, document: dict[str, Any]
) -> None:
    for _, _, operation in bodies(document):
        for body in examples(operation):
            assert json.dumps(body, ensure_ascii=False, indent=2) in page
    for said in (
        "variorum keys new",
        "20..40 best 30",
        "2020-12-11/2020-12-13",
        "vahram-poghosyan",
        "256 KB",
        "60 submissions",
        "RFC 9457",
        "RFC 6901",
        "existing",
    ):
        assert said in page, said
    for shape in ("NewSpeaker", "NewDocument", "NewPublisher", "NewAccount", "Archived"):
        assert f"<code>{shape}</code>" in page


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        (b"", {}),
        (b"", {"content-type": "application/json"}),
        (b"{}", {"content-type": "application/json"}),
        (b" \n", {"content-type": "application/json"}),
        (b"", {"content-type": "application/x-www-form-urlencoded"}),
    ],
)
def test_an_empty_body_accepts_a_submission_as_it_was_sent(
    site: Site, document: dict[str, Any], content: bytes, headers: dict[str, str]
) -> None:
    body = dict(examples(document["paths"]["/api/v1/citations"]["post"])[0])
    body["quote"] = f"another phrase for {content.hex()} {[*headers.values()]}"
    made = site.net.post("/citations", json=body)
    assert made.status_code == 202, made.text
    where = f"/submissions/{made.json()['id']}/accept"
    answer = site.moderator.post(where, content=content, headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.json()["state"] == "accepted"


def test_a_body_that_is_not_json_is_no_empty_one(site: Site) -> None:
    answer = site.moderator.post("/submissions/s-nobody/accept", content=b"yes")
    assert answer.status_code == 415
