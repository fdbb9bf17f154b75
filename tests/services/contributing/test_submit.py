"""Submissions from when they are sent until they are decided."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from app.errors import AlreadyDecided, AlreadyOnRecord, NotAllowed, TooMany
from app.services.contributing.duplicates import resembling
from app.services.contributing.submit import prepare, withdraw
from app.storage.contributing.submissions import get_submission
from app.storage.database.engine import Database
from tests.services.submissions import LATER, citation, claim, key, new_document, read, send


@pytest.fixture(scope="module")
def filled(module_example: Database) -> Database:
    return module_example


@pytest.fixture
def session(filled: Database) -> Iterator[Session]:
    """A transaction that is undone when the test is over."""
    with Session(filled.engine) as session:
        yield session


def test_a_submission_waits_with_the_words_that_are_to_be_checked(session: Session) -> None:
    sent = citation(document=None, new_document=new_document())
    made = send(session, key(session), sent)
    kept = get_submission(session, made.id)
    assert (kept.state, kept.kind, kept.claim, kept.author) == (
        "pending",
        "citation",
        "fire-dead",
        "Net",
    )
    assert json.loads(kept.body) == sent
    assert kept.url == sent["new_document"]["url"]
    (words,) = kept.quotes
    assert (words.url, words.quote, words.check) == (kept.url, sent["quote"], None)


def test_of_a_whole_claim_all_words_with_an_address_are_to_be_checked(session: Session) -> None:
    sent = claim()
    first = {"id": "first", "document": "guild-notice-14", "quote": "the bell was rung"}
    sent["claim"]["accounts"][0]["citations"].append(first)
    assert [words.citation for words in send(session, key(session), sent).quotes] == ["first"]


@pytest.mark.parametrize(
    "again",
    [
        citation(),
        citation(quote="We mourn — five of our own") | {"quote": "We  MOURN five of our own"},
        citation(account="three", translation="we mourn", note="Sent again."),
    ],
)
def test_what_waits_already_is_not_taken_again(session: Session, again: dict[str, str]) -> None:
    first = send(session, key(session), citation())
    with pytest.raises(AlreadyOnRecord) as refused:
        send(session, key(session, "Other"), again)
    assert refused.value.existing == {"kind": "submission", "id": first.id}


@pytest.mark.parametrize(
    "other", [{"speaker": "guild-engineer"}, {"said": "2019-05-10"}, {"quote": "nobody of ours"}]
)
def test_another_speaker_day_or_wording_is_another_statement(
    session: Session, other: dict[str, str]
) -> None:
    net = key(session)
    assert send(session, net, citation()).id != send(session, net, citation(**other)).id


def test_without_words_the_account_tells_statements_apart(session: Session) -> None:
    net = key(session)
    send(session, net, citation(quote=None))
    send(session, net, citation(quote=None, account="three"))
    with pytest.raises(AlreadyOnRecord):
        send(session, net, citation(quote=None))


def test_a_question_that_waits_already_is_not_taken_again(session: Session) -> None:
    send(session, key(session), claim())
    again = claim()
    again["claim"] |= {"id": "bell", "question": "Was the  harbour bell rung that night?"}
    with pytest.raises(AlreadyOnRecord):
        send(session, key(session, "Other"), again)


def test_one_key_sends_so_many_an_hour(session: Session) -> None:
    net = key(session)
    send(session, net, citation(), an_hour=1)
    with pytest.raises(TooMany) as refused:
        send(session, net, citation(said="2019-05-10"), an_hour=1)
    assert 0 < refused.value.retry_after <= 3600
    send(session, key(session, "Other"), citation(said="2019-05-10"), an_hour=1)


def test_who_sent_it_takes_it_back_once_and_may_send_it_again(session: Session) -> None:
    net = key(session)
    made = send(session, net, citation())
    with pytest.raises(NotAllowed):
        withdraw(session, key(session, "Other", "moderator"), made.id, LATER)
    withdrawn = withdraw(session, net, made.id, LATER)
    assert (withdrawn.state, withdrawn.decided_by) == ("withdrawn", "Net")
    with pytest.raises(AlreadyDecided):
        withdraw(session, net, made.id, LATER)
    assert send(session, net, citation()).state == "pending"


def test_what_resembles_a_submission_stands_beside_it(session: Session) -> None:
    net = key(session)
    waiting = send(session, net, citation())
    sent = citation(
        speaker="oskel-mayor",
        said="2019-05",
        document="guild-notice-14",
        quote="we mourn six of our own",
        new_speaker=None,
    )
    draft = prepare(session, read(sent), sent, LATER).draft
    assert [(found.kind, found.id, found.why) for found in resembling(session, draft)] == [
        ("citation", "mayor-three", "same-speaker-and-day"),
        ("submission", waiting.id, "near-words-on-the-page"),
    ]
    assert resembling(session, draft, waiting.id)[1:] == []


def test_a_new_speaker_of_a_name_on_record_resembles_that_one(session: Session) -> None:
    speaker = {"name": "fishers of Tarnhaven", "side": "tarnhaven", "standing": "witness"}
    sent = citation(speaker=None, new_speaker=speaker)
    found = resembling(session, prepare(session, read(sent), sent, LATER).draft)
    assert [(near.kind, near.id, near.why) for near in found] == [
        ("speaker", "tarnhaven-fishers", "same-name")
    ]
