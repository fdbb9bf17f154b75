"""What a search reads of a claim and its citations: their own texts, and names that go with them.

A claim is found by every name of its places and by the names of all who speak or carry words in
it; a citation by its words and by who speaks.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import select, tuple_, update
from sqlalchemy.orm import Session

from app.domain.records.claims import Citation, Claim
from app.domain.search.words import normalise_all
from app.domain.values.dates import parse_date
from app.storage import tables
from app.storage.claims.index import UNDATED, happened_sort
from app.storage.search.entries import names_in, place_names
from app.storage.search.rows import SearchText, save_claim_texts

_CLAIMS = tables.claims.c

Key = tuple[str, str]
Names = Mapping[Key, tuple[str, ...]]


def index_claim(
    session: Session, claim: Claim, state_rank: int, publishers: Mapping[str, str]
) -> None:
    """Let a search find what a claim says now; `publishers` are by document."""
    names = _names(session, _named(claim, publishers))
    texts = tuple(text for text in _texts(claim) if text)
    named = sorted({name for found in names.values() for name in found})
    words = normalise_all((claim.question, *texts, *named))
    session.execute(update(tables.claims).where(_CLAIMS.id == claim.id).values(words=words))
    whole = SearchText(
        "claim",
        claim.id,
        sort=f"{state_rank}{happened_sort(claim) + UNDATED:020d}",
        names=(claim.question, *_of_places(claim, names)),
        texts=(*texts, *named),
    )
    citations = [_citation(citation, names) for _, citation in claim.citations()]
    save_claim_texts(session, claim.id, [whole, *citations])


def _named(claim: Claim, publishers: Mapping[str, str]) -> set[Key]:
    """The register entries by whose names a search finds the claim."""
    named = {("place", place) for place in claim.places}
    for _, citation in claim.citations():
        named.add(("document", citation.document))
        named.add(("publisher", publishers[citation.document]))
        named |= {("publisher", agency) for agency in citation.relayed_by}
        named |= _speakers(citation)
    return named


def _speakers(citation: Citation) -> set[Key]:
    teller = [citation.according_to] if citation.according_to else []
    return {("speaker", speaker) for speaker in (*citation.all_speakers, *teller)}


def _names(session: Session, keys: Collection[Key]) -> Names:
    """The names of entries; of a place every one, of a speaker also its body's and its side's."""
    names, owners = {}, {}
    for kind, key, name, body in _entries(session, keys):
        names[kind, key] = place_names(body) if kind == "place" else names_in(name, body)
        if kind == "speaker":
            owners[kind, key] = [("side", str(body["side"])), ("body", str(body.get("speaks_for")))]
    wanted = {owner for found in owners.values() for owner in found}
    owning = {
        (kind, key): names_in(name, body) for kind, key, name, body in _entries(session, wanted)
    }
    for speaker, found in owners.items():
        names[speaker] += tuple(name for owner in found for name in owning.get(owner, ()))
    return names


def _entries(
    session: Session, keys: Collection[Key]
) -> Iterator[tuple[str, str, str, dict[str, object]]]:
    entry = tables.register_entries.c
    if keys:
        among = tuple_(entry.kind, entry.id).in_(sorted(keys))
        rows = session.execute(select(entry.kind, entry.id, entry.name, entry.body).where(among))
        for row in rows:
            yield row.kind, row.id, row.name, json.loads(row.body)


def _of_places(claim: Claim, names: Names) -> Iterator[str]:
    for place in claim.places:
        yield from names.get(("place", place), ())


def _citation(citation: Citation, names: Names) -> SearchText:
    return SearchText(
        "citation",
        citation.id,
        sort=_latest_first(citation.said),
        names=tuple(text for text in (citation.quote, citation.translation) if text),
        texts=tuple(name for key in sorted(_speakers(citation)) for name in names.get(key, ())),
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
        yield from (citation.quote, citation.translation, citation.note)
    if claim.assessment:
        yield from (claim.assessment.conclusion, claim.assessment.reasons)
