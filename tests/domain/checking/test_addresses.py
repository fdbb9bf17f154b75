"""Addresses in the registers: two documents of one page, and what no browser opens."""

from __future__ import annotations

import pytest

from app.domain.checking.check import refused_addresses, repeats_in_sources
from app.domain.records.registers import Sources

PAGE = "https://www.interfax.ru/amp/831571"


def sources(*urls: str | None, **of_document: object) -> Sources:
    fields = {"publisher": "p", "title": "T", "language": "ru", "read_on": "2026-10-02"}
    documents = [
        {"id": f"page-{n}", "url": url, **fields, **of_document} for n, url in enumerate(urls)
    ]
    return Sources.model_validate({"documents": documents})


def found(record: Sources) -> dict[str, str]:
    findings = [*repeats_in_sources(record), *refused_addresses(record)]
    return {".".join(map(str, finding.where)): finding.message for finding in findings}


@pytest.mark.parametrize(
    "spelling",
    [
        "https://interfax.ru/831571",
        "http://m.interfax.ru/831571/?utm_source=x#top",
        f"https://web.archive.org/web/20220401000000/{PAGE}",
    ],
)
def test_two_spellings_of_one_page_are_one_document(spelling: str) -> None:
    assert found(sources(PAGE, None, spelling)) == {
        "documents.2.url": "is already the address of the document “page-0”, spelled "
        f"“{PAGE}” there; both are https://interfax.ru/831571"
    }


def test_the_very_same_address_is_named_without_its_spelling() -> None:
    message = "is already the address of the document “page-0”"
    assert found(sources(PAGE, PAGE)) == {"documents.1.url": message}


def test_other_pages_of_a_site_are_other_documents() -> None:
    assert found(sources(PAGE, "https://interfax.ru/831572", None, None)) == {}


NO_HOST = "is no valid name of a host; copy the address from your browser"


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://a.1../", f"“a.1..” {NO_HOST}"),
        ("https://xn--/", f"“xn--” {NO_HOST}"),
        ("https://printer/", "“printer” is no public name; it has one part alone"),
        ("https://localhost/", "“localhost” is a name for local use, not public"),
        (
            "https://0x7f.1/",
            "The address leads to the IP address 127.0.0.1; write the name of the site",
        ),
        (
            "https://example.org:81/",
            "The address names a port; pages are read on 80 and 443 only",
        ),
    ],
)
def test_what_no_browser_opens_is_a_fault_wherever_it_is(url: str, sentence: str) -> None:
    assert found(sources(url)) == {"documents.0.url": sentence}
    copied = sources(PAGE, archived={"url": url, "on": "2022-04-01"})
    assert found(copied) == {"documents.0.archived.url": sentence}
    outlet = {"id": "p", "name": "P", "kind": "agency", "url": url}
    assert found(Sources.model_validate({"publishers": [outlet]})) == {"publishers.0.url": sentence}
