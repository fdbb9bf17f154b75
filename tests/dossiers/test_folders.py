from __future__ import annotations

from pathlib import Path

import pytest

from app.dossiers.folders import read_texts
from app.errors import BadInput


def test_texts_are_read_by_the_id_of_their_document(tmp_path: Path) -> None:
    (tmp_path / "page-two.txt").write_text("Ծանր\r\n“two”\n", encoding="utf-8", newline="")
    (tmp_path / "page-one.txt").write_text("one", encoding="utf-8")
    (tmp_path / "README.md").write_text("About.", encoding="utf-8")
    (tmp_path / "README.txt").write_text("About.", encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text("x", encoding="utf-8")
    (tmp_path / "page-one.pdf").write_bytes(b"%PDF")
    texts = read_texts(tmp_path)
    assert list(texts.items()) == [("page-one", "one"), ("page-two", "Ծանր\n“two”\n")]


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="There is no folder"):
        read_texts(tmp_path / "nowhere")


def test_a_text_whose_name_is_no_id_is_refused(tmp_path: Path) -> None:
    (tmp_path / "Page One.txt").write_text("one", encoding="utf-8")
    with pytest.raises(BadInput, match="must be named by the id of its document"):
        read_texts(tmp_path)


def test_a_text_that_is_not_utf8_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "page-one.txt").write_bytes(b"caf\xe9")
    with pytest.raises(BadInput, match=r"page-one\.txt” is not UTF-8"):
        read_texts(tmp_path)
