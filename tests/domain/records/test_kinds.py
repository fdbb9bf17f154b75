"""The table of kinds, held against what it repeats: types, files, and the shapes of records."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from app.domain.records import kinds
from app.domain.records.claims import Account
from app.domain.records.registers import Dossier, Registers, Sources


@pytest.mark.parametrize(
    ("type_", "names"),
    [
        (kinds.KindName, tuple(kinds.KINDS)),
        (kinds.RegisterKind, kinds.REGISTER_KINDS),
        (kinds.SubjectKind, kinds.SUBJECT_KINDS),
        (kinds.EntryKind, kinds.ENTRY_KINDS),
        (kinds.PageKind, kinds.PAGE_KINDS),
        (kinds.CitedKind, kinds.CITED_KINDS),
        (kinds.FoundKind, kinds.FOUND_KINDS),
        (kinds.ReferenceKind, kinds.REFERENCE_KINDS),
    ],
)
def test_a_type_names_the_kinds_that_the_table_gives(type_: Any, names: tuple[str, ...]) -> None:
    assert set(get_args(type_)) == set(names)
    assert len(get_args(type_)) == len(names)


@pytest.mark.parametrize("kind", kinds.KINDS.values(), ids=str)
def test_a_kind_is_filed_under_its_plural(kind: kinds.RecordKind) -> None:
    holder = {"sources": Sources, "dossier": Dossier, "claim": Account}.get(kind.filed_in)
    if holder:
        assert holder.model_fields[kind.plural].annotation == tuple[kind.model, ...]


def test_the_table_lists_registers_as_the_sources_file_does() -> None:
    plurals = [kinds.PLURALS[kind] for kind in kinds.REGISTER_KINDS]
    assert plurals == list(Sources.model_fields)
    assert plurals == list(vars(Registers(Sources())))


def test_results_of_a_search_keep_the_order_by_which_stored_rows_are_numbered() -> None:
    ranks = [kinds.KINDS[kind].search_rank for kind in kinds.FOUND_KINDS]
    assert ranks == list(range(1, len(ranks) + 1))
    assert get_args(kinds.FoundKind) == kinds.FOUND_KINDS
