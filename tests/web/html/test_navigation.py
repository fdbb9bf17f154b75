"""Where a reader is, where to go from there, and why there is nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from app.dossiers.record import read_record
from app.main import create_app
from app.services.contributing.api_keys import make_key
from app.services.record.load_record import load_record
from app.settings import Settings
from app.storage.database.engine import Database
from tests.loaded import BY, EXAMPLE, NOON
from tests.serving import serving
from tests.web.contributing.test_pages import Site

LISTS = ("/speakers", "/publishers", "/documents", "/places", "/links", "/changes")
VIEWS = ("/compare", "/losses", "/timeline", "/map", "/blindspots")
BELOW = (
    *("/dossiers/harbour", "/claims/fire-dead", "/claims/fire-dead/history"),
    *("/claims/fire-dead/diff", *VIEWS, *LISTS),
    *("/speakers/oskel-mayor", "/publishers/tarn-wire", "/documents/guild-notice-14"),
    *("/places/north-quay", "/search", "/search?q=fire", "/method", "/method/claims"),
    *("/contribute", "/review", "/api/docs", "/patterns"),
)


def nodes(client: httpx.Client, address: str, selector: str) -> list[LexborNode]:
    return LexborHTMLParser(client.get(address).text).css(selector)


def current(client: httpx.Client, address: str, where: str) -> list[str | None]:
    """Where the links lead that stand there and are marked as the page itself."""
    marked = nodes(client, address, f'{where} a[aria-current="page"]')
    return [link.attributes["href"] for link in marked]


@pytest.mark.parametrize("address", BELOW)
def test_every_page_below_the_first_leads_back_to_it(site: httpx.Client, address: str) -> None:
    steps = nodes(site, address, "nav.crumbs a")
    assert steps[0].attributes["href"] == "/"
    assert steps[0].text() == "Dossiers"


def test_the_first_page_leads_back_to_nothing(site: httpx.Client) -> None:
    assert nodes(site, "/", "nav.crumbs") == []


def test_breadcrumbs_keep_the_language(site: httpx.Client) -> None:
    steps = nodes(site, "/speakers/oskel-mayor?lang=ru", "nav.crumbs a")
    assert [step.attributes["href"] for step in steps] == ["/?lang=ru", "/speakers?lang=ru"]


@pytest.mark.parametrize("address", [*LISTS, "/method", "/contribute", "/patterns", "/api/docs"])
def test_the_way_to_the_page_itself_is_marked(site: httpx.Client, address: str) -> None:
    assert current(site, address, "footer") == [address]
    assert current(site, f"{address}?lang=hy", "footer") == [f"{address}?lang=hy"]


@pytest.mark.parametrize("address", ["/changes", "/method", "/contribute"])
def test_the_ways_at_the_head_of_a_page_are_marked_too(site: httpx.Client, address: str) -> None:
    assert current(site, address, "header.site") == [address]


@pytest.mark.parametrize("address", ["/method/claims", "/nowhere", "/claims/fire-dead"])
def test_a_page_that_no_way_leads_to_marks_none(site: httpx.Client, address: str) -> None:
    assert current(site, address, "body") == []


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("asked", ["", "?dossier=harbour"])
def test_a_view_across_claims_marks_itself(site: httpx.Client, view: str, asked: str) -> None:
    assert current(site, view + asked, "nav.across") == [f"{view}?dossier=harbour"]


def test_the_overview_marks_none_of_the_views(site: httpx.Client) -> None:
    assert len(nodes(site, "/dossiers/harbour", "nav.across a")) == len(VIEWS)
    assert current(site, "/dossiers/harbour", "nav.across") == []


@pytest.mark.parametrize(
    ("address", "near"),
    [
        ("/claims/fire-ded", "/claims/fire-dead"),
        ("/dossiers/harbor", "/dossiers/harbour"),
        ("/places/north-key", "/places/north-quay"),
        ("/speakers/oskel-major", "/speakers/oskel-mayor"),
        ("/speakers/ilva-brandt", "/speakers/oskel-mayor"),
        ("/documents/guild-notice-41", "/documents/guild-notice-14"),
        ("/documents/evening-talk", "/documents/radio-tarnhaven-2019-05-07"),
        ("/publishers/tarnwire", "/publishers/tarn-wire"),
        ("/publishers/salt-tar-magazine", "/publishers/salt-and-tar"),
        ("/method/speaker", "/method/speakers"),
        ("/method/hedge?lang=ru", "/method/hedges?lang=ru"),
    ],
)
def test_a_wrong_address_of_any_kind_names_what_is_near(
    site: httpx.Client, address: str, near: str
) -> None:
    assert site.get(address).status_code == 404
    offered = [link.attributes["href"] for link in nodes(site, address, "main .near ~ ul a")]
    assert near in offered
    assert len(offered) <= 5


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("/search?q=fire&kind=publisher", "Nothing of this kind contains all of these words"),
        ("/search?q=zeppelin&kind=publisher", "Nothing on record contains all of these words."),
        ("/changes?show=record&before=1", "There is nothing earlier."),
        ("/claims/fire-dead/history?before=1", "There is nothing earlier."),
        ("/links?state=gone", "No document has a page in this state."),
        ("/dossiers/harbour?q=zeppelin", "No claim matches these filters."),
        ("/publishers/quay-feed", "No document of this publisher is on record yet."),
    ],
)
def test_an_empty_list_says_why(site: httpx.Client, address: str, why: str) -> None:
    told = nodes(site, address, ".empty")
    assert [each for each in told if why in each.text()], [each.text() for each in told]


@pytest.fixture(scope="module")
def small_site(module_database: Database, module_url: str) -> Iterator[Site]:
    """A site with a moderator and one claim, of which nobody has sent anything."""
    record = read_record(EXAMPLE)
    one = [(dossier, claim) for dossier, claim in record.claims if claim.id == "strait-declaration"]
    with module_database.writing() as session:
        load_record(session, replace(record, claims=tuple(one)), BY)
        _key, secret = make_key(session, "Heron", "moderator", NOON)
    app = create_app(Settings(database_url=module_url))
    with serving(app) as address, ExitStack() as browsers:
        yield Site(address, module_database, {"Heron": secret}, browsers)


def test_two_sides_are_said_to_have_nothing_to_compare(small_site: Site) -> None:
    client = small_site.visit()
    agreeing = nodes(client, "/compare?left=oskel&right=tarnhaven", ".empty")
    assert [each.text() for each in agreeing] == [
        "There is no claim on which the answers of these two conflict."
    ]
    parting = nodes(client, "/compare?left=oskel&right=guild", ".empty")
    assert [each.text() for each in parting] == [
        "There is no claim that both of them answer without a conflict."
    ]


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("", "Nothing waits for a decision."),
        ("?state=accepted", "No submission has been accepted yet."),
        ("?state=rejected", "No submission has been rejected yet."),
        ("?state=withdrawn", "No contributor has withdrawn a submission yet."),
        ("?batch=spring", "No such submission is in this state."),
    ],
)
def test_an_empty_queue_says_why(small_site: Site, asked: str, why: str) -> None:
    told = nodes(small_site.visit("Heron"), f"/review{asked}", ".empty")
    assert [each.text().startswith(why) for each in told] == [True]


def test_who_has_sent_nothing_yet_is_told_so(small_site: Site) -> None:
    told = nodes(small_site.visit("Heron"), "/contribute", "#own ~ .empty")
    assert told[0].text().startswith("Nothing has been sent with this key yet.")
    assert nodes(small_site.visit(), "/contribute", "#own") == []
