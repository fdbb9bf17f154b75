"""A record as YAML files: read with every fault at its line, checked, and written in one layout."""

from app.dossiers.checking import (
    QUOTE_WORDS,
    Known,
    check_claim,
    check_dossier,
    check_sources,
    part_of_circles,
)
from app.dossiers.faults import Fault, Finding, field_name
from app.dossiers.formatting import format_record
from app.dossiers.notation.layout import emit
from app.dossiers.record import RecordFiles, check_record, check_wording, read_record
from app.dossiers.roots import find_roots
from app.dossiers.texts import read_texts
from app.dossiers.wording import sentence
from app.dossiers.writing import write_record

__all__ = [
    "QUOTE_WORDS",
    "Fault",
    "Finding",
    "Known",
    "RecordFiles",
    "check_claim",
    "check_dossier",
    "check_record",
    "check_sources",
    "check_wording",
    "emit",
    "field_name",
    "find_roots",
    "format_record",
    "part_of_circles",
    "read_record",
    "read_texts",
    "sentence",
    "write_record",
]
