from __future__ import annotations

import random
import string
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.records.claim_filter import MAX_COUNTED, STATES, ClaimFilter
from app.domain.records.claims import Claim
from app.domain.values.paging import MAX_ITEMS
from app.errors import BadQuery
from app.storage.claims.lists import (
    SORTS,
    ClaimItem,
    count_before,
    count_by,
    count_within_events,
    cut_claims,
    list_claims,
)
from app.storage.database.engine import Database
from tests.domain.factories import account, cite, claim
from tests.storage.factories import ANOTHER, NOON, outcome, put, save, save_registers

MAX_PAGES = 100
POSITIONS = ("holds", "divided", "denies", "sidesteps", "declined", "silent")


def ask(name: str, **more: Any) -> Claim:
    """A claim with one account by the northern ministry."""
    basis = {"id": name, "question": f"Was {name} crossed?", "topic": "bridge"} | more
    accounts = basis.pop("accounts", [account("yes", "yes", cite("n-min"))])
    return claim(basis.pop("kind", "yes-no"), *accounts, **basis)


def ids(
    session: Session, sort: str = "state", where: ClaimFilter | None = None, limit: int = 50
) -> list[str]:
    return [item.id for item in pages(session, sort, where or ClaimFilter(), limit)]


def pages(
    session: Session,
    sort: str,
    where: ClaimFilter,
    limit: int,
    between: Callable[[], None] = lambda: None,
) -> Iterator[ClaimItem]:
    cursor = None
    for _ in range(MAX_PAGES):
        page = list_claims(session, where, sort, limit=limit, cursor=cursor)
        assert len(page.items) <= limit
        yield from page.items
        if page.next_cursor is None:
            return
        assert len(page.items) == limit
        cursor = page.next_cursor
        between()
    pytest.fail(f"The list did not end within {MAX_PAGES} pages.")


@contextmanager
def filled(database: Database, *entries: tuple[Claim, dict[str, Any]]) -> Iterator[Session]:
    with database.writing() as session:
        save_registers(session)
        for entry, found in entries:
            put(session, entry, found)
    with database.reading() as session:
        yield session


def test_disputed_claims_come_first_then_by_date_and_the_undated_last(database: Database) -> None:
    with filled(
        database,
        (ask("undated"), outcome("disputed")),
        (ask("agreed", happened="1990"), outcome("agreed")),
        (ask("late", happened="2022-03-27"), outcome("disputed")),
        (ask("whole-year", happened="2020"), outcome("disputed")),
        (ask("in-2020", happened="2020-01-01"), outcome("disputed")),
        (ask("open-start", happened="../2019-06-01"), outcome("disputed")),
        (ask("far-past", happened="Y-170000"), outcome("disputed")),
        (ask("none"), outcome("no-account")),
        (ask("outside"), outcome("outside-only")),
        (ask("one"), outcome("one-sided")),
        (ask("apart"), outcome("incomparable")),
    ) as session:
        assert ids(session) == [
            "far-past",
            "open-start",
            "in-2020",
            "whole-year",
            "late",
            "undated",
            "apart",
            "agreed",
            "one",
            "outside",
            "none",
        ]


def test_by_date_the_state_does_not_matter(database: Database) -> None:
    with filled(
        database,
        (ask("c", happened="2021"), outcome("disputed")),
        (ask("b"), outcome("disputed")),
        (ask("a", happened="2020"), outcome("agreed")),
    ) as session:
        assert ids(session, "date") == ["a", "c", "b"]


def test_the_newest_change_comes_first(database: Database) -> None:
    with database.writing() as session:
        save_registers(session)
        for name in ("a", "b", "c", "a"):
            put(session, ask(name), at=NOON - timedelta(days=1))
    with database.reading() as session:
        assert ids(session, "changed") == ["a", "c", "b"]


