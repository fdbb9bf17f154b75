"""Archived copies whose address asks for one, or is of another page or day."""

from __future__ import annotations

import pytest

from app.domain.checking.archived import archived_copy, copies_as_pages
from app.domain.records.registers import Document, Sources

PAGE = "https://www.example.org/news/1?id=2"
ELSEWHERE = f"is a copy of another page than “{PAGE}”"


def found(copy: str, on: str = "2020-11-09", url: str | None = PAGE) -> dict[str, str]:
    document = Document.model_validate(
        {
            "id": "page",
            "publisher": "p",
            "title": "T",
            "url": url,
            "language": "en",
            "read_on": "2026-10-02",
            "archived": {"url": copy, "on": on},
        }
    )
    findings = list(archived_copy(document, ("documents", 0)))
    assert all(finding.where[:3] == ("documents", 0, "archived") for finding in findings)
    return {str(finding.where[3]): finding.message for finding in findings}


@pytest.mark.parametrize(
    "copy",
    [
        f"https://web.archive.org/web/20201109184500/{PAGE}",
        "https://web.archive.org/web/20201109184500/http://example.org:80/news/1/?id=2",
        f"https://web.archive.org/web/20201109184500id_/{PAGE}",
        "http://archive.org/wayback/20201109184500/www.example.org/news/1?id=2&utm_source=x#top",
        "https://web.archive.org/web/20201109184500/https:/www.example.org/news/1?id=2",
        f"https://arquivo.pt/wayback/20201109184500/{PAGE}",
        f"https://archive.ph/20201109184500/{PAGE}",
        f"https://archive.today/2020.11.09-184500/{PAGE}",
        "https://archive.is/20201109184500/https%3A//www.example.org/news/1%3Fid=2",
        # Short addresses say neither page nor day.
        "https://archive.ph/AbCdE",
        "https://perma.cc/ABCD-1234",
    ],
)
def test_a_copy_of_the_page_and_the_day_is_right_however_it_is_written(copy: str) -> None:
    assert found(copy) == {}


@pytest.mark.parametrize(
    "copy",
    [
        "https://web.archive.org/web/20201109184500/https://www.example.org/news/1?id=3",
        "https://web.archive.org/web/20201109184500/https://other.org/news/1?id=2",
        "https://archive.ph/20201109184500/https://www.example.org/news",
        "https://archive.today/2020.11.09-184500/https://www.example.org/news",
        f"https://web.archive.org/web/20201109184500/https://other.org/?u={PAGE}",
    ],
)
def test_a_copy_of_another_page_is_a_fault(copy: str) -> None:
    assert found(copy) == {"url": ELSEWHERE}
    assert found(copy, url=None) == {}


def test_a_copy_of_another_day_is_a_fault() -> None:
    for copy in (
        f"https://web.archive.org/web/20201110000000/{PAGE}",
        f"https://archive.vn/2020.11.10-000000/{PAGE}",
    ):
        assert found(copy) == {"on": "is not the day in the copy's address, 2020-11-10"}


@pytest.mark.parametrize(
    "copy",
    [
        f"https://web.archive.org/save/{PAGE}",
        "https://web.archive.org/save",
        f"https://archive.today/newest/{PAGE}",
        f"https://archive.ph/?run=1&url={PAGE}",
        f"https://archive.is/submit/?url={PAGE}",
    ],
)
def test_an_address_that_asks_for_a_copy_is_none_of_a_copy(copy: str) -> None:
    assert found(copy) == {
        "url": "asks the archive for a new copy; write the address of the copy itself"
    }


@pytest.mark.parametrize("when", ["*", "2020", "2020*", "20201109"])
def test_an_address_that_leads_to_any_copy_is_none_of_one(when: str) -> None:
    assert found(f"https://web.archive.org/web/{when}/{PAGE}") == {
        "url": "is of no single copy; write the address with the copy's fourteen digits"
    }


def test_an_archives_copy_is_not_the_address_of_a_document() -> None:
    copy = f"https://web.archive.org/web/20201109184500/{PAGE}"
    fields = {"publisher": "p", "title": "T", "language": "en", "read_on": "2026-10-02"}
    documents = [
        {"id": f"d{n}", "url": url, **fields}
        for n, url in enumerate([PAGE, copy, "https://archive.ph/AbCdE", None])
    ]
    (finding,) = copies_as_pages(Sources.model_validate({"documents": documents}))
    assert finding.where == ("documents", 1, "url")
    assert finding.message == (f"is an archive's copy; write “{PAGE}”, and the copy as “archived”")
