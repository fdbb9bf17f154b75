"""The JSON API as another program meets it."""

import itertools

import httpx
import pytest

from app.dossiers.record import read_record
from tests.loaded import EXAMPLE

RECORD = read_record(EXAMPLE)
CLAIMS = {claim.id: claim for _, claim in RECORD.claims}


def every_page(site: httpx.Client, path: str) -> list[dict[str, object]]:
    items: list[dict[str, object]] = []
    following: str | None = path
    while following:
        answer = site.get(following).json()
        items += answer["items"]
        following = answer["next"]
    return items


def test_claims_are_listed_disputed_first_with_state_flags_gap_and_sides(
    site: httpx.Client,
) -> None:
    answer = site.get("/api/v1/claims").json()
    assert (len(answer["items"]), answer["next"], answer["total"]) == (
        len(CLAIMS),
        None,
        len(CLAIMS),
    )
    states = [item["state"] for item in answer["items"]]
    assert states == sorted(states, key=lambda state: state != "disputed")
    first = answer["items"][0]
    assert {"id", "question", "kind", "state", "flags", "gap", "sides"} <= first.keys()
    assert set(first["sides"]) == {"guild", "oskel", "tarnhaven"}


def test_cursors_walk_through_a_list_without_loss_or_repetition(site: httpx.Client) -> None:
    for sort in ("state", "date", "gap", "changed", "question"):
        ids = [item["id"] for item in every_page(site, f"/api/v1/claims?limit=3&sort={sort}")]
        assert sorted(map(str, ids)) == sorted(CLAIMS)


def test_the_next_page_is_also_a_link_header(site: httpx.Client) -> None:
    answer = site.get("/api/v1/claims?limit=1&side=guild")
    following = answer.json()["next"]
    assert answer.headers["link"] == f'<{following}>; rel="next"'
    assert "side=guild" in following
    assert "link" not in site.get("/api/v1/claims").headers


@pytest.mark.parametrize("name", ["state", "topic", "kind", "side", "place", "flag", "dossier"])
def test_every_filter_narrows_the_list_to_what_fits(site: httpx.Client, name: str) -> None:
    values = {
        "state": "disputed",
        "topic": CLAIMS["fire-dead"].topic,
        "kind": "quantity",
        "side": "guild",
        "place": next(place for claim in CLAIMS.values() for place in claim.places),
        "flag": "undated",
        "dossier": "harbour",
    }
    items = site.get("/api/v1/claims", params={name: values[name]}).json()["items"]
    assert items
    for item in items:
        claim = CLAIMS[item["id"]]
        holds = {
            "state": item["state"] == "disputed",
            "topic": claim.topic == values["topic"],
            "kind": claim.kind == "quantity",
            "side": item["sides"]["guild"]["position"] in ("holds", "divided", "denies"),
            "place": values["place"] in claim.places,
            "flag": "undated" in item["flags"],
            "dossier": item["dossier"] == "harbour",
        }
        assert holds[name]


def test_words_find_claims_whatever_their_case(site: httpx.Client) -> None:
    items = site.get("/api/v1/claims", params={"q": "NORTH quay"}).json()["items"]
    assert {"fire-date", "fire-cause"} <= {item["id"] for item in items}
    assert site.get("/api/v1/claims", params={"q": "zeppelin"}).json()["items"] == []


@pytest.mark.parametrize("claim_id", CLAIMS)
def test_a_claim_comes_as_in_its_file_with_comparison_and_revision(
    site: httpx.Client, claim_id: str
) -> None:
    answer = site.get(f"/api/v1/claims/{claim_id}")
    body = answer.json()
    assert body["claim"] == CLAIMS[claim_id].to_json()
    assert body["comparison"] == site.get(f"/api/v1/claims/{claim_id}/comparison").json()
    assert body["revision"].keys() == {"number", "at", "hash"}
    assert answer.headers["etag"] == f'"r{body["revision"]["number"]}"'
    assert body["revision"]["at"] == "2026-11-03T12:00:00.000000Z"


def test_a_comparison_has_the_shape_of_the_contract(site: httpx.Client) -> None:
    found = site.get("/api/v1/claims/fire-date/comparison").json()
    assert {
        "state",
        "flags",
        "as_known_on",
        "undated_left_out",
        "positions",
        "relations",
        "clashes",
        "gap",
        "origins",
        "explanations",
    } <= found.keys()
    assert {"position", "accounts", "bodies", "standing", "since"} <= found["positions"][
        "guild"
    ].keys()
    assert found["gap"] == {"kind": "days", "difference": 2, "ratio": None, "by_table": False}
    clash = found["clashes"][0]
    assert clash["left"].keys() == {"side", "account", "citations"}
    assert {"left", "right", "rule", "gap"} == clash.keys()


