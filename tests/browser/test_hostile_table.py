"""What comes from outside does no harm where it is shown, and is shown where the table says.

A new field, or one that is newly shown in a place, fails here until the table is written anew
(`python -m tools.hostile_table`) and the new cell has been looked at.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from pydantic import TypeAdapter, ValidationError

from tests.hostile.fields import FIELDS, TYPES, WILD, what_it_takes
from tests.hostile.table import COMMITTED, Findings, find

# Not shown: a request's headers are nobody's words but its sender's, and a quotation is shown as
# the record has it, not as it was checked.
_NOWHERE = {"a header", "CheckedQuote.quote"}


@pytest.fixture(scope="module")
def found(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Findings:
    return find(chromium, tmp_path_factory.mktemp("hostile"))


def test_nothing_from_outside_does_harm(found: Findings) -> None:
    assert found.faults == []


def test_each_field_is_shown_where_the_table_says(found: Findings) -> None:
    assert list(found.lines()) == COMMITTED.read_text("utf-8").splitlines()


def test_each_field_that_takes_text_was_seen_somewhere(found: Findings) -> None:
    texts = {name for name, what in FIELDS.items() if what != "bounded"}
    assert texts - found.cells.keys() == _NOWHERE


BOUNDED = [path for path, leaf in TYPES.items() if what_it_takes(leaf) == "bounded"]


@pytest.mark.parametrize("path", BOUNDED)
def test_what_takes_a_few_letters_takes_no_others(path: str) -> None:
    takes = TypeAdapter(TYPES[path])
    for text in ("<b>", "a\u202eb", "a\n", "2019-05-04\n", "' or 1=1", "", WILD):
        with pytest.raises(ValidationError):
            takes.validate_python(text)
