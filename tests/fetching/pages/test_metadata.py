from __future__ import annotations

import json

import pytest

from app.domain.values.dates import parse_date
from app.fetching.pages.reading import read_page
from app.fetching.pages.values import PageText, SaidOfItself

ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "What was said",
    "datePublished": "2022-03-27T14:05:00+04:00",
    "inLanguage": "en-GB",
    "author": [{"@type": "Person", "name": "A. Writer"}, {"name": "B. Writer"}],
    "publisher": {"@type": "Organization", "name": "The Example"},
}


def said(head: str) -> SaidOfItself:
    """What a page with this markup says of itself."""
    page = read_page(f"{head}<body><p>words".encode(), "text/html; charset=utf-8")
    assert isinstance(page, PageText), page
    return page.about


def ld(*things: object) -> str:
    scripts = (f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in things)
    return "".join(scripts)


def test_a_page_that_says_nothing_of_itself_is_taken_at_that() -> None:
    assert said("") == SaidOfItself()


def test_an_article_in_json_ld_says_everything() -> None:
    head = f'<html lang="en"><link rel=canonical href="https://example.org/a">{ld(ARTICLE)}'
    assert said(head) == SaidOfItself(
        title="What was said",
        published="2022-03-27T14:05:00+04:00",
        language="en",
        author="A. Writer, B. Writer",
        site="The Example",
        canonical="https://example.org/a",
    )


@pytest.mark.parametrize(
    "things",
    [
        ([ARTICLE],),
        ({"@graph": [{"@type": "WebSite", "name": "no"}, ARTICLE]},),
        ({"@type": "BreadcrumbList", "headline": "no"}, ARTICLE),
        ({**ARTICLE, "@type": ["Thing", "ReportageNewsArticle"]},),
        ([[{"@graph": [[ARTICLE]]}]],),
    ],
)
def test_the_article_is_found_in_arrays_graphs_and_later_scripts(things: tuple[object]) -> None:
    assert said(ld(*things)).title == "What was said"


@pytest.mark.parametrize(
    "script",
    [
        "{",
        "",
        "null",
        "3",
        "[" * 100_000,
        '{"a":' * 20_000,
        '{"@type": "NewsArticle", "headline": ' + "9" * 10_000 + "}",
        '{"@type": 5, "headline": "no"}',
        '{"@type": "NewsArticle", "headline": {"a": 1}, "author": [[3]], "datePublished": [1]}',
        json.dumps([{"@type": "Thing"}] * 5000),
    ],
)
def test_json_ld_that_is_broken_or_odd_is_passed_over(script: str) -> None:
    head = f'<title>T</title><script type="application/ld+json">{script}</script>'
    assert said(head) == SaidOfItself(title="T")


def test_meta_elements_speak_where_json_ld_does_not() -> None:
    head = """
        <meta property="og:title" content="What was said">
        <meta property="og:site_name" content="The Example">
        <meta property="og:locale" content="ru_RU">
        <meta property="og:url" content="https://example.org/b">
        <meta name="Author" content="A. Writer">
        <meta property="article:published_time" content="2022-03-27T14:05:00Z">
        <title>What was said | The Example</title>
    """
    assert said(head) == SaidOfItself(
        title="What was said",
        published="2022-03-27T14:05:00Z",
        language="ru-ru",
        author="A. Writer",
        site="The Example",
        canonical="https://example.org/b",
    )


def test_the_structured_word_goes_before_the_loose_one() -> None:
    loose = """<title>no</title><meta name=author content=no><meta property=og:title content=no>
        <meta property=article:published_time content=2020-01-01><time datetime=2020-01-02>x</time>
        <meta property=og:site_name content=no>"""
    about = said(loose + ld(ARTICLE))
    assert (about.title, about.author, about.site) == (
        "What was said",
        "A. Writer, B. Writer",
        "The Example",
    )
    assert about.published == "2022-03-27T14:05:00+04:00"


def test_the_first_time_on_the_page_is_the_last_resort() -> None:
    times = "<time datetime='2022-03-27'>x</time><time datetime='2022-03-28'>y</time>"
    assert said(times).published == "2022-03-27"


def test_an_author_that_is_an_address_is_no_name() -> None:
    assert said("<meta property=article:author content=https://example.org/me>").author is None


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("2022-03-27", "2022-03-27"),
        (" 2022-03-27T14:05:09Z ", "2022-03-27T14:05:09Z"),
        ("2022-03-27T14:05", "2022-03-27T14:05:00"),
        ("2022-03-27 14:05:09 +0400", "2022-03-27T14:05:09+04:00"),
        ("2022-03-27T14:05:09.123456+04", "2022-03-27T14:05:09+04"),
        ("2022-02-30", None),
        ("2022-03-27T25:00:00Z", None),
        ("27.03.2022", None),
        ("March 27, 2022", None),
        ("٢٠٢٢-٠٣-٢٧", None),
        ("2022-03-27/2022-03-28", None),
    ],
)
def test_a_date_is_read_as_edtf_or_not_at_all(written: str, edtf: str | None) -> None:
    published = said(f'<meta name="date" content="{written}">').published
    assert published == edtf
    if published:
        assert parse_date(published).is_one_day


def test_a_date_that_cannot_be_read_yields_to_the_next() -> None:
    head = '<meta name=pubdate content=yesterday><meta name=date content="2022-03-27">'
    assert said(head).published == "2022-03-27"


@pytest.mark.parametrize(
    ("lang", "tag"),
    [("EN", "en"), ("zh_Hant_TW", "zh-hant-tw"), ("x", None), ("en us", None), ("a" * 90, None)],
)
def test_a_language_is_a_tag_in_lower_case_or_nothing(lang: str, tag: str | None) -> None:
    assert said(f'<html lang="{lang}">').language == tag


def test_control_characters_bidi_overrides_and_markup_do_not_come_through() -> None:
    title = "a\u202eb\u2066c\u200f&#1;<b>d</b>\n\te \x85f"
    assert said(f'<meta property=og:title content="{title}">').title == "a b c d e f"


def test_long_words_of_the_page_are_cut() -> None:
    head = f"<title>{'long ' * 300}</title><meta name=author content='{'name ' * 100}'>"
    about = said(head)
    assert about.title is not None
    assert about.author is not None
    assert (len(about.title) <= 300, about.title[-1]) == (True, "…")
    assert (len(about.author) <= 200, about.author[-1]) == (True, "…")


@pytest.mark.parametrize(
    "href",
    [
        "/relative",
        "javascript:alert(1)",
        "http://",
        "https://exa mple.org/",
        "https://example.org/" + "a" * 2000,
        "https://[::1",
        "//example.org/",
        "https://example.org/\u202e",
    ],
)
def test_a_canonical_address_that_is_none_is_left_out(href: str) -> None:
    assert said(f'<link rel="canonical" href="{href}">').canonical is None


def test_a_page_that_repeats_itself_without_end_is_heard_for_a_while() -> None:
    metas = "<meta name=x content=y>" * 5000 + "<meta name=author content=late>"
    assert said(metas).author is None
