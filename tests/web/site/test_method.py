"""The editors' rules are shown whole, as pages."""

from __future__ import annotations

import re

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


def test_states_flags_and_hedges_are_shown_by_claims_on_record(site: httpx.Client) -> None:
    page = site.get("/method").text
    disputed = re.search(r'id="state-disputed">.*?<dd>.*?href="/claims/([^"]+)"', page, re.DOTALL)
    assert disputed
    claim = site.get(f"/api/v1/claims/{disputed[1]}").json()
    assert claim["comparison"]["state"] == "disputed"
    hedged = re.findall(r'<td><a href="(/claims/[^"]+)">([^<]+)</a>', page)
    assert hedged
    for url, answer in hedged:
        assert answer in site.get(url).text
