"""The invented record under `tests/record`, which other tests build on."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app.domain.disagreement.engine import compare
from app.domain.records.claims import Claim
from app.domain.records.registers import Registers
from app.dossiers.record import RecordFiles, check_record, read_record
from app.dossiers.writing import write_record

ROOT = Path(__file__).parents[1] / "record"


@pytest.fixture(scope="module")
def record() -> RecordFiles:
    return read_record(ROOT)


def test_the_example_is_sound_and_in_the_one_layout() -> None:
    assert check_record([ROOT]) == ()


def test_the_example_is_written_byte_for_byte_as_it_stands(
    record: RecordFiles, tmp_path: Path
) -> None:
    for path in write_record(record, tmp_path):
        assert path.read_bytes() == (ROOT / path.relative_to(tmp_path)).read_bytes()


def test_the_example_has_every_kind_of_claim_and_of_stance(record: RecordFiles) -> None:
    claims = [claim for _, claim in record.claims]
    assert {claim.kind for claim in claims} == {"yes-no", "quantity", "date", "choice", "text"}
    cited = [citation for claim in claims for _, citation in claim.citations()]
    assert {c.stance for c in cited} == {"asserts", "denies", "declines", "sidesteps"}
    assert any(len(c.speakers) > 1 for c in cited)
    assert any(not c.all_speakers for c in cited)
    assert any(claim.searched for claim in claims)
    assert any(claim.overrules for claim in claims)
    assert any(claim.assessment for claim in claims)


def test_everything_in_the_example_is_invented(record: RecordFiles) -> None:
    urls = [entry.url for entry in (*record.sources.documents, *record.sources.publishers)]
    hosts = [urlsplit(url).hostname or "" for url in urls if url]
    assert all(host.endswith((".test", "example.org")) for host in hosts)


# What each claim is there to show.
STATES = {
    "alarm-duty": "one-sided",
    "breakwater-control": "disputed",
    "crew-dead": "incomparable",
    "fire-cause": "disputed",
    "fire-date": "disputed",
    "fire-dead": "disputed",
    "fireboat-crossing": "agreed",
    "strait-declaration": "disputed",
}


def test_the_accounts_of_the_example_stand_as_they_were_meant_to(record: RecordFiles) -> None:
    registers = Registers(record.sources)
    (dossier,) = record.dossiers

    def state(claim: Claim) -> str:
        return compare(claim, registers, dossier).state

    assert {claim.id: state(claim) for _, claim in record.claims} == STATES
