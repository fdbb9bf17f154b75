from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.records.claim_filter import ClaimFilter
from app.domain.records.claims import Claim
from app.errors import BadQuery
from app.storage.claims.dossier_figures import Extent, documents_by_side, extent, most_cited
from app.storage.claims.facets import FACETS, facet_sheet, facet_words, sheet_of
from app.storage.claims.lists import list_claims
from app.storage.claims.save import save_comparison
from app.storage.database.engine import Database
from app.storage.redaction import remove_from_index
from tests.domain.factories import account, cite, claim
from tests.storage.factories import ANOTHER, outcome, put, references, save, save_registers

VALUES = {
    "state": ("disputed", "agreed", "one-sided"),
    "topic": ("bridge", "ford"),
    "kind": ("yes-no", "text"),
    "flag": ("divided", "undated", "shifted"),
    "side": ("north", "south", "west"),
    "place": ("old-bridge", "new-bridge"),
}


@dataclass(frozen=True)
class Known:
    claim: Claim
    found: dict[str, Any]

    @property
    def words(self) -> list[str]:
        positions = {side: found["position"] for side, found in self.found["positions"].items()}
        return facet_words(self.claim, self.found["state"], self.found["flags"], positions)


def a_known(dealt: random.Random, key: str) -> Known:
    entry = claim(
        dealt.choice(VALUES["kind"]),
        account("yes", "yes", cite(None, document=dealt.choice(("daily-doc", "wire-doc")))),
        id=key,
        question=f"What of {dealt.choice(('water', 'stone'))}?",
        topic=dealt.choice(VALUES["topic"]),
        places=[place for place in VALUES["place"] if dealt.random() < 0.5],
    )
    positions = {side: dealt.choice(("holds", "silent")) for side in VALUES["side"]}
    flags = [flag for flag in VALUES["flag"] if dealt.random() < 0.4]
    return Known(entry, outcome(dealt.choice(VALUES["state"]), flags=flags, **positions))


def saved(session: Session, known: Known, dossier: str = "quarrel") -> None:
    put(session, known.claim, known.found, dossier=dossier)


def fits(known: Known, chosen: dict[str, str]) -> bool:
    return all(f"{name}:{value}" in known.words for name, value in chosen.items())


def counted(known: list[Known], chosen: dict[str, str]) -> tuple[dict[str, dict[str, int]], int]:
    """The counts as a person would make them: by looking at each claim for each option."""
    options: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for name in FACETS:
        others = {other: value for other, value in chosen.items() if other != name}
        for entry in known:
            if fits(entry, others):
                values = [word.partition(":") for word in entry.words]
                options[name].update(value for facet, _, value in values if facet == name)
    found = {name: dict(counts) for name, counts in options.items()}
    return found, sum(fits(entry, chosen) for entry in known)


def test_options_are_counted_with_the_other_filters_in_force(database: Database) -> None:
    dealt = random.Random(7)
    known = [a_known(dealt, f"claim-{number}") for number in range(60)]
    with database.writing() as session:
        save_registers(session)
        for entry in known:
            saved(session, entry)
    with database.reading() as session:
        sheet = facet_sheet(session, ClaimFilter(dossier="quarrel"))
        for _ in range(60):
            names = dealt.sample(FACETS, dealt.randrange(4))
            chosen = {name: dealt.choice(VALUES[name]) for name in names}
            found = sheet.count(chosen)
            assert (found.options, found.total) == counted(known, chosen)
            where = ClaimFilter(dossier="quarrel", **chosen)
            assert list_claims(session, where).total == found.total
        assert sheet_of([entry.words for entry in known]).count() == sheet.count()


