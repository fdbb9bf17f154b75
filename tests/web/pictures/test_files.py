"""Pictures as files: the chart that others embed, and the cards beside links."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import UTC, datetime
from hashlib import sha256
from html import unescape
from pathlib import Path
from xml.etree import ElementTree as ET

import httpx
import pytest

from app.drawing.sheets.raster import MAX_LETTERS, png_of
from app.drawing.sheets.sheets import DARK, LIGHT, Palette
from app.main import create_app
from app.services.record.append_revision import Author
from app.services.record.redact import redact_subject
from app.settings import Settings
from app.storage.database.engine import Database
from app.storage.following.snapshots import Snapshots
from app.web.html.rendering import STATIC
from tests.loaded import load
from tests.serving import serving
from tests.web.test_pages import CLAIMS

SVG = "{http://www.w3.org/2000/svg}"
BASE = "http://127.0.0.1:8000"
PNG = b"\x89PNG\r\n\x1a\n"


def chart(site: httpx.Client, claim_id: str, query: str = "") -> ET.Element:
    answer = site.get(f"/claims/{claim_id}/chart.svg{query}")
    assert answer.status_code == 200
    return ET.fromstring(answer.content)


def text_of(drawing: ET.Element) -> str:
    return " ".join(" ".join(drawing.itertext()).split())


@pytest.mark.parametrize("claim_id", CLAIMS)
def test_the_chart_is_whole_in_itself(site: httpx.Client, claim_id: str) -> None:
    drawing = chart(site, claim_id)
    assert drawing.tag == f"{SVG}svg"
    for node in drawing.iter():
        assert node.tag not in {f"{SVG}{name}" for name in ("script", "image", "foreignObject")}
        for name, value in node.attrib.items():
            assert not name.startswith("on")
            assert name != "style"
            if name == "href":
                assert value.startswith(("#pic-", f"{BASE}/claims/{claim_id}#citation-"))
    style = drawing.findtext(f"{SVG}style") or ""
    assert "url(" not in style
    assert "@import" not in style
    assert "@media (prefers-color-scheme: dark)" in style
    shapes = {node.get("id") for node in drawing.iter() if node.get("id")}
    used = {(node.get("href") or "")[1:] for node in drawing.iter(f"{SVG}use")}
    assert used <= shapes


def test_the_chart_says_its_question_where_accounts_part_and_its_source(
    site: httpx.Client,
) -> None:
    drawing = chart(site, "fire-dead")
    assert drawing.findtext(f"{SVG}title") == CLAIMS["fire-dead"].question
    told = text_of(drawing)
    assert CLAIMS["fire-dead"].question in told
    assert f"{BASE}/claims/fire-dead, revision" in told
    assert site.get("/api/v1/claims/fire-dead/comparison").json()["explanations"][0][:40] in told


def test_the_chart_is_sent_so_that_other_sites_may_show_it(site: httpx.Client) -> None:
    answer = site.get("/claims/fire-dead/chart.svg")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    style = ET.fromstring(answer.content).findtext(f"{SVG}style") or ""
    known = b64encode(sha256(style.encode()).digest()).decode()
    policy = answer.headers["content-security-policy"]
    assert f"'sha256-{known}'" in policy
    assert "unsafe" not in policy
    etag = answer.headers["etag"]
    again = site.get("/claims/fire-dead/chart.svg", headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_dated_chart_holds_what_had_been_said_and_links_to_that_view(
    site: httpx.Client,
) -> None:
    drawing = chart(site, "fire-dead", "?as_known_on=2019-05-05")
    links = [node.get("href") for node in drawing.iter(f"{SVG}a")]
    assert links
    page = f"{BASE}/claims/fire-dead?as_known_on=2019-05-05"
    assert {str(link).partition("#")[0] for link in links} == {page}
    assert f"{page}#citation-harbourmaster-five" not in links
    assert "As it could be known on 5 May 2019." in text_of(drawing)
    assert site.get("/claims/fire-dead/chart.svg?as_known_on=soon").status_code == 422


@pytest.mark.parametrize("claim_id", CLAIMS)
def test_every_mark_on_the_page_leads_to_a_citation_there_and_says_whose_it_is(
    site: httpx.Client, claim_id: str
) -> None:
    page = site.get(f"/claims/{claim_id}").text
    marks = re.findall(r'<a class="mark[^"]*" href="#([^"]+)"><title>([^<]+)</title>', page)
    anchors = set(re.findall(r'\bid="([^"]+)"', page))
    assert marks
    assert {anchor for anchor, _title in marks} <= anchors
    assert all(title.strip() for _anchor, title in marks)
    assert page.count('<a class="mark ') == len(marks)
    assert "style=" not in page


def test_a_past_revision_has_its_picture_too(site: httpx.Client) -> None:
    number = site.get("/api/v1/claims/fire-dead").json()["revision"]["number"]
    assert '<figure class="picture"' in site.get(f"/claims/fire-dead/revisions/{number}").text


@pytest.mark.parametrize(
    "path", ["/claims/fire-dead/card.png", "/dossiers/harbour/card.png", "/card.png"]
)
def test_a_card_is_a_picture_of_1200_by_630(site: httpx.Client, path: str) -> None:
    answer = site.get(path)
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["etag"]
    assert answer.content.startswith(PNG)
    size = [int.from_bytes(answer.content[at : at + 4]) for at in (16, 20)]
    assert size == [1200, 630]
    assert len(answer.content) < 300_000


@pytest.mark.parametrize(
    ("path", "card", "kind"),
    [
        ("/claims/fire-dead", "/claims/fire-dead/card.png", "article"),
        ("/dossiers/harbour", "/dossiers/harbour/card.png", "website"),
        ("/", "/card.png", "website"),
    ],
)
def test_a_page_tells_how_a_link_to_it_is_shown(
    site: httpx.Client, path: str, card: str, kind: str
) -> None:
    page = site.get(path).text
    told = {
        name: unescape(value)
        for name, value in re.findall(r'<meta property="og:([^"]+)" content="([^"]*)">', page)
    }
    assert told["url"] == BASE + path
    assert told["image"] == BASE + card
    assert told["type"] == kind
    assert (told["image:width"], told["image:height"]) == ("1200", "630")
    assert told["title"]
    assert told["image:alt"]
    assert 0 < len(told["description"]) <= 201
    assert site.get(card).status_code == 200


@pytest.mark.parametrize("name", ["chart.svg", "card.png"])
def test_there_is_no_picture_of_a_claim_that_is_not_there(site: httpx.Client, name: str) -> None:
    assert site.get(f"/claims/nowhere/{name}").status_code == 404
    assert site.get(f"/dossiers/nowhere/{name}").status_code == 404


def test_a_claim_that_was_taken_down_takes_its_pictures_with_it(
    database_url: str, tmp_path: Path
) -> None:
    database = Database(database_url)
    load(database)
    paths = [f"/claims/strait-declaration/{name}" for name in ("chart.svg", "card.png")]
    by = Author("Clerk", datetime(2026, 11, 5, 8, tzinfo=UTC), "By order of a court", "api")
    app = create_app(Settings(database_url=database_url))
    with serving(app) as address, httpx.Client(base_url=address, timeout=30) as client:
        assert [client.get(path).status_code for path in paths] == [200, 200]
        with database.writing() as session:
            redact_subject(session, Snapshots(tmp_path), "claim", "strait-declaration", by)
        # The number of the record is polled on PostgreSQL.
        statuses = [client.get(path, headers={"Cookie": "a=b"}).status_code for path in paths]
        assert statuses == [404, 404]
    database.close()


@pytest.mark.parametrize(("palette", "within"), [(LIGHT, 0), (DARK, 1)])
def test_files_have_the_colours_of_the_stylesheet(palette: Palette, within: int) -> None:
    stylesheet = (STATIC / "site.css").read_text(encoding="utf-8")
    tokens = re.findall(r"--(paper|ink|soft|line|side-\d): (#[0-9a-f]{6});", stylesheet)
    found: dict[str, list[str]] = {}
    for name, colour in tokens:
        found.setdefault(name, []).append(colour)
    given = {name: getattr(palette, name) for name in ("paper", "ink", "soft", "line")}
    given |= {f"side-{rank}": colour for rank, colour in enumerate(palette.sides)}
    assert given == {name: colours[within] for name, colours in found.items()}


def test_a_card_shows_armenian_and_cyrillic_letters() -> None:
    drawn = {
        letters: png_of(
            '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30">'
            f'<text x="2" y="20" font-family="Variorum Sans">{letters}</text></svg>',
            60,
            30,
        )
        for letters in ("Փառ", "Фар", "Fər", "\ue000\ue000\ue000", "")
    }
    assert len(set(drawn.values())) == len(drawn)


def test_a_picture_too_large_to_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="is not drawn"):
        png_of("<svg>" + " " * MAX_LETTERS, 10, 10)
