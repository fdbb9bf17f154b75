"""The same is found on both databases, in the same order, whatever is typed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.records.kinds import FOUND_KINDS, FoundKind
from app.domain.records.search_results import MAX_COUNTED, MAX_RANKED, ResultCounts, SearchResult
from app.domain.search.query import query_of
from app.domain.search.sounds import may_be_name, romanised, sounds_in
from app.domain.search.words import words_in
from app.errors import BadQuery
from app.queries.search import near_query
from app.storage.database.engine import Database
from app.storage.registers.entries import all_entries
from app.storage.search import rows
from app.storage.search.ranking import Findings, find
from app.storage.search.rows import tokens
from tests.databases import filled
from tests.domain.factories import account, cite, claim
from tests.storage.factories import QUARREL, outcome, put, save, save_registers

QUERIES = Path(__file__).with_name("search_queries.txt").read_text("utf-8").splitlines()
SPELLINGS = Path(__file__).with_name("spellings.txt").read_text("utf-8").splitlines()


@pytest.fixture(scope="module")
def shipped(shipped_url: str, request: pytest.FixtureRequest) -> Iterator[list[Database]]:
    """The shipped record on each kind of database."""
    with ExitStack() as stack:
        urls = (shipped_url, stack.enter_context(filled("postgresql", "shipped", request)))
        databases = [stack.enter_context(closing(Database(url))) for url in urls]
        yield databases


def listed(session: Session, typed: str, kind: FoundKind | None = None) -> list[SearchResult]:
    """All that is found, page by page."""
    query = query_of(typed)
    assert query
    page = find(session, query, kind, limit=200)
    items = list(page.items)
    while page.next_cursor:
        page = find(session, query, kind, limit=200, cursor=page.next_cursor)
        items += page.items
    return items


def test_a_hundred_queries_find_the_same_in_the_same_order_on_both_databases(
    shipped: list[Database],
) -> None:
    assert len(set(QUERIES)) == 100
    found = [answers(database) for database in shipped]
    for typed in QUERIES:
        assert found[0][typed] == found[1][typed], typed
    assert sum(bool(items) for items, _ in found[0].values()) > 60


def answers(database: Database) -> dict[str, tuple[list[SearchResult], ResultCounts]]:
    with database.reading() as session:
        return {
            typed: (listed(session, typed), Findings(session, query).counts)
            for typed in QUERIES
            if (query := query_of(typed))
        }


@pytest.mark.parametrize(
    "spelling", ["Farrukh", "Farukh", "Фаррух", "Փառուխ", "Fərrux", "ПАРУХ", "ferrux"]
)
def test_any_sides_spelling_in_any_script_finds_the_place_and_its_claims(
    shipped: list[Database], spelling: str
) -> None:
    with shipped[0].reading() as session:
        items = listed(session, spelling)
    assert (items[0].kind, items[0].id) == ("place", "parukh")
    assert ("claim", "parukh-withdrawal-2022") in {(item.kind, item.id) for item in items}


def test_every_speaker_is_found_by_every_spelling_of_the_name_on_both_databases(
    shipped: list[Database],
) -> None:
    assert len(SPELLINGS) > 45
    for database in shipped:
        with database.reading() as session:
            for line in SPELLINGS:
                speaker, _, spellings = line.partition(": ")
                for spelling in spellings.split(", "):
                    assert speaker in ids(listed(session, spelling, "speaker")), spelling


def test_every_speaker_is_found_by_a_romanised_name_in_each_script(shipped: list[Database]) -> None:
    with shipped[0].reading() as session:
        assert found_by(session, "Арутюнян", "speaker") == {
            "harutyunyan-arayik",
            "harutyunyan-vagharshak",
        }
        assert found_by(session, "Ալիև", "speaker") == {"aliyev", "aliyev-kamran"}
        assert found_by(session, "Кямран Алиев", "speaker") == {"aliyev-kamran"}


@pytest.mark.parametrize(
    "typed",
    [
        "death toll 2020 war",
        "deaths 44-day war",
        "զոհերի թիվ 2020 պատերազմ",
        "կորուստներ 2020 պատերազմ",
        "itkilər 2020 müharibə",
        "44 günlük müharibə ölü sayı",
        "потери 2020 война",
        "число погибших 2020 война",
        "убитые война 2020 года",
    ],
)
def test_tolls_are_found_by_other_words_for_what_they_count(
    shipped: list[Database], typed: str
) -> None:
    tolls = {
        "war-2020-armenian-dead",
        "war-2020-armenian-military-dead",
        "war-2020-azerbaijani-military-dead",
        "war-2020-armenian-civilian-dead",
    }
    for database in shipped:
        with database.reading() as session:
            assert tolls <= found_by(session, typed, "claim")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Pashinyon", "pashinyan"),
        ("Լավրվով", "lavrov"),
        ("Жермур", "jermuk"),
        ("Konashenkof Igro", "konashenkov"),
        ("Parumh", "parukh"),
    ],
)
def test_a_name_that_is_one_slip_off_is_offered_on_both_databases(
    shipped: list[Database], typed: str, meant: str
) -> None:
    query = query_of(typed)
    assert query
    for database in shipped:
        with database.reading() as session:
            assert listed(session, typed) == []
            assert meant in [near.id for near in near_query(session, query).meant]


def test_what_is_nearest_is_the_same_on_both_databases(shipped: list[Database]) -> None:
    query = query_of("death toll war Mars")
    assert query
    found = []
    for database in shipped:
        with database.reading() as session:
            found.append(near_query(session, query))
    assert found[0] == found[1]
    assert all("killed" in near.name or "dead" in near.id for near in found[0].nearest)


def test_who_looks_for_the_captured_does_not_find_every_toll(shipped: list[Database]) -> None:
    with shipped[0].reading() as session:
        found = found_by(session, "prisoners 2020", "claim")
    assert "prisoners-held-december-2020" in found
    assert "war-2020-azerbaijani-military-dead" not in found


@pytest.mark.parametrize(
    ("place", "spellings"),
    [
        ("ganja", "gyanja Гянжа Gandzha Gjandzha Գյանջա Ganca Кировабад Kirovabad Kirowabad"),
        ("shusha", "Susha Шуша Շուշա Susa Şûşa"),
        ("jermuk", "Dzhermuk Djermuk Cermuk Dschermuk Џермук"),
        ("aghdam", "Աղդամ Agdam Ağdam Ag'dam"),
        ("stepanakert", "Խանքենդի Xankǝndi Xankendi Hankendi Khankendy Vararakn"),
        ("martuni", "Khodzhavend Xocavend Խոջավենդ Hojavend"),
        ("lachin", "Lachyn Lačin Լաչին Lacin"),
        ("parukh", "Farrux Ферух Ֆարուխ Farroukh"),
        ("hadrut", "Hadruth Qadrut Gadrut"),
        ("barda", "Berde Bardah Բարդա"),
        ("goris", "Qoris Горис Ghoris Koris"),
    ],
)
def test_a_place_is_found_by_spellings_that_nobody_wrote_down(
    shipped: list[Database], place: str, spellings: str
) -> None:
    with shipped[0].reading() as session:
        missed = [s for s in spellings.split() if place not in found_by(session, s, "place")]
    assert missed == []


def test_no_other_place_of_the_region_is_taken_for_one_on_record(shipped: list[Database]) -> None:
    others = "Meghri Kapan Zangilan Gubadly Kelbajar Fuzuli Jabrayil Terter Yevlakh Sisian Vayk"
    others += " Askeran Vardenis Ijevan Tovuz Gadabay Naftalan Agjabedi Beylagan Imishli Shamkir"
    with shipped[0].reading() as session:
        assert [name for name in others.split() if found_by(session, name, "place")] == []


def test_hardly_any_names_on_record_that_sound_alike_are_others(
    shipped: list[Database],
) -> None:
    words_of: defaultdict[str, defaultdict[str, set[str]]]
    words_of = defaultdict(lambda: defaultdict(set))
    with shipped[0].reading() as session:
        for entry in all_entries(session, "speaker", "publisher", "place"):
            body = json.loads(entry.body)
            names = rows.place_names(body) if entry.kind == "place" else (entry.name,)
            for name in names:
                for word, keys in zip(names_in(name), sounds_in(name), strict=True):
                    for key in keys:
                        words_of[key][word].add(entry.id)
    alike = {
        tuple(sorted(found))
        for found in words_of.values()
        if len(found) > 1 and not set.intersection(*found.values())
    }
    same = {("factor", "faktor"), ("sergei", "sergey"), ("telegraf", "teleqraf")}
    same |= {("haber", "xeber"), ("khazar", "xezer"), ("legal", "leqal")}
    # Such as “Arman” and “Armen”, which the record comes to hold as it grows.
    words = {word for found in words_of.values() for word in found}
    assert len(alike - same) <= len(words) / 100, alike - same


def names_in(name: str) -> list[str]:
    return [word.text for word in words_in(name) if may_be_name(name[word.start : word.end])]


@pytest.mark.parametrize("script", ["romanised", "as written"])
def test_every_place_is_found_by_each_of_its_names(shipped: list[Database], script: str) -> None:
    with shipped[0].reading() as session:
        for entry in all_entries(session, "place"):
            for name in rows.place_names(json.loads(entry.body)):
                # “Bridge” and “lake” are words of a language, which sound otherwise in another.
                capital = " ".join(filter(may_be_name, name.split()))
                typed = romanised(capital) if script == "romanised" else name
                if len(typed) > 4:
                    assert entry.id in found_by(session, typed, "place"), typed


def found_by(session: Session, typed: str, kind: FoundKind) -> set[str]:
    return {item.id for item in listed(session, typed, kind)}


@pytest.fixture(scope="module")
def record(module_database: Database) -> Database:
    with module_database.writing() as session:
        save_registers(session)
        quoted = cite(
            "n-min",
            "2020-11-02",
            id="quoted",
            quote="Կամուրջը փլվել է",
            translation="The bridge has collapsed",
        )
        undated = cite("s-min", None, id="undated", quote="bridge, they say")
        earlier = cite("s-min", "2020-10-01", id="earlier", quote="the bridge stands")
        put(
            session,
            claim(
                "yes-no",
                account("fell", "yes", quoted),
                account("stands", "no", undated, earlier),
                id="bridge-fell",
                question="Had the span fallen by November?",
                summary="A bridge at the ford.",
                places=["old-bridge"],
            ),
        )
        put(
            session,
            claim(
                "yes-no",
                account("yes", "yes", cite("w-min", id="only")),
                id="bridges-built",
                question="Were bridges built?",
            ),
            outcome("agreed"),
        )
    return module_database


@pytest.fixture
def session(record: Database) -> Iterator[Session]:
    with record.reading() as session:
        yield session


def ids(items: list[SearchResult]) -> list[str]:
    return [item.id for item in items]


def test_places_come_first_then_claims_then_citations_and_the_registers(session: Session) -> None:
    kinds = [FOUND_KINDS.index(item.kind) for item in listed(session, "bridge")]
    assert kinds == sorted(kinds)
    assert {"place", "claim", "citation"} <= {item.kind for item in listed(session, "bridge")}


def test_what_is_found_by_name_comes_before_what_is_found_elsewhere_and_whole_words_first(
    session: Session,
) -> None:
    found = listed(session, "bridge", "claim")
    assert [(item.id, item.tier) for item in found] == [("bridge-fell", 0), ("bridges-built", 1)]
    assert [item.tier for item in listed(session, "ford", "claim")] == [2]
    assert [item.tier for item in listed(session, "for", "claim")] == [3]


def test_citations_come_by_day_the_latest_first_and_the_undated_last(session: Session) -> None:
    assert ids(listed(session, "bridge", "citation")) == ["quoted", "earlier", "undated"]


def test_a_citation_is_found_by_its_words_in_both_languages_and_by_who_speaks(
    session: Session,
) -> None:
    for typed in ("կամուրջը", "collapsed", "northland's ministry collapsed", "Northland bridge"):
        assert ids(listed(session, typed, "citation")) == ["quoted"]
    assert listed(session, "southland collapsed", "citation") == []


def test_a_claim_is_found_by_the_names_of_its_places_and_of_all_who_speak_in_it(
    session: Session,
) -> None:
    for typed in ("köhnə körpü", "вышний", "northland fallen", "northern", "the daily fallen"):
        assert "bridge-fell" in ids(listed(session, typed, "claim"))
    assert listed(session, "westland fallen", "claim") == []


def test_words_of_two_texts_are_no_phrase(session: Session) -> None:
    assert listed(session, '"november a bridge"', "claim") == []
    assert ids(listed(session, '"A bridge at the ford"', "claim")) == ["bridge-fell"]
    assert listed(session, '"bridge a at"', "claim") == []


def test_every_page_goes_on_where_the_one_before_ended(session: Session) -> None:
    query = query_of("bridge")
    assert query
    whole = listed(session, "bridge")
    page, items = find(session, query, limit=1), []
    while True:
        assert len(page.items) == 1
        assert page.total == len(whole)
        items += page.items
        if page.next_cursor is None:
            break
        page = find(session, query, limit=1, cursor=page.next_cursor)
    assert items == whole


@pytest.mark.parametrize("cursor", ["x", "WyJzdGF0ZSIsMSwyLCJhIl0", "A" * 1001])
def test_a_cursor_of_another_list_is_refused(session: Session, cursor: str) -> None:
    query = query_of("bridge")
    assert query
    with pytest.raises(BadQuery):
        find(session, query, cursor=cursor)


@pytest.mark.parametrize("limit", [0, 201])
def test_a_page_of_no_or_too_many_items_is_refused(session: Session, limit: int) -> None:
    query = query_of("bridge")
    assert query
    with pytest.raises(BadQuery):
        find(session, query, limit=limit)


def test_of_many_the_first_on_record_are_ranked_and_all_are_counted(database: Database) -> None:
    many = [
        rows.SearchText("speaker", f"speaker-{number:05}", sort="", names=("Somebody",))
        for number in reversed(range(MAX_COUNTED + 1))
    ]
    query = query_of("somebody")
    assert query
    with database.writing() as session:
        for start in range(0, MAX_COUNTED, 500):
            rows.save_entry_texts(session, many[start : start + 500])
        assert find(session, query).total == MAX_COUNTED
        ranked = listed(session, "somebody")
        assert ids(ranked) == [text.id for text in reversed(many[:MAX_RANKED])]
        rows.save_entry_texts(session, many[MAX_COUNTED:])
        assert find(session, query).total is None
        assert Findings(session, query).count("speaker") is None


def test_what_changed_is_found_by_its_new_words_alone(database: Database) -> None:
    cited = account("yes", "yes", cite("n-min", id="first", quote="seven towers"))
    other = account("yes", "yes", cite("n-min", id="second", quote="eight towers"))
    with database.writing() as session:
        save_registers(session)
        put(session, claim("yes-no", cited, places=["old-bridge"]))
    with database.writing() as session:
        put(session, claim("yes-no", other, places=["old-bridge"]))
        renamed = [{"id": "old-bridge", "name": "Lower Bridge"}]
        save(session, "dossier", {**QUARREL, "places": renamed})
        called = [{"language": "hy", "name": "Բարձունք"}]
        body = {"id": "northland", "name": "Upland", "names": called, "side": "north"}
        save(session, "body", body)
    with database.reading() as session:
        assert ids(listed(session, "towers", "citation")) == ["second"]
        assert listed(session, "seven") == []
        assert ids(listed(session, "lower", "place")) == ["old-bridge"]
        assert listed(session, "вышний", "place") == listed(session, "new bridge", "place") == []
        for name in ("upland", "բարձունք"):
            assert "n-min" in ids(listed(session, name, "speaker"))


def test_a_publishers_new_name_finds_its_documents(database: Database) -> None:
    with database.writing() as session:
        save_registers(session)
        save(session, "publisher", {"id": "daily", "name": "The Morning", "kind": "newspaper"})
    with database.reading() as session:
        assert ids(listed(session, "morning", "document")) == ["credited-doc", "daily-doc"]
        assert ids(listed(session, "morning", "publisher")) == ["daily"]


def test_the_words_of_a_row_are_bounded_as_the_databases_are(database: Database) -> None:
    long = " ".join(f"w{number} the" for number in range(rows.MAX_WORDS))
    summary = f"{'x' * 5000} {long} {'𐌰' * 200}"
    with database.writing() as session:
        save_registers(session)
        put(session, claim("yes-no", summary=summary))
    with database.reading() as session:
        assert ids(listed(session, "w7000")) == ["bridge"]
        assert listed(session, "w9000") == []
        assert ids(listed(session, '"the w100 the"')) == ["bridge"]
        assert listed(session, '"the w400 the"') == []
        assert ids(listed(session, '"w400"')) == ["bridge"]
        assert ids(listed(session, "x" * 250)) == ["bridge"]


def test_many_long_words_end_where_a_row_is_full() -> None:
    words = " ".join("𐌰" * 50 + str(number) for number in range(10_000))
    kept = tokens([], [words])
    assert sum(len(word.encode()) for word in kept if word) <= rows.MAX_BYTES
    assert len(kept) > 2_000


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_postgresql_has_its_index(database: Database) -> None:
    with database.reading() as session:
        found = session.scalar(
            text("SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_search_rows_words'")
        )
    assert "USING gin (words)" in str(found)


def test_rows_of_one_claim_are_one_for_itself_and_one_for_each_citation(session: Session) -> None:
    found = session.execute(
        text("SELECT kind, id FROM search_rows WHERE claim = 'bridge-fell' ORDER BY kind, id")
    )
    assert [tuple(each) for each in found] == [
        ("citation", "earlier"),
        ("citation", "quoted"),
        ("citation", "undated"),
        ("claim", "bridge-fell"),
    ]
