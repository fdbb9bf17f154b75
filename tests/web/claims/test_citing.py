"""A citation in plain text, and the order of the page it stands on."""

from __future__ import annotations

import re
from html import unescape

import httpx
import pytest

from app.dossiers.record import read_record
from tests.loaded import EXAMPLE
from tests.web.test_pages import ids_of

CLAIMS = {claim.id: claim for _, claim in read_record(EXAMPLE).claims}


def cited_texts(page: str) -> list[str]:
    found = re.findall(r'<details class="cite-as">.*?<p>(.*?)</p>', page, re.DOTALL)
    return [unescape(text) for text in found]


@pytest.mark.parametrize("claim_id", CLAIMS)
def test_every_citation_can_be_copied_with_its_words_and_its_lasting_address(
    site: httpx.Client, claim_id: str
) -> None:
    page = site.get(f"/claims/{claim_id}").text
    texts = cited_texts(page)
    for _, citation in CLAIMS[claim_id].citations():
        (text,) = {t for t in texts if t.endswith(f"#citation-{citation.id}")}
        address = re.search(r"/claims/[^ ]+/revisions/\d+#citation-", text)
        assert address
        if citation.quote:
            quoted = citation.voice == "quoted" and bool(citation.all_speakers)
            assert (f"“{citation.quote}”" in text) == quoted
            assert citation.quote in text


def test_a_copied_address_shows_the_citation_at_its_revision(site: httpx.Client) -> None:
    text = cited_texts(site.get("/claims/fire-dead").text)[0]
    address = re.search(r"(/claims/[^ ]+)#(citation-.+)$", text)
    assert address
    assert address[2] in ids_of(site.get(address[1]).text)


def test_a_copied_address_has_no_language(site: httpx.Client) -> None:
    page = site.get("/claims/fire-dead?lang=ru").text
    assert all("lang=" not in text for text in cited_texts(page))


def test_the_parts_of_a_claim_page_are_in_the_order_of_its_contents(site: httpx.Client) -> None:
    for claim_id in CLAIMS:
        page = site.get(f"/claims/{claim_id}").text
        contents = re.search(r'<nav class="contents".*?</nav>', page, re.DOTALL)
        assert contents
        anchors = re.findall(r'href="#([^"]+)"', contents[0])
        assert anchors[0] == "who-says-what"
        places = [page.index(f'id="{anchor}"') for anchor in anchors]
        assert places == sorted(places)


def test_an_answer_in_the_overview_leads_to_its_account(site: httpx.Client) -> None:
    overview = site.get("/dossiers/harbour").text
    links = set(re.findall(r'class="line" href="/claims/([^#"]+)#(account-[^"]+)"', overview))
    assert links
    for claim_id, anchor in links:
        assert anchor in ids_of(site.get(f"/claims/{claim_id}").text)


def test_a_dated_overview_leads_to_claims_as_of_that_day(site: httpx.Client) -> None:
    page = site.get("/dossiers/harbour?as_known_on=2099-01-01").text
    links = re.findall(r'class="line" href="([^"]+)"', page)
    assert links
    assert all("as_known_on=2099-01-01" in link for link in links)


def test_the_overview_counts_the_claims_of_each_state_and_leads_to_them(
    site: httpx.Client,
) -> None:
    page = site.get("/dossiers/harbour").text
    tally = re.search(r'<ul class="tally">.*?</ul>', page, re.DOTALL)
    assert tally
    counted = re.findall(r'href="([^"]+)"><span class="tally-number">(\d+)', tally[0])
    assert int(counted[0][1]) == len(CLAIMS) == sum(int(number) for _, number in counted[1:])
    for address, number in counted:
        rows = re.findall(r'<th scope="row">', site.get(unescape(address)).text)
        assert len(rows) == int(number)
