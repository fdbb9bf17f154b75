"""Notes, corrections and raised figures of a page: in its marked text, and never in its words."""

import runpy
from pathlib import Path

import pytest

from app.domain.quotations import marks
from app.fetching.pages import processes
from app.fetching.pages.reading import read_page
from app.fetching.pages.values import PageText

CHILD = runpy.run_path(str(Path(processes.__file__).with_name("child") / "html.py"))


def read(html: str, content_type: str = "text/html; charset=utf-8") -> PageText:
    page = read_page(html.encode(), content_type)
    assert isinstance(page, PageText)
    return page


def test_the_reader_of_pages_and_the_quote_check_mean_the_same_marks() -> None:
    # The child imports nothing of the application.
    for name in ("STRUCK", "NOTE", "INSERTED", "PARTED"):
        assert CHILD[name] == getattr(marks, name)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>sank 24<sup>3</sup> boats</p>", "sank 24³ boats\n"),
        ("<p>sank 24<sup><a href='#n'>3</a></sup> boats</p>", "sank 243 boats\n"),
        ("<p>5 km<sup>2</sup>, H<sub>2</sub>O, 24<sub>3</sub></p>", "5 km², H2O, 24₃\n"),
        ("<p>the 5<sup>th</sup> boat</p>", "the 5th boat\n"),
        ("<p>sank <del>24</del> <ins>42</ins> boats</p>", "sank 24 42 boats\n"),
        ("<del><p>one</p><p>two</p></del>", "one\ntwo\n"),
        ("<p>24<img src=x>000</p>", "24000\n"),
        ("<p><img src=x>24 <img src=x></p>", "24\n"),
        ("<p>a\ufdd0b\ufdd2c\ufdd6d</p>", "abcd\n"),
    ],
)
def test_the_words_of_a_page_hold_no_marks(html: str, text: str) -> None:
    page = read(html)
    assert page.text == text
    assert not set(page.text).intersection(marks.MARKS)


def test_marks_that_a_text_holds_itself_are_left_out() -> None:
    page = read("a\ufdd0b\ufdd2c", "text/plain; charset=utf-8")
    assert page.marked == "abc"


def test_a_struck_run_over_blocks_is_marked_in_each() -> None:
    begin, end = marks.STRUCK
    page = read("<p>old</p><del><p>one</p><p>two</p></del><p>new</p>")
    lines = page.marked.splitlines()
    assert [begin in line for line in lines] == [False, True, True, False]
    assert all(line.count(end) <= 1 for line in lines)