def test_counts_keep_up_with_whatever_is_saved_moved_and_taken_down(database: Database) -> None:
    """Many changes of a few claims, after each of which nothing but the claims is believed."""
    dealt = random.Random(11)
    record: dict[str, dict[str, Known]] = {"quarrel": {}, "another": {}}
    with database.writing() as session:
        save_registers(session)
        save(session, "dossier", ANOTHER)
        for _ in range(80):
            key = f"claim-{dealt.randrange(8)}"
            home = next((d for d, claims in record.items() if key in claims), "")
            if home and dealt.random() < 0.2:
                remove_from_index(session, "claim", key)
                del record[home][key]
            elif home and dealt.random() < 0.4:
                known = Known(record[home][key].claim, a_known(dealt, key).found)
                save_comparison(
                    session,
                    known.claim,
                    known.found,
                    engine="2",
                    references=references(known.claim),
                )
                record[home][key] = known
            else:
                dossier = dealt.choice(("quarrel", "another"))
                known = a_known(dealt, key)
                saved(session, known, dossier)
                record.get(home, {}).pop(key, None)
                record[dossier][key] = known
            for dossier, claims in record.items():
                sheet = facet_sheet(session, ClaimFilter(dossier=dossier)).count()
                assert (sheet.options, sheet.total) == counted(list(claims.values()), {})
                cited = Counter(c.document for e in claims.values() for _, c in e.claim.citations())
                assert extent(session, dossier) == Extent(
                    len(claims), cited.total(), len(cited), len(cited)
                )
        empty = "SELECT count(*) FROM facet_bits WHERE length(bits) = 0"
        assert session.scalar(text(empty)) == 0


def test_words_narrow_every_count(database: Database) -> None:
    dealt = random.Random(3)
    known = [a_known(dealt, f"claim-{number}") for number in range(20)]
    with database.writing() as session:
        save_registers(session)
        for entry in known:
            saved(session, entry)
    wet = [entry for entry in known if "water" in entry.claim.question]
    with database.reading() as session:
        found = facet_sheet(session, ClaimFilter(dossier="quarrel", q="Wáter")).count(
            {"topic": "ford"}
        )
        assert (found.options, found.total) == counted(wet, {"topic": "ford"})
        assert facet_sheet(session, ClaimFilter(dossier="quarrel", q="zeppelin")).count().total == 0
        with pytest.raises(BadQuery):
            facet_sheet(session, ClaimFilter(dossier="quarrel", q="x " * 200))


def test_a_dossier_without_claims_counts_nothing(database: Database) -> None:
    with database.reading() as session:
        found = facet_sheet(session, ClaimFilter(dossier="quarrel")).count({"state": "disputed"})
    assert found.total == 0
    assert all(not options for options in found.options.values())


def test_more_claims_than_fit_into_a_block_are_counted(database: Database) -> None:
    """The slots of 5,000 claims lie in two blocks; the claims between them are left out."""
    with database.writing() as session:
        save_registers(session)
        saved(session, a_known(random.Random(1), "first"))
        session.execute(text("UPDATE claim_facets SET slot = slot + 5000"))
        session.execute(text("UPDATE facet_bits SET block = 1, bits = :bits"), {"bits": _bit(904)})
        saved(session, a_known(random.Random(2), "second"))
    with database.reading() as session:
        assert facet_sheet(session, ClaimFilter(dossier="quarrel")).count().total == 2
        assert facet_sheet(session, ClaimFilter(dossier="quarrel", q="what")).count().total == 2


def _bit(place: int) -> bytes:
    return (1 << place).to_bytes(place // 8 + 1, "little")


def test_pairs_of_facets_are_counted_together(database: Database) -> None:
    dealt = random.Random(5)
    known = [a_known(dealt, f"claim-{number}") for number in range(30)]
    sheet = sheet_of([entry.words for entry in known])
    for place, states in sheet.count_pairs("place", "state").items():
        there = Counter(e.found["state"] for e in known if place in e.claim.places)
        assert states == dict(there)


def test_documents_are_counted_for_the_side_of_their_publisher(database: Database) -> None:
    with database.writing() as session:
        save_registers(session)
        save(
            session, "publisher", {"id": "daily", "name": "D", "kind": "newspaper", "side": "north"}
        )
        accounts = account("yes", "yes", cite(None), cite(None, id="z"))
        put(session, claim("yes-no", accounts))
        assert documents_by_side(session, "quarrel") == {"north": 1}
        assert most_cited(session, "quarrel", limit=3) == [("daily", 2)]
        moved = {"id": "daily-doc", "title": "d", "publisher": "wire", "language": "en"}
        save(session, "document", moved | {"read_on": "2026-11-03"})
        assert documents_by_side(session, "quarrel") == {}
        assert extent(session, "quarrel") == Extent(1, 2, 1, 1)
