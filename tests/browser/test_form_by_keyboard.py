"""The contributors' form without a mouse."""

from __future__ import annotations

from tests.browser.test_overview import tab_to
from tests.every_page.kinds import SMALLEST
from tests.every_page.looking import Tabs


def test_the_form_is_filled_in_sent_and_put_right_by_keyboard(tabs: Tabs) -> None:
    page = tabs.tab("contributor", 1280).page
    page.goto(f"{tabs.site.address}/contribute?claim={SMALLEST}")
    tab_to(page, "#quote")
    page.keyboard.type("words of nobody")
    tab_to(page, "input[name=account]")
    page.keyboard.press("Space")
    tab_to(page, "#said")
    page.keyboard.type("2022-02-30")
    tab_to(page, "button[value=send]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.get_by_role("alert").count() == 1
    assert page.locator("#quote").input_value() == "words of nobody"
    tab_to(page, ".problems a[href='#said']")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "said"
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("2022-02-28")
    tab_to(page, "button[value=send]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("#said").input_value() == "2022-02-28"
    assert page.locator("#said[aria-invalid]").count() == 0
