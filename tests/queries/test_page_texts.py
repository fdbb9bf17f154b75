"""What following links tells of a claim's pages: their texts, and the addresses they declare."""

from __future__ import annotations

from pathlib import Path

from app.domain.checking.shared_words import declared_one, shared_words
from app.domain.records.page_checks import TakenSnapshot
from app.queries.claim import read_claim
from app.queries.page_checks import declared_of, page_texts
from app.storage.database.engine import Database
from app.storage.following.checks import save_page_check
from app.storage.following.snapshots import Snapshots
from app.storage.registers.addresses import save_declared
from tests.loaded import NOON
from tests.storage.following_factories import a_look, a_snapshot

# On the pages of two outlets: what one is quoted for, and what the other.
WIRE = "the guild saw no bell, no flare, no duty done that night, and she said the office had slept"


def test_pages_with_the_same_words_show_what_their_quotations_do_not(
    example: Database, tmp_path: Path
) -> None:
    snapshots = Snapshots(tmp_path)
    with example.writing() as session:
        whole = read_claim(session, "alarm-duty")
        documents = whole.registers.documents
        assert shared_words(whole.claim, whole.registers) == []
        assert page_texts(session, tmp_path, whole.claim, whole.registers) == {}
        for key in ("guild-notice-14", "lantern-2019-05-08"):
            url = documents[key].url
            assert url
            saved = snapshots.save(url, url, NOON, 200, (), b"", f"On {key}: {WIRE}.")
            save_page_check(
                session, a_look(url), [], taken=TakenSnapshot(saved, "text/html", "utf-8")
            )
        texts = page_texts(session, tmp_path, whole.claim, whole.registers)
        assert sorted(texts) == ["guild-notice-14", "lantern-2019-05-08"]
        (hit,) = shared_words(whole.claim, whole.registers, texts)
        assert len(hit.words.split()) == 19
        # A file that is gone takes nothing else with it.
        lost = a_look(documents["guild-notice-14"].url or "")
        save_page_check(session, lost, [], taken=a_snapshot())
        assert sorted(page_texts(session, tmp_path, whole.claim, whole.registers)) == [
            "lantern-2019-05-08"
        ]


def test_documents_whose_page_is_declared_to_be_one_may_be_one_origin(example: Database) -> None:
    with example.writing() as session:
        whole = read_claim(session, "alarm-duty")
        urls = {key: document.url or "" for key, document in whole.registers.documents.items()}
        assert declared_one(whole.claim, whole.registers, {}) == []
        own = "https://guild.example.org/notices/2019/14"
        site = urls["guild-notice-14"].split("/")[2]
        save_declared(session, urls["guild-notice-14"], own.replace("guild.example.org", site))
        declared = declared_of(session, whole.claim, whole.registers)
        assert declared_one(whole.claim, whole.registers, declared) == []
        # As where an outlet's page is on record by its short address too.
        declared["lantern-2019-05-08"] = declared["guild-notice-14"]
        (hit,) = declared_one(whole.claim, whole.registers, declared)
        assert (hit.why, hit.account) == ("one-page", "failed")
        assert {hit.left.citation.id, hit.right.citation.id} == {
            "guild-no-bell",
            "councillor-no-bell",
        }