def test_the_widest_gap_comes_first_and_gaps_of_one_kind_stand_together(
    database: Database,
) -> None:
    with filled(
        database,
        (ask("none"), outcome("agreed")),
        (ask("days-2"), outcome(gap=("days", 2))),
        (ask("people-3"), outcome(gap=("quantity", 3))),
        (ask("days-400"), outcome(gap=("days", 400))),
        (ask("people-60"), outcome(gap=("quantity", 60))),
        (ask("people-half"), outcome(gap=("quantity", 3.5))),
        (ask("nobody"), outcome(gap=("quantity", 0))),
    ) as session:
        assert ids(session, "gap") == [
            "people-60",
            "people-half",
            "people-3",
            "nobody",
            "days-400",
            "days-2",
            "none",
        ]


def test_questions_sort_by_their_letters_not_by_case_or_marks(database: Database) -> None:
    # Longer than PostgreSQL can index, and of letters that it cannot compress.
    noise = "".join(random.Random(1).choices(string.ascii_letters + string.digits, k=9000))
    with filled(
        database,
        (ask("1", question="zebra"), outcome()),
        (ask("2", question="Əli"), outcome()),
        (ask("3", question="apple"), outcome()),
        (ask("4", question="Éclair"), outcome()),
        (ask("5", question="Ապրիլ"), outcome()),
        (ask("6", question="Яблоко"), outcome()),
        (ask("7", question="q" + noise), outcome()),
    ) as session:
        assert ids(session, "question") == ["3", "4", "2", "7", "1", "6", "5"]


@dataclass(frozen=True)
class Known:
    """What the test itself knows of a claim."""

    claim: Claim
    found: dict[str, Any]
    number: int


@pytest.fixture(scope="module")
def many(module_database: Database) -> tuple[Database, list[Known]]:
    """Eighty claims with few different values, so that most sort values are shared."""
    dice = random.Random(7)
    known = []
    with module_database.writing() as session:
        save_registers(session)
        save(session, "dossier", ANOTHER)
        for number in range(80):
            entry = ask(
                f"claim-{dice.randrange(10**6)}-{number}",
                question=dice.choice(("Was it crossed?", "was it CROSSED?", "Who crossed?")),
                kind=dice.choice(("yes-no", "date", "text")),
                topic=dice.choice(("bridge", "ford")),
                **{
                    key: value
                    for key, value in {
                        "happened": dice.choice((None, "2020", "2020-01-01", "2021-05~")),
                        "event": dice.choice((None, "flood")),
                    }.items()
                    if value
                },
                places=dice.sample(("old-bridge", "new-bridge"), dice.randrange(3)),
                accounts=[
                    account(
                        "yes",
                        "yes",
                        cite(
                            dice.choice(("n-min", "s-min", "n-min+w-min")),
                            document=dice.choice(("daily-doc", "wire-doc", "credited-doc")),
                        ),
                    )
                ],
            )
            found = outcome(
                dice.choice(STATES),
                flags=dice.sample(("divided", "undated"), dice.randrange(3)),
                gap=dice.choice((None, ("quantity", 3), ("quantity", 0.1), ("days", 3))),
                north=dice.choice(POSITIONS),
                south=dice.choice(POSITIONS),
            )
            dossier = dice.choice(("quarrel", "another"))
            revision = put(session, entry, found, dossier=dossier)
            found["dossier"] = dossier
            known.append(Known(entry, found, revision.number))
    return module_database, known


@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_can_be_read_backwards_page_by_page(
    many: tuple[Database, list[Known]], sort: str
) -> None:
    database, _known = many
    where = ClaimFilter(dossier="quarrel")
    with database.reading() as session:
        forward = []
        cursor = None
        while True:
            page = cut_claims(session, where, sort, limit=7, cursor=cursor)
            forward.append(page)
            if page.next_cursor is None:
                break
            cursor = page.next_cursor
        assert forward[0].previous_cursor is None
        for before, page in pairwise(forward):
            assert page.previous_cursor is not None
            place = count_before(session, where, sort, page.previous_cursor)
            assert place == 7 * forward.index(page)
            back = cut_claims(session, where, sort, limit=7, before=page.previous_cursor)
            assert back.items == before.items
            assert back.previous_cursor == before.previous_cursor
            assert back.next_cursor == before.next_cursor


