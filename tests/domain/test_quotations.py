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
