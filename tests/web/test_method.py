"""The editors' rules are shown whole, as pages."""

from __future__ import annotations

import httpx
import pytest

NAMES = ("claims", "speakers", "hedges", "silence", "corrections", "limits")


def test_the_method_page_leads_to_every_rule(site: httpx.Client) -> None:
    text = site.get("/method").text
    for name in NAMES:
        assert f'href="/method/{name}"' in text


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_is_a_page_with_its_heading_and_paragraphs(site: httpx.Client, name: str) -> None:
    answer = site.get(f"/method/{name}")
    assert answer.status_code == 200
    assert answer.text.count("<h1>") == 1
    assert "<p>" in answer.text
    assert '.md"' not in answer.text


@pytest.mark.parametrize("name", ["coverage", "README", "..%2Fcoverage", "nothing"])
def test_no_other_file_is_shown(site: httpx.Client, name: str) -> None:
    assert site.get(f"/method/{name}").status_code == 404