def test_a_page_back_that_would_be_short_is_the_first_page(
    many: tuple[Database, list[Known]],
) -> None:
    database, _known = many
    where = ClaimFilter(dossier="quarrel")
    with database.reading() as session:
        first = cut_claims(session, where, "date", limit=5)
        third = cut_claims(session, where, "date", limit=3, cursor=first.next_cursor)
        assert third.previous_cursor is not None
        back = cut_claims(session, where, "date", limit=9, before=third.previous_cursor)
        assert back.items[:5] == first.items
        assert (len(back.items), back.previous_cursor) == (9, None)
        with pytest.raises(BadQuery):
            cut_claims(session, where, "date", before="garbage")
        with pytest.raises(BadQuery):
            cut_claims(session, where, "date", limit=0, before=third.previous_cursor)


def test_claims_of_events_are_counted_within_a_filter(
    many: tuple[Database, list[Known]],
) -> None:
    database, known = many
    where = ClaimFilter(dossier="quarrel", kind="text")
    events = {entry.claim.event for entry in known if entry.claim.event} | {"nothing"}
    fitting = [k for k in known if k.found["dossier"] == "quarrel" and k.claim.kind == "text"]
    counts = Counter(entry.claim.event for entry in fitting)
    with database.reading() as session:
        found = count_within_events(session, where, events)
    assert found == {event: counts[event] for event in events}


def expected_order(sort: str) -> Callable[[Known], Any]:
    def happened(entry: Known) -> int:
        return {None: 10**9, "2020": 1, "2020-01-01": 1, "2021-05~": 2}[entry.claim.happened]

    def gap(entry: Known) -> tuple[int, float]:
        size = entry.found["gap"]
        if size is None:
            return (2, 0)
        return (("quantity", "days").index(size["kind"]), -size["difference"])

    return {
        "state": lambda k: (STATES.index(k.found["state"]), happened(k), k.claim.id),
        "date": lambda k: (happened(k), k.claim.id),
        "changed": lambda k: -k.number,
        "gap": lambda k: (gap(k), k.claim.id),
        "question": lambda k: (k.claim.question.lower(), k.claim.id),
    }[sort]


@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_shows_every_claim_once_however_long_the_pages(
    many: tuple[Database, list[Known]], sort: str
) -> None:
    database, known = many
    in_order = [entry.claim.id for entry in sorted(known, key=expected_order(sort))]
    with database.reading() as session:
        for limit in (1, 2, 7, 79, 80, 81):
            assert ids(session, sort, limit=limit) == in_order


