"""What scripts and stylesheet add, in a real browser; and that nothing needs the scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.test_pages import open_page

LARGEST = "/claims/hadrut-attack-2020"
FOCUSED = """() => {
  const cell = document.activeElement.closest("th, td");
  return cell ? [cell.parentElement.sectionRowIndex, cell.cellIndex] : null;
}"""


@pytest.fixture
def overview(chromium: Browser, shipped_site: str) -> Iterator[Page]:
    page = open_page(chromium, 1280)
    page.goto(f"{shipped_site}/dossiers/karabakh")
    page.locator("tbody a.question").first.focus()
    yield page
    page.context.close()


def test_arrow_keys_move_through_the_cells_of_the_overview(overview: Page) -> None:
    for key, place in [
        ("ArrowDown", [1, 0]),
        ("ArrowRight", [1, 1]),
        ("End", [1, 4]),
        ("ArrowRight", [1, 4]),
        ("ArrowUp", [0, 4]),
        ("ArrowUp", [0, 4]),
        ("Home", [0, 0]),
        ("Control+End", [99, 4]),
        ("Control+Home", [0, 0]),
    ]:
        overview.keyboard.press(key)
        assert overview.evaluate(FOCUSED) == place, key


def test_a_cell_that_is_reached_is_seen_to_be(overview: Page) -> None:
    overview.keyboard.press("ArrowRight")
    assert overview.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    overview.keyboard.press("Control+End")
    assert overview.evaluate("document.activeElement.getBoundingClientRect().bottom <= innerHeight")


def test_tab_goes_on_from_a_cell_to_the_next_link_and_out_of_the_overview(overview: Page) -> None:
    overview.keyboard.press("Control+End")
    overview.keyboard.press("Home")
    for _ in range(12):
        overview.keyboard.press("Tab")
    assert overview.evaluate(FOCUSED) is None


def test_keys_with_a_modifier_are_left_to_the_browser(overview: Page) -> None:
    overview.keyboard.press("Shift+ArrowDown")
    overview.keyboard.press("Control+ArrowDown")
    assert overview.evaluate(FOCUSED) == [0, 0]


def test_a_citation_is_copied_as_text_and_that_is_said(
    chromium: Browser, shipped_site: str
) -> None:
    page = open_page(chromium, 1280, permissions=["clipboard-read", "clipboard-write"])
    page.goto(shipped_site + LARGEST)
    citation = page.locator("article.citation").first
    citation.get_by_role("button", name="Copy as text").click()
    page.get_by_role("status").get_by_text("Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == (citation.locator(".cite-as p").text_content() or "").strip()
    assert f"#{citation.get_attribute('id')}" in copied
    assert citation.locator("button.copy").evaluate("node => node === document.activeElement")
    page.context.close()


def test_without_javascript_the_text_of_a_citation_can_be_opened(
    chromium: Browser, shipped_site: str
) -> None:
    page = open_page(chromium, 390, java_script_enabled=False)
    page.goto(shipped_site + LARGEST)
    citation = page.locator("article.citation").first
    assert not citation.locator("button.copy").is_visible()
    citation.get_by_text("Cite as text").click()
    assert citation.locator(".cite-as p").is_visible()
    page.context.close()


def test_the_first_tab_leads_past_the_head_of_the_page(
    chromium: Browser, shipped_site: str
) -> None:
    page = open_page(chromium, 390)
    page.goto(shipped_site + LARGEST)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    page.context.close()


def test_words_are_set_in_the_fonts_that_are_sent_along(
    chromium: Browser, shipped_site: str
) -> None:
    page = open_page(chromium, 1280)
    page.goto(shipped_site + LARGEST, wait_until="networkidle")
    fonts = "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)"
    assert set(page.evaluate(fonts)) >= {"Variorum Serif", "Variorum Sans"}
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    heading = session.send("DOM.querySelector", {"nodeId": root, "selector": "h1"})
    used = session.send("CSS.getPlatformFontsForNode", heading)["fonts"]
    assert [font["isCustomFont"] for font in used] == [True]
    page.context.close()
