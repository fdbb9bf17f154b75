from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from webencodings import lookup
from webencodings.labels import LABELS

from app.fetching.pages.decoding import encoding_named
from app.fetching.pages.reading import read_page
from app.fetching.pages.values import NotText, PageText

RUSSIAN = "Министерство обороны сообщило, что войска были отведены от села 27 марта."
ARMENIAN = "Նախարարությունը հայտնեց, որ զորքերը դուրս են բերվել գյուղից:"
AZERBAIJANI = "Nazirlik bildirdi ki, qoşunlar kənddən çıxarılmamışdır."
FRENCH = "Le ministère a déclaré que les troupes s’étaient retirées du village."


def read(body: bytes, content_type: str | None = "text/html") -> tuple[str, str | None]:
    """The first line of a page, and its encoding."""
    page = read_page(body, content_type)
    assert isinstance(page, PageText), page
    return page.text.split("\n")[0], page.encoding


@pytest.mark.parametrize(
    ("label", "codec", "name"),
    [
        ("windows-1251", "cp1251", "windows-1251"),
        ("CP1251", "cp1251", "windows-1251"),
        ('"win-1251"', "cp1251", "windows-1251"),
        ("koi8-r", "koi8_r", "koi8-r"),
        ("KOI8-U", "koi8_u", "koi8-u"),
        ("x-mac-cyrillic", "mac_cyrillic", "x-mac-cyrillic"),
        ("iso-8859-5", "iso8859_5", "iso-8859-5"),
        ("utf8", "utf-8", "utf-8"),
        ("utf-16", "utf-16-le", "utf-16le"),
        ("utf-16be", "utf-16-be", "utf-16be"),
    ],
)
def test_the_header_names_the_encoding(label: str, codec: str, name: str) -> None:
    body = f"<p>{RUSSIAN}".encode(codec)
    assert read(body, f"text/html; charset={label}") == (RUSSIAN, name)


@pytest.mark.parametrize(
    "declaration",
    [
        "<meta charset=windows-1251>",
        "<META  CHARSET = 'cp1251' />",
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        "<?xml version='1.0' encoding='windows-1251'?><html>",
        "<!-- <meta charset=koi8-r> --><meta charset=windows-1251>",
    ],
)
def test_the_page_names_its_encoding_where_the_header_does_not(declaration: str) -> None:
    body = f"{declaration}<p>{RUSSIAN}".encode("cp1251")
    assert read(body) == (RUSSIAN, "windows-1251")


def test_the_header_goes_before_the_page() -> None:
    body = f"<meta charset=koi8-r><p>{RUSSIAN}".encode("cp1251")
    assert read(body, "text/html; charset=windows-1251") == (RUSSIAN, "windows-1251")


def test_a_declaration_after_the_first_1024_bytes_is_none() -> None:
    body = f"<title>{' ' * 1024}</title><meta charset=koi8-r><p>{RUSSIAN}".encode("cp1251")
    assert read(body) == (RUSSIAN, "windows-1251")


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_a_byte_order_mark_goes_before_everything(codec: str) -> None:
    mark = "\ufeff" if codec == "utf-16-be" else ""
    body = f"{mark}<meta charset=koi8-r><p>{ARMENIAN}".encode(codec)
    text, encoding = read(body, "text/html; charset=windows-1251")
    assert text == ARMENIAN
    assert encoding is not None
    assert encoding.startswith("utf-")


def test_a_page_that_names_utf_16_in_single_bytes_is_not_in_it() -> None:
    assert read(f"<meta charset=utf-16><p>{ARMENIAN}".encode()) == (ARMENIAN, "utf-8")


@pytest.mark.parametrize(
    "named", ["klingon-8", "replacement", "utf-7", "rot13", "../../etc", "zip"]
)
def test_a_label_that_is_not_of_the_web_is_passed_over(named: str) -> None:
    body = f"<meta charset=windows-1251><p>{RUSSIAN}".encode("cp1251")
    assert read(body, f"text/html; charset={named}") == (RUSSIAN, "windows-1251")


def test_a_header_that_the_bytes_contradict_yields_to_the_page() -> None:
    body = f"<meta charset=windows-1251><p>{RUSSIAN}".encode("cp1251")
    assert read(body, "text/html; charset=utf-8") == (RUSSIAN, "windows-1251")


def test_where_header_and_page_are_both_wrong_the_encoding_is_detected() -> None:
    body = f"<meta charset=utf-8><p>{RUSSIAN}".encode("cp1251")
    assert read(body, "text/html; charset=utf-8") == (RUSSIAN, "windows-1251")


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (RUSSIAN, "cp1251", "windows-1251"),
        # Letters of Russian are the same in both; Firefox detects the one that has Ukrainian's too.
        (RUSSIAN, "koi8_r", "koi8-u"),
        (RUSSIAN, "cp866", "ibm866"),
        (RUSSIAN, "utf-8", "utf-8"),
        (ARMENIAN, "utf-8", "utf-8"),
        (AZERBAIJANI, "utf-8", "utf-8"),
        (FRENCH, "cp1252", "windows-1252"),
        (RUSSIAN, "utf-16-le", "utf-16le"),
        (RUSSIAN, "utf-16-be", "utf-16be"),
    ],
)
def test_an_encoding_that_nobody_names_is_detected(text: str, codec: str, name: str) -> None:
    assert read(f"<html><p>{text}".encode(codec)) == (text, name)


