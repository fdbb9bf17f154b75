from __future__ import annotations

from app.domain.records.claim_filter import ClaimFilter
from app.domain.values.dates import Day
from app.queries.as_known_on import list_as_known_on, read_list_page_on
from app.queries.claim import read_claim, related_claims
from app.queries.claim_lists import (
    first_claims,
    first_headings,
    list_claims,
    read_list_page,
)
from app.storage.database.engine import Database

HARBOUR = ClaimFilter(dossier="harbour")
LATE = Day(2100, 1, 1)


def test_a_list_is_the_same_as_rows_as_headings_and_whole(module_example: Database) -> None:
    with module_example.reading() as session:
        listed = list_claims(session, HARBOUR, "date", limit=200)
        headings = first_headings(session, HARBOUR, "date", limit=200)
        whole = first_claims(session, HARBOUR, "date", limit=200)
        page = read_list_page(session, HARBOUR, "date")
    keys = [item.id for item in listed.items]
    assert keys == [heading.id for heading in headings]
    assert keys == [claim.id for claim, _ in whole.claims]
    assert keys == [claim.id for claim, _ in page.claims]
    assert [item.comparison.state for item in listed.items] == [h.state for h in headings]
    assert listed.total == page.total == len(keys)
    assert (page.first, page.before, page.after) == (1, "", "")


def test_related_claims_are_the_others_of_the_event(module_example: Database) -> None:
    with module_example.reading() as session:
        claims = first_claims(session, HARBOUR, limit=200).claims
        events = {claim.id: claim.event for claim, _comparison in claims}
        for claim, _comparison in claims:
            related = {found.id for found in related_claims(session, claim, "harbour")}
            same = {key for key, event in events.items() if event and event == claim.event}
            assert related == same - {claim.id}
    assert any(events.values())


def test_a_page_as_of_a_day_lists_claims_by_their_comparison_of_that_day(
    module_example: Database,
) -> None:
    with module_example.reading() as session:
        page = read_list_page_on(session, HARBOUR, LATE)
        dated = list_as_known_on(session, HARBOUR, LATE)
        (second,) = (item.listed for item in dated.items[1:2])
        rest = read_list_page_on(session, HARBOUR, LATE, after=second.id)
        back = read_list_page_on(session, HARBOUR, LATE, before=second.id)
    keys = [item.listed.id for item in dated.items]
    assert [claim.id for claim, _ in page.claims] == keys
    assert {item.listed.comparison.as_known_on for item in dated.items} == {"2100-01-01"}
    assert ([claim.id for claim, _ in rest.claims], rest.first) == (keys[2:], 3)
    assert [claim.id for claim, _ in back.claims] == keys
    assert sum(page.states.values()) == page.total == len(keys)


def test_evidence_and_segments_are_computed_once_for_a_claim(module_example: Database) -> None:
    with module_example.reading() as session:
        key = first_headings(session, HARBOUR, limit=1)[0].id
        whole = read_claim(session, key)
    assert whole.evidence is whole.evidence
    assert whole.segments is whole.segments
    assert len(whole.evidence) == len(list(whole.claim.citations()))
