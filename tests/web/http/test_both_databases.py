"""What a reader gets is the same whichever database a site runs on.

Most tests of pages run on one kind, since pages are made of what storage gives; this one asks for
every page that can be reached on both kinds, and holds one against the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from html import unescape

import httpx
import pytest

from app.main import create_app
from app.settings import Settings
from tests.databases import KINDS, filled
from tests.serving import serving

# What is not linked to: what is typed into a form, an address that is nearly one, and the API.
_ASKED_FOR = """
/ /changes.atom
/search?q=fire /search?q=fire&kind=citation /search?q=tarnhavn /search?q="the+harbour"
/dossiers/harbour?q=fire&sort=question /dossiers/harbour?as_known_on=2019-05-06&q=fire
/dossiers/harbour?state=disputed&side=guild /claims/fire-date?as_known_on=2019-05-05
/claims/fire-deed /speakers/mayr /harbour /compare?dossier=harbour&left=guild&right=oskel
/api/v1/search?q=fire&limit=2 /api/v1/changes?limit=20 /api/v1/claims/fire-dead/revisions
/api/v1/claims?limit=3&sort=state /api/v1/claims?limit=3&sort=date /api/v1/claims?limit=3&sort=gap
/api/v1/claims?limit=3&sort=changed /api/v1/claims?limit=3&sort=question
/api/v1/claims?q=fire&as_known_on=2019-05-06 /api/v1/claims/fire-date/comparison
/api/v1/claims/fire-date/timeline /api/v1/claims/fire-dead/checks /api/v1/wording-changes
/api/v1/documents?limit=2 /api/v1/speakers?limit=2 /api/v1/publishers?limit=2 /api/v1/places
/api/v1/speakers/oskel-mayor/statements /api/v1/links /api/v1/losses?dossier=harbour
/api/v1/compare?dossier=harbour&left=guild&right=oskel&limit=1
/api/v1/blindspots?dossier=harbour /api/v1/timeline?dossier=harbour&limit=7
"""
FIRST = _ASKED_FOR.split()
# Pages link to every combination of filters and to every revision: of each kind of page, these are
# as many as hold each filter and each kind of entry once.
MAX_ALIKE = 12
# A page in another language asks for the same; files are no page.
LEFT_OUT = re.compile(r"^//|^/static/|[?&]lang=")
CHANGING = re.compile(r'name="token" value="[^"]*"')


@pytest.fixture(scope="module")
def readers(request: pytest.FixtureRequest) -> Iterator[tuple[httpx.Client, ...]]:
    """A reader of the example record for each kind of database."""
    with ExitStack() as stack:
        yield tuple(_reader(stack, kind, request) for kind in KINDS)


def _reader(stack: ExitStack, kind: str, request: pytest.FixtureRequest) -> httpx.Client:
    url = stack.enter_context(filled(kind, "example", request))
    address = stack.enter_context(serving(create_app(Settings(database_url=url))))
    return stack.enter_context(httpx.Client(base_url=address, timeout=60))


def links_of(answer: httpx.Response) -> list[str]:
    """Where a page or an answer of the API leads on this site."""
    found = re.findall(r'(?:href="|"url":\s*"|"next":\s*")([^"#]*)', answer.text)
    own = _own(answer)
    addresses = (unescape(link).removeprefix(own) for link in found)
    return [each for each in addresses if each[:1] == "/" and not LEFT_OUT.search(each)]


def test_every_page_that_can_be_reached_is_the_same_on_each_database(
    readers: tuple[httpx.Client, ...],
) -> None:
    waiting, seen = list(FIRST), set(FIRST)
    alike: Counter[str] = Counter()
    different = []
    for address in waiting:
        answers = [reader.get(address) for reader in readers]
        said = {_lasting(answer) for answer in answers}
        if len(said) > 1:
            different.append(address)
        for link in links_of(answers[0]):
            if link not in seen and alike[_kind_of(link)] < MAX_ALIKE:
                alike[_kind_of(link)] += 1
                seen.add(link)
                waiting.append(link)
    assert different == []
    assert len(waiting) > 100


def _kind_of(address: str) -> str:
    """What kind of page an address is of: its path without ids and numbers."""
    path = re.sub(r"^/(api/v1/)?(\w+)/[^/]+", r"/\1\2/…", address.partition("?")[0])
    return re.sub(r"^/\w+/…/(history|diff|revisions).*", r"/…/\1", path)


def _lasting(answer: httpx.Response) -> tuple[int, str]:
    """What was answered, without what differs between two visitors of one site."""
    return answer.status_code, CHANGING.sub("", answer.text.replace(_own(answer), ""))


def _own(answer: httpx.Response) -> str:
    return str(answer.url.copy_with(raw_path=b"")).rstrip("/")
