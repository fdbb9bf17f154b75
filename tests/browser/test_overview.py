"""Filters, the day and the map in a real browser: by keyboard, and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.test_pages import open_page

OVERVIEW = "/dossiers/karabakh"


def tab_to(page: Page, selector: str, most: int = 60) -> None:
    """Press Tab until an element has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} is not reached by Tab.")


def test_filters_can_be_chosen_and_taken_off_by_keyboard(
    chromium: Browser, shipped_site: str
) -> None:
    page = open_page(chromium, 1280)
    page.goto(shipped_site + OVERVIEW)
    tab_to(page, ".filters summary")
    page.keyboard.press("Enter")
    tab_to(page, "#filter-state")
    page.keyboard.type("Disp")
    tab_to(page, "#filter-kind")
    page.keyboard.type("how")
    tab_to(page, ".filters button")
    page.keyboard.press("Enter")
    page.wait_for_url("**state=disputed&kind=quantity")
    states = page.locator("tbody .row-head .state")
    assert states.count() > 0
    assert states.count() == page.locator("tbody .state-disputed").count()
    tab_to(page, "a.chip")
    page.keyboard.press("Enter")
    page.wait_for_url("**?kind=quantity")
    tab_to(page, "a.chip")
    assert page.evaluate("document.activeElement.textContent").startswith("Kind:")
    page.context.close()


def test_a_day_is_typed_by_keyboard_and_the_next_statement_followed(
    chromium: Browser, shipped_site: str
) -> None:
    page = open_page(chromium, 1280)
    page.goto(f"{shipped_site}{OVERVIEW}?topic=control")
    tab_to(page, "#as_known_on")
    page.keyboard.type("03272022")
    page.keyboard.press("Enter")
    page.wait_for_url("**as_known_on=2022-03-27**")
    assert "topic=control" in page.url
    assert "As the record could be known on 27 March 2022" in page.inner_text("main")
    tab_to(page, ".said-days a[rel=next]")
    told = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "2022-03-27" not in url)
    day = re.search(r"as_known_on=(\d{4}-\d\d-\d\d)", page.url)
    assert day
    assert day.group(1) > "2022-03-27"
    assert told.split(": ")[1] in page.inner_text(".dated")
    page.context.close()


def test_filters_and_the_day_work_without_javascript(chromium: Browser, shipped_site: str) -> None:
    page = open_page(chromium, 390, java_script_enabled=False)
    page.goto(shipped_site + OVERVIEW)
    page.get_by_text("Search, filter and sort").click()
    page.get_by_label("Topic").select_option("control")
    page.get_by_label("Order", exact=True).select_option("question")
    page.get_by_role("button", name="Show").click()
    assert page.url == f"{shipped_site}{OVERVIEW}?topic=control&sort=question"
    page.get_by_label("As known on").fill("2020-12-31")
    page.get_by_role("button", name="Go to the day").click()
    for part in ("topic=control", "sort=question", "as_known_on=2020-12-31"):
        assert part in page.url
    page.get_by_role("link", name="Compact").click()
    assert page.locator("table.matrix-compact").count() == 1
    page.get_by_role("link", name="Topic: Control of places").click()
    assert "topic" not in page.url
    assert "density=compact" in page.url
    page.context.close()


def test_a_day_that_is_none_stays_in_the_field_to_be_put_right(
    chromium: Browser, shipped_site: str
) -> None:
    page = open_page(chromium, 390)
    page.goto(f"{shipped_site}{OVERVIEW}?as_known_on=2020-02-31&topic=control")
    field = page.get_by_label("As known on")
    assert field.input_value() == "2020-02-31"
    assert "is not a day that can be shown" in page.get_by_role("alert").inner_text()
    field.fill("2020-12-13")
    field.press("Enter")
    page.wait_for_url("**as_known_on=2020-12-13**")
    assert "topic=control" in page.url
    page.context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_place_on_the_map_is_a_link_that_the_keyboard_reaches(
    chromium: Browser, shipped_site: str, width: int
) -> None:
    page = open_page(chromium, width)
    page.goto(f"{shipped_site}/map")
    shown = page.locator("svg.map:visible")
    assert shown.count() == 1
    assert shown.locator("a.map-place").count() >= 15
    tab_to(page, "svg.map a.map-place")
    name = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert re.search(r": \d+ of \d+ claims? disputed \(", name)
    page.keyboard.press("Enter")
    page.wait_for_url("**/places/*")
    assert page.inner_text("h1") == name.split(":")[0]
    page.context.close()


@pytest.mark.parametrize("width", [360, 390, 1280, 1600])
def test_names_on_the_map_can_be_read_and_do_not_overlap(
    chromium: Browser, shipped_site: str, width: int
) -> None:
    page = open_page(chromium, width)
    page.goto(f"{shipped_site}/map")
    boxes = page.evaluate(
        """() => [...document.querySelectorAll("svg.map a.map-place text")]
            .map(text => text.getBoundingClientRect())
            .filter(box => box.width)
            .map(box => [box.left, box.top, box.right, box.bottom])"""
    )
    paper = page.locator("svg.map:visible").bounding_box()
    assert paper
    assert len(boxes) >= 12
    for number, (left, top, right, bottom) in enumerate(boxes):
        assert bottom - top >= 11
        assert paper["x"] <= left
        assert right <= paper["x"] + paper["width"]
        for other in boxes[:number]:
            apart = right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
            # Lines of one name stand closer than their boxes are high.
            overlap = min(bottom, other[3]) - max(top, other[1])
            assert apart or overlap < 0.35 * (bottom - top)
    page.context.close()
