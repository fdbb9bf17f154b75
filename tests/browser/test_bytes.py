"""What the page of a claim costs somebody who comes for the first time."""

from __future__ import annotations

from collections import Counter

import pytest
from playwright.sync_api import Browser, Request

from app.web.wording.locale import LANGUAGES
from tests.every_page.kinds import LARGEST

MAX_BYTES = 100_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_largest_claim_page_sends_at_most_100_kb_on_a_first_visit(
    chromium: Browser, shipped_site: str, language: str
) -> None:
    sent = bytes_sent(chromium, f"{shipped_site}/claims/{LARGEST}?lang={language}")
    assert {"document", "stylesheet", "script", "font"} <= set(sent)
    assert sum(sent.values()) <= MAX_BYTES, sent


def bytes_sent(browser: Browser, address: str) -> Counter[str]:
    """The bytes of every answer that a page asks for, heads and bodies as sent, by kind."""
    page = browser.new_context(viewport={"width": 390, "height": 900}).new_page()
    finished: list[Request] = []
    page.on("requestfinished", lambda request: finished.append(request))  # it takes no built-in
    page.goto(address, wait_until="networkidle")
    sent: Counter[str] = Counter()
    for request in finished:
        sizes = request.sizes()
        sent[request.resource_type] += sizes["responseBodySize"] + sizes["responseHeadersSize"]
    page.context.close()
    return sent
