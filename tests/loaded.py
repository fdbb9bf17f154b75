"""The example record, and the shipped one, loaded into a database."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from app.dossiers.record import read_record
from app.services.record.append_revision import Author
from app.services.record.load_record import LoadReport, load_record
from app.storage.database.engine import Database

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "tests" / "record"
NOON = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
BY = Author("files", NOON, "Loaded from files")


def load(database: Database, root: Path = EXAMPLE, *, keep: bool = False) -> LoadReport:
    """Load the record in a folder, as the command does."""
    with database.writing() as session:
        return load_record(session, read_record(root), BY, keep=keep)