@pytest.mark.parametrize(
    ("where", "holds"),
    [
        (ClaimFilter(dossier="another"), lambda k: k.found["dossier"] == "another"),
        (ClaimFilter(state="agreed"), lambda k: k.found["state"] == "agreed"),
        (ClaimFilter(topic="ford"), lambda k: k.claim.topic == "ford"),
        (ClaimFilter(kind="date"), lambda k: k.claim.kind == "date"),
        (ClaimFilter(event="flood"), lambda k: k.claim.event == "flood"),
        (
            ClaimFilter(side="north"),
            lambda k: k.found["positions"]["north"]["position"] in ("holds", "divided", "denies"),
        ),
        (ClaimFilter(place="old-bridge"), lambda k: "old-bridge" in k.claim.places),
        (ClaimFilter(flag="undated"), lambda k: "undated" in k.found["flags"]),
        (
            ClaimFilter(publisher="daily"),
            lambda k: cited(k).document in ("daily-doc", "credited-doc"),
        ),
        (ClaimFilter(speaker="w-min"), lambda k: "w-min" in cited(k).all_speakers),
        (ClaimFilter(document="wire-doc"), lambda k: cited(k).document == "wire-doc"),
        (ClaimFilter(q="who"), lambda k: "Who" in k.claim.question),
        (
            ClaimFilter(dossier="quarrel", kind="text", speaker="n-min", flag="divided", q="was"),
            lambda k: (
                k.found["dossier"] == "quarrel"
                and k.claim.kind == "text"
                and "n-min" in cited(k).all_speakers
                and "divided" in k.found["flags"]
                and "as it" in k.claim.question
            ),
        ),
        (ClaimFilter(topic="nothing-of-this-kind"), lambda k: False),
    ],
    ids=lambda value: (
        "+".join(name for name in ClaimFilter.__slots__ if getattr(value, name))
        if isinstance(value, ClaimFilter)
        else ""
    ),
)
def test_a_filter_leaves_exactly_the_claims_for_which_it_holds(
    many: tuple[Database, list[Known]], where: ClaimFilter, holds: Callable[[Known], bool]
) -> None:
    database, known = many
    kept = [entry for entry in known if holds(entry)]
    with database.reading() as session:
        assert sorted(ids(session, "state", where, 9)) == sorted(k.claim.id for k in kept)
        assert list_claims(session, where, limit=1).total == len(kept)
        assert count_by(session, where, "state") == Counter(k.found["state"] for k in kept)
        assert count_by(session, where, "topic") == Counter(k.claim.topic for k in kept)
        assert count_by(session, where, "kind") == Counter(k.claim.kind for k in kept)
        assert count_by(session, where, "dossier") == Counter(k.found["dossier"] for k in kept)


def cited(entry: Known) -> Any:
    return entry.claim.accounts[0].citations[0]


def test_claims_that_come_and_go_between_pages_shift_nothing(database: Database) -> None:
    with database.writing() as session:
        save_registers(session)
        for name in ("b", "d", "f", "h"):
            put(session, ask(name))

        def change() -> None:
            session.execute(text("DELETE FROM claims WHERE id = 'd'"))
            put(session, ask("a"))
            put(session, ask("g"))

        shown = [item.id for item in pages(session, "date", ClaimFilter(), 2, change)]
    assert shown == ["b", "d", "f", "g", "h"]


def test_an_item_says_what_a_list_shows_of_a_claim(database: Database) -> None:
    entry = ask("crossing", happened="2020-10~", event="flood", nature="judgement")
    with filled(database, (entry, outcome("agreed", north="holds"))) as session:
        [item] = list_claims(session, ClaimFilter()).items
    assert (item.id, item.dossier, item.question) == (
        "crossing",
        "quarrel",
        "Was crossing crossed?",
    )
    assert (item.kind, item.nature, item.topic) == ("yes-no", "judgement", "bridge")
    assert (item.event, item.happened, item.changed_at) == ("flood", "2020-10~", NOON)
    assert '"north":{"position":"holds"}' in item.comparison


@pytest.mark.parametrize("limit", [0, -1, MAX_ITEMS + 1, 10**30])
def test_a_limit_out_of_bounds_is_refused(database: Database, limit: int) -> None:
    with database.reading() as session, pytest.raises(BadQuery) as refused:
        list_claims(session, ClaimFilter(), limit=limit)
    assert refused.value.parameter == "limit"


def test_an_unknown_sort_is_refused_with_those_that_are_known(database: Database) -> None:
    with database.reading() as session, pytest.raises(BadQuery, match="state, date") as refused:
        list_claims(session, ClaimFilter(), "widest")
    assert refused.value.parameter == "sort"


