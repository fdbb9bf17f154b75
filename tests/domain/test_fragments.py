import pytest

from app.domain.fragments import text_fragment_link


@pytest.mark.parametrize(
    ("quotation", "directive"),
    [
        ("a well-known, old & new", "a%20well%2Dknown%2C%20old%20%26%20new"),
        ("Փառուխ", "%D5%93%D5%A1%D5%BC%D5%B8%D6%82%D5%AD"),
        ("over\n a line", "over%20a%20line"),
        ("and/or", "and%2For"),
        ("X-ray", "X%2Dray"),
        ("50% — #1?", "50%25%20%E2%80%94%20%231%3F"),
    ],
)
def test_signs_that_mean_something_in_a_directive_are_escaped(
    quotation: str, directive: str
) -> None:
    link = text_fragment_link("https://example.org/a", quotation)
    assert link == f"https://example.org/a#:~:text={directive}"


def test_the_own_fragment_of_an_address_is_kept() -> None:
    assert (
        text_fragment_link("https://example.org/#part", "x") == "https://example.org/#part:~:text=x"
    )


def test_an_earlier_text_directive_is_replaced() -> None:
    link = text_fragment_link("https://example.org/#:~:text=old", "new")
    assert link == "https://example.org/#:~:text=new"
