"""The pattern page shows every component in every state, of no dossier."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import httpx
import pytest

from app.domain.disagreement.comparison import Flag, State
from app.domain.following import Finding

PARTS = Path(__file__).parents[2] / "app" / "web" / "templates" / "parts"
OF_ONE_PAGE = {
    "across.html": "a list of links, as the breadcrumbs",
    "coverage.html": "of the overview: drawn from all of its claims",
    "filters.html": "of the overview: counted from all of its claims",
    "found.html": "of the search",
    "languages.html": "stands on every page",
    "map.html": "of the map",
    "past.html": "of a revision",
    "picture.html": "of a claim: drawn from all of its citations",
    "revised.html": "of two revisions",
    "search_box.html": "stands on every page",
    "social.html": "is not shown",
    "statements.html": "of the timeline",
    "submitted.html": "of a submission",
}


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


def test_every_component_is_shown_or_said_to_be_of_one_page() -> None:
    template = (PARTS.parent / "patterns.html").read_text(encoding="utf-8")
    shown = set(re.findall(r'from "parts/([a-z_]+\.html)"', template))
    assert {path.name for path in PARTS.glob("*.html")} == shown | OF_ONE_PAGE.keys()


def test_a_field_that_could_not_be_read_says_so_and_keeps_what_was_typed(page: str) -> None:
    assert 'value="eleven-ish"' in page
    assert 'aria-invalid="true"' in page


def test_it_is_kept_out_of_search_engines_and_led_to_from_every_page(
    site: httpx.Client, page: str
) -> None:
    assert '<meta name="robots" content="noindex">' in page
    assert 'href="/patterns"' in site.get("/nowhere").text
