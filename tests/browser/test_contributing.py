"""From selected words on somebody's page to a citation on record, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from app.fetching.rules import Allowance
from app.main import create_app
from app.services.contributing.api_keys import make_key
from app.services.following.setup import fetcher_of
from app.settings import Settings
from app.storage.claims.documents import get_claim
from app.storage.database.engine import Database
from tests.databases import SqliteFiles
from tests.loaded import NOON
from tests.serving import serving

HOST = "news.example.org"
ARTICLE = """<!doctype html><html lang="en-GB"><meta charset=utf-8>
<title>The alarm, two days later</title>
<meta property="article:published_time" content="2019-05-06T08:00:00Z">
<p>Asked about the harbour office, the mayor said <q id="words">our bell rang all
night</q>, and left.</p>"""


@dataclass(frozen=True)
class Contributing:
    """A site on which Net submits and Heron decides, and a page that is not on record."""

    address: str
    database: Database
    secrets: dict[str, str]


@pytest.fixture(scope="module")
def site(
    sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Contributing]:
    folder = tmp_path_factory.mktemp("contributing")
    (folder / "pages").mkdir()
    (folder / "pages" / "alarm.html").write_text(ARTICLE, encoding="utf-8")
    settings = Settings(
        database_url=f"sqlite:///{sqlite_files.copy('example', folder)}",
        data_dir=folder,
        fetch_pause=0,
    )
    handler = partial(_Quiet, directory=str(folder / "pages"))
    with closing(Database(settings.database_url)) as database:
        with database.writing() as session:
            secrets = {
                "Net": make_key(session, "Net", "contributor", NOON)[1],
                "Heron": make_key(session, "Heron", "moderator", NOON)[1],
            }
        with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            Thread(target=server.serve_forever, daemon=True).start()
            served = {HOST: ("127.0.0.1", server.server_port)}
            app = create_app(settings, fetcher=fetcher_of(settings, Allowance(served)))
            with serving(app) as address:
                app.state.settings = settings.model_copy(update={"base_url": address})
                yield Contributing(address, database, secrets)
            server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


def new_page(browser: Browser, width: int = 1280, scripts: bool = True) -> Page:
    made = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=scripts
    ).new_page()
    made.set_default_timeout(10_000)
    return made


def require_usable(page: Page, width: int) -> None:
    page.wait_for_load_state()  # a click that leads to another page does not wait for it
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def signed_in(browser: Browser, site: Contributing, name: str, width: int = 1280) -> Page:
    page = new_page(browser, width)
    page.goto(f"{site.address}/review")
    page.get_by_label("Your key").fill(site.secrets[name])
    page.get_by_role("button", name="Sign in").click()
    return page


@pytest.mark.parametrize("width", [390, 1280])
def test_selected_words_become_a_citation_on_record(
    chromium: Browser, site: Contributing, width: int
) -> None:
    """The whole way: bookmark, check, claim, submission, effect, decision."""
    reader = signed_in(chromium, site, "Net", width)
    reader.goto(f"{site.address}/contribute")
    script = reader.get_by_role("link", name="Cite in Variorum").get_attribute("href") or ""
    address = f"http://{HOST}/alarm.html?reader={width}"
    reader.context.route(
        f"http://{HOST}/**", lambda route: route.fulfill(body=ARTICLE, content_type="text/html")
    )
    reader.goto(address)
    reader.evaluate("getSelection().selectAllChildren(document.getElementById('words'))")
    with reader.context.expect_page() as opened:
        reader.evaluate(unquote(script.removeprefix("javascript:")))
    form = opened.value
    form.wait_for_url(f"{site.address}/contribute?**again=1")
    assert form.get_by_label("Address of the page").input_value() == address
    assert form.get_by_label("Quotation").input_value() == "our bell rang all night"
    assert form.get_by_label("Words before it").input_value().endswith("the mayor said")
    assert form.get_by_label("Title of the page").input_value() == "The alarm, two days later"
    assert form.get_by_label("Published on").input_value() == "2019-05-06"
    assert form.get_by_role("textbox", name="Language").input_value() == "en-gb"
    assert "is on the page" in form.get_by_role("status").inner_text()
    require_usable(form, width)
    form.get_by_label("fail in its duty").check()
    form.get_by_role("button", name="Continue with the chosen claim").click()
    form.get_by_label("Another one").check()
    form.get_by_label("Its answer").fill("no")
    form.get_by_label("Speaker on record").fill("oskel-mayor")
    form.get_by_label("Said on").fill("2019-05-05" if width == 390 else "2019-05-06")
    form.get_by_label("Whose words").select_option("quoted")
    require_usable(form, width)
    form.get_by_role("button", name="Send it").click()
    assert "Say who published the page." in form.get_by_role("alert").inner_text()
    form.get_by_label("Publisher on record").fill("quay-feed")
    form.get_by_role("button", name="Send it").click()
    form.wait_for_url(f"{site.address}/submissions/*")
    assert "waits for a moderator" in form.locator(".eyebrow").inner_text()
    require_usable(form, width)
    decide(chromium, site, form.url.rpartition("/")[2], width)
    form.reload()
    assert "it is on record" in form.locator(".lead").inner_text()


def decide(chromium: Browser, site: Contributing, submission: str, width: int) -> None:
    page = signed_in(chromium, site, "Heron", width)
    require_usable(page, width)
    page.get_by_role("link", name="our bell rang all night").first.click()
    assert page.url.endswith(submission)
    told = page.locator(".effect").inner_text()
    if width == 390:
        assert "The Oskel Town Council and the Ferry Guild would conflict." in told
    require_usable(page, width)
    page.get_by_role("button", name="Accept", exact=True).click()
    with site.database.reading() as session:
        stored = get_claim(session, "alarm-duty")
    assert "our bell rang all night" in stored.document


@pytest.mark.parametrize("width", [390, 1280])
def test_editing_a_claim_can_be_done_by_everybody(
    chromium: Browser, site: Contributing, width: int
) -> None:
    page = signed_in(chromium, site, "Heron", width)
    page.goto(f"{site.address}/review/claims/fire-date")
    require_usable(page, width)
    page.goto(f"{site.address}/contribute?claim=fire-date&quote=x")
    require_usable(page, width)


def test_the_form_works_without_scripts(chromium: Browser, site: Contributing) -> None:
    page = new_page(chromium, 390, scripts=False)
    page.goto(f"{site.address}/contribute")
    page.get_by_label("Quotation").fill("sound the alarm at the harbour office")
    page.get_by_label("Key", exact=True).fill(site.secrets["Net"])
    page.get_by_label("Quotation").press("Tab")
    page.get_by_label("Title of the page").press("Enter")
    assert page.get_by_label("Quotation").input_value() == "sound the alarm at the harbour office"
    assert page.get_by_label("fail in its duty").count() == 1
