import pytest

from app.domain.quotations.check import check_quote
from app.domain.quotations.differences import Difference, reworded
from app.domain.quotations.find import Context, context_of
from app.domain.quotations.pages import Selector


def marked(runs: tuple[Difference, ...]) -> str:
    """The comparison as one line: what only the quotation has in [-…-], the page in {+…+}."""
    signs = {"same": "%s", "quoted": "[-%s-]", "page": "{+%s+}"}
    return "".join(signs[run.kind] % run.text for run in runs)


@pytest.mark.parametrize(
    ("quote", "page", "comparison"),
    [
        (
            "the pier was closed on Monday",
            "They say the pier was opened on Monday.",
            "the pier was[- closed-]{+ opened+} on Monday",
        ),
        (
            "the crew did not leave the ship",
            "By noon the crew did leave the ship.",
            "the crew did[- not-] leave the ship",
        ),
        (
            "24 boats were lost in the “great” storm",
            "In all 24,000 boats were lost in the «great» storm.",
            "[-24-]{+24,000+} boats were lost in the «great» storm",
        ),
        (
            "the long pier was destroyed",
            "the long, wooden pier was destroyed",
            "the long{+, wooden+} pier was destroyed",
        ),
        (
            "ten people were saved from the boat",
            "Storm. Twelve people were saved from the boat",
            "[-ten-]{+Twelve+} people were saved from the boat",
        ),
        (
            "the harbour of the old town was shut by noon",
            "the har-\nbour of the old town was open by noon",
            "the harbour of the old town was[- shut-]{+ open+} by noon",
        ),
        (
            "Պահակը լքել է նավը գիշերը",
            "Պահակը չի լքել նավը գիշերը",
            "Պահակը{+ չի+} լքել[- է-] նավը գիշերը",
        ),
    ],
)
def test_differences_are_marked_word_by_word(quote: str, page: str, comparison: str) -> None:
    assert marked(check_quote(quote, page).differences) == comparison


def test_the_selector_of_an_altered_quotation_is_the_passage_alone() -> None:
    page = "It rained. By noon the crew did leave the ship, and slept. The ship is old."
    selector = check_quote("the crew did not leave the ship", page).selector
    assert selector == Selector(
        "the crew did leave the ship", "It rained. By noon ", ", and slept. The ship is old."
    )


def test_a_passage_is_found_far_down_a_page_of_the_same_words() -> None:
    filler = "The crew of the ship and the harbour were seen by the pier at noon. " * 200
    page = filler + "By noon the crew did leave the ship. " + filler
    check = check_quote("by noon the crew did not leave the ship", page)
    assert marked(check.differences) == "[-by-]{+By+} noon the crew did[- not-] leave the ship"


def test_two_wordings_of_a_passage_are_compared() -> None:
    runs = reworded("almost 600 people had left", "almost 60 people had gone")
    assert marked(runs) == "almost[- 600-]{+ 60+} people had[- left-]{+ gone+}"


def test_two_wordings_that_differ_in_nothing_that_counts_have_no_differences() -> None:
    assert reworded("the “old\u00a0bridge” – shut", 'the "old\nbridge" - shut') == ()


def test_very_long_wordings_are_shown_as_wholly_different() -> None:
    runs = reworded("a b " * 6000, "a c " * 6000)
    assert [run.kind for run in runs] == ["quoted", "page"]


PAGE = "Old news. The mayor said\n“the pier is shut”, and left. New news."
SELECTOR = Selector("the pier is shut", "news. The mayor said “", "”, and left. New news.")


@pytest.mark.parametrize(
    ("most", "context"),
    [
        (300, Context("Old news. The mayor said “", "the pier is shut", "”, and left. New news.")),
        (40, Context("mayor said “", "the pier is shut", "”, and left.")),
        (30, Context("said “", "the pier is shut", "”, and")),
        (20, Context("“", "the pier is shut", "”,")),
        (16, Context("", "the pier is shut", "")),
        (10, Context("", "the pier", "")),
    ],
)
def test_words_are_shown_with_whole_words_around_them(most: int, context: Context) -> None:
    assert context_of(PAGE, SELECTOR, most) == context


def test_room_that_one_side_does_not_need_goes_to_the_other() -> None:
    context = context_of("one two three four five six seven", Selector("two", "one ", ""), 27)
    assert context == Context("one ", "two", " three four five six")


def test_words_that_the_page_no_longer_has_are_shown_as_they_were() -> None:
    gone = Selector("the pier is open", "said “", "”, and")
    assert context_of(PAGE, gone) == Context("said “", "the pier is open", "”, and")
