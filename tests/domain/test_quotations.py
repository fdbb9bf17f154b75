import pytest

from app.domain.quotations import check_quote

PAGE = """The ministry said that “almost 600” people, or 24,000 in all, were well-
known to have left Nagorno-
Karabakh on 9\u00a0November\u00ad. Die Brücke — später — fiel.
"""


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
    assert check_quote(quote, PAGE) == "verbatim"


@pytest.mark.parametrize(
    "quote",
    [
        "almost 60",
        "or 24",
        "000 in all",
        "left nagorno-Karabakh",
        "were not well-known",
        "ministry sai",
        "9 Novembers",
        "",
        "   ",
    ],
)
def test_cut_or_changed_words_and_numbers_do_not_stand_on_the_page(quote: str) -> None:
    assert check_quote(quote, PAGE) == "missing"


def test_a_later_whole_occurrence_is_found_behind_a_cut_one() -> None:
    assert check_quote("six", "sixty, then six") == "verbatim"


def test_a_cut_occurrence_behind_a_whole_one_does_not_hide_it() -> None:
    assert check_quote("six", "six, then sixty") == "verbatim"


def test_a_whole_occurrence_between_two_cut_ones_is_found() -> None:
    assert check_quote("six", "sixty, six, sixteen") == "verbatim"


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
    ],
)
def test_a_piece_of_a_word_or_number_at_either_end_of_the_page_is_missing(
    quote: str, page: str
) -> None:
    assert check_quote(quote, page) == "missing"


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
    ],
)
def test_signs_beside_a_word_or_number_do_not_cut_it(quote: str, page: str) -> None:

    assert check_quote(quote, page) == "verbatim"