def test_a_filter_value_that_is_no_id_is_refused_before_it_is_sent(database: Database) -> None:
    by_id = [f.name for f in fields(ClaimFilter) if f.type == "str | None" and f.name != "q"]
    assert {"dossier", "side", "silent"} <= set(by_id)
    for value in ("", "a\0", "\ud800", "Not an id", "x" * 65, "bridge\n"):
        refused: list[tuple[str, dict[str, Any]]] = [(name, {name: value}) for name in by_id]
        refused += [("pair", {"pair": pair}) for pair in (("north", value), (value, "north"))]
        for parameter, where in refused:
            with database.reading() as session, pytest.raises(BadQuery) as fault:
                list_claims(session, ClaimFilter(**where))
            assert fault.value.parameter == parameter


def test_two_sides_are_listed_together_whichever_is_named_first(database: Database) -> None:
    def between(left: str, right: str, relation: str) -> dict[str, Any]:
        return outcome() | {
            "relations": [{"left": left, "right": right, "relation": relation}],
        }

    with filled(
        database,
        (ask("a"), between("north", "south", "conflict")),
        (ask("b"), between("north", "south", "same")),
        (ask("c"), between("north", "south", "not-comparable")),
        (ask("d"), between("north", "south", "silent")),
        (ask("e"), between("north", "west", "conflict")),
        (ask("f"), outcome("no-account")),
    ) as session:
        for pair in (("north", "south"), ("south", "north")):
            assert ids(session, "date", ClaimFilter(pair=pair)) == ["a", "b", "c"]
            assert ids(session, "date", ClaimFilter(pair=pair, parts=True)) == ["a"]
            assert ids(session, "date", ClaimFilter(pair=pair, parts=False)) == ["b", "c"]
        assert ids(session, "date", ClaimFilter(pair=("south", "west"))) == []
        assert len(ids(session, "date", ClaimFilter(parts=True))) == 6


def test_only_a_silence_that_was_searched_is_a_finding(database: Database) -> None:
    def silent(searched: bool, **others: str) -> dict[str, Any]:
        found = outcome("one-sided", **others)
        found["positions"]["north"] = {"position": "silent", "searched": searched}
        return found

    with filled(
        database,
        (ask("a"), silent(True)),
        (ask("b"), silent(False)),
        (ask("c"), outcome(north="holds", south="silent")),
        (ask("d", losses_of=["north"]), outcome(north="holds")),
    ) as session:
        assert ids(session, "date", ClaimFilter(silent="north")) == ["a"]
        assert ids(session, "date", ClaimFilter(silent="south")) == []
        assert ids(session, "date", ClaimFilter(blind=True)) == ["a"]
        assert ids(session, "date", ClaimFilter(losses=True)) == ["d"]
        assert len(ids(session, "date", ClaimFilter(blind=False, losses=False))) == 4


def test_a_list_too_long_to_count_has_no_total(database: Database) -> None:
    with database.writing() as session:
        save_registers(session)
        put(session, ask("x"))
        columns = "dossier, question, kind, nature, topic, event, happened, happened_from,"
        columns += "happened_to, state, gap_kind, gap_difference, state_rank, happened_sort,"
        columns += "gap_rank, gap_sort, question_sort, changed_at, compared_at, engine, document,"
        columns += "comparison, words"
        session.execute(
            text(
                "INSERT INTO revisions SELECT i, at, author, origin, reason, subject_kind,"
                " subject_id, previous_hash, hash, body_hash FROM revisions,"
                " (WITH RECURSIVE n(i) AS (SELECT 1001 UNION ALL SELECT i + 1 FROM n"
                f" WHERE i < {1000 + MAX_COUNTED}) SELECT i FROM n) AS numbers WHERE number = 1"
            )
        )
        session.execute(
            text(
                f"INSERT INTO claims (id, revision, {columns})"
                f" SELECT 'x' || number, number, {columns} FROM claims, revisions"
                f" WHERE number > 1000 AND number < {1000 + MAX_COUNTED}"
            )
        )
        assert list_claims(session, ClaimFilter()).total == MAX_COUNTED
        put(session, ask("one-more"))
        assert list_claims(session, ClaimFilter()).total is None
        assert list_claims(session, ClaimFilter(q="one-more")).total == 1
