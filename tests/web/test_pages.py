"""Every page as a reader gets it, without a browser."""

import re
from html import unescape

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

from app.domain.records.registers import Document
from app.dossiers.record import read_record
from tests.loaded import EXAMPLE

RECORD = read_record(EXAMPLE)
CLAIMS = {claim.id: claim for _, claim in RECORD.claims}
SOURCES = RECORD.sources


def text_of(page: str) -> str:
    """What a page says, without its marks."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def ids_of(page: str) -> list[str]:
    return re.findall(r'\bid="([^"]+)"', page)


@pytest.mark.parametrize("claim_id", CLAIMS)
def test_a_claim_page_shows_every_citation_once_under_its_anchor(
    site: httpx.Client, claim_id: str
) -> None:
    page = site.get(f"/claims/{claim_id}").text
    anchors = ids_of(page)
    assert len(anchors) == len(set(anchors))
    claim = CLAIMS[claim_id]
    wanted = {f"account-{account.id}" for account in claim.accounts}
    wanted |= {f"citation-{citation.id}" for _, citation in claim.citations()}
    assert wanted <= set(anchors)
    shown = text_of(page)
    for _, citation in claim.citations():
        assert not citation.quote or " ".join(citation.quote.split()) in shown


@pytest.mark.parametrize("claim_id", CLAIMS)
def test_only_a_speakers_own_words_stand_in_quotation_marks(
    site: httpx.Client, claim_id: str
) -> None:
    page = unescape(site.get(f"/claims/{claim_id}").text)
    for _, citation in CLAIMS[claim_id].citations():
        if not citation.quote:
            continue
        quoted = citation.voice == "quoted" and bool(citation.all_speakers)
        assert (f"<p>“{citation.quote}”</p>" in page) == quoted
        if citation.voice == "paraphrased" and citation.all_speakers:
            assert "not the speaker's own words" in page


@pytest.mark.parametrize("document", SOURCES.documents, ids=lambda document: document.id)
def test_a_documents_page_shows_its_words_under_each_claim_once(
    site: httpx.Client, document: Document
) -> None:
    listed = LexborHTMLParser(site.get(f"/documents/{document.id}").text).css(".cited > li")
    cited = {
        claim.question: [c for _, c in claim.citations() if c.document == document.id]
        for claim in CLAIMS.values()
    }
    wanted = {question: citations for question, citations in cited.items() if citations}
    questions = [claim.css_first("a").text() for claim in listed]
    assert set(questions) == set(wanted)
    for question, claim in zip(questions, listed, strict=True):
        shown = {line.text() for line in claim.css(".cited-words > span:first-child")}
        paraphrased = "(paraphrase)" in claim.text()
        for citation in wanted[question]:
            speaks = bool(citation.all_speakers)
            quoted = speaks and citation.voice == "quoted"
            if citation.quote and questions.count(question) == 1:
                assert (f"“{citation.quote}”" if quoted else citation.quote) in shown
                assert paraphrased or quoted or not speaks
            assert speaks or "(in its own voice)" in claim.text()


@pytest.mark.parametrize(
    ("stance", "words"),
    [
        ("denies", " · denies it:"),
        ("sidesteps", " · spoke without answering:"),
        ("declines", " · declined to answer:"),
    ],
)
def test_a_speakers_page_says_what_was_done_with_a_question(
    site: httpx.Client, stance: str, words: str
) -> None:
    cited = (citation for claim in CLAIMS.values() for _, citation in claim.citations())
    speaker = next(c.all_speakers[0] for c in cited if c.stance == stance)
    assert words in text_of(site.get(f"/speakers/{speaker}").text)


def test_a_source_link_opens_at_the_quoted_words(site: httpx.Client) -> None:
    page = site.get("/claims/fire-dead").text
    links = re.findall(r'href="([^"]+:~:text=[^"]+)"', page)
    assert links
    for link in links:
        directive = link.partition(":~:text=")[2]
        assert not set(directive) & set("-,& ")
        assert directive.isascii()


def test_the_claim_page_says_where_the_accounts_part_before_anything_else(
    site: httpx.Client,
) -> None:
    page = site.get("/claims/fire-date").text
    sentence = site.get("/api/v1/claims/fire-date/comparison").json()["explanations"][0]
    assert sentence in text_of(page)
    assert text_of(page).index(sentence) < text_of(page).index("Who says what")


def test_the_matrix_has_a_row_for_each_claim_and_a_cell_for_each_side_and_others(
    site: httpx.Client,
) -> None:
    page = site.get("/dossiers/harbour").text
    assert len(re.findall(r'<th scope="row">', page)) == len(CLAIMS)
    assert len(re.findall(r'<td class="cell', page)) == len(CLAIMS) * 4
    assert all(f'href="/claims/{claim_id}"' in page for claim_id in CLAIMS)


def test_silence_says_whether_it_was_searched(site: httpx.Client) -> None:
    shown = text_of(site.get("/dossiers/harbour").text)
    assert "not searched" in shown
    assert "nothing found" in shown


def test_filters_stand_in_the_address_and_are_kept_in_the_form(site: httpx.Client) -> None:
    page = site.get("/dossiers/harbour?kind=quantity&q=fire").text
    assert '<option value="quantity" selected>' in page
    assert 'value="fire"' in page
    assert "/claims/fire-dead" in page
    assert 'href="/claims/fire-cause"' not in page


def test_empty_parameters_of_the_form_are_taken_out_of_the_address(site: httpx.Client) -> None:
    answer = site.get("/dossiers/harbour?q=&state=disputed&topic=")
    assert answer.status_code == 302
    assert answer.headers["location"] == "/dossiers/harbour?state=disputed"


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/claims/fire-dead", "as_known_on="),
        ("/compare", "dossier=&left=&right=&after="),
        ("/map", "dossier=&zoom=&at="),
        ("/search", "q=&kind=&after="),
        ("/links", "state=&publisher=&after="),
        ("/changes", "show=&before="),
        ("/claims/fire-dead/diff", "left=&right="),
    ],
)
def test_an_empty_field_of_a_form_asks_for_nothing(
    site: httpx.Client, path: str, fields: str
) -> None:
    answer = site.get(f"{path}?{fields}")
    assert answer.status_code == 200
    assert text_of(answer.text) == text_of(site.get(path).text)


def test_a_filter_that_nothing_fits_says_so_and_leads_back(site: httpx.Client) -> None:
    page = site.get("/dossiers/harbour?q=zeppelin")
    assert page.status_code == 200
    assert "No claim matches these filters." in page.text


@pytest.mark.parametrize(
    "path",
    [
        *(f"/publishers/{entry.id}" for entry in SOURCES.publishers),
        *(f"/documents/{entry.id}" for entry in SOURCES.documents),
        *(f"/speakers/{entry.id}" for entry in SOURCES.speakers),
        *(f"/places/{place.id}" for dossier in RECORD.dossiers for place in dossier.places),
        *(
            "/",
            "/publishers",
            "/documents",
            "/speakers",
            "/places",
            "/method",
            "/patterns",
            "/api/docs",
        ),
    ],
)
def test_every_other_page_answers_and_names_itself(site: httpx.Client, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 200
    assert re.search(r"<h1( (lang|dir)=\"[a-z]+\")*>[^<]+</h1>", answer.text)
    assert answer.text.count("<h1") == 1


@pytest.mark.parametrize("path", ["/nowhere", "/claims/nowhere", "/places/x", "/dossiers/%00"])
def test_an_unknown_address_is_a_readable_page_with_links(site: httpx.Client, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 404
    assert "Nothing is here" in answer.text
    assert 'href="/"' in answer.text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("state=unheard", "state: Input should be"),
        ("after=garbage", "begin at the first page"),
        ("sort=size", "Claims can be sorted by"),
        ("topic=A%20B", "A topic is given by its id"),
    ],
)
def test_a_bad_parameter_is_a_readable_page(site: httpx.Client, query: str, said: str) -> None:
    answer = site.get(f"/dossiers/harbour?{query}")
    assert answer.status_code == 422
    assert said in text_of(answer.text)


def test_strangers_parameters_do_not_break_a_readers_link(site: httpx.Client) -> None:
    assert site.get("/dossiers/harbour?utm_source=x").status_code == 200


def test_what_was_typed_is_shown_as_text(site: httpx.Client) -> None:
    page = site.get("/dossiers/harbour", params={"q": '"><script>alert(1)</script>'}).text
    assert "<script>" not in page


def test_an_empty_record_says_what_to_do(empty_site: httpx.Client) -> None:
    for path in ("/", "/publishers", "/documents", "/speakers", "/places"):
        assert "variorum load" in text_of(empty_site.get(path).text)


def test_the_method_explains_every_state_and_flag(site: httpx.Client) -> None:
    anchors = set(ids_of(site.get("/method").text))
    used = set()
    for path in ("/dossiers/harbour", *(f"/claims/{claim_id}" for claim_id in CLAIMS)):
        used |= set(re.findall(r'href="/method#([^"]+)"', site.get(path).text))
    assert used <= anchors


def test_robots_txt_excludes_personal_pages(site: httpx.Client) -> None:
    answer = site.get("/robots.txt")
    assert answer.headers["content-type"].startswith("text/plain")
    assert "Disallow: /review" in answer.text.splitlines()
