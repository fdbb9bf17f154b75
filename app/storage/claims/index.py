"""What lists, filters and searches read of a claim: rows made of it and its comparison."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.domain.records.claim_filter import GAP_KINDS, STATES
from app.domain.records.claims import Citation, Claim
from app.domain.records.kinds import EntryKind
from app.domain.records.references import Key, name_lenders, named_in, named_in_body
from app.domain.records.registers import Dossier, terms_of
from app.domain.search.words import normalise, normalise_all
from app.domain.values.base import canonical
from app.domain.values.dates import EdtfDate, parse_date
from app.storage import tables
from app.storage.database.bulk import rows_of_pairs
from app.storage.search.rows import SearchText, names_in, place_names, save_claim_texts

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


_CLAIMS = tables.claims.c

Names = Mapping[Key, tuple[str, ...]]


def index_claim(session: Session, claim: Claim, state_rank: int) -> None:
    """Let a search find what a claim says now."""
    names = _names(session, set(name_lenders(named_in(claim))))
    texts = tuple(text for text in _texts(claim) if text)
    named = sorted({name for found in names.values() for name in found})
    words = normalise_all((claim.question, *texts, *named))
    session.execute(update(tables.claims).where(_CLAIMS.id == claim.id).values(words=words))
    whole = SearchText(
        "claim",
        claim.id,
        # Padded, as `sort` is text; shifted, as days before the year 1 are negative.
        sort=f"{state_rank}{happened_sort(claim) + UNDATED:020d}",
        names=(claim.question, *_of_places(claim, names)),
        texts=(*texts, *named, *_terms(session, claim)),
        called=(claim.question, *named),
    )
    citations = [_citation(citation, names) for _, citation in claim.citations()]
    save_claim_texts(session, claim.id, [whole, *citations])


def _names(session: Session, keys: Collection[Key]) -> Names:
    """The names of entries, each with those of the entries by whose names it is found too."""
    own: dict[Key, tuple[str, ...]] = {}
    lenders: dict[Key, tuple[Key, ...]] = {}
    for kind, key, name, body in _entries(session, keys):
        own[kind, key] = place_names(body) if kind == "place" else names_in(name, body)
        lenders[kind, key] = tuple(name_lenders(named_in_body(kind, body)))
    further = {lender for found in lenders.values() for lender in found} - own.keys()
    known = own | {
        (kind, key): names_in(name, body) for kind, key, name, body in _entries(session, further)
    }
    return {
        key: (*own[key], *(name for lender in found for name in known.get(lender, ())))
        for key, found in lenders.items()
    }


def _entries(
    session: Session, keys: Collection[Key]
) -> Iterator[tuple[EntryKind, str, str, dict[str, Any]]]:
    entry = tables.register_entries.c
    named = select(entry.kind, entry.id, entry.name, entry.body)
    for row in rows_of_pairs(session, named, (entry.kind, entry.id), keys):
        yield row.kind, row.id, row.name, json.loads(row.body)


def _terms(session: Session, claim: Claim) -> tuple[str, ...]:
    """What the dossier's lists call the claim."""
    entry = tables.register_entries.c
    bodies = (
        select(entry.body)
        .join(tables.claims, (entry.kind == "dossier") & (entry.id == _CLAIMS.dossier))
        .where(_CLAIMS.id == claim.id)
    )
    return terms_of(claim, _dossier(session.scalars(bodies).one()))


@lru_cache(maxsize=4)
def _dossier(body: str) -> Dossier:
    # Remembered, as an index is made of all claims of a dossier one after another.
    return Dossier.model_validate_json(body)


def _of_places(claim: Claim, names: Names) -> Iterator[str]:
    for place in claim.places:
        yield from names.get(("place", place), ())


def _citation(citation: Citation, names: Names) -> SearchText:
    speakers = sorted({key for key in name_lenders(named_in(citation)) if key[0] == "speaker"})
    called = tuple(name for key in speakers for name in names.get(key, ()))
    return SearchText(
        "citation",
        citation.id,
        sort=_latest_first(citation.said),
        names=tuple(text for text in (citation.quote, citation.translation) if text),
        texts=called,
        called=called,
    )


def _latest_first(said: str | None) -> str:
    latest = parse_date(said).latest if said else None
    return f"{UNDATED - latest.ordinal:020d}" if latest else "9" * 20


def _texts(claim: Claim) -> Iterator[str | None]:
    yield from (claim.summary, claim.note, claim.unit, claim.measure, claim.scope)
    yield from (option.label for option in claim.options)
    for account in claim.accounts:
        yield from (account.answer, account.wording, account.scope, account.note)
    for _, citation in claim.citations():
        yield from (citation.quote, citation.translation, citation.wording, citation.note)
    if claim.assessment:
        yield from (claim.assessment.conclusion, claim.assessment.reasons)
