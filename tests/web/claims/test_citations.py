"""How a citation's words are attributed."""

from __future__ import annotations

import pytest

from app.domain.disagreement.statements import cited
from app.domain.records.claims import Voice
from app.domain.records.registers import Registers
from app.dossiers.record import read_record
from app.web.claims.citations import voice_of
from tests.loaded import EXAMPLE


@pytest.mark.parametrize(
    ("voice", "shown"),
    [
        ("quoted", "quoted"),
        ("paraphrased", "paraphrased"),
        ("translated", "translated"),
        (None, "paraphrased"),
    ],
)
def test_words_are_attributed_as_they_are_on_record(voice: Voice | None, shown: str) -> None:
    record = read_record(EXAMPLE)
    registers = Registers(record.sources)
    evidence = [item for _, claim in record.claims for item in cited(claim, registers)]
    item = next(item for item in evidence if item.speakers and item.citation.quote)
    item.citation = item.citation.model_copy(update={"voice": voice})
    assert voice_of(item) == shown
