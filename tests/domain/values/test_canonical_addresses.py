"""Which addresses are of one page: a table of pairs, and what holds of any address."""

from __future__ import annotations

from contextlib import suppress

import ada_url
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.values.addresses import judge_url
from app.domain.values.canonical_addresses import (
    address_key,
    archived_page,
    canonical_address,
    is_same_page,
)
from app.errors import AddressRefused

PAGE = "https://example.org/news/ferry?id=7"
VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
POST = "https://t.me/razvozhaev/1234"
STATUS = "https://twitter.com/ArmenianPM/status/1325834512345678901"

# fmt: off
SAME = [
    # what a parser of the WHATWG reads alike
    (PAGE, "HTTPS://EXAMPLE.org/news/ferry?id=7"),
    (PAGE, "https:\\\\example.org\\news\\ferry?id=7"),
    (PAGE, "https://example.org/news/./old/../ferry?id=7"),
    (PAGE, "  https://example.org/news/ferry?id=7  "),
    ("https://пример.рф/a", "https://xn--e1afmkfd.xn--p1ai/a"),
    # scheme, port, ends
    (PAGE, "http://example.org/news/ferry?id=7"),
    (PAGE, "https://example.org:443/news/ferry?id=7"),
    (PAGE, "http://example.org:80/news/ferry?id=7"),
    (PAGE, "https://example.org./news/ferry?id=7"),
    (PAGE, "https://example.org/news/ferry/?id=7"),
    (PAGE, "https://www.example.org/news/ferry?id=7"),
    ("https://www.gov.am/en", "https://gov.am/en"),
    ("https://example.org", "https://example.org/"),
    (PAGE, "https://example.org/news/ferry?id=7#quay"),
    (PAGE, "https://example.org/news/ferry?id=7#:~:text=the%20quay"),
    ("https://example.org/#/news/1", "https://example.org/#/news/1:~:text=words"),
    # percent-encoding
    ("https://example.org/%d0%b0", "https://example.org/%D0%B0"),
    ("https://example.org/а", "https://example.org/%D0%B0"),
    ("https://example.org/%7Euser/a%2Db", "https://example.org/~user/a-b"),
    ("https://en.wikipedia.org/wiki/Shusha_(city)", "https://en.wikipedia.org/wiki/Shusha_%28city%29"),
    ("https://example.org/?q=a+b", "https://example.org/?q=a%20b"),
    ("https://example.org/?u=a%2Fb", "https://example.org/?u=a/b"),
    # tracking
    (PAGE, "https://example.org/news/ferry?utm_source=letter&id=7&UTM_Medium=mail"),
    (PAGE, "https://example.org/news/ferry?id=7&fbclid=a&gclid=b&yclid=c&mc_eid=d"),
    (PAGE, "https://example.org/news/ferry?id=7&%66bclid=abc"),
    (PAGE, "https://example.org/news/ferry?&id=7&"),
    ("https://ar.armradio.am/a/", "https://ar.armradio.am/a/?doing_wp_cron=1685447429.05"),
    ("https://www.bbc.com/news/1", "https://www.bbc.com/news/1?at_medium=RSS&at_campaign=KARANGA"),
    # AMP and mobile forms
    ("https://www.interfax.ru/amp/831571", "https://interfax.ru/831571"),
    ("https://www.interfax.ru/world/831571", "https://m.interfax.ru/831571"),
    ("https://amp.kavkaz-uzel.eu/articles/380199/", "https://www.kavkaz-uzel.eu/articles/380199/"),
    ("https://m.kavkaz-uzel.eu/articles/358074", "https://www.kavkaz-uzel.eu/articles/358074"),
    ("https://mobile.example.org/a", "https://example.org/a"),
    ("https://lenta.ru/news/2020/11/18/putin/amp", "https://lenta.ru/news/2020/11/18/putin/"),
    ("https://report.az/ru/amp/karabakh/a-b", "https://report.az/ru/karabakh/a-b"),
    ("https://example.org/a.amp.html", "https://example.org/a.html"),
    (PAGE, "https://example.org/news/ferry?id=7&amp=1"),
    (PAGE, "https://example.org/news/ferry?amp&id=7"),
    ("https://example.org/a?outputType=amp", "https://example.org/a"),
    ("https://www.google.com/amp/s/amp.example.org/a", "https://example.org/a"),
    ("https://www.google.co.uk/amp/example.org/a?id=7", "http://example.org/a?id=7"),
    ("https://www-example-org.cdn.ampproject.org/c/s/www.example.org/a?amp_js_v=0.1", "https://example.org/a"),
    ("https://en.m.wikipedia.org/wiki/Shusha", "https://en.wikipedia.org/wiki/Shusha"),
    ("https://amp.rbc.ru/rbcnews/politics/20/09/2023/650b", "https://www.rbc.ru/politics/20/09/2023/650b"),
    ("https://azatutyun.am/amp/31769818.html", "https://www.azatutyun.am/a/some-words/31769818.html"),
    ("https://armenpress.am/arm/amp/1033242", "https://www.armenpress.am/arm/news/1033242/"),
    ("https://regnum.ru/amp/3834784", "https://regnum.ru/news/3834784.html"),
    ("https://iz.ru/export/google/amp/1066007", "https://iz.ru/1066007/2020-09-28/words"),
    ("https://x.gr/2023/09/a-b.html?m=1", "https://x.gr/2023/09/a-b.html"),
    ("https://panarmenian.net/arm/tofv?tourl=http%3A%2F%2Fpanarmenian.net%2Farm%2Fnews%2F302775", "https://www.panarmenian.net/m/arm/news/302775/"),
    # Telegram
    (POST, "https://t.me/s/razvozhaev/1234"),
    (POST, "https://telegram.me/Razvozhaev/1234?single"),
    (POST, "http://t.me/razvozhaev/1234?embed=1&mode=tme"),
    (POST, "https://razvozhaev.t.me/1234"),
    ("https://t.me/s/x/1", "https://t.me/x/1"),
    ("https://t.me/s/mod_russia", "https://telegram.dog/MOD_Russia"),
    # X
    (STATUS, "https://x.com/ArmenianPM/status/1325834512345678901?s=20"),
    (STATUS, "https://mobile.twitter.com/armenianpm/status/1325834512345678901?t=a&s=19"),
    (STATUS, "https://x.com/i/web/status/1325834512345678901"),
    (STATUS, "https://twitter.com/ArmenianPM/status/1325834512345678901/photo/1"),
    ("https://twitter.com/ArmenianPM", "https://x.com/armenianpm?ref_src=twsrc%5Etfw"),
    # YouTube
    (VIDEO, "https://youtu.be/dQw4w9WgXcQ?t=43"),
    (VIDEO, "https://m.youtube.com/watch?feature=share&v=dQw4w9WgXcQ&list=PL1"),
    (VIDEO, "https://www.youtube.com/shorts/dQw4w9WgXcQ"),
    (VIDEO, "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
    (VIDEO, "https://www.youtube.com/live/dQw4w9WgXcQ?si=abc"),
    # what an archive, a cache or a redirection wraps
    (PAGE, f"https://web.archive.org/web/20201109184500/{PAGE}"),
    (PAGE, "http://web.archive.org/web/20201109184500id_/http://www.example.org:80/news/ferry/?id=7"),
    (PAGE, "https://web.archive.org/web/2020/example.org/news/ferry?id=7"),
    (PAGE, f"https://web.archive.org/web/2020*/{PAGE}"),
    (PAGE, f"https://web.archive.org/web/{PAGE}"),
    (PAGE, "https://archive.ph/20201109184500/https:/example.org/news/ferry?id=7"),
    (PAGE, f"https://archive.today/newest/{PAGE}"),
    (PAGE, f"https://archive.ph/{PAGE}"),
    (PAGE, f"https://archive.md/o/AbCdE/{PAGE}"),
    (PAGE, "https://archive.is/2020.11.09-184500/https%3A//example.org/news/ferry%3Fid=7"),
    (PAGE, f"https://arquivo.pt/wayback/20201109184500/{PAGE}"),
    (PAGE, f"https://web.archive.org/web/20210101000000/https://archive.ph/20201109184500/{PAGE}"),
    (PAGE, "https://webcache.googleusercontent.com/search?q=cache:AbCdEfGhIjKl:https://example.org/news/ferry%3Fid%3D7+ferry&hl=en"),
    (VIDEO, "https://ghostarchive.org/varchive/dQw4w9WgXcQ"),
    (PAGE, f"https://ghostarchive.org/archive/{PAGE}"),
    ("https://ghostarchive.org/archive/AbCdE", "http://www.ghostarchive.org/archive/AbCdE/"),
    ("https://archive.ph/AbCdE", "https://archive.is/AbCdE"),
    (PAGE, "https://www.google.com/url?sa=t&url=https%3A%2F%2Fexample.org%2Fnews%2Fferry%3Fid%3D7"),
    (PAGE, "https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fnews%2Fferry%3Fid%3D7%26fbclid%3Da&h=b"),
    ("https://example.org/#/news/1", "https://web.archive.org/web/20201109184500/https://example.org/#/news/1"),
]

DIFFERENT = [
    (PAGE, "https://example.org/news/ferry?id=8"),
    (PAGE, "https://example.org/news/ferry?id=7&page=2"),
    (PAGE, "https://example.org/news/ferry"),
    (PAGE, "https://example.org/News/ferry?id=7"),
    (PAGE, "https://archive.example.org/news/ferry?id=7"),
    ("https://example.org/#/news/1", "https://example.org/#/news/2"),
    ("https://example.org/#!/news/1", "https://example.org/#!/news/2"),
    ("https://example.org/#/news/1", "https://example.org/"),
    ("https://example.org/a?lang=ru", "https://example.org/a?lang=en"),
    ("https://example.org/a?lang=ru", "https://example.org/a"),
    ("https://example.org/ru/a", "https://example.org/en/a"),
    ("https://ru.example.org/a", "https://en.example.org/a"),
    ("https://armlur.am/?p=1403946", "https://armlur.am/?p=1403947"),
    ("https://example.org/a%2Fb", "https://example.org/a/b"),
    ("https://example.org/a%3Fb", "https://example.org/a?b"),
    ("https://example.org/a%2541", "https://example.org/a%41"),
    ("https://example.org/?a=1%26b", "https://example.org/?a=1&b"),
    ("https://example.org/?a=b%2Bc", "https://example.org/?a=b+c"),
    ("https://m.com.tr/a", "https://amp.com.tr/a"),
    ("https://m.example/a", "https://www.example.org/a"),
    ("https://en.wikipedia.org/wiki/amp", "https://en.wikipedia.org/wiki"),
    ("https://example.org/amplifiers/a", "https://example.org/lifiers/a"),
    ("https://example.org/a?amp=2", "https://example.org/a"),
    ("https://t.me/razvozhaev/1234", "https://t.me/razvozhaev/1235"),
    ("https://t.me/razvozhaev/1234?comment=5", "https://t.me/razvozhaev/1234"),
    ("https://t.me/c/1234567/8", "https://t.me/c/1234568/8"),
    (STATUS, "https://x.com/ArmenianPM/status/1325834512345678902"),
    ("https://x.com/ArmenianPM", "https://x.com/AzerbaijanMFA"),
    ("https://x.com/ArmenianPM?lang=ru", "https://x.com/ArmenianPM?lang=en"),
    ("https://example.org/2020/11/a.html?m=1", "https://example.org/2020/11/a.html?m=55"),
    ("https://example.org/a?at_id=1", "https://example.org/a?at_id=2"),
    ("https://example.org/a?ns_id=1", "https://example.org/a?ns_id=2"),
    ("https://example.org/a?pk_id=1", "https://example.org/a?pk_id=2"),
    ("https://x.com/search?q=Shusha", "https://x.com/search?q=Agdam"),
    ("https://www.youtube.com/watch?list=PL1", "https://www.youtube.com/watch?list=PL2"),
    ("https://t.me/s/watch?q=a", "https://t.me/s/watch?q=b"),
    (VIDEO, "https://youtu.be/dQw4w9WgXcq"),
    ("https://archive.ph/AbCdE", "https://archive.ph/aBcDe"),
    ("https://web.archive.org/web/20201109184500/https://example.org/a", "https://example.org/b"),
    ("https://interfax.ru/831571", "https://interfax.ru/831572"),
    ("https://sport-interfax.ru/831571", "https://interfax.ru/831571"),
    ("https://rus.azatutyun.am/a/30860595.html", "https://www.azatutyun.am/a/30860595.html"),
    ("https://example.org/2023/09/a.html?p=1", "https://example.org/2023/09/a.html"),
    ("https://www.google.com/search?q=ferry", "https://www.google.com/search?q=bridge"),
]
# fmt: on


@pytest.mark.parametrize(("one", "other"), SAME)
def test_addresses_of_one_page_have_one_canonical_form(one: str, other: str) -> None:
    assert canonical_address(one) == canonical_address(other)
    assert is_same_page(one, other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_addresses_that_may_be_of_two_pages_stay_two(one: str, other: str) -> None:
    assert canonical_address(one) != canonical_address(other)
    assert not is_same_page(one, other)


def test_the_canonical_form_is_one_that_a_person_can_read() -> None:
    assert canonical_address("http://WWW.Example.org:80/a/?b=2&a=1&utm_id=x#c") == (
        "https://example.org/a?b=2&a=1"
    )
    assert canonical_address(STATUS) == "https://x.com/i/status/1325834512345678901"
    assert canonical_address("https://example.org") == "https://example.org/"


def test_what_is_no_address_is_the_same_as_itself_alone() -> None:
    assert is_same_page("http://a.1../", "http://a.1../")
    assert not is_same_page("http://a.1../", PAGE)
    assert address_key("http://a.1../") is address_key(None) is address_key("") is None
    assert address_key(PAGE) == address_key(f"{PAGE}#a") != address_key(f"{PAGE}8")


def test_a_copy_says_of_which_page_and_day_it_is() -> None:
    copy = archived_page(f"https://web.archive.org/web/20201109184500/{PAGE}")
    assert copy == (PAGE, "2020-11-09")
    assert archived_page(f"https://web.archive.org/web/2020/{PAGE}") == (PAGE, None)
    assert archived_page("https://archive.ph/AbCdE") is None
    assert archived_page(PAGE) is None
    assert archived_page("not an address") is None


def test_a_copy_of_what_no_browser_opens_is_the_only_page_there_is() -> None:
    copy = "https://web.archive.org/web/20201109184500/http://localhost/a"
    assert canonical_address(copy) == copy


def test_an_address_wrapped_many_times_is_read_or_refused() -> None:
    wrapped = PAGE
    for _ in range(20):
        wrapped = f"https://web.archive.org/web/2020/{wrapped}"
    assert canonical_address(wrapped) == canonical_address(PAGE)
    for _ in range(60):
        wrapped = f"https://web.archive.org/web/2020/{wrapped}"
    with pytest.raises(AddressRefused):
        canonical_address(wrapped)


PARTS = (
    *(
        "/",
        ".",
        "?",
        "&",
        "=",
        "#",
        ":",
        "%",
        "@",
        "\\",
        " ",
        "+",
        "~",
        "'",
        "|",
        "[",
        "]",
        "ğ",
        ";",
    ),
    *(
        "2f",
        "%2E",
        "%2e%2e",
        "%25",
        "%41",
        "utm_a",
        "amp",
        "amp/",
        ".amp",
        "?amp=1",
        "#/",
        "#!",
        ":~:",
    ),
    *(
        "www.",
        "m.",
        "a.",
        "org",
        "1",
        "x.com/",
        "t.me/s/",
        "/status/1",
        "youtu.be/",
        "watch?v=abcdef",
    ),
    *("https://", "http:/", "web.archive.org/web/2020/", "archive.ph/o/a/", "google.com/amp/s/"),
    *(
        "google.com/url?q=",
        "search?q=cache:",
        "20201109184500/",
        "c/s/",
        "xn--",
        "é",
        "１",
        "\ud800",
    ),
)

TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PARTS), max_size=10).map("".join))
STARTS = st.sampled_from(
    (
        "https://example.org",
        "https://example.org/",
        "http://",
        "https://web.archive.org/web/",
        "https://www.google.com/",
        "https://x.cdn.ampproject.org/",
        "https://webcache.googleusercontent.com/",
        "https://t.me/",
        "https://x.com/",
        "",
    )
)


@given(STARTS, TEXTS)
@example("https://example.org", "a.//?utm_=#")
@example("https://example.org", "/a//")
@example("https://example.org", "/a/%2f/")
@example("https://example.org/", "amp/amp.amp")
@example("http://", "m.www.m.org")
def test_any_text_has_one_canonical_form_or_is_refused(start: str, text: str) -> None:
    with suppress(AddressRefused):
        once = canonical_address(start + text)

        assert once.isascii()
        assert canonical_address(once) == once
        assert judge_url(once) == once.partition("#")[0]


@given(STARTS, TEXTS)
@example("https://example.org/", "a'b?c='d'")
def test_what_a_browser_reads_as_one_address_has_one_canonical_form(start: str, text: str) -> None:
    with suppress(AddressRefused):
        once = canonical_address(start + text)

        assert canonical_address(ada_url.URL(start + text).href) == once
        assert canonical_address(judge_url(start + text)) == once or "#" in start + text
