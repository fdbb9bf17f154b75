"""Days that cannot be: of statements, documents and occasions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.domain.checking.check import occasions, occasions_across, read_in_time, statements_in_time
from app.domain.records.claims import Claim
from app.domain.records.registers import Document

TODAY = date(2026, 11, 30)


def document(**fields: Any) -> Document:
    basis = {"id": "page", "publisher": "p", "title": "T", "language": "en"}
    return Document.model_validate({**basis, "read_on": "2026-10-02", **fields})


def claim(*citations: dict[str, Any], key: str = "rain") -> Claim:
    cited = [{"id": f"c{n}", "document": "page"} | one for n, one in enumerate(citations)]
    account = {"id": "a", "answer": "yes", "citations": cited}
    basis = {"id": key, "question": "Did it rain?", "kind": "yes-no", "topic": "weather"}
    return Claim.model_validate(basis | {"accounts": [account]})


def found(said: str, zone: str | None = "+04:00", **fields: Any) -> list[str]:
    pages = {"page": document(**fields)}
    findings = list(statements_in_time(claim({"said": said}), pages, zone))
    assert all(f.where == ("accounts", 0, "citations", 0, "said") for f in findings)
    return [finding.message for finding in findings]


@pytest.mark.parametrize(
    ("said", "published"),
    [
        ("2022-03-27", "2022-03-27"),
        ("2022-03-27", "2022-03"),
        ("2022-03", "2022-03-01"),
        # “About October” may be the end of September.
        ("2022-10~", "2022-09-30"),
        ("2022-03-27T23:59:00+04:00", "2022-03-27"),
        # 03:00 at the place, 23:00 of the day before at UTC.
        ("2022-03-28T03:00:00+04:00", "2022-03-27T23:30:00Z"),
        ("2022-03-28", "2022-03-27T17:00:00-04:00"),
        ("2022-03-28", "2022-03-27/.."),
        ("../2022-03-28", "2022-03-27"),
    ],
)
def test_a_statement_may_be_as_late_as_its_document_was_published(
    said: str, published: str
) -> None:
    assert found(said, published=published) == []


@pytest.mark.parametrize(
    ("said", "published"),
    [
        ("2022-03-28", "2022-03-27"),
        ("2022-04", "2022-03"),
        ("2022-03-28", "2022-03-27T15:00:00-04:00"),
        ("2022-03-28T04:00:01+04:00", "2022-03-28T00:00:00Z"),
    ],
)
def test_a_statement_after_its_documents_publication_is_a_fault(said: str, published: str) -> None:
    assert found(said, published=published) == [
        f"is after its document was published, on {published}; "
        "where zones explain it, give the document's time with its zone"
    ]
    assert found(said, zone=None, published=published) == []


def test_a_statement_after_its_document_was_read_is_a_fault_beyond_one_day() -> None:
    assert found("2026-10-03") == []
    assert found("2026-10-04") == ["is after its document was read, on 2026-10-02"]
    assert found("2026-10-04", published="2026-10-01") == [
        "is after its document was read, on 2026-10-02"
    ]


def test_a_document_that_is_not_known_is_passed_over() -> None:
    assert list(statements_in_time(claim({"said": "2099"}), {}, "+04:00")) == []


@pytest.mark.parametrize(
    ("fields", "where", "message"),
    [
        ({"read_on": "2026-12-02"}, "read_on", "is to come; today is 2026-11-30"),
        (
            {"published": "2026-10-04"},
            "published",
            "is after the day on which it was read, 2026-10-02",
        ),
        ({"published": "2027"}, "published", "is after the day on which it was read, 2026-10-02"),
    ],
)
def test_a_document_is_read_after_it_appeared_and_not_in_times_to_come(
    fields: dict[str, str], where: str, message: str
) -> None:
    (finding,) = read_in_time(document(**fields), TODAY, ("documents", 3))
    assert (finding.where, finding.message) == (("documents", 3, where), message)


@pytest.mark.parametrize(
    "fields",
    [
        {"read_on": "2026-12-01"},  # where it is tomorrow already
        {"published": "2026-10-03"},
        {"published": "2026"},
        {"published": None},
    ],
)
def test_one_day_more_is_none_where_zones_are_not_known(fields: dict[str, Any]) -> None:
    assert list(read_in_time(document(**fields), TODAY, ())) == []


def test_a_copy_of_days_to_come_is_none() -> None:
    copy = {"url": "https://archive.test/1", "on": "2026-12-02"}
    (finding,) = read_in_time(document(archived=copy), TODAY, ())
    assert finding.where == ("archived", "on")


def test_reports_of_one_occasion_have_one_day() -> None:
    first = {"occasion": "talk", "said": "2022-03-27"}
    assert list(occasions(claim(first, first, {"occasion": "other"}, {}))) == []
    (finding,) = occasions(claim(first, {"occasion": "talk", "said": "2022-03"}))
    assert finding.where == ("accounts", 0, "citations", 1, "said")
    assert finding.message == (
        "differs from the day of “talk” in this claim (2022-03-27); one occasion has one day"
    )
    (undated,) = occasions(claim({"occasion": "talk"}, first))
    assert "(undated)" in undated.message


def test_an_occasion_has_one_day_across_claims() -> None:
    talk = {"occasion": "talk", "said": "2022-03-27"}
    same, other = claim(talk, key="hail"), claim({"occasion": "talk"}, key="snow")
    ((key, finding),) = occasions_across([claim(talk), same, other])
    assert key == "snow"
    assert finding.message.startswith("differs from the day of “talk” in the claim “rain”")
    # Within one claim it is the claim's own fault.
    assert list(occasions_across([claim(talk, {"occasion": "talk"})])) == []