def test_a_claims_history_leads_to_whole_revisions(site: httpx.Client) -> None:
    history = site.get("/api/v1/claims/fire-dead/revisions").json()
    number = history["items"][0]["number"]
    revision = site.get(f"/api/v1/claims/fire-dead/revisions/{number}").json()
    assert revision["claim"] == CLAIMS["fire-dead"].to_json()
    assert revision["comparison"] == site.get("/api/v1/claims/fire-dead/comparison").json()
    assert (history["total"], history["items"]) == (1, [revision])
    assert site.get(f"/api/v1/claims/fire-date/revisions/{number}").status_code == 404
    assert site.get("/api/v1/claims/fire-dead/revisions/99999").status_code == 404


@pytest.mark.parametrize(
    "register", ["dossiers", "sides", "bodies", "publishers", "speakers", "documents", "places"]
)
def test_registers_are_lists_whose_entries_stand_alone_too(
    site: httpx.Client, register: str
) -> None:
    items = every_page(site, f"/api/v1/{register}?limit=2")
    assert len(items) == site.get(f"/api/v1/{register}").json()["total"] > 0
    for item in items[:3]:
        assert site.get(f"/api/v1/{register}/{item['id']}").json() == item


def test_a_document_says_where_when_and_by_whom(site: httpx.Client) -> None:
    document = site.get("/api/v1/documents").json()["items"][0]
    assert {"publisher", "url", "published", "language", "read_on", "credits"} <= document.keys()


def test_changes_come_in_order_and_whole(site: httpx.Client) -> None:
    changes = every_page(site, "/api/v1/changes?limit=20")
    assert [change["number"] for change in changes] == list(range(1, len(changes) + 1))
    for before, after in itertools.pairwise(changes):
        assert after["previous_hash"] == before["hash"]
    last = changes[-1]
    assert site.get(f"/api/v1/changes?since={last['number']}").json() == {
        "items": [],
        "next": None,
        "total": 0,
    }
    claims = {c["id"]: c["body"] for c in changes if c["subject"] == "claim"}
    assert claims["fire-dead"] == CLAIMS["fire-dead"].to_json()


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("state=unheard", "/query/state"),
        ("limit=0", "/query/limit"),
        ("limit=201", "/query/limit"),
        ("limit=many", "/query/limit"),
        ("cursor=garbage", "/query/cursor"),
        ("sort=size", "/query/sort"),
        ("kind=maybe", "/query/kind"),
        ("topic=NOT%20AN%20ID", "/query/topic"),
        ("colour=red", "/query/colour"),
        ("q=" + "x" * 201, "/query/q"),
    ],
)
def test_bad_parameters_are_a_problem_that_points_at_them(
    site: httpx.Client, query: str, pointer: str
) -> None:
    answer = site.get(f"/api/v1/claims?{query}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert {"type", "title", "status", "detail", "errors"} <= problem.keys()
    assert [error["pointer"] for error in problem["errors"]] == [pointer]


def test_a_cursor_of_another_order_is_refused(site: httpx.Client) -> None:
    cursor = site.get("/api/v1/claims?limit=2").json()["next"].partition("cursor=")[2]
    answer = site.get(f"/api/v1/claims?limit=2&sort=date&cursor={cursor}")
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "path",
    ["/api/v1/claims/nowhere", "/api/v1/speakers/nobody", "/api/v1/nothing", "/api/v1/claims/%00"],
)
def test_what_is_not_on_record_is_a_404_problem(site: httpx.Client, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 404


def test_writing_is_not_offered(site: httpx.Client) -> None:
    answer = site.delete("/api/v1/claims/fire-dead")
    assert answer.status_code == 405
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_openapi_document_names_every_call(site: httpx.Client) -> None:
    document = site.get("/api/openapi.json").json()
    assert {
        "/api/v1/claims",
        "/api/v1/claims/{claim_id}",
        "/api/v1/claims/{claim_id}/comparison",
        "/api/v1/claims/{claim_id}/revisions",
        "/api/v1/claims/{claim_id}/revisions/{number}",
        "/api/v1/changes",
        "/healthz",
        "/readyz",
    } <= document["paths"].keys()


def test_health_and_readiness(site: httpx.Client) -> None:
    assert site.get("/healthz").json() == {"status": "alive"}
    assert site.get("/readyz").json() == {"status": "ready"}


def test_a_database_that_was_never_set_up_is_alive_but_not_ready(blank_site: httpx.Client) -> None:
    assert blank_site.get("/healthz").status_code == 200
    assert blank_site.get("/readyz").status_code == 503
    answer = blank_site.get("/api/v1/claims")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert blank_site.get("/").status_code == 503
