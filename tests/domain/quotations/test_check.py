import time

import pytest

from app.domain.quotations.check import check_quote
from app.domain.quotations.find import stands_in
from app.domain.quotations.folding import fold
from app.domain.quotations.pages import Page, Selector

PAGE = """The ministry said that “almost 600” people, or 24,000 in all, were well-
known to have left Nagorno-
Karabakh on 9\u00a0November\u00ad. Die Brücke — später — fiel.
"""


def verdict(quote: str, page: str) -> str:
    return check_quote(quote, page).verdict


@pytest.mark.parametrize(
    "quote",
    [
        '"almost 600" people',
        "“almost 600” people",
        "left Nagorno-Karabakh on 9 November.",
        "well-known   to have",
        "Die Bru\u0308cke - später",
        "24,000 in all",
    ],
)
def test_spacing_line_breaks_signs_and_soft_hyphens_are_set_aside(quote: str) -> None:
    assert verdict(quote, PAGE) == "verbatim"


@pytest.mark.parametrize("quote", ["almost 60", "or 24", "000 in all", "ministry sai", "", "  "])
def test_cut_words_and_numbers_do_not_stand_on_the_page(quote: str) -> None:
    assert verdict(quote, PAGE) != "verbatim"
    assert not stands_in(fold(quote), fold(PAGE))


def test_a_later_whole_occurrence_is_found_behind_a_cut_one() -> None:
    assert verdict("six", "sixty, then six") == "verbatim"


def test_a_cut_occurrence_behind_a_whole_one_does_not_hide_it() -> None:
    assert verdict("six", "six, then sixty") == "verbatim"


def test_a_whole_occurrence_between_two_cut_ones_is_found() -> None:
    assert verdict("six", "sixty, six, sixteen") == "verbatim"


@pytest.mark.parametrize(
    ("quote", "page"),
    [
        ("24", "24,000"),
        ("000", "24,000"),
        ("4", "2.4"),
        ("2", "2.4"),
        (",000", "24,000"),
        ("b", "ab"),
        ("a", "ab"),
        ("bc", "abc, bcd"),
        ("5", "a4,5"),
        ("4", "4,5a"),
        ("500", "1 500"),
        ("1", "1 500"),
        ("000", "1 500 000"),
        ("1 500", "1\u00a0500\u202f000"),
        ("24", "24 million"),
        ("24", "24 тысячи"),
        ("5", "−5"),
        ("5", "3–5"),
        ("3", "3 - 5"),
        ("500", "1’500"),
        ("2", "1/2"),
        ("30", "10:30"),
        ("2020", "2020-11-09"),
        ("can", "can’t"),
        ("president", "vice-president"),
        ("aligned", "non‑aligned"),
        ("за", "за\u0301мок"),
        ("bour", "har-\nbour"),
    ],
)
def test_a_piece_of_a_word_or_number_is_not_verbatim(quote: str, page: str) -> None:
    assert verdict(quote, page) != "verbatim"
    assert not stands_in(fold(quote), fold(page))


@pytest.mark.parametrize(
    ("quote", "page"),
    [
        ("24", "24, 000"),
        ("24", "24."),
        ("24", "in 24"),
        ("a", "a,1"),
        ("1", "a,1"),
        ("1", "x 1,a"),
        ("X", "1 X 1"),
        ("in 5", "in 5"),
        ("(a", "x (a) b"),
        ("500", "2020 500"),
        ("2020", "9 November 2020 500"),
        ("24", "24 minutes"),
        ("closed", "closed—the"),
        ("closed", "‘closed’"),
        ("Karabakh", "Nagorno -\nKarabakh"),
        ("ministry", "the ministry’s"),
    ],
)
def test_signs_beside_a_word_or_number_do_not_cut_it(quote: str, page: str) -> None:
    assert verdict(quote, page) == "verbatim"


@pytest.mark.parametrize(
    ("quote", "page"),
    [
        ("2426", "24-\n26"),
        ("well known", "well-\nknown"),
        ("NagornoKarabakh", "Nagorno-\nKarabakh"),
        ("harbour", "har-bour"),
        ("har-bour", "harbour"),
    ],
)
def test_a_hyphen_at_a_line_end_means_no_more_than_a_hyphen_or_none(quote: str, page: str) -> None:
    assert verdict(quote, page) != "verbatim"


