"""Views across claims, and the record as known on a day, as pages and as JSON."""

import re

import httpx
import pytest

from app.domain.disagreement.engine import compare
from app.domain.disagreement.timeline import timeline
from app.domain.records.as_known_on import as_known_on
from app.domain.records.registers import Registers
from app.domain.values.dates import Day
from app.dossiers.record import read_record
from tests.loaded import EXAMPLE
from tests.web.test_pages import text_of

RECORD = read_record(EXAMPLE)
CLAIMS = {claim.id: claim for _, claim in RECORD.claims}
REGISTERS = Registers(RECORD.sources)
DOSSIER = RECORD.dossiers[0]
SIDES = DOSSIER.sides
COMPARED = {key: compare(claim, REGISTERS, DOSSIER) for key, claim in CLAIMS.items()}
LEFT, RIGHT = "guild", "oskel"


def relation(claim_id: str) -> str:
    pairs = COMPARED[claim_id].relations
    return next(r.relation for r in pairs if {r.left, r.right} == {LEFT, RIGHT})


ANSWERED = {key for key in CLAIMS if relation(key) != "silent"}
PARTED = {key for key in CLAIMS if relation(key) == "conflict"}


def all_items(site: httpx.Client, path: str) -> list[dict[str, object]]:
    items: list[dict[str, object]] = []
    following: str | None = path
    while following:
        answer = site.get(following).json()
        items += answer["items"]
        following = answer["next"]
        assert answer["total"] is not None
    return items


@pytest.mark.parametrize("limit", [1, 2, 50])
def test_the_pair_view_lists_conflicts_first_then_other_claims_that_both_answer(
    site: httpx.Client, limit: int
) -> None:
    path = f"/api/v1/compare?dossier=harbour&left={LEFT}&right={RIGHT}&limit={limit}"
    items = all_items(site, path)
    assert [item["id"] for item in items][: len(PARTED)] == [
        item["id"] for item in items if item["id"] in PARTED
    ]
    assert sorted(str(item["id"]) for item in items) == sorted(ANSWERED)
    assert site.get(path).json()["total"] == len(ANSWERED)
    for item in items:
        assert bool(item["clashes"]) == (item["id"] in PARTED)


