"""Days that cannot be: statements after the documents that report them, and readings to come.

A day has no zone, so that one moment has two dates on Earth. Where nothing says more (the day on
which a document was read, today), a day later is therefore no fault. A document's publication may
be given to the time, with its zone, and is compared exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from app.domain.checking.findings import Finding, Where, citations_in
from app.domain.records.claims import Citation, Claim
from app.domain.records.registers import Document
from app.domain.values.dates import EdtfDate, parse_date


def statements_in_time(
    claim: Claim, documents: Mapping[str, Document], zone: str | None
) -> Iterator[Finding]:
    """Findings for statements that are dated after their document was published, or read.

    Days are those at `zone`; without one no publication is compared. Documents that are not among
    these are passed over.
    """
    for where, citation in citations_in(claim):
        document = documents.get(citation.document)
        if document and citation.said:
            yield from _in_time(citation.said, document, zone, (*where, "said"))


def _in_time(said: str, document: Document, zone: str | None, where: Where) -> Iterator[Finding]:
    date = parse_date(said)
    if _is_days_later(date, parse_date(document.read_on)):
        yield Finding(where, f"is after its document was read, on {document.read_on}")
    elif zone and document.published:
        begins, _ = date.instants(zone)
        _, ends = parse_date(document.published).instants(zone)
        if begins is not None and ends is not None and begins > ends:
            message = f"is after its document was published, on {document.published}"
            advice = "where zones explain it, give the document's time with its zone"
            yield Finding(where, f"{message}; {advice}")


def _is_days_later(later: EdtfDate, day: EdtfDate) -> bool:
    """Whether a date lies after a day wherever on Earth either was written."""
    if later.earliest is None or day.latest is None:
        return False
    return later.earliest > day.latest.following()


def read_in_time(document: Document, today: date, where: Where) -> Iterator[Finding]:
    """Findings for a document that was read before it was published, or that nobody can have read.

    `today` is the day at UTC.
    """
    tomorrow = (today + timedelta(days=1)).isoformat()
    read_on = parse_date(document.read_on)
    if read_on.text > tomorrow:
        yield Finding((*where, "read_on"), f"is to come; today is {today.isoformat()}")
    if document.archived and document.archived.on > tomorrow:
        yield Finding((*where, "archived", "on"), f"is to come; today is {today.isoformat()}")
    if document.published and _is_days_later(parse_date(document.published), read_on):
        message = f"is after the day on which it was read, {document.read_on}"
        yield Finding((*where, "published"), message)


def occasions(claim: Claim) -> Iterator[Finding]:
    """Findings for reports of one occasion in a claim that give it differing days."""
    dates: dict[str, str | None] = {}
    for where, citation in citations_in(claim):
        if citation.occasion:
            first = dates.setdefault(citation.occasion, citation.said)
            yield from _one_day(citation, where, first, "in this claim")


def occasions_across(claims: Iterable[Claim]) -> Iterator[tuple[str, Finding]]:
    """Findings for occasions to which several claims give differing days, with the claim's id."""
    dates: dict[str, tuple[str, str | None]] = {}
    for claim in claims:
        for where, citation in citations_in(claim):
            if citation.occasion:
                home, first = dates.setdefault(citation.occasion, (claim.id, citation.said))
                if home != claim.id:
                    for finding in _one_day(citation, where, first, f"in the claim “{home}”"):
                        yield claim.id, finding


def _one_day(citation: Citation, where: Where, said: str | None, place: str) -> Iterator[Finding]:
    if citation.said != said:
        message = f"differs from the day of “{citation.occasion}” {place} ({said or 'undated'})"
        yield Finding((*where, "said"), f"{message}; one occasion has one day")
