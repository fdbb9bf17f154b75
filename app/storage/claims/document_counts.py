"""Which documents the claims of a dossier cite, and how often: updated with every claim saved.

Counting distinct documents in a query would read every citation of a dossier for each of its
overviews.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.domain.records.claims import Claim
from app.storage import tables
from app.storage.database.batches import batched
from app.storage.database.upserts import insert_into

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
