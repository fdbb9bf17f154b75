"""Submitting over the API, as contributors, moderators and strangers meet it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from app.services.contributing.api_keys import make_key, revoke_key
from tests.databases import KINDS, filled
from tests.loaded import NOON
from tests.services.submissions import citation, claim, new_document
from tests.web.contributors import Site, contributed_site, pointers


@pytest.fixture(scope="module", params=KINDS)
def site(request: pytest.FixtureRequest) -> Iterator[Site]:
    with (
        filled(request.param, "example", request) as url,
        contributed_site(url, max_submissions_per_hour=1000) as site,
    ):
        yield site


@pytest.fixture
def batch(request: pytest.FixtureRequest) -> str:
    """A name for what one test sends."""
    return request.node.originalname.replace("_", "-")[-60:].lower()


def test_a_submitted_citation_is_taken_and_can_be_followed_by_its_id(site: Site) -> None:
    sent = citation(document=None, new_document=new_document(), note="Наш — «слово» <b>ս</b>")
    answer = site.net.post("/citations", json=sent)
    assert answer.status_code == 202
    made = answer.json()
    assert (made["state"], made["kind"], made["claim"]) == ("pending", "citation", "fire-dead")
    assert made["body"] == sent
    assert made["check"]["finding"] == "unchecked"
    assert made["check"]["url"] == sent["new_document"]["url"]
    assert made["page"] == f"/submissions/{made['id']}"
    followed = site.reader.get(f"/submissions/{made['id']}")
    assert followed.headers["cache-control"] == "no-store"
    assert followed.json() == made


def test_a_proposed_claim_is_taken(site: Site) -> None:
    answer = site.net.post("/claims", json=claim())
    assert answer.status_code == 202
    assert (answer.json()["kind"], answer.json()["claim"]) == ("claim", "bell-rung")
    again = site.other.post("/claims", json=claim())
    assert again.status_code == 409
    assert again.json()["existing"]["id"] == answer.json()["id"]


def test_a_document_on_record_is_answered_with_its_id(site: Site) -> None:
    known = site.reader.get("/documents/post-2019-05-10").json()
    existing = {
        "kind": "document",
        "id": "post-2019-05-10",
        "url": "/documents/post-2019-05-10",
    }
    for url in (known["url"], known["url"] + "?utm_source=letter#top"):
        sent = citation(document=None, new_document=new_document(url=url), quote="own words")
        answer = site.net.post("/citations", json=sent)
        assert answer.status_code == 409, answer.text
        assert answer.json()["existing"] == existing
    proposed = claim()
    proposed["new_documents"][0]["url"] = known["url"]
    proposed["claim"] |= {"id": "bell-rung-again", "question": "Was the bell rung again?"}
    whole = site.net.post("/claims", json=proposed)
    assert (whole.status_code, whole.json()["existing"]) == (409, existing)


def test_a_document_on_record_is_no_reason_to_hide_other_faults(site: Site) -> None:
    url = site.reader.get("/documents/post-2019-05-10").json()["url"]
    sent = citation(document=None, new_document=new_document(url=url), account="nine")
    assert pointers(site.net.post("/citations", json=sent)) == {"/account"}


def asking(question: str, claim_id: str) -> dict[str, Any]:
    sent = claim()
    sent["claim"] |= {"question": question, "id": claim_id}
    return sent


def test_a_question_on_record_is_answered_with_its_claim(site: Site) -> None:
    known = site.reader.get("/claims/fire-dead").json()["claim"]["question"]
    for number, question in enumerate((known, known.upper(), f"  {known.rstrip('?')} ?")):
        sent = asking(question.strip(), f"fire-dead-again-{number}")
        answer = site.net.post("/claims", json=sent)
        assert answer.status_code == 409, answer.text
        existing = answer.json()["existing"]
        assert existing == {"kind": "claim", "id": "fire-dead", "url": "/claims/fire-dead"}


def test_nearly_equal_questions_are_listed_as_near(site: Site) -> None:
    known = site.reader.get("/claims/fire-dead").json()["claim"]["question"]
    answer = site.net.post("/claims", json=asking(known.replace("?", ", in all?"), "fire-dead-all"))
    assert answer.status_code == 202, answer.text
    near = {"kind": "claim", "id": "fire-dead", "claim": None, "why": "near-question"}
    assert near | {"url": "/claims/fire-dead"} in answer.json()["near"]
    again = site.net.post("/claims", json=asking(known.replace("?", ", so far?"), "fire-dead"))
    assert again.status_code == 409
    other = site.net.post("/claims", json=asking("Did anybody see the harbour seal?", "seal-seen"))
    assert (other.status_code, other.json()["near"]) == (202, [])


def test_all_faults_are_reported_at_once_with_their_pointers(site: Site) -> None:
    shapeless = citation(said="2022-02-30", stance="doubts", page=3)
    assert pointers(site.net.post("/citations", json=shapeless)) == {"/said", "/stance", "/page"}
    unknown = citation(speaker="nobody", document="nowhere")
    assert pointers(site.net.post("/citations", json=unknown)) == {"/speaker", "/document"}


def test_a_statement_on_record_is_refused_with_where_it_is(site: Site) -> None:
    sent = citation(
        account="three",
        speaker="oskel-mayor",
        said="2019-05-05",
        document="council-statement-2019-05-05",
        quote="three of us did not come home",
    )
    answer = site.net.post("/citations", json=sent)
    assert answer.status_code == 409
    assert answer.json()["existing"] == {
        "kind": "citation",
        "id": "mayor-three",
        "claim": "fire-dead",
        "url": "/claims/fire-dead#citation-mayor-three",
    }


@pytest.mark.parametrize(
    "authorization",
    [None, "", "Bearer", "Bearer vrm_no", "Basic dTpw", "vrm_no", "Bearer \xe9\xff"],
)
def test_a_submission_requires_a_valid_key(site: Site, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization.encode("latin-1")}
    for call in ("/citations", "/claims", "/quote-checks", "/submissions/0/withdraw"):
        answer = site.reader.post(call, json={}, headers=headers)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
    assert site.reader.get("/submissions", headers=headers).status_code == 401


def test_a_revoked_key_is_refused_at_once(site: Site) -> None:
    with site.database.writing() as session:
        made, secret = make_key(session, "Short", "contributor", NOON)
    headers = {"Authorization": f"Bearer {secret}"}
    assert site.reader.get("/submissions", headers=headers).status_code == 200
    with site.database.writing() as session:
        revoke_key(session, made.id, NOON)
    assert site.reader.get("/submissions", headers=headers).status_code == 401


def test_contributors_see_their_own_submissions_and_moderators_all(site: Site, batch: str) -> None:
    for client, day in ((site.net, "2019-06-01"), (site.other, "2019-06-02")):
        sent = citation(said=day, batch=batch)
        assert client.post("/citations", json=sent).status_code == 202
    path = f"/submissions?batch={batch}&state=pending"
    seen = {
        name: [item["author"] for item in client.get(path).json()["items"]]
        for name, client in (("net", site.net), ("moderator", site.moderator))
    }
    assert seen == {"net": ["Net"], "moderator": ["Other", "Net"]}
    assert site.net.get(f"{path}&claim=fire-cause").json()["items"] == []
    assert pointers(site.net.get("/submissions?state=lost")) == {"/query/state"}


def test_only_the_sender_withdraws_a_submission(site: Site) -> None:
    made = site.net.post("/citations", json=citation(said="2019-06-03")).json()
    path = f"/submissions/{made['id']}/withdraw"
    assert site.other.post(path).status_code == 403
    answer = site.net.post(path)
    assert (answer.status_code, answer.json()["state"]) == (200, "withdrawn")
    assert site.net.post(path).status_code == 409
    assert site.net.post("/submissions/nothing/withdraw").status_code == 404
    assert site.reader.get("/submissions/nothing").status_code == 404


def test_a_submission_is_answered_with_its_possible_duplicates(site: Site) -> None:
    sent = citation(speaker="oskel-mayor", said="2019-05-05", quote="three are gone")
    near = site.net.post("/citations", json=sent).json()["near"]
    assert {"kind": "citation", "id": "mayor-three", "claim": "fire-dead"}.items() <= near[
        0
    ].items()


@pytest.mark.parametrize("call", ["/citations", "/claims"])
def test_a_repeated_idempotency_key_gets_the_first_answer(site: Site, call: str) -> None:
    named = {"Idempotency-Key": f"first{call}"}
    sent: Any = citation(said="2019-06-04")
    if call == "/claims":
        sent = claim()
        sent["claim"] |= {"id": "bell-heard", "question": "Was the bell heard?"}
    first = site.net.post(call, json=sent, headers=named)
    again = site.net.post(call, json=dict(reversed(sent.items())), headers=named)
    assert (first.status_code, again.status_code) == (202, 202)
    assert again.json() == first.json()
    withdrawn = site.net.post(f"/submissions/{first.json()['id']}/withdraw", headers=named)
    assert pointers(withdrawn) == {"/header/idempotency-key"}
    other = site.net.post(call, json=sent | {"batch": "b"}, headers=named)
    assert pointers(other) == {"/header/idempotency-key"}
    assert site.other.post(call, json=sent, headers=named).status_code == 409


def test_of_many_identical_concurrent_submissions_one_is_accepted(site: Site) -> None:
    sent = citation(said="2019-06-06")
    with ThreadPoolExecutor(8) as at_once:
        answers = list(
            at_once.map(lambda _: site.net.post("/citations", json=sent).status_code, range(8))
        )
    assert sorted(answers) == [202] + 7 * [409]


def test_concurrent_requests_with_one_idempotency_key_get_one_answer(site: Site) -> None:
    sent, named = citation(said="2019-06-07"), {"Idempotency-Key": "at-once"}
    with ThreadPoolExecutor(8) as at_once:
        answers = list(
            at_once.map(lambda _: site.net.post("/citations", json=sent, headers=named), range(8))
        )
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["id"] for answer in answers}) == 1


def test_an_idempotency_key_is_short_printable_ascii(site: Site) -> None:
    for name in ("", "two words", "x" * 256):
        answer = site.net.post("/citations", json=citation(), headers={"Idempotency-Key": name})
        assert pointers(answer) == {"/header/idempotency-key"}


def test_a_rate_limited_request_says_when_to_retry(
    request: pytest.FixtureRequest, example_url: str
) -> None:
    with contributed_site(example_url, max_submissions_per_hour=1, max_field_length=200) as site:
        named = {"Idempotency-Key": "a"}
        assert site.net.post("/citations", json=citation(), headers=named).status_code == 202
        answer = site.net.post("/citations", json=citation(said="2019-06-05"))
        assert answer.status_code == 429
        assert 0 < int(answer.headers["retry-after"]) <= 3600
        again = site.net.post("/citations", json=citation(), headers=named)
        assert again.status_code == 202
        assert pointers(site.net.post("/citations", json=citation(note="x" * 201))) == {"/note"}


def test_every_problem_says_so_in_its_type_and_body(site: Site) -> None:
    answer: httpx.Response = site.net.post("/citations", content=b"{", headers={})
    assert answer.status_code == 415
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 415
    assert {"type", "title", "status", "detail"} <= json.loads(answer.text).keys()
