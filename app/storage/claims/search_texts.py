"""What a search reads of a claim and its citations: their own texts, and names that go with them.

A claim is found by every name of its places and by the names of all who speak or carry words in
it; a citation by its words and by who speaks.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.domain.records.claims import Citation, Claim
from app.domain.records.kinds import EntryKind
from app.domain.records.references import Key, name_lenders, named_in, named_in_body
from app.domain.search.words import normalise_all
from app.domain.values.dates import parse_date
from app.storage import tables
from app.storage.claims.index import UNDATED, happened_sort
from app.storage.database.bulk import rows_of_pairs
from app.storage.search.rows import SearchText, names_in, place_names, save_claim_texts

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
        texts=(*texts, *named),
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


def _of_places(claim: Claim, names: Names) -> Iterator[str]:
    for place in claim.places:
        yield from names.get(("place", place), ())


def _citation(citation: Citation, names: Names) -> SearchText:
    speakers = sorted({key for key in name_lenders(named_in(citation)) if key[0] == "speaker"})
    return SearchText(
        "citation",
        citation.id,
        sort=_latest_first(citation.said),
        names=tuple(text for text in (citation.quote, citation.translation) if text),
        texts=tuple(name for key in speakers for name in names.get(key, ())),
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
