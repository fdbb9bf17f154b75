"""What holds of every quotation and every page."""

from hypothesis import assume, example, given
from hypothesis import strategies as st

from app.domain.quotations.check import check_quote
from app.domain.quotations.differences import reworded
from app.domain.quotations.find import context_of
from app.domain.quotations.folding import fold
from app.domain.quotations.pages import Page

LETTERS = "abcdeeéőiprstуабвгдеёжпстьաբգդեևəıİşğ"
WORDS = st.text(LETTERS, min_size=1, max_size=7)
NUMERALS = st.sampled_from(["7", "24", "1990", "24,000", "2.4", "1 500"])
QUOTED = st.tuples(st.sampled_from(["“%s”", "«%s»", "„%s“", "‘%s’", "(%s)"]), WORDS).map(
    lambda both: both[0] % both[1]
)
TOKENS = st.lists(st.one_of(WORDS, WORDS, WORDS, NUMERALS, QUOTED), min_size=3, max_size=15)
GAPS = st.sampled_from([" ", " ", " ", "\n", ", ", ". ", " — ", "\u00a0", " – ", "\n\n"])

VARIANTS = {
    " ": ["  ", "\n", "\u00a0", "\u2009", " \t ", "\r\n"],
    '"': ["“", "”", "„", "«", "''"],
    "'": ["’", "‘", "‚"],
    "-": ["‑", "–", "−"],
}


@st.composite
def pages(draw: st.DrawFn) -> tuple[list[str], str]:
    """Whole words and numerals, and the page that they make with what stands between."""
    tokens = draw(TOKENS)
    page = tokens[0]
    for token in tokens[1:]:
        # Numerals side by side would be one numeral.
        numeric = page[-1].isdigit() or token[0].isdigit()
        page += (", x " if numeric else draw(GAPS)) + token
    return tokens, page


@st.composite
def quotations(draw: st.DrawFn) -> tuple[str, str]:
    """A page and a quotation cut from it between whole words."""
    tokens, page = draw(pages())
    starts, at = [], 0
    for token in tokens:
        at = page.index(token, at)
        starts.append((at, at + len(token)))
        at += len(token)
    first = draw(st.integers(0, len(tokens) - 1))
    last = draw(st.integers(first, len(tokens) - 1))
    return page, page[starts[first][0] : starts[last][1]]


@given(quotations())
def test_whole_words_cut_from_a_page_are_verbatim(cut: tuple[str, str]) -> None:
    page, quote = cut
    assert check_quote(quote, page).verdict == "verbatim"


@given(quotations(), st.data())
def test_other_spacing_and_signs_of_print_change_nothing(
    cut: tuple[str, str], data: st.DataObject
) -> None:
    page, quote = cut
    varied = "".join(
        data.draw(st.sampled_from(VARIANTS[sign])) if sign in VARIANTS else sign
        for sign in fold(quote)
    )
    at = data.draw(st.sampled_from([n for n, sign in enumerate(varied) if sign.isalnum()]))
    varied = varied[:at] + data.draw(st.sampled_from(["\u00ad", "\u200b", ""])) + varied[at:]
    assert check_quote(varied, page).verdict == "verbatim"
    assert check_quote(quote, page.replace(quote, varied)).verdict == "verbatim"


@given(quotations(), st.data())
def test_a_changed_digit_is_never_verbatim(cut: tuple[str, str], data: st.DataObject) -> None:
    page, quote = cut
    digits = [at for at, sign in enumerate(quote) if sign.isdigit()]
    assume(digits)
    at = data.draw(st.sampled_from(digits))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != quote[at]]))
    changed = quote[:at] + digit + quote[at + 1 :]
    assume(fold(changed) not in fold(page))
    assert check_quote(changed, page).verdict != "verbatim"


@given(quotations(), st.data())
def test_a_changed_dropped_or_added_word_is_never_verbatim(
    cut: tuple[str, str], data: st.DataObject
) -> None:
    page, quote = cut
    words = quote.split(" ")
    at = data.draw(st.integers(0, len(words) - 1))
    changed = data.draw(st.sampled_from([[], ["zz"], [words[at], "zz"], [words[at] + "z"]]))
    other = " ".join([*words[:at], *changed, *words[at + 1 :]])
    assume(fold(other) not in fold(page))
    assert check_quote(other, page).verdict != "verbatim"


@given(quotations())
def test_a_selector_finds_the_same_place_again(cut: tuple[str, str]) -> None:
    page, quote = cut
    first = check_quote(quote, page)
    assert first.selector is not None
    again = check_quote(first.selector.exact, Page(page), first.selector)
    assert (again.verdict, again.selector) == ("verbatim", first.selector)


@given(st.text(max_size=60), st.text(max_size=200))
@example("''", "a''")
@example("-", "—")
@example("\x02", "a\x02b a-\nb")
@example("\ud800", "x\ud800y")
def test_any_two_texts_have_a_check(quote: str, page: str) -> None:
    check = check_quote(quote, page)
    assert check.verdict in ("verbatim", "altered", "missing")
    if check.selector:
        assert check_quote(quote, page, check.selector).verdict == check.verdict
        context = context_of(page, check.selector, 50)
        assert len(context.before + context.exact + context.after) <= 50


@given(st.text("ab 1-.,—“”'\n", max_size=60), st.text("ab 1-.,—“”'\n", max_size=200))
def test_any_two_texts_of_words_and_signs_have_a_check(quote: str, page: str) -> None:
    test_any_two_texts_have_a_check.hypothesis.inner_test(quote, page)  # type: ignore[attr-defined]


@given(st.text("ab cİ1,.\n", max_size=60), st.text("ab cİ1,.\n", max_size=60))
def test_differences_hold_both_wordings(before: str, after: str) -> None:
    runs = reworded(before, after)
    page = "".join(run.text for run in runs if run.kind != "quoted")
    quoted = "".join(run.text for run in runs if run.kind != "page")
    if runs:
        assert page.split() == after.split() or page.replace(" ", "") == "".join(after.split())
        assert quoted.replace(" ", "") == "".join(before.split())
