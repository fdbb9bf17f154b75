from __future__ import annotations

import pytest

from app.fetching.pages.reading import read_page
from app.fetching.pages.values import NotText, PageText

HTML = "text/html; charset=utf-8"


def words(html: str) -> str:
    """The text of a page in HTML, without the line break at its end."""
    page = read_page(html.encode(), HTML)
    assert isinstance(page, PageText), page
    return page.text.removesuffix("\n")


def test_blocks_stand_on_lines_of_their_own() -> None:
    html = "<h1>Head</h1><p>One.<p>Two.<div>Three<div>Four</div>Five</div><ul><li>a<li>b</ul>"
    assert words(html) == "Head\nOne.\nTwo.\nThree\nFour\nFive\na\nb"


def test_inline_elements_do_not_break_a_word() -> None:
    assert words('<p><b>al</b>most <a href="/">al<i>l</i></a>') == "almost all"


def test_a_line_break_breaks_the_line_and_a_possible_break_does_not() -> None:
    assert words("<p>one<br>two<br/>thr<wbr>ee") == "one\ntwo\nthree"


def test_white_space_is_collapsed_as_browsers_do() -> None:
    assert words("<p>  one \n\t two <b> three</b>\r\n\f four  </p>\n\n<p>five") == (
        "one two three four\nfive"
    )


def test_characters_that_readers_see_or_that_join_words_are_kept() -> None:
    assert words("<p>2&nbsp;000\u202fmen, Nagorno\u2011Karabakh, ex\u00adample, “so” – &amp;") == (
        "2\u00a0000\u202fmen, Nagorno\u2011Karabakh, ex\u00adample, “so” – &"
    )


def test_cells_are_separated_and_rows_stand_on_lines() -> None:
    html = "<table><caption>Losses</caption><tr><th>Side<th>Men<tr><td>North </td> <td> 20</table>"
    assert words(html) == "Losses\nSide\tMen\nNorth\t20"


def test_preformatted_lines_keep_their_breaks_and_spaces() -> None:
    assert words("<p>a<pre>\n  one\n\n    <b>tw</b>o\tx \n</pre>b  c") == (
        "a\n  one\n    two\tx\nb c"
    )


@pytest.mark.parametrize(
    "html",
    [
        "<figure><img alt=no><figcaption>seen</figcaption></figure>",
        "<aside>seen</aside>",
        "<blockquote>seen</blockquote>",
        "<details><summary>seen</summary></details>",
        "<div hidden=until-found>seen</div>",
        "<div aria-hidden=true>seen</div>",
        "<div style='color: red'>seen</div>",
        "<dialog open>seen</dialog>",
        "<button>seen</button>",
        "<svg><title>no</title><text>seen</text></svg>",
        "<footer><nav>seen</nav></footer>",
        "<ruby>seen<rp>(</rp></ruby>",
        "seen",
    ],
)
def test_whatever_a_reader_sees_or_a_browser_would_open_is_read(html: str) -> None:
    assert words(html) == "seen"


@pytest.mark.parametrize(
    "html",
    [
        "<script>no</script>",
        "<style>no</style>",
        "<template>no</template>",
        "<noscript>no</noscript>",
        "<head><title>no</title></head>",
        "<div hidden>no</div>",
        "<div HIDDEN=''>no <b>no</b></div>",
        "<div style='color:red; DISPLAY : none'>no</div>",
        "<div style='visibility:hidden'>no</div>",
        "<dialog>no</dialog>",
        "<select><option>no</select>",
        "<textarea>no</textarea>",
        "<iframe>no</iframe>",
        "<video>no</video>",
        "<object>no</object>",
        "<!-- no -->",
        "<input value=no placeholder=no>",
    ],
)
def test_what_no_reader_sees_is_left_out(html: str) -> None:
    assert words(f"{html}<p>seen") == "seen"


def test_text_after_something_hidden_goes_on_in_its_line() -> None:
    assert words("<p>al<span hidden>x<b>y</b></span>most<script>z</script> all") == "almost all"


def test_an_element_made_a_block_by_its_own_style_breaks_the_line() -> None:
    assert words("<span style='display:block'>one</span><span>two</span>") == "one\ntwo"


def test_broken_markup_is_read_as_browsers_read_it() -> None:
    assert words("<p>one<div><b>two<p>three</b></div></p></table>four<") == (
        "one\ntwo\nthree\nfour<"
    )


def test_plain_text_keeps_its_lines() -> None:
    page = read_page(b"one <b>\r\ntwo\rthree", "text/plain")
    assert isinstance(page, PageText)
    assert (page.kind, page.text, page.encoding) == ("plain", "one <b>\ntwo\nthree", "utf-8")


@pytest.mark.parametrize(
    ("body", "content_type", "kind"),
    [
        (b"<p>x", "text/html", "html"),
        (b"<p>x", "Text/HTML ;charset=utf-8", "html"),
        (b"<p>x", "application/xhtml+xml", "html"),
        (b"<p>x", None, "html"),
        (b"<!-- x --><html><p>x", "text/plain", "html"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><p>x", "application/pdf", "html"),
        (b"words", None, "plain"),
        (b"words", "application/octet-stream", "plain"),
        (b"a <b> c", "text/plain; charset=us-ascii", "plain"),
    ],
)
def test_the_kind_of_a_page_is_told_by_its_bytes_and_its_type(
    body: bytes, content_type: str | None, kind: str
) -> None:
    page = read_page(body, content_type)
    assert isinstance(page, PageText)
    assert page.kind == kind


@pytest.mark.parametrize(
    ("body", "content_type", "rule"),
    [
        (b"", "text/html", "empty"),
        (b" \n", None, "empty"),
        (b"<html><img src=x><script>x</script>", "text/html", "scripts"),
        (b"<html><img src=x><noscript>x</noscript>", "text/html", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png", "media-type"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", None, "media-type"),
        (b"PK\x03\x04\x14\0", "application/zip", "media-type"),
        (b'{"words": "x"}', "application/json", "media-type"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 9, "text/html", "undecodable"),
    ],
)
def test_what_holds_no_text_is_told_with_the_rule(
    body: bytes, content_type: str | None, rule: str
) -> None:
    page = read_page(body, content_type)
    assert isinstance(page, NotText)
    assert page.rule == rule
    assert page.reason.endswith(".")
