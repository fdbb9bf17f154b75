import re
import time
from urllib.parse import unquote

import pytest

from app.domain.quotations.check import check_quote
from app.domain.quotations.fragments import text_directive, text_fragment_link
from app.domain.quotations.pages import Page, Selector


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


MONTHS = ("May", "June", "July")


def directive(quotation: str, page: str) -> str:
    """The directive of a quotation on a page, as it reads before signs are escaped."""
    return unquote(text_directive(quotation, Page(page)))


@pytest.mark.parametrize(
    ("quotation", "page", "found"),
    [
        ("the pier", "Here is the pier.", "text=the pier"),
        ('the "old" pier', "Here is the “old” pier.", "text=the “old” pier"),
        ("pier", "It is the first: the pier. The pier is shut.", "text=pier"),
        ("the pier was", "The piers. So the pier was shut.", "text=the pier was"),
        ("pier two", "one pier twofold, pier two", "text=twofold,-,pier two"),
        ("the pier was swept", "X.\nthe pier was\nswept", "text=the pier was,swept"),
        ("a b c d e f", "a b\nc d\ne f", "text=a b,e f"),
        ("missing words", "There is nothing of it.", ""),
    ],
)
def test_a_directive_has_the_words_of_the_page_and_what_tells_them_apart(
    quotation: str, page: str, found: str
) -> None:
    assert directive(quotation, page) == found


@pytest.mark.parametrize(
    ("quotation", "page", "found"),
    [
        # Vowel marks, kashida, final letters and foreign digits are nothing to a browser.
        ("كَتَبَ", "كتب. قال.\nكَتَبَ. نعم.", "text=قال.-,كَتَبَ"),
        ("כָּתַב", "כתב. אמר.\nכָּתַב. כן.", "text=אמר.-,כָּתַב"),
        ("محمد", "محـــمد. قال.\nمحمد. نعم.", "text=قال.-,محمد"),
        ("٢٠٢٠", "In 2020.\n٢٠٢٠. نعم.", "text=2020.-,٢٠٢٠"),
        ("møte", "a mote here\na møte there", "text=møte,-there"),
        # The elided article and the genitive are of the word; half of one is not searched for.
        ("accord signé", "Ils ont dit l’accord signé hier.", "text=l’-,accord signé"),
        ("forces of Armenia", "the forces of Armenia’s army", "text=forces of Armenia,-’s"),
        ("国防部", "据报道国防部宣布部队撤出。", "text=据报道-,国防部,-宣布部队撤出。"),
        ("宣布部队", "据报道，宣布部队，撤出。", "text=宣布部队"),
        # Of blocks alike, what is beside them tells them apart.
        ("The pier", "The pier.\nIn May.\nThe pier.\nIn June.", "text=May.-,The pier"),
        ("The pier", "In May\n“The pier”\nIn June\n“The pier”", "text=June-,“The pier”"),
        ("so the pier was", "X\nAnd so the pier was shut\nX\nAnd so the pier was shut", ""),
    ],
)
def test_a_directive_leads_to_the_last_of_the_places_that_a_browser_takes_for_one(
    quotation: str, page: str, found: str
) -> None:
    at = page.rindex(quotation)
    place = Page(page).select(at, at + len(quotation))
    assert unquote(text_directive(quotation, Page(page), place)) == found


def test_where_no_directive_leads_to_the_words_the_link_is_the_address_alone() -> None:
    assert text_fragment_link("https://example.org/a#b", "x", "") == "https://example.org/a#b"
    assert text_fragment_link("https://example.org/a", "x", None).endswith("#:~:text=x")


@pytest.mark.parametrize(
    ("meant", "found"),
    [
        (0, "text=the pier was shut"),
        (1, "text=June-,the pier was shut"),
        (2, "text=was-,the pier was shut"),
    ],
)
def test_of_equal_words_the_selected_ones_are_told_apart_by_the_least_around_them(
    meant: int, found: str
) -> None:
    text = "In May the pier was shut. In June the pier was shut. It was the pier was shut again."
    place = [match.span() for match in re.finditer("the pier was shut", text)][meant]
    page = Page(text)
    assert unquote(text_directive("the pier was shut", page, page.select(*place))) == found


def test_an_altered_quotation_leads_to_its_passage() -> None:
    page = Page("On Monday the pier was opened to all.")
    selector = check_quote("the pier was closed to all", page).selector
    found = text_directive("the pier was closed to all", page, selector)
    assert unquote(found) == "text=the pier was opened to all"


def test_long_words_are_named_by_their_beginning_and_end() -> None:
    words = " ".join(f"word{number}" for number in range(40))
    found = directive(words, f"Before. {words} after.")
    assert found == "text=word0 word1 word2,word37 word38 word39"


def test_words_after_are_named_where_those_before_are_the_same() -> None:
    text = "\n".join(f"One and two and three and four. The pier is shut in {m}." for m in MONTHS)
    page = Page(text)
    start = text.index("is shut in June")
    found = text_directive("is shut", page, page.select(start, start + 7))
    assert unquote(found) == "text=is shut,-in June."


def test_a_directive_is_put_into_the_link_as_it_is() -> None:
    link = text_fragment_link("https://example.org/a", "the pier", "text=the-,pier")
    assert link == "https://example.org/a#:~:text=the-,pier"


def test_a_hostile_page_takes_little_time() -> None:
    started = time.process_time()
    text_directive("a a a", Page("a " * 200_000), Selector("a a a", "b ", " c"))
    assert time.process_time() - started < 5
