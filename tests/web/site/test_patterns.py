"""The pattern page shows every component in every state, of no dossier."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import get_args

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

from app.domain.disagreement.comparison import Flag, State
from app.domain.records.kinds import FOUND_KINDS
from app.domain.records.page_checks import Finding

PARTS = Path(__file__).parents[3] / "app" / "web" / "templates" / "parts"
ELSEWHERE = {"languages.html": "stands on every page", "social.html": "is not shown"}


@pytest.fixture(scope="module")
def page(site: httpx.Client) -> str:
    return site.get("/patterns").text


def test_every_state_flag_and_finding_is_shown(page: str) -> None:
    assert all(f'class="state state-{state}"' in page for state in get_args(State))
    assert all(f"#flag-{flag}" in page for flag in get_args(Flag))
    assert all(f'class="check check-{finding}"' in page for finding in get_args(Finding))
    assert all(f"row-{state}" in page for state in get_args(State))


def test_both_densities_and_every_side_are_shown(page: str) -> None:
    assert "matrix-reading" in page
    assert "matrix-compact" in page
    assert all(f'class="side side-{rank}"' in page for rank in range(7))


def test_every_component_that_not_every_page_has_is_shown() -> None:
    template = (PARTS.parent / "patterns.html").read_text(encoding="utf-8")
    shown = set(re.findall(r'from "parts/([a-z_]+\.html)"', template))
    assert {path.name for path in PARTS.glob("*.html")} == shown | ELSEWHERE.keys()


def test_a_field_that_could_not_be_read_says_so_and_keeps_what_was_typed(page: str) -> None:
    assert 'value="eleven-ish"' in page
    assert 'aria-invalid="true"' in page


def test_it_is_kept_out_of_search_engines_and_led_to_from_every_page(
    site: httpx.Client, page: str
) -> None:
    assert '<meta name="robots" content="noindex">' in page
    assert 'href="/patterns"' in site.get("/nowhere").text


def test_no_id_stands_twice(page: str) -> None:
    ids = Counter(node.attributes["id"] for node in LexborHTMLParser(page).css("[id]"))
    assert [key for key, times in ids.items() if times > 1] == []


def test_everything_of_which_there_are_several_is_named_apart(page: str) -> None:
    labelled = "nav[aria-label], aside[aria-label], form[aria-label]"
    names = Counter(node.attributes["aria-label"] for node in LexborHTMLParser(page).css(labelled))
    assert [name for name, times in names.items() if times > 1] == []


def test_its_contents_lead_to_what_is_there(page: str) -> None:
    tree = LexborHTMLParser(page)
    anchors = {str(link.attributes["href"])[1:] for link in tree.css(".contents a")}
    assert anchors == {heading.attributes["id"] for heading in tree.css("main > div > h2[id]")}


def test_a_finding_of_each_kind_is_shown_and_each_voice(page: str) -> None:
    assert all(f"found found-{kind}" in page for kind in FOUND_KINDS)
    assert all(f"passage passage-{voice}" in page for voice in ("quoted", "paraphrased", "own"))
    assert len(LexborHTMLParser(page).css(".place-card")) == 2


@pytest.mark.parametrize(
    "part",
    [
        *(".filters option[selected][value=agreed]", ".chips .chip", ".density [aria-current]"),
        *("#day-plain[type=date]:not([aria-describedby])", "#day-wrong[aria-invalid]"),
        *(".map-wide .map-boundary", ".map-narrow .map-coast", ".map-land", ".map-key"),
        *(".map-wide .map-none", ".map-wide .map-area", ".map-wide .map-here", "table.places"),
        *(".timeline .mark", ".search-box-wide", ".signed", "[inert] #secret"),
        *(".effect .state-disputed", ".effect .leads", ".accounts .marked", "#new-sample-pilot"),
        *(".past [rel=next]", "#cite", ".revised-added ins", ".revised-removed del"),
        *(".across [aria-current=page]", ".same-event", ".elsewhere", "#counts option"),
    ],
)
def test_a_part_is_shown_in_this_state(page: str, part: str) -> None:
    assert LexborHTMLParser(page).css_first(part) is not None


def test_the_day_is_shown_with_a_statement_before_it_and_after_it_and_both(page: str) -> None:
    found = {
        str(form.css_first("input[name=as_known_on]").attributes["id"]): (
            form.css_first("[rel=prev]") is not None,
            form.css_first("[rel=next]") is not None,
        )
        for form in LexborHTMLParser(page).css(".known-on")
    }
    assert found == {
        "day-plain": (False, False),
        "day-given": (True, True),
        "day-first": (False, True),
        "day-last": (True, False),
        "day-wrong": (False, False),
    }


def test_no_sample_leads_to_an_entry_that_is_on_no_record(site: httpx.Client, page: str) -> None:
    links = {str(link.attributes["href"]) for link in LexborHTMLParser(page).css("main a[href]")}
    own = {link.partition("#")[0] for link in links if link.startswith("/")}
    assert {address: site.get(address).status_code for address in own} == dict.fromkeys(own, 200)
