"""Deciding on submissions, and editing claims, over the API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from app.services.contributing.api_keys import make_key, revoke_key
from app.storage.revisions.audit import audit
from tests.databases import KINDS, filled
from tests.loaded import NOON
from tests.services.submissions import citation
from tests.web.contributors import Site, contributed_site, pointers


@pytest.fixture(scope="module", params=KINDS)
def site(request: pytest.FixtureRequest) -> Iterator[Site]:
    with (
        filled(request.param, "example", request) as url,
        contributed_site(url, max_submissions_per_hour=1000) as site,
    ):
        yield site


def submitted(site: Site, quote: str, **other: Any) -> str:
    answer = site.net.post("/citations", json=citation(quote=quote, **other))
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


def edit_of(site: Site, **changes: object) -> tuple[dict[str, Any], str]:
    answer = site.moderator.get("/claims/crew-dead")
    return answer.json()["claim"] | changes, answer.headers["etag"]


def edit(site: Site, claim: dict[str, Any], **headers: str) -> httpx.Response:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return site.moderator.put("/claims/crew-dead", json=claim, headers=sent)


def test_what_a_moderator_accepts_is_on_record_at_once(site: Site) -> None:
    key = submitted(site, "five in one night")
    answer = site.moderator.post(f"/submissions/{key}/accept")
    assert answer.status_code == 200
    decided = answer.json()
    assert (decided["state"], decided["decided_by"]) == ("accepted", "Moderator")
    claim = site.moderator.get("/claims/fire-dead").json()
    assert claim["revision"]["number"] == decided["revision"]
    quotes = [c.get("quote") for a in claim["claim"]["accounts"] for c in a["citations"]]
    assert "five in one night" in quotes
    with site.database.reading() as session:
        assert audit(session).is_intact


def test_a_contributor_reads_why_a_submission_was_rejected(site: Site) -> None:
    key = submitted(site, "five, they say")
    reason = {"reason": "The notice says “four”."}
    assert site.moderator.post(f"/submissions/{key}/reject", json=reason).status_code == 200
    seen = site.net.get(f"/submissions/{key}").json()
    assert (seen["state"], seen["reason"]) == ("rejected", "The notice says “four”.")


def test_faults_of_an_edited_submission_point_into_the_edit(
    site: Site,
) -> None:
    key = submitted(site, "five of the quay's sons")
    path = f"/submissions/{key}/accept"
    wrong = {"edited": citation(quote="five sons", said="soon", speaker="nobody")}
    assert pointers(site.moderator.post(path, json=wrong)) == {"/edited/said"}
    assert site.net.get(f"/submissions/{key}").json()["state"] == "pending"
    right = {"edited": citation(quote="five sons")}
    assert site.moderator.post(path, json=right).json()["state"] == "accepted"


def test_a_contributors_key_may_not_decide(site: Site) -> None:
    key = submitted(site, "five for nothing")
    for path, body in (("accept", {}), ("reject", {"reason": "x"})):
        assert site.reader.post(f"/submissions/{key}/{path}", json=body).status_code == 401
        assert site.other.post(f"/submissions/{key}/{path}", json=body).status_code == 403
        assert site.net.post(f"/submissions/{key}/{path}", json=body).status_code == 403
    own = site.moderator.post("/citations", json=citation(quote="five by me")).json()["id"]
    refused = site.moderator.post(f"/submissions/{own}/accept")
    assert refused.status_code == 403
    assert "your own" in refused.json()["detail"]


def test_a_decided_submission_is_not_decided_again(site: Site) -> None:
    key = submitted(site, "five twice")
    site.moderator.post(f"/submissions/{key}/accept")
    again = site.moderator.post(f"/submissions/{key}/reject", json={"reason": "x"})
    assert again.status_code == 409
    assert again.headers["content-type"] == "application/problem+json"


def test_a_decision_sent_twice_gives_the_first_answer(site: Site) -> None:
    key = submitted(site, "five once more")
    headers = {"Idempotency-Key": f"accept-{key}"}
    first, second = (
        site.moderator.post(f"/submissions/{key}/accept", headers=headers) for _ in range(2)
    )
    assert first.status_code == second.status_code == 200
    assert first.json() == second.json()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"content": b"", "headers": {"Content-Type": "application/json"}}, 422),
        ({"json": {}}, 422),
        ({"json": {"reason": ""}}, 422),
        ({"json": {"reason": "x" * 3000}}, 422),
        ({"json": {"reason": "x", "why": "y"}}, 422),
        ({"json": {"reason": 5}}, 422),
        ({"data": {"reason": "x"}}, 415),
    ],
)
def test_a_bad_rejection_decides_nothing(site: Site, sent: dict[str, Any], status: int) -> None:
    key = site.net.get("/submissions", params={"state": "pending"}).json()["items"]
    path = f"/submissions/{key[0]['id'] if key else submitted(site, 'five left')}/reject"
    assert site.moderator.post(path, **sent).status_code == status


def test_nothing_is_decided_that_was_never_sent(site: Site) -> None:
    assert site.moderator.post("/submissions/nothing/accept").status_code == 404


def test_a_moderator_edits_a_claim_against_the_revision_that_was_read(site: Site) -> None:
    claim, etag = edit_of(site, question="How many of the crew died in the fire?")
    body = {"claim": claim, "reason": "Clearer."}
    answer = site.moderator.put("/claims/crew-dead", json=body, headers={"If-Match": etag})
    assert answer.status_code == 200, answer.text
    number = answer.json()["revision"]["number"]
    assert answer.headers["etag"] == f'"r{number}"' != etag
    newest = site.moderator.get("/claims/crew-dead/revisions").json()["items"][0]
    assert (newest["author"], newest["reason"]) == ("Moderator", "Clearer.")
    assert site.moderator.get("/claims/crew-dead").json()["claim"] == claim


def test_of_two_concurrent_edits_one_is_refused(site: Site) -> None:
    first, etag = edit_of(site, note="First.")
    second, _ = edit_of(site, note="Second.")
    assert edit(site, first, If_Match=etag).is_success
    refused = edit(site, second, If_Match=etag)
    assert refused.status_code == 412
    assert site.moderator.get("/claims/crew-dead").json()["claim"]["note"] == "First."


@pytest.mark.parametrize(
    ("if_match", "status"),
    [
        (None, 428),
        ("*", 428),
        ('"r1"', 412),
        ("r1", 412),
        ('W/"r{now}"', 412),
        ('"r99999999999999999999"', 412),
        ('"r1", "r{now}"', 200),
    ],
)
def test_an_edit_requires_the_revision_that_it_is_based_on(
    site: Site, if_match: str | None, status: int
) -> None:
    claim, etag = edit_of(site)
    headers = {} if if_match is None else {"If_Match": if_match.replace("{now}", etag[2:-1])}
    assert edit(site, claim, **headers).status_code == status


def test_only_moderators_edit_claims(site: Site) -> None:
    claim, etag = edit_of(site, note="Mine.")
    headers = {"If-Match": etag}
    assert site.reader.put("/claims/crew-dead", json=claim, headers=headers).status_code == 401
    assert site.net.put("/claims/crew-dead", json=claim, headers=headers).status_code == 403


def test_faults_of_an_edit_are_reported_with_their_pointers(site: Site) -> None:
    claim, etag = edit_of(site, topic="weather", places=["nowhere"])
    headers = {"If-Match": etag}
    alone = site.moderator.put("/claims/crew-dead", json=claim, headers=headers)
    assert pointers(alone) == {"/topic", "/places/0"}
    within = site.moderator.put("/claims/crew-dead", json={"claim": claim}, headers=headers)
    assert pointers(within) == {"/claim/topic", "/claim/places/0"}


def test_a_revoked_moderator_decides_nothing_from_then_on(site: Site) -> None:
    with site.database.writing() as session:
        secret = make_key(session, "Leaving", "moderator", NOON)[1]
    key = submitted(site, "five at last")
    headers = {"Authorization": f"Bearer {secret}"}
    path = str(site.reader.base_url) + f"submissions/{key}/reject"
    with site.database.writing() as session:
        revoke_key(session, "Leaving", NOON)
    assert httpx.post(path, json={"reason": "x"}, headers=headers).status_code == 401