def test_one_broken_character_is_no_other_encoding() -> None:
    body = f"<p>{RUSSIAN}</p><p>".encode() + b"\xff" + "ж".encode()[:1]
    assert read(body, "text/html; charset=utf-8") == (RUSSIAN, "utf-8")


def test_letters_that_are_composed_differently_are_left_as_they_are() -> None:
    assert read("<p>cafe\u0301 café".encode())[0] == "cafe\u0301 café"


def test_every_label_of_the_standard_names_an_encoding_that_pages_are_read_in() -> None:
    names = {encoding_named(f" {label.upper()}\n") for label in LABELS}
    assert len(names) == 37
    assert names >= {"utf-8", "utf-16le", "windows-1251", "koi8-r", "gb18030", None}
    for name in names - {None}:
        assert lookup(name).codec_info.incrementaldecoder("strict").decode(b"", final=True) == ""
        assert encoding_named(name) == name


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("gbk", "gb18030"),
        ("iso-8859-8-i", "iso-8859-8"),
        ("latin1", "windows-1252"),
        ("x-user-defined", "windows-1252"),
        # Browsers do not know it either; what it means is detected.
        ("win1251", None),
        ("hz-gb-2312", None),
        ("iso-2022-kr", None),
        ("ascıı", None),
        ("\ud800", None),
    ],
)
def test_labels_that_are_read_otherwise_than_they_are_called(label: str, name: str | None) -> None:
    assert encoding_named(label) == name


TURKISH = "Bakanlık, birliklerin köyden çekilmediğini açıkladı; şehirde güvenlik sağlandı."
UKRAINIAN = "Міністерство повідомило, що війська було відведено від села 27 березня."
GREEK = "Το υπουργείο ανακοίνωσε ότι τα στρατεύματα αποχώρησαν από το χωριό."
HEBREW = "משרד ההגנה הודיע כי הכוחות נסוגו מהכפר ב-27 במרץ."
ARABIC = "أعلنت وزارة الدفاع أن القوات انسحبت من القرية في السابع والعشرين من مارس."
JAPANESE = "国防省は部隊が三月二十七日に村から撤退したと発表した。"

# Of each language an encoding that pages in it are in, and wrong labels that pages were seen with.
MISLABELLED = [
    ("ru", RUSSIAN, "cp1251", ("iso-8859-1", "windows-1252", "koi8-r", "iso-8859-5", "utf-8")),
    ("ru", RUSSIAN, "koi8_r", ("windows-1251", "iso-8859-1", "iso-8859-5", "windows-1254")),
    ("ru", RUSSIAN, "cp866", ("windows-1251", "koi8-r", "iso-8859-1")),
    ("ru", RUSSIAN, "iso8859_5", ("windows-1251", "koi8-r", "windows-1252")),
    ("uk", UKRAINIAN, "cp1251", ("iso-8859-1", "koi8-u", "iso-8859-5", "windows-1254")),
    ("tr", TURKISH, "cp1254", ("iso-8859-1", "windows-1251", "windows-1250", "utf-8")),
    ("fr", FRENCH, "cp1252", ("windows-1251", "koi8-r", "iso-8859-5", "windows-1253")),
    ("el", GREEK, "cp1253", ("iso-8859-1", "windows-1251", "koi8-r")),
    ("he", HEBREW, "cp1255", ("iso-8859-1", "windows-1251", "windows-1253")),
    ("ar", ARABIC, "cp1256", ("iso-8859-1", "windows-1251", "koi8-r")),
    ("ja", JAPANESE, "euc_jp", ("gb18030", "iso-8859-1", "windows-1251")),
]


@pytest.mark.parametrize(
    ("language", "text", "codec", "label"),
    [(tag, text, codec, label) for tag, text, codec, labels in MISLABELLED for label in labels],
)
@pytest.mark.parametrize("where", ["header", "page"])
def test_a_label_that_makes_no_plausible_text_loses_to_detection(
    language: str, text: str, codec: str, label: str, where: str
) -> None:
    named = f"<meta charset={label}>" if where == "page" else ""
    body = f"<html lang={language}>{named}<p>{text}".encode(codec)
    header = f"text/html; charset={label}" if where == "header" else "text/html"
    assert read(body, header)[0] == text


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN.upper(), "cp1251", "windows-1251"),
        ("Я", "cp1251", "windows-1251"),
        (RUSSIAN, "koi8_r", "koi8-r"),
        (RUSSIAN, "mac_cyrillic", "x-mac-cyrillic"),
        (TURKISH, "cp1254", "iso-8859-9"),
        (FRENCH, "cp1252", "iso-8859-1"),
        ("Café — “naïve”", "cp1252", "iso-8859-1"),
        ("Þetta er íslenska, ekki tyrkneska: ýmis orð.", "cp1252", "iso-8859-1"),
        ("Żołnierze wrócili ze wsi, źródła mówią.", "iso8859_2", "iso-8859-2"),
        (GREEK, "iso8859_7", "iso-8859-7"),
        (JAPANESE, "cp932", "shift_jis"),
        ("Mr. Erdoğan", "cp1254", "windows-1254"),
    ],
)
@pytest.mark.parametrize("language", ["", " lang=ru", " lang=fr"])
def test_a_right_label_is_believed_whatever_language_the_page_says_it_is_in(
    text: str, codec: str, label: str, language: str
) -> None:
    body = f"<html{language}><p>{text}".encode(codec)
    assert read(body, f"text/html; charset={label}")[0] == text


