"""What a citation rests on: its root, its document, and through how many hands it came."""

from typing import Any

from app.domain.disagreement.engine import compare
from app.domain.disagreement.statements import Cited, Root, cited
from app.domain.records.registers import Registers
from tests.domain.factories import DOSSIER, REGISTERS, SOURCES, account, cite, claim, compared


def read(**more: Any) -> Cited:
    """One citation with what it rests on."""
    (item,) = cited(claim("yes-no", account("yes", "yes", cite(**more))), REGISTERS)
    return item


def test_the_root_is_the_speaker_or_the_agency_or_the_publisher() -> None:
    assert read(speaker="n-min", relayed_by=["wire"]).root == Root("speaker", ("n-min",))
    assert read(relayed_by=["wire", "weekly"]).root == Root("publisher", ("wire",))
    assert read(document="credited-doc").root == Root("publisher", ("wire",))
    assert read().root == Root("publisher", ("daily",))


def test_joint_speakers_are_one_root_in_whatever_order_they_are_named() -> None:
    ways = [cite("n-min+s-min"), cite("s-min+n-min", document="weekly-doc")]
    assert compared("yes-no", account("yes", "yes", *ways)).origins["yes"].origins == 1


def test_a_hand_is_first_on_an_own_channel_third_in_an_encyclopedia_and_else_second() -> None:
    assert read(speaker="n-min", document="n-gazette-doc").hand == "first"
    told = read(speaker="n-min", document="n-gazette-doc", according_to="n-pm")
    assert told.hand == "second"
    assert read(speaker="s-min", document="n-gazette-doc").hand == "second"
    assert read(speaker="n-min", document="pedia-doc").hand == "third"


def test_a_citation_keeps_its_document_and_publisher() -> None:
    item = read(document="credited-doc")
    assert (item.document.id, item.publisher.id) == ("credited-doc", "daily")


def test_a_statement_that_two_outlets_carried_names_both_citations_in_order() -> None:
    carried = [cite("n-min", id="z"), cite("n-min", id="a", document="weekly-doc")]
    found = compared(
        "yes-no", account("yes", "yes", *carried), account("no", "no", cite("s-min", id="c"))
    )
    assert found.clashes[0].left.citations == ("a", "z")


def test_an_end_of_a_clash_rests_on_the_citations_of_all_who_hold_it() -> None:
    both = [cite("n-min", id="z"), cite("h-min", id="a")]
    found = compared(
        "yes-no", account("yes", "yes", *both), account("no", "no", cite("s-min", id="c"))
    )
    clash = found.clashes[0]
    assert (clash.left.citations, clash.right.citations) == (("a", "z"), ("c",))


def at(**urls: str) -> Registers:
    """The tests' registers, where these documents have these addresses."""
    named = {name.replace("_", "-"): url for name, url in urls.items()}
    documents = tuple(
        document.model_copy(update={"url": named.get(document.id)})
        for document in SOURCES.documents
    )
    return Registers(SOURCES.model_copy(update={"documents": documents}))


def origins(registers: Registers, *documents: str) -> int:
    """From how many origins an account comes whose citations are of these documents."""
    made = claim("yes-no", account("yes", "yes", *(cite(document=name) for name in documents)))
    return compare(made, registers, DOSSIER).origins["yes"].origins


def test_one_page_entered_for_two_publishers_is_one_origin() -> None:
    post = at(daily_doc="https://t.me/s/watch/1", weekly_doc="https://telegram.me/Watch/1?single")
    assert origins(post, "daily-doc", "weekly-doc") == 1
    assert origins(post, "daily-doc", "weekly-doc", "wire-doc") == 2
    posts = at(daily_doc="https://t.me/s/watch/1", weekly_doc="https://t.me/watch/2")
    assert origins(posts, "daily-doc", "weekly-doc") == 2


def test_the_agency_that_one_entry_of_a_page_credits_is_the_origin_of_both() -> None:
    page = at(weekly_doc="https://daily.test/1", credited_doc="https://daily.test/amp/1")
    assert origins(page, "weekly-doc", "credited-doc") == 1
    assert origins(page, "weekly-doc", "credited-doc", "wire-doc") == 1


def test_what_has_no_readable_address_is_a_page_of_its_own() -> None:
    unread = at(daily_doc="http://a.1../", weekly_doc="http://a.1../")
    assert origins(unread, "daily-doc", "weekly-doc") == 2
    assert origins(at(), "daily-doc", "weekly-doc") == 2
