"""What the index says about a claim: rows made of the claim and its comparison. No database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.records.claim_filter import GAP_KINDS, STATES
from app.domain.records.claims import Claim
from app.domain.search.words import normalise
from app.domain.values.canonical import canonical
from app.domain.values.dates import EdtfDate, parse_date

# Beyond every day's ordinal. NULLs come first on SQLite and last on PostgreSQL, and cursors cannot
# compare with them.
UNDATED = 2**62

# Enough to sort by; a longer value would not fit into an index of PostgreSQL's.
_SORTED_LETTERS = 100

Row = dict[str, Any]


def claim_columns(claim: Claim) -> Row:
    """What a claim's row says of the claim itself."""
    happened = parse_date(claim.happened) if claim.happened else None
    first, last = _ordinals(happened)
    return {
        "id": claim.id,
        "question": claim.question,
        "kind": claim.kind,
        "nature": claim.nature,
        "topic": claim.topic,
        "event": claim.event,
        "part_of": claim.part_of,
        "happened": claim.happened,
        "happened_from": first,
        "happened_to": last,
        "happened_sort": happened_sort(claim),
        "question_sort": normalise(claim.question)[:_SORTED_LETTERS],
        "document": canonical(claim.to_json()),
    }


def happened_sort(claim: Claim) -> int:
    """By which a claim is sorted by when it happened: a day's ordinal, the undated last."""
    found = _ordinals(parse_date(claim.happened)) if claim.happened else ()
    return next((day for day in found if day is not None), UNDATED)


def comparison_columns(comparison: Mapping[str, Any], engine: str) -> Row:
    """What a claim's row says of its comparison; raises ValueError for an unknown state or gap."""
    gap = comparison["gap"]
    difference = float(gap["difference"]) if gap else None
    # A distance to the bound of a word (“dozens”) is no figure that anybody gave: it is last of its
    # kind. Comparisons of older engines do not say so.
    is_sorted = gap and not gap.get("by_table")
    return {
        "state": comparison["state"],
        "state_rank": STATES.index(comparison["state"]),
        "gap_kind": gap["kind"] if gap else None,
        "gap_difference": difference,
        "gap_rank": GAP_KINDS.index(gap["kind"]) if gap else len(GAP_KINDS),
        "gap_sort": -difference
        if difference is not None and is_sorted
        else 0.0,  # an order of a cursor is ascending
        "engine": engine,
        "comparison": canonical(comparison),
    }


def account_rows(claim: Claim) -> list[Row]:
    """A row for each account, in order."""
    return [
        {
            "claim": claim.id,
            "id": account.id,
            "ordinal": ordinal,
            "answer": account.answer,
            "wording": account.wording,
        }
        for ordinal, account in enumerate(claim.accounts)
    ]


def citation_rows(claim: Claim, publishers: Mapping[str, str]) -> list[Row]:
    """A row for each citation; `publishers` are by document."""
    return [
        {
            "claim": claim.id,
            "id": citation.id,
            "account": account.id,
            "ordinal": ordinal,
            "document": citation.document,
            "publisher": publishers[citation.document],
            "said": citation.said,
            **_said(citation.said),
            "stance": citation.stance,
        }
        for ordinal, (account, citation) in enumerate(claim.citations())
    ]


def speaker_rows(claim: Claim) -> list[Row]:
    """A row for each speaker of each citation."""
    return [
        {"claim": claim.id, "citation": citation.id, "speaker": speaker}
        for _, citation in claim.citations()
        for speaker in dict.fromkeys(citation.all_speakers)
    ]


def _said(said: str | None) -> Row:
    first, last = _ordinals(parse_date(said) if said else None)
    return {"said_from": first, "said_to": last}


def _ordinals(date: EdtfDate | None) -> tuple[int | None, int | None]:
    if date is None:
        return None, None
    return (
        date.earliest.ordinal if date.earliest else None,
        date.latest.ordinal if date.latest else None,
    )