@pytest.mark.parametrize("text", [RUSSIAN, ARMENIAN, AZERBAIJANI, ARABIC, JAPANESE, "Café — “no”"])
@pytest.mark.parametrize(
    "label", ["windows-1251", "windows-1252", "iso-8859-1", "koi8-r", "windows-1254", "ibm866"]
)
def test_bytes_that_are_utf_8_are_read_so_whatever_the_label(text: str, label: str) -> None:
    body = f"<meta charset={label}><p>{text}".encode()
    assert read(body, f"text/html; charset={label}") == (text, "utf-8")
    assert read(body) == (text, "utf-8")


def test_utf_8_with_a_fault_and_a_wrong_label_is_read_as_utf_8() -> None:
    body = f"<p>{RUSSIAN}</p><p>".encode() + b"\xd0"
    assert read(body, "text/html; charset=windows-1251") == (RUSSIAN, "utf-8")


def armscii_8(text: str) -> bytes:
    """Armenian as pages had it before Unicode (AST 34.002); the Encoding Standard does not."""
    signs = {letter: 0xB2 + 2 * n for n, letter in enumerate(map(chr, range(0x531, 0x557)))}
    signs |= {letter.lower(): code + 1 for letter, code in signs.items()} | {"և": 0xA2, ":": 0xA3}
    return bytes(signs.get(sign, ord(sign)) for sign in text)


@pytest.mark.parametrize("label", [None, "windows-1252", "iso-8859-1", "windows-1251"])
def test_text_in_an_encoding_that_no_browser_knows_is_undecodable(label: str | None) -> None:
    body = b"<html lang=hy><p>" + armscii_8(ARMENIAN)
    page = read_page(body, f"text/html; charset={label}" if label else "text/html")
    assert isinstance(page, NotText)
    assert page.rule == "undecodable"


def taken(byte: int, codec: str) -> str:
    """A byte as browsers take it, which know a control character where Python knows nothing."""
    return bytes([byte]).decode(codec, "ignore") or chr(byte)


@pytest.mark.parametrize("taken_for", ["latin-1", "cp1252", "cp1251"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_text_that_somebody_decoded_wrongly_before_us_is_undecodable(
    taken_for: str, mark: bytes
) -> None:
    garbled = "</p><p>".join(
        "".join(taken(byte, taken_for) for byte in text.encode())
        for text in (RUSSIAN, ARMENIAN, FRENCH)
    )
    page = read_page(mark + f"<p>{garbled}".encode(), "text/html; charset=utf-8")
    assert isinstance(page, NotText)
    assert page.rule == "undecodable"


@pytest.mark.parametrize(
    "text",
    [
        f"{RUSSIAN * 3} {RUSSIAN.encode().decode('cp1251', 'ignore')}",
        "They donâ€™t say. She doesnâ€™t either. He canâ€™t, and we wonâ€™t: â€œNoâ€\x9d.",
        "★★★★☆ Home→About→Café ✓✓ \ue001\ue002 50°C 12m² ½ §§ 🎉🎉 naïve coöperation",
        "Ða mâ",
    ],
)
def test_a_page_of_which_little_is_garbled_is_read(text: str) -> None:
    assert read(f"<p>{text}".encode())[0] == text


@pytest.mark.parametrize("text", ["£100 ½ 25°C 12m² ©2004 •• §§ µ ×", "50°C—60°C: café ± é"])
def test_signs_in_an_old_encoding_are_no_evidence_against_it(text: str) -> None:
    assert read(f"<p>{text}".encode("cp1252"), "text/html; charset=iso-8859-1")[0] == text


@given(
    st.binary(max_size=300),
    st.sampled_from(
        [None, "text/html", "text/plain; charset=utf-16", "text/html; charset=gb18030"]
    ),
)
def test_any_bytes_are_answered_for(body: bytes, content_type: str | None) -> None:
    assert isinstance(read_page(body, content_type), PageText | NotText)


@given(st.text(alphabet=st.characters(exclude_categories=["C", "Z"]), min_size=1))
def test_any_letters_come_back_as_they_were(text: str) -> None:
    body = f"<p>{text.replace('&', '&amp;').replace('<', '&lt;')}".encode()
    assert read(body, "text/html; charset=utf-8") == (text, "utf-8")
