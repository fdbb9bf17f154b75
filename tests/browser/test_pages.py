"""The shipped record in a real browser, on a phone and on a desk."""

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page

from app.domain.quotations.fragments import text_fragment_link


def open_page(browser: Browser, width: int, **options: object) -> Page:
    return browser.new_context(viewport={"width": width, "height": 900}, **options).new_page()  # type: ignore[arg-type]


def test_the_filters_work_without_javascript(chromium: Browser, shipped_site: str) -> None:
    page = open_page(chromium, 390, java_script_enabled=False)
    page.goto(f"{shipped_site}/dossiers/karabakh")
    page.get_by_text("Search, filter and sort").click()
    page.get_by_label("State").select_option("disputed")
    page.get_by_role("button", name="Show").click()
    assert page.url == f"{shipped_site}/dossiers/karabakh?state=disputed"
    assert page.locator("tbody tr").count() > 0
    assert page.locator("tbody tr").count() == page.locator("tbody .state-disputed").count()


def test_a_mark_leads_to_its_citation(chromium: Browser, shipped_site: str) -> None:
    page = open_page(chromium, 1280)
    page.goto(f"{shipped_site}/claims/parukh-withdrawal-2022")
    page.get_by_role("link", name="Russia's Ministry of Defence").first.click()
    target = page.locator("#citation-ru-mod-2022-03-27")
    assert target.evaluate("node => node.matches(':target')")
    assert "as Wikipedia puts it" in target.inner_text()


@pytest.fixture
def source(tmp_path: Path) -> Iterator[str]:
    """A long page of somebody else's, on a real server."""
    filler = "<p>Nothing to see in this line.</p>" * 200
    words = "<p>They said that well-known forces, old &amp; new, had left Փառուխ.</p>"
    (tmp_path / "page.html").write_text(
        f"<!doctype html><meta charset=utf-8><title>x</title>{filler}{words}{filler}",
        encoding="utf-8",
    )
    handler = partial(_Quiet, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/page.html"
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.mark.parametrize(
    ("quotation", "lands"),
    [
        ("well-known forces, old & new, had left Փառուխ", True),
        ("words that are not on the page", False),
    ],
)
def test_a_source_link_lands_on_the_quoted_words(
    chromium: Browser, source: str, quotation: str, lands: bool
) -> None:
    page = open_page(chromium, 1280)
    page.goto(text_fragment_link(source, quotation))
    page.wait_for_timeout(300)
    top = page.evaluate("window.scrollY")
    assert (top > 1000) == lands
