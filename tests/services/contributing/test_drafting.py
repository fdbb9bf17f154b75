"""What was sent, held against the record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.domain.records.registers import Document
from app.errors import AlreadyOnRecord, BadFields, LazyMessage
from app.services.contributing.draft import Draft
from app.services.contributing.drafting import compose
from app.storage.database.engine import Database
from tests.services.submissions import LATER, citation, claim, new_document, read

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def filled(module_example: Database) -> Database:
    return module_example


@pytest.fixture
def session(filled: Database) -> Iterator[Session]:
    with filled.reading() as session:
        yield session


def drafted(session: Session, sent: dict[str, Any]) -> Draft:
    return compose(session, read(sent), LATER)


def problems(session: Session, sent: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(BadFields) as refused:
        drafted(session, sent)
    return dict(refused.value.problems)


def test_what_new_entries_get_wrong_can_be_said_in_any_language(session: Session) -> None:
    document = new_document(id="guild-notice-14", url="https://council<oskel.test/")
    found = problems(session, citation(document=None, new_document=document))
    assert {"/new_document/id", "/new_document/url"} <= found.keys()
    assert all(isinstance(why, LazyMessage) for why in found.values()), found


def test_a_citation_joins_its_account_and_nothing_else_changes(session: Session) -> None:
    found = drafted(session, citation())
    assert found.before
    (account,) = (a for a in found.after.accounts if a.id == "five")
    *others, added = account.citations
    assert (added.id, added.speaker) == ("guild-master-2019-05-09", "guild-master")
    before = found.before.account("five")
    assert found.before == found.after.model_copy(update={"accounts": found.before.accounts})
    assert tuple(others) == before.citations
    assert (found.account, found.citation, found.new_entries) == ("five", added.id, ())


def test_a_new_account_comes_last_under_an_id_made_of_its_answer(session: Session) -> None:
    sent = citation(
        account=None, new_account={"answer": "at least 7", "wording": "there were seven"}
    )
    found = drafted(session, sent)
    assert found.after.accounts[-1].id == found.account == "at-least-7"
    assert found.after.accounts[-1].answer == "at least 7"


def test_everything_that_the_record_has_against_a_citation_is_told_at_once(
    session: Session,
) -> None:
    sent = citation(
        account="six",
        speaker="nobody",
        document="nowhere",
        relayed_by=["tarn-wire", "no-wire"],
        quote="word " * 16,
        voice=None,
    )
    found = problems(session, sent)
    assert set(found) == {
        "/account",
        "/speaker",
        "/document",
        "/relayed_by/1",
        "/quote",
        "/voice",
    }
    assert "three, five, twelve" in found["/account"]
    assert found["/document"] == "“nowhere” is no document on record."


def test_an_id_that_was_changed_is_told_with_the_new_one(session: Session) -> None:
    found = problems(session, citation(speaker="oskel-port-captain"))
    assert found == {"/speaker": "“oskel-port-captain” was renamed; write “oskel-harbourmaster”."}


@pytest.mark.parametrize(
    ("sent", "pointers"),
    [
        (citation(said="2026-10-04"), {"/said"}),
        (citation(document="lantern-2019-05-08"), {"/said"}),
        (citation(said="2019-05-04", occasion="notice"), set()),
        (
            citation(document=None, new_document=new_document(read_on=str(LATER.date() + 2 * DAY))),
            {"/new_document/read_on"},
        ),
        (
            citation(document=None, new_document=new_document(read_on="2019-05-07")),
            {"/new_document/published", "/said"},
        ),
        (
            citation(document=None, new_document=new_document(published="2019-05-08")),
            {"/said"},
        ),
        (
            citation(
                document=None,
                new_document=new_document(
                    archived={
                        "url": "https://web.archive.org/web/20190509120000/https://x.example/",
                        "on": "2019-05-10",
                    }
                ),
            ),
            {"/new_document/archived/url", "/new_document/archived/on"},
        ),
        (citation(reading="editors"), {"/note"}),
    ],
)
def test_days_that_cannot_be_are_told_at_their_places(
    session: Session, sent: dict[str, Any], pointers: set[str]
) -> None:
    try:
        drafted(session, sent)
        found = {}
    except BadFields as refused:
        found = dict(refused.problems)
    assert set(found) == pointers


def test_reports_of_one_occasion_that_differ_in_their_day_are_told(session: Session) -> None:
    sent = claim()
    rung = sent["claim"]["accounts"][0]["citations"]
    rung[0] |= {"occasion": "the-inquiry", "said": "2019-05-05"}
    rung.append({**rung[0], "id": "again", "said": "2019-05-06"})
    assert set(problems(session, sent)) == {"/claim/accounts/0/citations/1/said"}


def test_what_schema_2_adds_reaches_the_citation(session: Session) -> None:
    new = {
        "certainty": "likely",
        "as_of": "2019-05-08",
        "wording": "five of them had died",
        "reading": "editors",
        "voice": "translated",
        "note": "The notice says “our own”.",
    }
    sent = drafted(session, citation(**new))
    (added,) = (c for _, c in sent.after.citations() if c.id == sent.citation)
    assert added.to_plain().items() >= new.items()


def test_a_claim_that_is_not_there_is_told_alone(session: Session) -> None:
    assert problems(session, citation(claim="nothing")) == {
        "/claim": "“nothing” is no claim on record."
    }


def test_an_answer_that_is_none_of_the_claims_kind_is_told(session: Session) -> None:
    sent = citation(account=None, new_account={"answer": "many of them"})
    assert set(problems(session, sent)) == {"/new_account/answer"}


def test_an_id_that_the_claim_has_already_is_told(session: Session) -> None:
    sent = citation(id="mayor-three", account=None, new_account={"id": "five", "answer": "5"})
    assert set(problems(session, sent)) == {"/id", "/new_account/id"}


def test_new_entries_are_composed_in_the_order_in_which_they_need_each_other(
    session: Session,
) -> None:
    document = new_document(publisher=None, new_publisher={"name": "Șoimul", "kind": "blog"})
    speaker = {"name": "Ане Лунд", "side": "guild", "speaks_for": "guild-board"}
    sent = citation(
        document=None,
        new_document={k: v for k, v in document.items() if v is not None},
        speaker=None,
        new_speaker=speaker | {"standing": "official"},
    )
    found = drafted(session, sent)
    assert [(new.kind, new.entry.id) for new in found.new_entries] == [
        ("publisher", "soimul"),
        ("document", "soimul-2019-05-09"),
        ("speaker", "ane-lund"),
    ]
    added = found.registers.documents["soimul-2019-05-09"]
    assert added.url == document["url"]  # as it was sent
    assert added.read_on == LATER.date().isoformat()
    assert {"guild-board"} <= found.registers.bodies.keys()


def test_faults_of_new_entries_point_to_where_they_stand(session: Session) -> None:
    speaker = {"name": "A", "side": "tarnhaven", "speaks_for": "guild-board", "standing": "party"}
    document = new_document(id="post-2019-06", publisher="nobody", credits=["tarn-wire", "x"])
    sent = citation(speaker=None, new_speaker=speaker, document=None, new_document=document)
    assert set(problems(session, sent)) == {
        "/new_speaker/speaks_for",
        "/new_document/id",
        "/new_document/publisher",
        "/new_document/credits/1",
    }


def speaker_named(name: str, **other: Any) -> dict[str, Any]:
    return citation(
        speaker=None,
        new_speaker={"name": name, "side": "guild", "standing": "party"} | other,
    )


def test_the_id_of_a_new_speaker_is_its_romanised_name(session: Session) -> None:
    (first,) = drafted(session, speaker_named("Վահրամ Պողոսյան")).new_entries
    assert first.entry.id == "vahram-poghosyan"
    (second,) = drafted(session, speaker_named("Харбор")).new_entries
    assert second.entry.id == "kharbor"


def test_the_id_of_a_new_publisher_is_its_romanised_name(session: Session) -> None:
    publisher = {"name": "Լույս Թերթ", "kind": "newspaper"}
    document = new_document(publisher=None, new_publisher=publisher)
    found = drafted(session, citation(document=None, new_document=document))
    assert [new.entry.id for new in found.new_entries] == ["luys-tert", "luys-tert-2019-05-09"]


@pytest.mark.parametrize("name", ["—", "…", "2020", "☺ 7", "«»"])
def test_a_name_without_a_letter_is_refused_at_its_place(session: Session, name: str) -> None:
    found = problems(session, speaker_named(name))
    assert found == {"/new_speaker/name": found["/new_speaker/name"]}
    assert "has no letter" in found["/new_speaker/name"]
    assert problems(session, speaker_named(name, id="given")).keys() == {"/new_speaker/name"}
    publisher = {"name": name, "kind": "newspaper"}
    document = new_document(publisher=None, new_publisher=publisher)
    sent = citation(document=None, new_document=document)
    assert problems(session, sent).keys() == {"/new_document/new_publisher/name"}


def test_a_name_of_letters_without_a_latin_spelling_needs_a_given_id(session: Session) -> None:
    name = "ا"
    assert "give one" in problems(session, speaker_named(name))["/new_speaker/name"]
    (new,) = drafted(session, speaker_named(name, id="scribe")).new_entries
    assert new.entry.id == "scribe"


@pytest.mark.parametrize(
    "spelling",
    [
        "https://post.example.org/2019/05/10/never-again",
        "HTTPS://POST.example.org:443/2019/05/10/never-again/?fbclid=abc#top",
    ],
)
def test_a_document_on_record_is_found_however_its_address_is_spelled(
    session: Session, spelling: str
) -> None:
    found = drafted(session, citation(document=None, new_document=new_document(url=spelling)))
    assert found.new_entries == ()
    assert found.after.account("five").citations[-1].document == "post-2019-05-10"


def test_a_derived_id_avoids_those_that_are_taken(session: Session) -> None:
    sent = citation(
        document=None,
        new_document=new_document(published="2019-05-06", publisher="mainland-post"),
        said="2019-05-06",
    )
    (new,) = drafted(session, sent).new_entries
    assert new.entry.id == "mainland-post-2019-05-06"
    taken = citation(speaker=None, new_speaker={"name": "Harbour", "side": "guild"})
    taken["new_speaker"]["standing"] = "party"
    (named_as_the_dossier,) = drafted(session, taken).new_entries
    assert named_as_the_dossier.entry.id == "harbour-2"


@pytest.mark.parametrize(
    "again",
    [
        {},
        {"quote": "THREE of us did  not come home"},
        {"account": "five"},
        {
            "document": None,
            "new_document": new_document(
                url="https://Council.oskel.test/statements/2019-05-05/?utm_campaign=x"
            ),
        },
    ],
    ids=["as it is", "in other letters", "for another account", "at another spelling"],
)
def test_the_statement_that_is_on_record_already_is_named(
    session: Session, again: dict[str, Any]
) -> None:
    sent = {
        "account": "three",
        "speaker": "oskel-mayor",
        "said": "2019-05-05",
        "document": "council-statement-2019-05-05",
        "quote": "three of us did not come home",
    }
    with pytest.raises(AlreadyOnRecord) as refused:
        drafted(session, citation(**sent | again))
    existing = {"kind": "citation", "id": "mayor-three", "claim": "fire-dead"}
    assert refused.value.existing == existing


def test_a_whole_claim_brings_its_documents_along(session: Session) -> None:
    found = drafted(session, claim())
    assert found.before is None
    assert [new.entry for new in found.new_entries] == [
        Document(
            id="bell-book",
            publisher="quay-feed",
            title="Bell book",
            language="en",
            read_on=LATER.date().isoformat(),
        )
    ]


def test_everything_that_the_record_has_against_a_claim_is_told_at_once(session: Session) -> None:
    sent = claim(
        new_speakers=[{"id": "idle", "name": "Idle", "side": "nowhere", "standing": "party"}]
    )
    sent["claim"] |= {
        "id": "post-2019-06",
        "formerly": ["fire-dead"],
        "topic": "weather",
        "part_of": "nothing",
        "places": ["north-quay", "south-quay"],
    }
    sent["new_documents"][0]["url"] = "https://notices.example.org/14/"
    assert set(problems(session, sent)) == {
        "/claim/id",
        "/claim/formerly",
        "/claim/topic",
        "/claim/part_of",
        "/claim/places/1",
        "/new_speakers/0",
        "/new_speakers/0/side",
        "/new_documents/0/url",
    }


def test_a_claim_of_an_id_that_is_on_record_is_told_so(session: Session) -> None:
    sent = claim()
    sent["claim"]["id"] = "fire-dead"
    with pytest.raises(AlreadyOnRecord) as refused:
        drafted(session, sent)
    assert refused.value.existing == {"kind": "claim", "id": "fire-dead"}


def test_a_claim_of_a_dossier_that_is_not_there_is_told(session: Session) -> None:
    assert set(problems(session, claim(dossier="nowhere"))) == {"/dossier"}


def test_thousands_of_names_that_are_not_there_are_told_as_a_hundred(session: Session) -> None:
    sent = citation(relayed_by=[f"wire-{number}" for number in range(20_000)])
    assert len(problems(session, sent)) == 100