def test_words_divided_at_two_line_ends_may_be_meant_either_way() -> None:
    page = "The well-\nknown har-\nbour master of the in-\nner pier."
    assert verdict("The well-known harbour master of the inner pier", page) == "verbatim"


def test_a_quotation_that_was_copied_with_its_line_end_is_found() -> None:
    assert verdict("the har-\nbour master", "There the harbour master stood.") == "verbatim"


def test_the_place_of_a_match_is_kept_with_its_surroundings() -> None:
    page = "Before noon\n\nthe pier   was «almost\u00a0empty» and then\u00ad some came to see it."
    check = check_quote('was "almost empty"', page)
    assert check.selector == Selector(
        exact="was «almost empty»",
        prefix="Before noon the pier ",
        suffix=" and then some came to see it.",
    )
    assert check.differences == ()


def test_surroundings_have_at_most_32_characters_each() -> None:
    selector = check_quote("middle", "x" * 50 + " middle " + "y" * 50).selector
    assert selector == Selector("middle", "x" * 31 + " ", " " + "y" * 31)


REPEATED = "In May the pier was shut. In June the pier was shut. In July the pier was shut again."


def test_of_several_places_the_first_is_taken() -> None:
    selector = check_quote("the pier was shut", REPEATED).selector
    assert selector is not None
    assert selector.prefix == "In May "


@pytest.mark.parametrize(
    ("prefix", "suffix"), [("In June ", ". In July"), ("of them in June ", "")]
)
def test_of_several_places_the_one_with_the_earlier_surroundings_is_taken(
    prefix: str, suffix: str
) -> None:
    near = Selector("the pier was shut", prefix, suffix)
    selector = check_quote("the pier was shut", REPEATED, near).selector
    assert selector is not None
    assert selector.prefix.endswith("In June ")


def test_the_place_is_found_again_after_the_page_has_grown_before_it() -> None:
    near = check_quote("the pier was shut", REPEATED[26:]).selector
    grown = check_quote("the pier was shut", REPEATED, near).selector
    assert grown is not None
    assert grown.prefix.endswith("In June ")


def test_surroundings_that_are_gone_leave_the_first_place() -> None:
    near = Selector("the pier was shut", "nothing of this", "is there")
    assert check_quote("the pier was shut", REPEATED, near) == check_quote(
        "the pier was shut", REPEATED
    )


def test_a_page_serves_many_quotations() -> None:
    page = Page(REPEATED)
    assert check_quote("In July the pier", page).verdict == "verbatim"
    assert check_quote("In July the ship", page).verdict == "altered"
    assert check_quote("a wholly different matter", page).verdict == "missing"


def test_a_missing_quotation_has_no_place_and_no_differences() -> None:
    check = check_quote("a wholly different matter", PAGE)
    assert (check.selector, check.differences) == (None, ())


@pytest.mark.parametrize(
    ("quote", "page"),
    [
        ("a a a b", "a " * 500_000),
        ("aa", "a" * 1_000_000),
        ("a " + "aa " * 3_000 + "a", "aa " * 300_000),
        ("six", "six" + "\u00ad" * 500_000 + "teen"),
        ("well known", ("well-" + "\n" * 1_000) * 1_000),
        ("harbour well", "har-\nbour " * 100_000),
        ("the of and " * 900, "the and of in " * 70_000),
        ("word " * 200_000, "ward " * 200_000),
        ("a. " * 3_300, "b. a " * 200_000),
        ("24", "24 thousand " * 100_000),
        ("two", "two hundred " * 100_000),
        ("a … a … a b", "a " * 500_000),
        (" ".join(map(str, range(1_700))), " ".join(map(str, range(0, 400_000, 2)))),
    ],
)
def test_hostile_pages_take_time_in_proportion_to_their_size(quote: str, page: str) -> None:
    started = time.process_time()
    check = check_quote(quote, page)
    assert check.verdict != "verbatim"
    assert time.process_time() - started < 5
