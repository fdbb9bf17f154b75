"""Every paragraph of the founding documents is accounted for in docs/method/coverage.md.

The texts themselves are not in the project: they are looked for in VARIORUM_TEXTS, else beside it.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.quotations.find import stands_in
from app.domain.quotations.folding import fold
from app.dossiers.record import read_record

ROOT = Path(__file__).parents[2]
COVERAGE = (ROOT / "docs" / "method" / "coverage.md").read_text(encoding="utf-8")
TEXTS = Path(os.environ.get("VARIORUM_TEXTS") or ROOT.parent / "shared" / "texts")
BY_LINE = "wikipedia-peacekeeping-nagorno-karabakh"
FOUNDING = (
    "eurasia-review-2024-01-26",
    "moscow-times-2020-10-12",
    "moscow-times-2020-10-14",
    "tass-2020-12-30",
    BY_LINE,
)
RUN_OF_WORDS = 6

RECORD = read_record(ROOT)
CLAIMS = {claim.id: claim for _, claim in RECORD.claims}


def _rows(document: str) -> list[tuple[int, list[str], str]]:
    section = COVERAGE.split(f"## `{document}`\n")[1].split("\n## ")[0]
    found = re.findall(r"(?m)^\| (\d+) \| ?(.*?) \| ?(.*?) ?\|$", section)
    return [(int(n), re.findall(r"`([^`]+)`", names), reason) for n, names, reason in found]


DOCUMENTS = re.findall(r"(?m)^## `([a-z0-9-]+)`$", COVERAGE)
ROWS = {document: _rows(document) for document in DOCUMENTS}


def _quotes(claim_id: str, document: str) -> Iterator[str]:
    for _, citation in CLAIMS[claim_id].citations():
        if citation.document == document and citation.quote:
            yield fold(citation.quote)


def _paragraphs(document: str) -> list[str]:
    path = TEXTS / f"{document}.txt"
    if not path.is_file():
        pytest.skip(f"{path} is not here; name the folder of the texts in VARIORUM_TEXTS.")
    apart = r"\n" if document == BY_LINE else r"\n[ \t]*\n"
    return [fold(p) for p in re.split(apart, path.read_text(encoding="utf-8")) if p.strip()]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text).lower())


def test_every_founding_document_is_covered_and_none_is_unknown() -> None:
    assert sorted(DOCUMENTS) == sorted(FOUNDING)
    assert set(DOCUMENTS) <= {document.id for document in RECORD.sources.documents}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_row_names_claims_that_cite_the_document_or_a_reason(document: str) -> None:
    for number, names, reason in ROWS[document]:
        assert names or reason, f"{document} {number} says nothing"
        for name in names:
            assert name in CLAIMS, f"{document} {number} names no claim: {name}"
            assert any(_quotes(name, document)), f"{name} does not cite {document}"


@pytest.mark.not_installable
@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_paragraph_has_its_row(document: str) -> None:
    numbers = [number for number, _, _ in ROWS[document]]
    assert numbers == list(range(1, len(_paragraphs(document)) + 1))


@pytest.mark.not_installable
@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_row_names_exactly_the_claims_that_quote_its_paragraph(document: str) -> None:
    paragraphs = _paragraphs(document)
    for number, names, _ in ROWS[document]:
        quoting = [
            claim_id
            for claim_id in sorted(CLAIMS)
            if any(stands_in(q, paragraphs[number - 1]) for q in _quotes(claim_id, document))
        ]
        assert names == quoting, f"{document} {number}"


@pytest.mark.not_installable
@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_quotation_stands_outside_the_paragraphs(document: str) -> None:
    paragraphs = _paragraphs(document)
    for claim_id in CLAIMS:
        for quote in _quotes(claim_id, document):
            assert any(stands_in(quote, p) for p in paragraphs), f"{claim_id}: {quote}"


@pytest.mark.not_installable
@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_page_holds_none_of_the_text(document: str) -> None:
    text = " ".join(_words(" ".join(_paragraphs(document))))
    for number, _, reason in ROWS[document]:
        words = _words(reason)
        for start in range(len(words) - RUN_OF_WORDS + 1):
            run = " ".join(words[start : start + RUN_OF_WORDS])
            assert run not in text, f"{document} {number} copies “{run}”"
