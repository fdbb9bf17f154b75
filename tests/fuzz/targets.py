"""What is fuzzed: each takes bytes, and raises where a parser does what it promises not to.

Every parser of what strangers send has one, with what must hold for any input: that only errors of
ours are raised, and that what comes out is consistent.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from app.domain.quotations.check import check_quote
from app.domain.quotations.fragments import text_directive, text_fragment_link
from app.domain.quotations.pages import Page
from app.domain.records.claims import Claim
from app.domain.search.query import query_of
from app.domain.values.addresses import judge_url, page_key, site_of
from app.domain.values.canonical_addresses import address_key, archived_page, canonical_address
from app.domain.values.dates import parse_date
from app.domain.values.hedges import parse_quantity
from app.dossiers.notation.reading import read_yaml
from app.errors import BadInput
from app.fetching.pages.child import html
from app.fetching.pages.decoding import decode_page, kind_of, read_content_type
from app.storage.database.full_text import fts5_query


def dates(data: bytes) -> None:
    try:
        date = parse_date(_text(data))
    except BadInput:
        return
    if date.earliest and date.latest:
        assert date.earliest <= date.latest, "a date that ends before it begins"


def hedges(data: bytes) -> None:
    text, _, unit = _text(data).partition("\n")
    try:
        interval = parse_quantity(text, unit or None)
    except BadInput:
        return
    low, high = interval.low, interval.high
    assert low is None or high is None or low <= high, "an interval that ends before it begins"


def addresses(data: bytes) -> None:
    url = _text(data)
    page_key(url)
    address_key(url)
    archived_page(url)
    site_of(url)
    try:
        judged = judge_url(url)
    except BadInput:
        return
    assert judge_url(judged) == judged, "an address that is judged otherwise the second time"
    once = canonical_address(url)
    assert canonical_address(once) == once, "a canonical address that has another one"


def pages(data: bytes) -> None:
    kind_of(data, "text/html")
    decoded = decode_page(data, None)
    written: list[bytes] = []
    if decoded is not None:
        html.read(bytes(decoded.utf8), lambda part: written.append(bytes(part)))
    b"".join(written).decode("utf-8")


def headers(data: bytes) -> None:
    read_content_type(_text(data))


def quotations(data: bytes) -> None:
    quote, _, page = _text(data).partition("\n")
    check = check_quote(quote, page)
    assert (check.verdict == "missing") == (check.selector is None)


def fragments(data: bytes) -> None:
    quote, _, page = _text(data).partition("\n")
    directive = text_directive(quote, Page(page))
    link = text_fragment_link("https://example.org/page", quote, directive)
    assert link.isascii(), "a link with what an address may not have"
    assert "\n" not in link


def queries(data: bytes) -> None:
    try:
        query = query_of(_text(data))
    except BadInput:
        return
    if query is not None:
        asked = "SELECT 1 FROM texts WHERE texts MATCH ?"
        _index().execute(asked, (fts5_query(query),)).fetchall()
        _index().execute(asked, (fts5_query(query, in_names=True),)).fetchall()


def files(data: bytes) -> None:
    reading = read_yaml(Path("claims/x/y.yaml"), data)
    assert (reading.tree is None) <= bool(reading.faults), "nothing was read, and nothing is wrong"


def claims(data: bytes) -> None:
    try:
        sent = json.loads(data)
        claim = Claim.model_validate(sent)
    except (ValueError, RecursionError):
        return
    assert Claim.model_validate(claim.to_json()) == claim


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (
        *(dates, hedges, addresses, pages, headers),
        *(quotations, fragments, queries, files, claims),
    )
}

# Something to begin with: what is read without a fault leads deeper than noise.
SEEDS: Mapping[str, tuple[bytes, ...]] = {
    "dates": (b"2020-11-09", b"2020-12-11/2020-12-13", b"2021~", b"2020-11-09T18:00:00+04:00"),
    "hedges": (b"about 2000", b"20..40 best 30", b"several dozen", b"half\npercent"),
    "addresses": (
        b"https://www.example.org/a/../b?utm_source=x#y",
        b"http://web.archive.org/web/20200101000000/https://example.org/",
        "https://пример.рф/".encode(),
    ),
    "pages": (b"<html><body><p>words</p><del>no</del><sup>1</sup></body>", b"\xff\xfe<\x00p\x00"),
    "headers": (b'text/html; charset="windows-1251"',),
    "quotations": (b"five of us\nThey said: five of us did not come home.", b"2 783\n2,783 died"),
    "fragments": (b"five of us\nThey said: five of us did not come home.",),
    "queries": (b'"exact words" -not OR name*', "Հարությունյան 2 783".encode()),
    "files": (b"id: x\nname: y\nlist:\n  - a: 1\n", b"? - a\n: b\n"),
    "claims": (b'{"id": "x", "question": "Q?", "kind": "yes-no", "topic": "t", "accounts": []}',),
}


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


@cache
def _index() -> sqlite3.Connection:
    index = sqlite3.connect(":memory:", check_same_thread=False)
    index.execute("CREATE VIRTUAL TABLE texts USING fts5 (words, tokenize = 'ascii')")
    return index