def test_the_pair_view_is_the_same_whichever_side_is_named_first(site: httpx.Client) -> None:
    one = site.get(f"/api/v1/compare?dossier=harbour&left={LEFT}&right={RIGHT}").json()
    other = site.get(f"/api/v1/compare?dossier=harbour&left={RIGHT}&right={LEFT}").json()
    assert one == other


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("left=guild&right=oskel", "/query/dossier"),
        ("dossier=harbour&left=guild&right=guild", "/query/right"),
        ("dossier=harbour&left=nobody&right=guild", "/query/left"),
        ("dossier=harbour&left=guild&right=oskel&cursor=x", "/query/cursor"),
    ],
)
def test_a_pair_that_cannot_be_compared_is_a_problem(
    site: httpx.Client, query: str, pointer: str
) -> None:
    answer = site.get(f"/api/v1/compare?{query}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


def test_the_pair_page_shows_both_sections(site: httpx.Client) -> None:
    page = site.get(f"/compare?dossier=harbour&left={LEFT}&right={RIGHT}").text
    parted, _, rest = page.partition("Where they do not clash")
    assert all(f'href="/claims/{key}"' in parted for key in PARTED)
    assert all(f'href="/claims/{key}"' in rest for key in ANSWERED - PARTED)
    assert site.get("/compare").status_code == 200
    assert site.get("/compare?left=guild&right=guild").status_code == 422


def test_losses_say_whose_and_by_whose_account(site: httpx.Client) -> None:
    wanted = {key: list(claim.losses_of) for key, claim in CLAIMS.items() if claim.losses_of}
    items = site.get("/api/v1/losses?dossier=harbour").json()["items"]
    assert {item["id"]: item["losses_of"] for item in items} == wanted
    page = site.get("/losses?dossier=harbour").text
    assert all(f'href="/claims/{key}"' in page for key in wanted)


def test_blind_spots_are_searched_silences_only(site: httpx.Client) -> None:
    wanted = {
        key: [s for s, p in found.positions.items() if p.position == "silent" and p.searched]
        for key, found in COMPARED.items()
    }
    wanted = {key: sides for key, sides in wanted.items() if sides}
    items = site.get("/api/v1/blindspots?dossier=harbour").json()["items"]
    assert {item["id"]: sorted(item["silent"]) for item in items} == {
        key: sorted(sides) for key, sides in wanted.items()
    }
    assert wanted
    for side in SIDES:
        of_side = site.get(f"/api/v1/blindspots?dossier=harbour&side={side}").json()["items"]
        assert {item["id"] for item in of_side} == {k for k, s in wanted.items() if side in s}
    assert site.get("/blindspots").status_code == 200


def test_the_timeline_lists_every_dated_item_in_order(site: httpx.Client) -> None:
    items = all_items(site, "/api/v1/timeline?dossier=harbour&limit=7")
    said = {(item["claim"], item["citation"]) for item in items if item["kind"] == "said"}
    assert said == {
        (key, citation.id)
        for key, claim in CLAIMS.items()
        for _, citation in claim.citations()
        if citation.said
    }
    happened = {item["claim"] for item in items if item["kind"] == "happened"}
    assert happened == {key for key, claim in CLAIMS.items() if claim.happened}
    page = text_of(site.get("/timeline").text)
    assert page.rindex("4 May 2019") < page.rindex("6 May 2019")


@pytest.mark.parametrize("day", [Day(2019, 5, 4), Day(2019, 5, 6), Day(2019, 12, 31)])
def test_a_dated_list_shows_the_states_of_that_day(site: httpx.Client, day: Day) -> None:
    items = site.get(f"/api/v1/claims?as_known_on={day.isoformat()}").json()["items"]
    assert {item["id"]: item["state"] for item in items} == {
        key: compare(claim, REGISTERS, DOSSIER, day).state for key, claim in CLAIMS.items()
    }
    disputed = site.get(f"/api/v1/claims?as_known_on={day.isoformat()}&state=disputed").json()
    assert {item["id"] for item in disputed["items"]} == {
        item["id"] for item in items if item["state"] == "disputed"
    }


def test_a_dated_claim_has_only_what_had_been_said_by_that_day(site: httpx.Client) -> None:
    day = Day(2019, 5, 5)
    whole = site.get("/api/v1/claims/fire-date?as_known_on=2019-05-05")
    body = whole.json()
    assert body["claim"] == as_known_on(CLAIMS["fire-date"], day).to_json()
    assert body["comparison"]["as_known_on"] == "2019-05-05"
    assert body["comparison"]["state"] == "one-sided"
    assert whole.headers["etag"] != site.get("/api/v1/claims/fire-date").headers["etag"]
    alone = site.get("/api/v1/claims/fire-date/comparison?as_known_on=2019-05-05").json()
    assert alone == body["comparison"]


def test_a_dated_page_says_so_and_hides_later_words(site: httpx.Client) -> None:
    page = site.get("/claims/fire-date?as_known_on=2019-05-05").text
    assert "As the record could be known on" in page
    known = as_known_on(CLAIMS["fire-date"], Day(2019, 5, 5))
    shown = set(re.findall(r'id="citation-([^"]+)"', page))
    assert shown == {citation.id for _, citation in known.citations()}
    overview = site.get("/dossiers/harbour?as_known_on=2019-05-05").text
    assert 'href="/claims/fire-date?as_known_on=2019-05-05"' in overview


def test_a_day_before_everything_shows_that_nothing_is_known_yet(site: httpx.Client) -> None:
    page = site.get("/claims/fire-date?as_known_on=1999-01-01")
    assert page.status_code == 200
    assert "No account" in text_of(page.text)


@pytest.mark.parametrize("day", ["2019-02-30", "yesterday", "2019-05", "2019-05-04/2019-05-06"])
def test_a_bad_day_is_refused_in_words(site: httpx.Client, day: str) -> None:
    assert site.get(f"/api/v1/claims?as_known_on={day}").status_code == 422
    assert site.get(f"/claims/fire-date?as_known_on={day}").status_code == 422
    assert site.get(f"/dossiers/harbour?as_known_on={day}").status_code == 422


def test_a_state_over_time_is_shown_day_by_day(site: httpx.Client) -> None:
    over_time = {key: timeline(claim, REGISTERS, DOSSIER) for key, claim in CLAIMS.items()}
    assert any(over_time.values())
    for key, segments in over_time.items():
        answer = site.get(f"/api/v1/claims/{key}/timeline").json()
        assert answer == [segment.model_dump(mode="json") for segment in segments]
        assert ("Day by day" in site.get(f"/claims/{key}").text) == bool(segments)


def test_everything_a_speaker_said_comes_in_order_with_changes_marked(site: httpx.Client) -> None:
    shifted = {shift.speaker for found in COMPARED.values() for shift in found.shifts}
    for speaker in REGISTERS.speakers:
        items = site.get(f"/api/v1/speakers/{speaker}/statements").json()["items"]
        said = {(i["claim"], i["citation"]) for i in items}
        assert said == {
            (key, citation.id)
            for key, claim in CLAIMS.items()
            for _, citation in claim.citations()
            if speaker in citation.all_speakers
        }
        assert any(item["shift"] for item in items) == (speaker in shifted)
    assert site.get("/api/v1/speakers/nobody/statements").status_code == 404


def test_an_overrule_is_shown_beside_the_computed_relation(site: httpx.Client) -> None:
    overruled = next(key for key, found in COMPARED.items() if found.overruled)
    shown = COMPARED[overruled].overruled[0]
    page = text_of(site.get(f"/claims/{overruled}").text)
    assert shown.by in page
    assert shown.reason in page
    assert "the rule says" in page


def test_the_pair_page_has_a_description(site: httpx.Client) -> None:
    page = site.get("/compare?dossier=harbour").text
    assert '<meta name="description" content="Contested facts' in page
