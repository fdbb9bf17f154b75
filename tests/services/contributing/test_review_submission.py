"""Moderators deciding on what was submitted, and what accepting it does to the record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.domain.contributing.records import ApiKey, Submission
from app.domain.disagreement.comparison import comparison_of
from app.domain.records.claims import Claim, claim_of
from app.errors import AlreadyDecided, AlreadyOnRecord, BadFields, EditConflict, NotAllowed
from app.services.contributing.edit_claim import replace_claim
from app.services.contributing.parsing import read_text, text_of
from app.services.contributing.review_submission import (
    accept,
    accept_batch,
    effect,
    reject,
    reject_batch,
    sent_in,
)
from app.storage.claims.documents import get_claim
from app.storage.contributing.submissions import get_submission
from app.storage.database.engine import Database
from app.storage.registers.entries import get_entry
from app.storage.revisions.audit import audit
from app.storage.revisions.log import head, history
from app.web.wording.messages import sentence_of
from tests.services.submissions import LATER, citation, claim, key, new_document, send


@pytest.fixture(scope="module")
def filled(module_example: Database) -> Database:
    return module_example


@pytest.fixture
def session(filled: Database) -> Iterator[Session]:
    """A transaction that is undone when the test is over."""
    with Session(filled.engine) as session:
        yield session


def sent_by_net(session: Session, **other: Any) -> Submission:
    return send(session, key(session), citation(**other))


def moderator(session: Session, name: str = "Heron") -> ApiKey:
    return key(session, name, "moderator")


def rung_no_bell(session: Session) -> Submission:
    """A submission that turns what one side alone says into a dispute."""
    account = {"answer": "no", "wording": "it rang the bell"}
    return sent_by_net(
        session,
        claim="alarm-duty",
        account=None,
        new_account=account,
        speaker="oskel-mayor",
        quote="our bell rang",
        said="2019-05-05",
        document="council-statement-2019-05-05",
    )


def stands(session: Session, claim_id: str = "fire-dead") -> Claim:
    return claim_of(get_claim(session, claim_id).document)


def test_the_effect_says_who_would_conflict_before_anything_is_accepted(session: Session) -> None:
    found = effect(session, rung_no_bell(session))
    assert found.before is not None
    assert (found.before.state, found.after.state) == ("one-sided", "disputed")
    told = [sentence_of(message, found.draft.registers) for message in found.messages]
    assert told[:2] == [
        "The claim would be disputed.",
        "The Oskel Town Council and the Ferry Guild would conflict.",
    ]


def test_an_accepted_citation_stands_on_record_with_its_comparison_and_a_revision(
    session: Session,
) -> None:
    submission = rung_no_bell(session)
    foreseen, before = effect(session, submission), head(session).number
    decided = accept(session, submission.id, moderator(session), LATER)
    assert (decided.state, decided.decided_by, decided.revision) == (
        "accepted",
        "Heron",
        before + 1,
    )
    stored = get_claim(session, "alarm-duty")
    assert stored.revision == before + 1
    assert claim_of(stored.document) == foreseen.draft.after
    assert comparison_of(stored.comparison) == foreseen.after
    assert "explanations" not in json.loads(stored.comparison), "messages are stored, no sentences"
    (newest, *_) = history(session, "claim", "alarm-duty")
    assert (newest.author, newest.origin, newest.at) == ("Net", "api", LATER)
    assert "Heron" in newest.reason
    assert submission.id not in newest.reason
    assert audit(session).is_intact


def test_new_entries_come_onto_the_record_before_the_claim(session: Session) -> None:
    document = new_document(publisher=None, new_publisher={"name": "The Buoy", "kind": "blog"})
    del document["publisher"]
    submission = sent_by_net(
        session,
        document=None,
        new_document=document,
        speaker=None,
        new_speaker={"name": "Harbour widow", "side": "oskel", "standing": "witness"},
    )
    before = head(session).number
    decided = accept(session, submission.id, moderator(session), LATER)
    assert decided.revision == before + 4
    buoy = get_entry(session, "publisher", "the-buoy").revision
    (cited,) = [c for _, c in stands(session).citations() if c.speaker == "harbour-widow"]
    assert before < buoy < get_entry(session, "document", cited.document).revision
    assert get_entry(session, "speaker", "harbour-widow").revision > before
    assert audit(session).is_intact


def test_a_proposed_claim_is_accepted_whole(session: Session) -> None:
    submission = send(session, key(session), claim())
    accept(session, submission.id, moderator(session), LATER)
    assert stands(session, "bell-rung").question == "Was the harbour bell rung that night?"


def test_nobody_decides_on_their_own_nor_with_a_later_key_of_the_same_name(
    session: Session,
) -> None:
    by = moderator(session)
    submission = send(session, by, citation())
    with pytest.raises(NotAllowed, match="your own"):
        accept(session, submission.id, by, LATER)
    with pytest.raises(NotAllowed, match="your own"):
        reject(session, submission.id, by, LATER, "No.")
    assert get_submission(session, submission.id).state == "pending"


def test_a_contributor_decides_nothing(session: Session) -> None:
    submission = sent_by_net(session)
    other = key(session, "Other")
    with pytest.raises(NotAllowed):
        accept(session, submission.id, other, LATER)
    with pytest.raises(NotAllowed):
        reject(session, submission.id, other, LATER, "No.")


def test_a_submission_is_decided_once(session: Session) -> None:
    submission, by = sent_by_net(session), moderator(session)
    reject(session, submission.id, by, LATER, "The page says something else.")
    with pytest.raises(AlreadyDecided, match="rejected"):
        accept(session, submission.id, by, LATER)
    decided = get_submission(session, submission.id)
    assert (decided.state, decided.reason) == ("rejected", "The page says something else.")


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 2001])
def test_a_rejection_says_why(session: Session, reason: str) -> None:
    submission = sent_by_net(session)
    with pytest.raises(BadFields) as refused:
        reject(session, submission.id, moderator(session), LATER, reason)
    assert [pointer for pointer, _ in refused.value.problems] == ["/reason"]


def test_an_edited_submission_is_accepted_as_edited_in_its_contributors_name(
    session: Session,
) -> None:
    submission = sent_by_net(session)
    edited = citation(quote="we mourn five", note="Shortened.")
    accept(session, submission.id, moderator(session), LATER, edited=edited)
    quotes = [c.quote for _, c in stands(session).citations()]
    assert "we mourn five" in quotes
    assert submission.body not in quotes
    (newest, *_) = history(session, "claim", "fire-dead")
    assert newest.author == "Net"
    assert newest.reason == "Edited and accepted by Heron."


def test_an_edit_cannot_carry_a_submission_to_another_claim(session: Session) -> None:
    submission = sent_by_net(session)
    edited = citation(claim="crew-dead", account="two")
    with pytest.raises(BadFields, match="One thing is wrong"):
        accept(session, submission.id, moderator(session), LATER, edited=edited)


def test_what_the_record_has_come_to_hold_is_not_accepted_a_second_time(session: Session) -> None:
    by = moderator(session)
    first = sent_by_net(session)
    second = send(session, key(session, "Other"), citation(quote="we mourn five of our sons"))
    accept(session, first.id, by, LATER)
    with pytest.raises(AlreadyOnRecord):
        accept(session, second.id, by, LATER, edited=citation())


def test_of_a_batch_each_is_decided_by_itself(session: Session) -> None:
    net, by = key(session), moderator(session)
    words = ("we mourn five of our own", "five and no more", "all five of them")
    batch = [send(session, net, citation(quote=quote, batch="may")) for quote in words]
    own = send(session, by, citation(quote="five from our quay", batch="may"))
    reject(session, batch[1].id, by, LATER, "Twice.")
    refused = accept_batch(session, [s.id for s in (*batch, own)], by, LATER)
    assert [refusal.submission for refusal in refused] == [batch[1].id, own.id]
    states = [get_submission(session, s.id).state for s in (*batch, own)]
    assert states == ["accepted", "rejected", "accepted", "pending"]
    assert {c.quote for _, c in stands(session).citations()} >= {words[0], words[2]}
    assert audit(session).is_intact


def test_a_batch_is_rejected_for_one_reason(session: Session) -> None:
    net, by = key(session), moderator(session)
    batch = [send(session, net, citation(quote=quote)) for quote in ("one five", "other five")]
    assert reject_batch(session, [s.id for s in batch], by, LATER, "Spam.") == []
    assert {get_submission(session, s.id).reason for s in batch} == {"Spam."}


@pytest.mark.parametrize("sent", [citation(note="Наш — «слово»: <b>ս</b> # no"), claim()])
def test_a_submission_as_text_reads_back_as_what_was_sent(
    session: Session, sent: dict[str, Any]
) -> None:
    submission = send(session, key(session), sent)
    shape = sent_in(submission)
    assert sent_in(submission, read_text(submission.kind, text_of(shape))) == shape


def test_what_is_wrong_with_an_edited_text_is_told_with_its_line(session: Session) -> None:
    with pytest.raises(BadFields) as refused:
        read_text("citation", "claim: fire-dead\nsaid: yesterday\ncolour: red\n")
    places = [place for place, _ in refused.value.problems]
    assert places == ["line 2, said", "line 3, colour"]


def edited_claim(session: Session, **changes: object) -> dict[str, Any]:
    return stands(session).to_json() | changes


def test_a_moderators_edit_is_a_revision_in_their_name(session: Session) -> None:
    by, before = moderator(session), get_claim(session, "fire-dead")
    stored = replace_claim(
        session,
        "fire-dead",
        edited_claim(session, question="How many died?"),
        of_revision=before.revision,
        by=by,
        reason="Shorter.",
        now=LATER,
    )
    assert stored.revision == head(session).number
    assert stands(session).question == "How many died?"
    (newest, *_) = history(session, "claim", "fire-dead")
    assert (newest.author, newest.reason) == ("Heron", "Shorter.")
    assert audit(session).is_intact


def test_an_edit_of_what_has_moved_on_changes_nothing(session: Session) -> None:
    by, before = moderator(session), get_claim(session, "fire-dead")
    change = {"of_revision": before.revision, "by": by, "reason": "x", "now": LATER}
    replace_claim(session, "fire-dead", edited_claim(session, question="First?"), **change)
    with pytest.raises(EditConflict) as conflict:
        replace_claim(session, "fire-dead", edited_claim(session, question="Second?"), **change)
    assert conflict.value.now == head(session).number
    assert stands(session).question == "First?"


def test_an_edit_that_changes_nothing_makes_no_revision(session: Session) -> None:
    before = get_claim(session, "fire-dead")
    same = replace_claim(
        session,
        "fire-dead",
        edited_claim(session),
        of_revision=before.revision,
        by=moderator(session),
        reason="x",
        now=LATER,
    )
    assert same.revision == before.revision


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"id": "another"}, "/id"),
        ({"formerly": ["once"]}, "/formerly"),
        ({"places": ["nowhere"]}, "/places/0"),
        ({"part_of": "crew-dead"}, "/part_of"),
        ({"topic": "weather"}, "/topic"),
        ({"colour": "red"}, "/colour"),
        ({"happened": "2022-02-30"}, "/happened"),
    ],
)
def test_an_edit_is_checked_as_a_file_is(
    session: Session, changes: dict[str, object], pointer: str
) -> None:
    before = get_claim(session, "fire-dead")
    with pytest.raises(BadFields) as refused:
        replace_claim(
            session,
            "fire-dead",
            edited_claim(session, **changes),
            of_revision=before.revision,
            by=moderator(session),
            reason="x",
            now=LATER,
        )
    assert pointer in [where for where, _ in refused.value.problems]
