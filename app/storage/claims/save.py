"""Saving a claim with its index: what lists, filters, joins and searches read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, delete, func, insert, select, update
from sqlalchemy.orm import Session

from app.domain.records.claim_filter import STATES
from app.domain.records.claims import Claim
from app.domain.records.references import Key
from app.domain.revisions.chain import Revision
from app.domain.values.base import sha256
from app.storage import tables
from app.storage.claims import index
from app.storage.claims.facets import save_facets
from app.storage.claims.index import index_claim
from app.storage.database.bulk import batched, insert_into, upsert
from app.storage.revisions.log import head, lock_head, save_former_ids

_CLAIMS = tables.claims.c


def save_claim(
    session: Session,
    dossier: str,
    claim: Claim,
    comparison: Mapping[str, Any],
    *,
    engine: str,
    references: Collection[Key],
    revision: Revision,
    document: str | None = None,
) -> None:
    """Write what a claim's newest revision says into the index, in place of what it said before.

    The documents that the claim cites are saved before it. `references` are all register entries
    that its page or its comparison needs; they are there when the transaction commits, or it
    fails. `document` is the revision's body where that is of an older schema than the claim. Raises
    ValueError for a revision that is not of this claim as it is.
    """
    columns = index.claim_columns(claim)
    columns["document"] = document or columns["document"]
    if (revision.subject_kind, revision.subject_id) != ("claim", claim.id):
        raise ValueError(f"revision {revision.number} is not of the claim {claim.id}")
    if revision.body_hash != sha256(columns["document"]):
        raise ValueError(f"revision {revision.number} says something else of {claim.id}")
    publishers = _publishers_of(session, claim)
    # Read before the claim's citations are replaced below.
    before = counts_on_record(session, claim.id)
    row = {
        **columns,
        **index.comparison_columns(comparison, engine),
        "dossier": dossier,
        "revision": revision.number,
        "changed_at": revision.at,
        "compared_at": head(session).number,
        "words": "",  # `index_claim` writes them, once the claim's row is there
    }
    upsert(session, tables.claims, [row])
    save_former_ids(session, "claim", claim.id, claim.formerly)
    # Citations and their speakers go with their accounts (ON DELETE CASCADE).
    session.execute(delete(tables.accounts).where(tables.accounts.c.claim == claim.id))
    _insert(session, tables.accounts, index.account_rows(claim))
    _insert(session, tables.citations, index.citation_rows(claim, publishers))
    _insert(session, tables.citation_speakers, index.speaker_rows(claim))
    _rewrite(session, tables.claim_places, claim.id, ("place",), [(p,) for p in claim.places])
    _rewrite(session, tables.claim_losses, claim.id, ("side",), [(s,) for s in claim.losses_of])
    save_counts(session, before, counts_of(dossier, claim), publishers)
    save_facets(session, dossier, claim, comparison)
    _save_found(session, claim, comparison, references)


def save_comparison(
    session: Session,
    claim: Claim,
    comparison: Mapping[str, Any],
    *,
    engine: str,
    references: Collection[Key],
) -> None:
    """Replace a stored claim's comparison where a register entry changed, or the engine.

    The claim itself, as it is stored, and its revision stay. The comparison then holds as of the
    record's change number.
    """
    columns = index.comparison_columns(comparison, engine)
    session.execute(
        update(tables.claims)
        .where(_CLAIMS.id == claim.id)
        .values(compared_at=lock_head(session).number, **columns)
    )
    dossier = session.scalars(select(_CLAIMS.dossier).where(_CLAIMS.id == claim.id)).one()
    save_facets(session, dossier, claim, comparison)
    _save_found(session, claim, comparison, references)


def _save_found(
    session: Session,
    claim: Claim,
    comparison: Mapping[str, Any],
    references: Collection[Key],
) -> None:
    """Write what the comparison found, what it rests on, and what a search reads."""
    positions = comparison["positions"].items()
    sides = [(side, found["position"], found.get("searched", False)) for side, found in positions]
    pairs = [
        (pair["left"], pair["right"], pair["relation"]) for pair in comparison.get("relations", ())
    ]
    _rewrite(session, tables.claim_flags, claim.id, ("flag",), [(f,) for f in comparison["flags"]])
    _rewrite(session, tables.claim_sides, claim.id, ("side", "position", "searched"), sides)
    _rewrite(session, tables.claim_pairs, claim.id, ("left", "right", "relation"), pairs)
    _rewrite(session, tables.claim_references, claim.id, ("kind", "id"), set(references))
    index_claim(session, claim, STATES.index(comparison["state"]))


def _publishers_of(session: Session, claim: Claim) -> dict[str, str]:
    """The publisher of each document that the claim cites."""
    entry = tables.register_entries.c
    cited = {citation.document for _, citation in claim.citations()}
    of_documents = select(entry.id, entry.publisher).where(entry.kind == "document")
    publishers = {
        row.id: row.publisher
        for some in batched(cited)
        for row in session.execute(of_documents.where(entry.id.in_(some)))
    }
    unknown = ", ".join(sorted(cited - publishers.keys()))
    if unknown:
        raise ValueError(f"{claim.id} cites what is not on record: {unknown}")
    return publishers


def _rewrite(
    session: Session,
    table: Table,
    claim_id: str,
    columns: Sequence[str],
    values: Iterable[Sequence[object]],
) -> None:
    """Put rows of these values for a claim in place of those that it has."""
    session.execute(delete(table).where(table.c.claim == claim_id))
    _insert(
        session,
        table,
        [{"claim": claim_id, **dict(zip(columns, row, strict=True))} for row in values],
    )


def _insert(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        session.execute(insert(table), rows)


_CITATIONS = tables.citations.c
_COUNTS = tables.dossier_documents.c

DocumentCounts = Counter[tuple[str, str]]
"""Citations by dossier and document."""


def counts_on_record(session: Session, claim_id: str) -> DocumentCounts:
    """What a claim adds to the counts as it is stored; nothing where it is not on record."""
    rows = session.execute(
        select(tables.claims.c.dossier, _CITATIONS.document, func.count())
        .join(tables.claims, tables.claims.c.id == _CITATIONS.claim)
        .where(_CITATIONS.claim == claim_id)
        .group_by(tables.claims.c.dossier, _CITATIONS.document)
    )
    return Counter({(row[0], row[1]): row[2] for row in rows})


def counts_of(dossier: str, claim: Claim) -> DocumentCounts:
    """What a claim is to add to the counts."""
    return Counter((dossier, citation.document) for _, citation in claim.citations())


def save_counts(
    session: Session,
    before: DocumentCounts,
    after: DocumentCounts,
    publishers: Mapping[str, str] | None = None,
) -> None:
    """Add what is new and subtract what is gone; `publishers` are of the documents after."""
    changed = {
        key: after[key] - before[key]
        for key in sorted(before.keys() | after.keys())
        if after[key] != before[key]
    }
    if not changed:
        return
    insert = insert_into(tables.dossier_documents, session.get_bind().dialect.name)
    counted = insert.on_conflict_do_update(
        index_elements=[_COUNTS.dossier, _COUNTS.document],
        set_={"citations": _COUNTS.citations + insert.excluded.citations},
    )
    rows = [
        {
            "dossier": dossier,
            "document": document,
            "publisher": (publishers or {}).get(document, ""),
            "citations": number,
        }
        for (dossier, document), number in changed.items()
    ]
    session.execute(counted, rows)
    # Rows of 0 would count as documents and publishers of the dossier.
    dossiers = {dossier for dossier, _ in changed}
    empty = _COUNTS.dossier.in_(dossiers) & (_COUNTS.citations == 0)
    for some in batched({document for _, document in changed}):
        session.execute(delete(tables.dossier_documents).where(empty, _COUNTS.document.in_(some)))
