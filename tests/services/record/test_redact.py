"""Words that were taken down stand nowhere any more, and the chain says that they were."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text

from app.domain.contributing.records import RememberedAnswer, SubmittedQuote
from app.domain.records.claim_filter import ClaimFilter
from app.domain.records.kinds import SUBJECT_KINDS
from app.domain.records.page_checks import TakenSnapshot
from app.domain.records.references import ReferenceField
from app.domain.search.query import query_of
from app.domain.values.base import body_hash
from app.errors import BadInput, NotFound
from app.services.contributing.review_submission import accept, reject
from app.services.record.append_revision import Author
from app.services.record.audit import audit_whole
from app.services.record.redact import Redaction, redact_past, redact_subject
from app.storage import tables
from app.storage.claims.documents import get_claim
from app.storage.claims.lists import list_claims
from app.storage.contributing.idempotency import remember_answer
from app.storage.contributing.submissions import get_submission
from app.storage.database.engine import Database
from app.storage.following import snapshots
from app.storage.following.checks import save_page_check
from app.storage.following.snapshots import Snapshots
from app.storage.registers.addresses import save_declared
from app.storage.registers.entries import get_entry
from app.storage.revisions.audit import audit
from app.storage.revisions.log import get, history, lock_head
from app.storage.revisions.merge_base import MergeBase, get_base, record_base
from app.storage.search.ranking import find
from app.storage.tables.columns import Base
from tests.domain.factories import claim
from tests.domain.records.naming import Naming, naming
from tests.loaded import NOON, load
from tests.services.record.test_load_record import change_through_api
from tests.services.submissions import citation, key, new_document, send
from tests.services.submissions import claim as claim_sent
from tests.storage.contribution_factories import a_key, submit
from tests.storage.factories import put, save, save_registers
from tests.storage.following_factories import a_change, a_look, a_quote

CLAIM = "strait-declaration"
WORDS = "licensed by both towns, in equal parts"
ITS_OWN = "https://post.example.org/2019/05/10/never-again"
SHARED = "https://council.oskel.test/statements/2019-05-05"
BY = Author("Clerk", datetime(2026, 11, 5, 8, tzinfo=UTC), "By order of a court", "api")


@pytest.fixture
def files(tmp_path: Path) -> Snapshots:
    return Snapshots(tmp_path / "snapshots")


@pytest.fixture
def record(example: Database, files: Snapshots) -> Database:
    """The example record with its pages looked at, and a submission that repeats the words."""
    look(example, files, ITS_OWN, f"They were {WORDS}, it says.")
    look(example, files, SHARED, "Three of us did not come home.")
    with example.writing() as session:
        key = a_key(session)
        sent = submit(
            session,
            key,
            claim=CLAIM,
            url=ITS_OWN,
            body=json.dumps({"claim": CLAIM, "quote": WORDS}),
            quotes=(SubmittedQuote("c1", ITS_OWN, WORDS),),
        )
        answer = RememberedAnswer(
            "hash", 202, json.dumps({"id": sent.id, "body": {"quote": WORDS}})
        )
        remember_answer(session, key.id, "once", answer)
    return example


def look(database: Database, files: Snapshots, url: str, text: str) -> None:
    """A look at a page that kept a snapshot, checked a quotation and saw it change."""
    body = f"<p>{text}</p>".encode() * 20
    saved = files.save(url, url, BY.at, 200, [("Content-Type", "text/html")], body, text)
    with database.writing() as session:
        save_page_check(
            session,
            a_look(url),
            [a_quote(CLAIM, "joint-statement", quote=WORDS)],
            taken=TakenSnapshot(saved, "text/html", "utf-8"),
            changes=[a_change(CLAIM, "joint-statement", before=WORDS, after="")],
        )


def texts_on_record(database: Database) -> list[str]:
    """Every row of every table, as text."""
    with database.reading() as session:
        return [
            str(tuple(row))
            for table in Base.metadata.tables.values()
            for row in session.execute(select(table))
        ]


def rows_with(database: Database, words: str) -> list[str]:
    return [row for row in texts_on_record(database) if words in row]


def fts5_holds(database: Database, word: str) -> bool:
    """Whether a word stands anywhere in FTS5's index on SQLite, among what was deleted too.

    A word that begins like the one before it is kept without that beginning.
    """
    with database.reading() as session:
        blocks = session.execute(text("SELECT block FROM search_index_data"))
        return any(word[3:].encode() in bytes(row.block) for row in blocks)


def take_claim_down(database: Database, files: Snapshots) -> Redaction:
    with database.writing() as session:
        return redact_subject(session, files, "claim", CLAIM, BY)


def test_a_claim_that_was_taken_down_stands_nowhere_any_more(
    record: Database, files: Snapshots, tmp_path: Path
) -> None:
    assert rows_with(record, WORDS)
    done = take_claim_down(record, files)
    assert rows_with(record, WORDS) == []
    assert (done.snapshots, done.submissions) == (1, 1)
    kept = [path.read_text() for path in (tmp_path / "snapshots" / "text").rglob("*.txt")]
    assert kept == ["Three of us did not come home."]
    with record.reading() as session:
        with pytest.raises(NotFound):
            get_claim(session, CLAIM)
        assert list_claims(session, ClaimFilter(q="licensed")).total == 0
        query = query_of("licensed")
        assert query
        assert find(session, query).total == 0


@pytest.mark.parametrize("example_url", ["sqlite"], indirect=True)
def test_words_that_were_taken_down_stand_in_no_block_of_the_search_index(
    record: Database, files: Snapshots
) -> None:
    assert fts5_holds(record, "licensed")
    take_claim_down(record, files)
    assert not fts5_holds(record, "licensed")


def test_that_it_was_taken_down_by_whom_and_why_stays_on_record(
    record: Database, files: Snapshots
) -> None:
    done = take_claim_down(record, files)
    with record.reading() as session:
        result = audit(session)
        newest, first = history(session, "claim", CLAIM)
        assert get(session, first.number).body is None
    assert (result.is_intact, result.redacted) == (True, 1), result.fault
    assert (newest.author, newest.reason) == ("Clerk", "Taken down: By order of a court")
    assert newest == done.revision


def test_a_load_does_not_bring_it_back(record: Database, files: Snapshots) -> None:
    take_claim_down(record, files)
    report = load(record)
    assert report.kept == [f"claim {CLAIM}"]
    assert rows_with(record, WORDS) == []


def test_a_pending_submission_of_the_words_is_rejected_with_them(
    record: Database, files: Snapshots
) -> None:
    take_claim_down(record, files)
    with record.reading() as session:
        key = session.scalar(select(tables.submissions.c.id))
        submission = get_submission(session, key or "")
    assert (submission.state, submission.url, submission.quotes) == ("rejected", None, ())
    assert submission.reason == "Taken down: By order of a court"


def test_an_older_revision_is_emptied_and_what_stands_now_stays(
    record: Database, files: Snapshots
) -> None:
    with record.reading() as session:
        stored = get_claim(session, CLAIM)
    accounts = json.loads(stored.document)["accounts"]
    accounts[0]["citations"][0]["quote"] = "licensed together"
    change_through_api(record, CLAIM, accounts=accounts)
    with record.writing() as session:
        done = redact_past(session, files, "claim", CLAIM, [stored.revision], BY)
    assert rows_with(record, WORDS) == []
    assert done.emptied == (stored.revision,)
    with record.reading() as session:
        assert audit(session).is_intact
        assert get_claim(session, CLAIM).revision == done.revision.number
    assert done.revision.reason == f"Redacted {stored.revision}: By order of a court"


def test_the_newest_revision_is_not_redacted_alone(record: Database, files: Snapshots) -> None:
    with record.writing() as session:
        newest = get_claim(session, CLAIM).revision
        with pytest.raises(BadInput, match="change the entry first"):
            redact_past(session, files, "claim", CLAIM, [newest], BY)
        with pytest.raises(NotFound):
            redact_past(session, files, "claim", CLAIM, [1], BY)


def test_what_is_still_named_is_not_redacted(record: Database, files: Snapshots) -> None:
    with record.writing() as session:
        with pytest.raises(BadInput, match=f"claim {CLAIM}"):
            redact_subject(session, files, "document", "post-2019-05-10", BY)
        with pytest.raises(BadInput, match="document post-2019-05-06"):
            redact_subject(session, files, "publisher", "mainland-post", BY)


def test_a_document_that_nothing_cites_any_more_goes_with_its_snapshots(
    record: Database, files: Snapshots
) -> None:
    take_claim_down(record, files)
    look(record, files, ITS_OWN, "A later look.")
    with record.writing() as session:
        save_declared(session, ITS_OWN, "https://www.post.example.org/never-again-1")
    assert rows_with(record, "never-again-1") != []
    with record.writing() as session:
        done = redact_subject(session, files, "document", "post-2019-05-10", BY)
    assert done.snapshots == 1
    assert rows_with(record, "Never again") == rows_with(record, "never-again-1") == []
    with record.reading() as session:
        assert audit(session).is_intact


def test_a_page_that_others_cite_loses_only_the_snapshots_with_the_words(
    record: Database, files: Snapshots
) -> None:
    shared = "https://notices.example.org/17"
    look(record, files, shared, "They wrote: nothing in it touches our licences.")
    look(record, files, shared, "Another notice.")
    done = take_claim_down(record, files)
    assert done.snapshots == 2
    assert files.read_text(snapshots.text_hash("Another notice."))
    with pytest.raises(NotFound):
        files.read_text(snapshots.text_hash("They wrote: nothing in it touches our licences."))


def test_what_the_files_said_goes_too_and_is_still_known_by_its_hash(
    record: Database, files: Snapshots
) -> None:
    said = {"id": CLAIM, "question": WORDS}
    with record.writing() as session:
        record_base(session, "claim", CLAIM, said)
    take_claim_down(record, files)
    assert rows_with(record, WORDS) == []
    with record.reading() as session:
        assert get_base(session, "claim", CLAIM) == MergeBase(body_hash(said), None)


NAMES = [
    (one, field, ids[0])
    for one in naming().values()
    for field, ids in one.named.items()
    if one.kind != "claim" and field.kind in SUBJECT_KINDS
]


@pytest.mark.parametrize(
    ("one", "field", "key"), NAMES, ids=[f"{one.kind}-{field.field}" for one, field, _ in NAMES]
)
def test_what_an_entry_or_dossier_names_is_not_redacted(
    database: Database, files: Snapshots, one: Naming, field: ReferenceField, key: str
) -> None:
    named, naming_it = f"The {field.kind} “{key}”", f"{one.kind} {one.record.id}"
    with database.writing() as session:
        save(session, field.kind, {"id": key, "name": "Named"})  # type: ignore[arg-type]
        save(session, one.kind, one.body)  # type: ignore[arg-type]
        with pytest.raises(BadInput, match=f"{named} is still named by {naming_it};"):
            redact_subject(session, files, field.kind, key, BY)  # type: ignore[arg-type]


def test_a_claim_of_which_another_is_a_part_is_not_redacted(
    database: Database, files: Snapshots
) -> None:
    with database.writing() as session:
        save_registers(session)
        put(session, claim("yes-no", id="whole"))
        put(session, claim("yes-no", id="part", part_of="whole"))
        with pytest.raises(BadInput, match="still named by claim part"):
            redact_subject(session, files, "claim", "whole", BY)


SECRET = "Cormorant"


def proposed() -> dict[str, object]:
    """A claim that names somebody in every field that a contributor writes."""
    said = {
        "id": "keeper",
        "speaker": "keeper",
        "document": "bell-book",
        "quote": f"{SECRET} rang at ten",
        "translation": f"{SECRET} rang it",
        "note": f"Only {SECRET} says so.",
        "voice": "quoted",
    }
    account = {"id": "rung", "answer": "yes", "note": SECRET, "citations": [said]}
    sent = claim_sent(
        new_documents=[
            {
                "id": "bell-book",
                "publisher": "buoy",
                "title": f"The book of {SECRET}",
                "url": f"https://buoy.example.org/{SECRET}-book",
                "language": "en",
            }
        ],
        new_speakers=[
            {"id": "keeper", "name": f"{SECRET}, keeper", "side": "guild", "standing": "official"}
        ],
        new_publishers=[{"id": "buoy", "name": f"{SECRET}’s Buoy", "kind": "blog"}],
    )
    sent["claim"] |= {"question": f"Did {SECRET} ring the bell?", "accounts": [account]}
    return sent


def test_what_only_a_redacted_submission_brought_is_redacted_with_it(
    example: Database, files: Snapshots, tmp_path: Path
) -> None:
    url = f"https://buoy.example.org/{SECRET}-book"
    with example.writing() as session:
        by, moderator = key(session), key(session, "Heron", "moderator")
        accept(session, send(session, by, proposed()).id, moderator, NOON)
        again = citation(claim="bell-rung", account="rung", quote=f"so said {SECRET}")
        turned_down = send(session, by, again)
        reject(session, turned_down.id, moderator, NOON, f"The name {SECRET} is not to be public.")
    look(example, files, url, f"{SECRET} rang at ten")
    assert len(rows_with(example, SECRET)) > 10
    with example.writing() as session:
        done = redact_subject(session, files, "claim", "bell-rung", BY)
    assert rows_with(example, SECRET) == []
    assert rows_with(example, SECRET.lower()) == []
    assert [path for path in (tmp_path / "snapshots").rglob("*") if holds(path, SECRET)] == []
    brought = {("document", "bell-book"), ("publisher", "buoy"), ("speaker", "keeper")}
    assert set(done.brought) == brought
    assert (done.submissions, done.snapshots, done.page_checks) == (2, 1, 1)
    with example.reading() as session:
        assert audit_whole(session).faults == ()


PAGE = "https://post.example.org/2019/Puffin"


def test_the_page_of_a_submission_that_was_turned_down_goes_too(
    example: Database, files: Snapshots
) -> None:
    with example.writing() as session:
        by, moderator = key(session), key(session, "Heron", "moderator")
        accept(session, send(session, by, proposed()).id, moderator, NOON)
        brought = new_document(title="A Puffin", url=PAGE)
        words = {"quote": "Puffin was told", "document": None, "new_document": brought}
        turned_down = citation(claim="bell-rung", account="rung", **words)
        reject(session, send(session, by, turned_down).id, moderator, NOON, "No Puffin.")
    look(example, files, PAGE, "Puffin was told")
    with example.writing() as session:
        done = redact_subject(session, files, "claim", "bell-rung", BY)
    assert rows_with(example, "Puffin") == []
    assert (done.snapshots, done.page_checks) == (1, 1)


def test_a_claim_that_was_never_accepted_can_be_redacted(
    example: Database, files: Snapshots
) -> None:
    with example.writing() as session:
        by, moderator = key(session), key(session, "Heron", "moderator")
        turned_down = send(session, by, proposed()).id
        reject(session, turned_down, moderator, NOON, f"{SECRET} is not to be named.")
        before = lock_head(session)
    look(example, files, f"https://buoy.example.org/{SECRET}-book", f"{SECRET} rang at ten")
    with example.writing() as session:
        done = redact_subject(session, files, "claim", "bell-rung", BY)
        assert lock_head(session) == before
    assert rows_with(example, SECRET) == []
    assert (done.revision, done.submissions, done.snapshots) == (None, 1, 1)


def test_a_claim_that_nobody_ever_sent_is_not_found(example: Database, files: Snapshots) -> None:
    with example.writing() as session, pytest.raises(NotFound):
        redact_subject(session, files, "claim", "bell-rung", BY)


def holds(path: Path, words: str) -> bool:
    return path.is_file() and words.encode() in path.read_bytes()


@pytest.mark.parametrize("example_url", ["sqlite"], indirect=True)
def test_after_a_redaction_the_words_are_in_no_byte_of_the_database(
    example: Database, files: Snapshots
) -> None:
    with example.writing() as session:
        by, moderator = key(session), key(session, "Heron", "moderator")
        accept(session, send(session, by, proposed()).id, moderator, NOON)
    with example.writing() as session:
        redact_subject(session, files, "claim", "bell-rung", BY)
    example.rewrite()
    path = Path(str(example.url.database))
    for file in path.parent.glob(f"{path.name}*"):
        assert not holds(file, SECRET), file
        assert not holds(file, SECRET.lower()), file


def test_what_others_cite_too_stays(example: Database, files: Snapshots) -> None:
    with example.writing() as session:
        by, moderator = key(session), key(session, "Heron", "moderator")
        accept(session, send(session, by, proposed()).id, moderator, NOON)
        also = citation(document="bell-book", quote="five were lost, it says")
        accept(session, send(session, by, also).id, moderator, NOON)
    with example.writing() as session:
        done = redact_subject(session, files, "claim", "bell-rung", BY)
    assert done.brought == (("speaker", "keeper"),)
    with example.reading() as session:
        assert get_entry(session, "document", "bell-book")


def test_a_document_from_the_files_is_not_redacted_with_the_last_claim_that_cites_it(
    record: Database, files: Snapshots
) -> None:
    assert take_claim_down(record, files).brought == ()
