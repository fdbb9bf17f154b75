from __future__ import annotations

import base64
import json

import pytest

from app.domain.records.claim_filter import ClaimFilter
from app.errors import BadQuery
from app.storage.claims.lists import SORTS, list_claims
from app.storage.database.engine import Database
from tests.storage.claims.test_lists import ask
from tests.storage.factories import outcome, put, save_registers


def encode(*values: object) -> str:
    text = json.dumps(values, ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode("utf-8", "surrogatepass")).decode().rstrip("=")


GARBAGE = [
    "",
    "x",
    "🙂",
    "AAAA",
    "%%%%",
    "W10",
    "a" * 1001,
    base64.urlsafe_b64encode(b"[" * 700).decode().rstrip("="),
    base64.urlsafe_b64encode(b'["state",NaN,1,"a"]').decode().rstrip("="),
    base64.urlsafe_b64encode(b"\xff\xfe").decode().rstrip("="),
    encode(),
    encode("state"),
    encode("state", 0, 1),
    encode("state", 0, 1, "a", "b"),
    encode("state", "0", 1, "a"),
    encode("state", True, 1, "a"),
    encode("state", 0, 1.5, "a"),
    encode("state", 0, 2**63, "a"),
    encode("state", -(2**70), 1, "a"),
    encode("state", 0, 1, None),
    encode("state", 0, 1, "a\0"),
    encode("state", 0, 1, "\ud800"),
    encode("state", 0, 1, ["a"]),
    encode("date", 1, "a"),
    encode("changed", 1),
]


@pytest.mark.parametrize("cursor", GARBAGE)
def test_what_is_no_cursor_of_this_order_is_refused(module_database: Database, cursor: str) -> None:
    with module_database.reading() as session, pytest.raises(BadQuery) as refused:
        list_claims(session, ClaimFilter(), "state", cursor=cursor)
    assert refused.value.parameter == "cursor"


@pytest.mark.parametrize(
    ("sort", "cursor"),
    [
        ("date", encode("register", 1, "a")),
        ("question", encode("question", "a" * 2000, "b")),
    ],
    ids=["another list's", "longer than any that was given out"],
)
def test_a_cursor_of_the_right_shape_is_refused_too(
    module_database: Database, sort: str, cursor: str
) -> None:
    with module_database.reading() as session, pytest.raises(BadQuery):
        list_claims(session, ClaimFilter(), sort, cursor=cursor)


@pytest.mark.parametrize("made_for", SORTS)
def test_a_cursor_is_only_good_for_the_order_that_gave_it(
    database: Database, made_for: str
) -> None:
    with database.writing() as session:
        save_registers(session)
        for name in ("a", "b"):
            put(session, ask(name, happened="2020"), outcome(gap=("quantity", 0.1)))
    with database.reading() as session:
        cursor = list_claims(session, ClaimFilter(), made_for, limit=1).next_cursor
        assert cursor is not None
        assert cursor.replace("-", "").replace("_", "").isalnum()
        for sort in SORTS:
            if sort == made_for:
                assert len(list_claims(session, ClaimFilter(), sort, cursor=cursor).items) == 1
            else:
                with pytest.raises(BadQuery):
                    list_claims(session, ClaimFilter(), sort, cursor=cursor)


def test_a_cursor_whose_item_is_gone_goes_on_after_where_it_was(database: Database) -> None:
    with database.writing() as session:
        save_registers(session)
        for name in ("a", "c"):
            put(session, ask(name, happened="0001-01-01"))
    with database.reading() as session:
        page = list_claims(session, ClaimFilter(), "date", cursor=encode("date", 1, "b"))
        assert [item.id for item in page.items] == ["c"]


def test_a_page_that_ends_the_list_has_no_next_one(database: Database) -> None:
    with database.writing() as session:
        save_registers(session)
        for name in ("a", "b"):
            put(session, ask(name))
        assert list_claims(session, ClaimFilter(), limit=2).next_cursor is None
        assert list_claims(session, ClaimFilter(), limit=1).next_cursor is not None
