from __future__ import annotations

import zlib

import pytest

from app.fetching.pages.reading import read_page
from app.fetching.pages.values import NotText, PageText, SaidOfItself
from tests.fetching.pdfs import letters_pdf, lines_pdf, locked_pdf, pdf

PDF = "application/pdf"


def test_each_line_of_a_pdf_is_a_line() -> None:
    page = read_page(lines_pdf("Two words", "and more (of them)"), PDF)
    assert page == PageText("Two words\nand more (of them)\n", "pdf", None, SaidOfItself())


def test_a_word_broken_at_the_end_of_a_line_keeps_its_hyphen_and_the_break() -> None:
    page = read_page(lines_pdf("of the Nagorno-", "Karabakh conflict"), PDF)
    assert isinstance(page, PageText)
    assert page.text == "of the Nagorno-\nKarabakh conflict\n"


def test_any_script_is_read() -> None:
    page = read_page(letters_pdf("Фаррух — Փառուխ, “2000”"), PDF)
    assert isinstance(page, PageText)
    assert page.text == "Фаррух — Փառուխ, “2000”\n"


def test_a_pdf_says_its_title_and_author() -> None:
    page = read_page(lines_pdf("x", title="A report", author="The office"), PDF)
    assert isinstance(page, PageText)
    assert page.about == SaidOfItself(title="A report", author="The office")


def test_a_pdf_is_known_by_its_bytes_whatever_the_server_says() -> None:
    page = read_page(lines_pdf("words"), "text/html; charset=utf-8")
    assert isinstance(page, PageText)
    assert page.kind == "pdf"


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        (locked_pdf(), "pdf-encrypted"),
        (lines_pdf("words")[:300], "pdf-unreadable"),
        (b"%PDF-1.7\n" + b"\xff" * 1000, "pdf-unreadable"),
        (pdf(b""), "pdf-without-text"),
        (pdf(b"", kids=b"2 0 R", count=5), "pdf-without-text"),
        (pdf(b"[(" * 300_000), "pdf-without-text"),
        (pdf(b"", kids=b"3 0 R " * 50_000, count=2_000_000_000), "pdf-without-text"),
        (pdf(zlib.compress(b" " * 70_000_000), inflated=True), "pdf-unreadable"),
    ],
    ids=["locked", "cut off", "noise", "empty", "circle", "nested", "many pages", "bomb"],
)
def test_a_pdf_that_cannot_be_read_says_why(body: bytes, rule: str) -> None:
    page = read_page(body, PDF)
    assert isinstance(page, NotText)
    assert page.rule == rule


def test_a_pdf_is_read_after_one_that_broke_its_reader() -> None:
    assert isinstance(read_page(pdf(zlib.compress(b" " * 70_000_000), inflated=True), PDF), NotText)
    assert isinstance(read_page(lines_pdf("words"), PDF), PageText)
