"""The database into files: the same canonical YAML that a load reads."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from app.domain.records.claim_filter import ClaimFilter
from app.domain.records.claims import claim_of
from app.domain.records.kinds import REGISTER_KINDS
from app.domain.records.registers import Dossier
from app.dossiers.record import RecordFiles
from app.dossiers.writing import write_record
from app.queries.registers import sources_of
from app.storage.claims.lists import stream_claims
from app.storage.registers.entries import all_entries


def export_record(session: Session, directory: Path) -> RecordFiles:
    """Write the whole record below a directory; returns what was written.

    Raises `BadInput` where the directory holds anything else than such files.
    """
    # In the order of files, which the database remembers: load and export are byte for byte.
    record = RecordFiles(
        sources_of(all_entries(session, *REGISTER_KINDS)),
        tuple(Dossier.model_validate_json(entry.body) for entry in all_entries(session, "dossier")),
        tuple((s.dossier, claim_of(s.document)) for s in stream_claims(session, ClaimFilter())),
    )
    write_record(record, directory)
    return record
