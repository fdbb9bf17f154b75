"""The words of a PDF and what it says of itself.

PDFium gives each line of a page as it is printed; a word broken at the end of a line keeps its
hyphen and the line break.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pypdfium2

_MAX_PAGES = 500
_MAX_CHARACTERS = 5_000_000
_MAX_NOTE_LENGTH = 2_000

Write = Callable[[bytes | bytearray], object]

_PASSWORD_NEEDED = 4  # FPDF_ERR_PASSWORD

# PDFium puts one of these in place of a hyphen and the line break after it.
_HYPHENS = str.maketrans({"\x02": "-\n", "\ufffe": "-\n", "\r": None, "\0": None})


def read(body: bytes, write: Write) -> dict[str, object]:
    """`title` and `author`, or `fault`: “encrypted”, “broken”; writes the text page by page."""
    try:
        with pypdfium2.PdfDocument(body) as document:
            _read_pages(document, write)
            return _notes(document)
    except pypdfium2.PdfiumError as error:
        encrypted = getattr(error, "err_code", None) == _PASSWORD_NEEDED
        return {"fault": "encrypted" if encrypted else "broken"}


def _notes(document: Any) -> dict[str, object]:
    said = document.get_metadata_dict(skip_empty=True)
    return {
        key: said[name][:_MAX_NOTE_LENGTH]
        for key, name in (("title", "Title"), ("author", "Author"))
        if name in said
    }


def _read_pages(document: Any, write: Write) -> None:
    room = _MAX_CHARACTERS
    for number in range(min(len(document), _MAX_PAGES)):
        text = _page_words(document, number)[:room]
        room -= len(text)
        lines = (line.strip() for line in text.translate(_HYPHENS).split("\n"))
        words = "".join(f"{line}\n" for line in lines if line)
        if words:
            write(words.encode("utf-8", "replace"))
        if not room:
            break


def _page_words(document: Any, number: int) -> str:
    """The text of one page; empty where that page alone is broken."""
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return ""
    words = page.get_textpage()
    text: str = words.get_text_range()
    words.close()
    page.close()
    return text
