"""No word of the interface is left outside the catalogues.

The pages are made with a catalogue that puts every message into brackets. What then stands outside
brackets must be a text of the record, in an element that says its language, or a name.
"""

import re
from collections.abc import Iterator
from gettext import NullTranslations

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from app.dossiers.record import read_record
from app.main import create_app
from app.settings import Settings
from app.web.wording.record_text import at_start
from tests.loaded import EXAMPLE
from tests.serving import serving

RECORD = read_record(EXAMPLE)
PAGE = "ru"
_ATTRIBUTES = ("title", "aria-label", "alt", "placeholder", "data-label")
_BRACKETED = re.compile(r"⟦[^⟦⟧]*⟧")
_WORD = re.compile(r"[A-Za-z]{2,}")
_NO_WORDS = {
    *("Variorum", "API", "JSON", "SHA", "UTC", "HTTP"),
    "files",  # who loads files
}
PAGES = [
    "/",
    "/dossiers/harbour",
    "/dossiers/harbour?state=disputed&as_known_on=2030-01-01",
    "/dossiers/harbour?q=zeppelin",
    *(f"/claims/{claim.id}" for _, claim in RECORD.claims),
    "/claims/fire-dead/history",
    "/claims/fire-dead/diff",
    "/claims/fire-dead?as_known_on=2019-05-10",
    "/compare",
    "/losses",
    "/timeline",
    "/blindspots",
    "/publishers",
    "/documents",
    "/speakers",
    "/places",
    *(f"/publishers/{entry.id}" for entry in RECORD.sources.publishers[:3]),
    *(f"/documents/{entry.id}" for entry in RECORD.sources.documents[:3]),
    *(f"/speakers/{entry.id}" for entry in RECORD.sources.speakers[:3]),
    *(f"/places/{place.id}" for dossier in RECORD.dossiers for place in dossier.places),
    "/links",
    "/map",
    "/map?zoom=2",
    "/search",
    "/search?q=fire",
    "/search?q=harbor",
    "/search?q=...",
    "/patterns",
    "/changes",
    "/method",
    "/method/claims",
    "/contribute",
    "/contribute?claim=fire-dead",
    "/review",
    "/api/docs",
    "/nowhere",
    "/claims/nowhere",
    "/claims/fire-ded",
    "/dossiers/harbour?state=unheard",
    "/dossiers/harbour?sort=size",
    "/dossiers/harbour?as_known_on=yesterday",
    "/compare?left=nobody",
]


class Bracketed(NullTranslations):
    """Says every message as it stands in the program, in brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return self.ngettext(msgid1, msgid2, n)


@pytest.fixture(scope="module")
def bracketed(loaded_url: str) -> Iterator[httpx.Client]:
    app = create_app(Settings(database_url=loaded_url), catalogues=lambda _tag: Bracketed())
    with serving(app) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


@pytest.mark.parametrize("path", PAGES)
def test_every_word_of_a_page_is_a_message_or_of_the_record(
    bracketed: httpx.Client, path: str
) -> None:
    answer = bracketed.get(httpx.URL(path).copy_add_param("lang", PAGE))
    assert answer.text.count("⟦") > 10
    texts = [running_text(answer.text), *attributes(answer.text)]
    found = [(set(_WORD.findall(without_record(text))) - _NO_WORDS, text) for text in texts]
    assert [(words, text[:300]) for words, text in found if words] == []


def running_text(page: str) -> str:
    """What is to be read in the language of the page, in order."""
    root = LexborHTMLParser(page).root
    assert root
    return " ".join(
        node.text(deep=False)
        for node in root.traverse(include_text=True)
        if node.tag == "-text"
        and node.parent
        and node.parent.tag not in ("style", "script", "code", "pre", "textarea")
        and language_of(node.parent) == PAGE
    )


def attributes(page: str) -> Iterator[str]:
    """What is heard or shown besides, in the language of the page."""
    tree = LexborHTMLParser(page)
    for name in _ATTRIBUTES:
        for node in tree.css(f"[{name}]"):
            if language_of(node) == PAGE:
                yield node.attributes[name] or ""


def language_of(node: LexborNode | None) -> str:
    while node is not None:
        if node.tag != "html" and "lang" in node.attributes:
            return node.attributes["lang"] or ""
        node = node.parent
    return PAGE


def without_record(text: str) -> str:
    text = " ".join(text.split())
    for name in NAMES:
        text = text.replace(name, "").replace(at_start(name), "")
    while _BRACKETED.search(text):
        text = _BRACKETED.sub("", text)
    return re.sub(r"https?://\S+", "", text)


def names(value: object) -> Iterator[str]:
    """Texts of the record that are no words of ours: whatever is no single small word."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from [item] if key == "id" else names(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from names(item)
    elif isinstance(value, str) and not re.fullmatch("[a-z]+", value):
        yield value


_PLAIN = [RECORD.sources.to_plain(), *(d.to_plain() for d in RECORD.dossiers)]
_PLAIN += [claim.to_plain() for _, claim in RECORD.claims]
NAMES = sorted({" ".join(name.split()) for name in names(_PLAIN)}, key=len, reverse=True)
