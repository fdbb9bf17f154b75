"""Words as a search compares them, queries, and where in a text they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.search.highlight import held, mark, snippet
from app.domain.search.query import MAX_LETTERS, Query, Term, query_of
from app.domain.search.words import normalise, normalise_all, words, words_in
from app.errors import BadQuery


@pytest.mark.parametrize(
    ("text", "normalised"),
    [
        ("  Stepanakert \n\t was  ", "stepanakert was"),
        ("Şuşa’dakı Əliyev", "susadaki eliyev"),
        ("İSTANBUL Iğdır", "istanbul igdir"),
        ("Степанаке́рт, Ёлка", "степанакерт, елка"),
        ("Երևան", "երեւան"),
        ("ԵՐԵՎԱՆ", "երեվան"),
        ("Ինչո՞ւ", "ինչու"),
        ("Hak'ari Hakʼari Hak‘ari", "hakari hakari hakari"),
        ("Nagorno–Karabakh, Nagorno\u2011Karabakh", "nagorno-karabakh, nagorno-karabakh"),
        ("ﬁre straße", "fire strasse"),
        ("soft\u00adhyphen zero\u200bwidth no\u00a0break", "softhyphen zerowidth no break"),
        ("nul\0 and \ud800half", "nul and half"),
        ("", ""),
    ],
)
def test_texts_are_compared_without_case_marks_and_apostrophes(text: str, normalised: str) -> None:
    assert normalise(text) == normalised
    assert normalise(normalised) == normalised


def test_words_of_two_texts_never_run_into_one() -> None:
    assert normalise_all(["Bridge ", None, "", "Head"]) == "bridge\nhead"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Şuşa’dakı “Əliyev”, T-72!", ["susadaki", "eliyev", "t", "72"]),
        ("Երևան Երեւան ԵՐԵՎԱՆ", ["երեվան", "երեվան", "երեվան"]),
        ("Ինչո՞ւ է", ["ինչու", "է"]),
        ("2,783 or 2.783 or 2\u00a0783 or 2\u202f783", ["2783", "or"] * 3 + ["2783"]),
        (
            "27.09.2020, 1,5 and 2020,300 or 12 000",
            ["27", "09", "2020", "1", "5", "and", "2020", "300", "or", "12", "000"],
        ),
        ("1,234,567", ["1234567"]),
        ("2\u2009783 or 2\u2007783 or 2'783 or 2’783", ["2783", "or"] * 3 + ["2783"]),
        ("½ № ㎏ ﬁve_six", ["1", "2", "no", "kg", "five", "six"]),
        ("-- “”  · \0", []),
    ],
)
def test_words_are_letters_and_digits_alone(text: str, found: list[str]) -> None:
    assert words(text) == found


@given(st.text() | st.text(st.sampled_from("aA1,.'’ \u0301\u00adևեւՎ½ﬁ-2\u00a0")))
def test_words_with_places_are_the_same_words_and_stand_where_they_say(text: str) -> None:
    found = list(words_in(text))
    assert [word.text for word in found] == words(text)
    for word in found:
        assert 0 <= word.start < word.end <= len(text)
        assert words(text[word.start : word.end])
    assert all(a.end <= b.start or a.start <= b.start for a, b in zip(found, found[1:]))  # noqa: B905, RUF007


@given(st.text())
def test_words_hold_nothing_that_a_database_could_take_for_a_sign(text: str) -> None:
    assert all(word.isalnum() and 0 < len(word) <= 60 for word in words(text))


@pytest.mark.parametrize(
    "typed", ["2 783", "2,783", "2.783", "2'783", "2’783", "2\u00a0783", "2\u202f783", "2\u2009783"]
)
def test_a_number_is_the_same_query_however_its_digits_are_grouped(typed: str) -> None:
    assert query_of(f"{typed} dead") == query_of("2783 dead")


def test_a_number_is_found_and_marked_where_a_space_groups_its_digits() -> None:
    query = query_of("2783")
    assert query
    for text in ("2 783 men", "2783 men", "2,783 men"):
        found = [stretch.text for stretch in mark(text, query) if stretch.is_hit]
        assert found == [text.removesuffix(" men")]


@pytest.mark.parametrize("typed", ["2020 300", "27.09.2020", "1 5", "12 34", "09:00 2020"])
def test_numbers_side_by_side_stay_apart(typed: str) -> None:
    query = query_of(typed)
    assert query
    assert list(query.words) == words(typed)


def test_a_name_is_marked_by_its_sound_and_words_in_quotation_marks_are_not() -> None:
    text = "Said Nikol Pashinyan, pashinyanesque"
    query, quoted = query_of("Пашинян"), query_of("“Пашинян”")
    assert query
    assert quoted
    assert [s.text for s in mark(text, query) if s.is_hit] == ["Pashinyan"]
    assert held(text, query) == {query.terms[0]}
    assert held(text, quoted) == frozenset()


def terms(typed: str) -> list[tuple[str, bool]]:
    query = query_of(typed)
    assert query
    return [(" ".join(term.words), term.begins) for term in query.terms]


def test_words_are_looked_for_as_beginnings_but_for_short_ones_and_numbers() -> None:
    assert terms("Parukh of 2020 T72") == [
        ("parukh", True),
        ("of", False),
        ("2020", False),
        ("t72", True),
    ]


def test_what_stands_between_quotation_marks_is_one_phrase_of_whole_words() -> None:
    for typed in (
        '"no longer" there',
        "“no longer” there",
        "«no longer» there",
        "„no longer“ there",
    ):
        assert terms(typed) == [("no longer", False), ("there", True)]


def test_what_is_written_without_a_space_stands_together() -> None:
    assert terms("Nagorno–Karabakh T-72 2,000") == [
        ("nagorno karabakh", True),
        ("t 72", False),
        ("2000", False),
    ]


def test_a_quotation_mark_without_its_partner_and_other_signs_mean_nothing() -> None:
    assert terms('war "dead') == [("war", True), ("dead", True)]
    assert terms('"war" and "dead') == [("war", False), ("and", True), ("dead", True)]
    assert terms("-war +dead* (OR)") == [("war", True), ("dead", True), ("or", False)]
    assert terms('"" war war') == [("war", True)]


def test_white_space_asks_for_nothing() -> None:
    assert query_of(" \n ") is None


@pytest.mark.parametrize("typed", ["x" * (MAX_LETTERS + 1), "?!", '""', " – ", "·"])
def test_a_query_that_is_too_long_or_has_no_letter_is_refused(typed: str) -> None:
    with pytest.raises(BadQuery) as refused:
        query_of(typed)
    assert refused.value.parameter == "q"


def test_a_query_of_too_many_words_is_refused() -> None:
    assert query_of(" ".join(f"word{number}" for number in range(20)))
    with pytest.raises(BadQuery):
        query_of(" ".join(f"word{number}" for number in range(21)))


def marked(text: str, typed: str) -> str:
    query = query_of(typed)
    assert query
    return "".join(f"[{s.text}]" if s.is_hit else s.text for s in mark(text, query))


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("Troops had left Paruẖ̲ün.", "paruh", "Troops had left [Paruẖ̲ün]."),
        ("The warned war", "war", "The [warned] [war]"),
        ("The warned war", '"war"', "The warned [war]"),
        ("no longer, no  longer", '"no longer"', "[no longer], [no  longer]"),
        ("no longer", '"no longer" long', "[no longer]"),
        ("Peskov's “words”", "peskovs words", "[Peskov's] “[words]”"),
        ("cafe\u0301 x", "cafe", "[cafe\u0301] x"),
        ("killed 2,783.", "2783", "killed [2,783]."),
        ("Երևանում", "ԵՐԵՎԱՆ", "[Երևանում]"),
        ("nothing", "war", "nothing"),
    ],
)
def test_what_was_asked_for_is_marked_in_the_text_as_it_was_written(
    text: str, typed: str, shown: str
) -> None:
    assert marked(text, typed) == shown


@given(st.text(), st.lists(st.text(min_size=1), min_size=1, max_size=3))
def test_marking_changes_no_letter_of_a_text(text: str, typed: list[str]) -> None:
    asked = tuple(Term(tuple(found), begins=True) for each in typed if (found := words(each)))
    if asked:
        shown = mark(text, Query(asked))
        assert "".join(stretch.text for stretch in shown) == text
        assert any(stretch.is_hit for stretch in shown) == bool(held(text, Query(asked)))


def test_it_is_known_which_terms_a_text_holds() -> None:
    query = query_of('war "no longer" peace')
    assert query
    assert held("no longer at war", query) == {query.terms[0], query.terms[1]}


def test_a_long_text_is_cut_around_what_was_asked_for_between_words() -> None:
    query = query_of("needle")
    assert query
    text = "hay " * 200 + "needle " + "hay " * 200
    shown = "".join(stretch.text for stretch in snippet(text, query, 60))
    assert "needle" in shown
    assert shown.startswith("… hay")
    assert shown.endswith("hay …")
    assert len(shown) <= 66
    assert any(stretch.is_hit for stretch in snippet(text, query, 60))


def test_a_text_that_is_short_enough_is_not_cut() -> None:
    query = query_of("needle")
    assert query
    assert "".join(s.text for s in snippet("a needle", query, 60)) == "a needle"


def test_the_beginning_of_a_text_without_what_was_asked_for_is_shown() -> None:
    query = query_of("needle")
    assert query
    assert snippet("x" * 100, query, 60)[0].text == "x" * 60
