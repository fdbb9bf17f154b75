"""The shipped dossier: what a careful reader expects of each claim, and what the engine finds."""

from pathlib import Path

import pytest
import yaml

from app.domain.disagreement.engine import compare
from app.domain.records.registers import Registers
from app.dossiers.record import read_record
from tests.loaded import ROOT
from tests.web.wording.sentences import in_english

RECORD = read_record(ROOT)
REGISTERS = Registers(RECORD.sources)
DOSSIER = RECORD.dossiers[0]
EXPECTED = yaml.load(
    Path(__file__).with_name("expected.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)
CLAIMS = {claim.id: claim for _, claim in RECORD.claims}


def test_every_claim_has_its_expectation() -> None:
    assert EXPECTED.keys() == CLAIMS.keys()


@pytest.mark.parametrize("claim_id", CLAIMS)
def test_the_engine_finds_what_a_careful_reader_expects(claim_id: str) -> None:
    found = compare(CLAIMS[claim_id], REGISTERS, DOSSIER)
    expected = EXPECTED[claim_id]
    assert found.state == expected["state"]
    positions = {
        side: {"position": position.position, "accounts": list(position.accounts)}
        for side, position in found.positions.items()
    }
    assert positions == {
        side: {"position": wanted["position"], "accounts": wanted["accounts"]}
        for side, wanted in expected["positions"].items()
    }


@pytest.mark.parametrize("claim_id", CLAIMS)
def test_no_explanation_says_who_is_right(claim_id: str) -> None:
    found = compare(CLAIMS[claim_id], REGISTERS, DOSSIER)
    sentences = in_english(found, REGISTERS)
    assert sentences
    for sentence in sentences:
        assert sentence.endswith(".")
        assert not {"falsely", "true", "false", "wrongly", "correctly"} & set(
            sentence.lower().split()
        )


def test_farrukh_parukh_is_disputed_as_the_contract_shows_it() -> None:
    found = compare(CLAIMS["parukh-withdrawal-2022"], REGISTERS, DOSSIER)
    assert found.state == "disputed"
    assert found.flags == ("second-hand-only", "undated")
    assert {f"{r.left}-{r.right}": r.relation for r in found.relations} == {
        "armenian-azerbaijani": "same",
        "armenian-russian": "conflict",
        "azerbaijani-russian": "conflict",
    }
    positions = {side: (p.bodies, p.since) for side, p in found.positions.items()}
    assert positions == {
        "armenian": (("karabakh-authorities",), "2022-03-30"),
        "azerbaijani": (("azerbaijan",), "2022-03-27"),
        "russian": (("russia",), "2022-03-27"),
    }
    assert {name: o.model_dump() for name, o in found.origins.items()} == {
        "left": {"citations": 4, "origins": 2},
        "stayed": {"citations": 5, "origins": 2},
    }
