"""The search in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

HOME, CLAIM, SEARCH = "/", "/claims/parukh-withdrawal-2022", "/search"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with chromium.new_context(viewport={"width": 1280, "height": 900}) as context:
        yield context.new_page()


@pytest.mark.parametrize("path", [HOME, CLAIM, SEARCH, "/contribute"])
def test_the_key_slash_leads_to_the_search_box(page: Page, shipped_site: str, path: str) -> None:
    page.goto(shipped_site + path)
    box = page.get_by_role("searchbox", name="Search the record")
    expect(box).to_have_attribute("aria-keyshortcuts", "/")
    page.keyboard.press("/")
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    page.keyboard.type("either/or")
    expect(box).to_have_value("either/or")


def test_the_key_is_an_ordinary_letter_in_other_fields_and_with_other_keys(
    page: Page, shipped_site: str
) -> None:
    page.goto(f"{shipped_site}/dossiers/karabakh")
    page.get_by_text("Search, filter and sort").click()
    words = page.get_by_label("Words")
    words.focus()
    page.keyboard.type("a/b")
    expect(words).to_have_value("a/b")
    words.blur()
    page.keyboard.press("Alt+/")
    expect(page.get_by_role("searchbox", name="Search the record")).not_to_be_focused()


def test_what_was_typed_before_is_selected_to_be_typed_over(page: Page, shipped_site: str) -> None:
    page.goto(f"{shipped_site}/search?q=lachin")
    page.locator("main").click()
    page.keyboard.press("/")
    page.keyboard.type("farukh")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=farukh")
    expect(page.locator(".place-card h3")).to_have_text("Farrukh/Parukh")


def test_the_key_can_be_turned_off_and_on_again(page: Page, shipped_site: str) -> None:
    page.goto(shipped_site + SEARCH)
    page.get_by_role("button", name="Turn this key off").click()
    page.goto(shipped_site + HOME)
    box = page.get_by_role("searchbox", name="Search the record")
    page.keyboard.press("/")
    expect(box).not_to_be_focused()
    assert box.get_attribute("aria-keyshortcuts") is None
    page.goto(shipped_site + SEARCH)
    page.get_by_role("button", name="Turn this key on").click()
    page.get_by_role("heading", name="Search", exact=True).click()
    page.keyboard.press("/")
    expect(box).to_be_focused()


def test_the_search_works_without_javascript(chromium: Browser, shipped_site: str) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(shipped_site + CLAIM)
        page.get_by_role("searchbox", name="Search the record").fill("peacekeepers")
        page.get_by_role("searchbox", name="Search the record").press("Enter")
        assert page.url == f"{shipped_site}/search?q=peacekeepers"
        page.get_by_role("navigation", name="Kinds of results").get_by_role(
            "link", name="Quotations"
        ).click()
        first = page.locator(".found").first.inner_text()
        page.get_by_role("link", name="Further results").click()
        assert page.locator(".found").first.inner_text() != first
        page.locator(".found a").first.click()
        assert page.locator(":target").count() == 1
        page.goto(shipped_site + SEARCH)
        assert not page.locator("[data-search-key-switch]").is_visible()


def test_a_reader_keeps_the_chosen_language_while_searching(page: Page, shipped_site: str) -> None:
    page.goto(f"{shipped_site}/?lang=ru")
    page.keyboard.press("/")
    page.keyboard.type("Фаррух")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    assert "lang=ru" in page.url
    assert page.locator("html").get_attribute("lang") == "ru"
    assert page.locator(".place-card").count() == 1
