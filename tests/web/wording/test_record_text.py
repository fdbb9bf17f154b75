"""Texts of the record on pages in other languages than theirs."""

import contextvars
import shutil
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from app.domain.records.registers import Dossier, NameIn, Side
from app.dossiers.notation.layout import emit
from app.dossiers.record import read_record
from app.errors import LazyMessage
from app.main import create_app
from app.settings import Settings
from app.storage.database.engine import Database
from app.web.wording.locale import Locale, catalogue, use
from app.web.wording.record_text import (
    RecordText,
    at_start,
    foreign_language,
    name_of,
    translate,
)
from tests.loaded import EXAMPLE, load
from tests.serving import serving

NAMES = (NameIn(language="ru", name="Северная"), NameIn(language="hy", name="Հյուսիսային"))
SIDE = Side(id="north", name="Northern", names=NAMES)


def called(tag: str) -> tuple[str, str]:
    """What a side is called on a page, and the language that this is marked with."""

    def read() -> tuple[str, str]:
        use(Locale(tag, catalogue(tag)))
        name = name_of(SIDE)
        return str(name), foreign_language(name)

    return contextvars.copy_context().run(read)


def test_a_name_is_taken_in_the_language_of_the_page_or_marked_as_english() -> None:
    assert called("ru") == ("Северная", "")
    assert called("hy") == ("Հյուսիսային", "")
    assert called("az") == ("Northern", "en")
    assert called("en") == ("Northern", "")


def test_a_text_put_into_a_sentence_is_an_ordinary_text() -> None:
    assert not isinstance(f"“{RecordText('Left')}”", RecordText)


def test_names_in_other_languages_are_part_of_an_entrys_file() -> None:
    assert emit(SIDE).splitlines()[2:4] == ["names:", "  - language: ru"]
    assert Side.model_validate(SIDE.to_plain()) == SIDE
    assert "names" not in Side(id="north", name="Northern").to_plain()


@pytest.mark.parametrize(
    ("text", "started"),
    [
        (RecordText("the office of the mayor", "en"), "The office of the mayor"),
        (RecordText("idarə", "az"), "İdarə"),
        ("ведомство", "Ведомство"),
        ("", ""),
    ],
)
def test_a_line_begins_with_a_capital_and_stays_in_its_language(text: str, started: str) -> None:
    made = at_start(text)
    assert made == started
    assert getattr(made, "language", None) == getattr(text, "language", None)


@pytest.fixture
def named_site(database: Database, database_url: str, tmp_path: Path):
    """The example record with names in Russian for its dossier and its first side."""
    files = Path(shutil.copytree(EXAMPLE, tmp_path / "files"))
    record = read_record(files)
    dossier = record.dossiers[0]
    titled = Dossier.model_validate(
        dossier.to_plain() | {"titles": [{"language": "ru", "name": "Пожар в гавани"}]}
    )
    path = next((files / "claims").glob("*/dossier.yaml"))
    path.write_text(emit(titled), encoding="utf-8")
    sides = [side.to_plain() for side in record.sources.sides]
    sides[0]["names"] = [{"language": "ru", "name": "Сторона гавани"}]
    sources = type(record.sources).model_validate(record.sources.to_plain() | {"sides": sides})
    (files / "sources.yaml").write_text(emit(sources), encoding="utf-8")
    load(database, files)
    with (
        closing(database),
        serving(create_app(Settings(database_url=database_url))) as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        yield client


def test_pages_call_sides_and_dossiers_by_their_names_in_the_language(
    named_site: httpx.Client,
) -> None:
    page = named_site.get("/dossiers/harbour?lang=ru").text
    assert "<h1>Пожар в гавани</h1>" in page
    assert '<span class="side side-1">Сторона гавани</span>' in page
    assert '<span class="side side-2" lang="en">' in page
    english = named_site.get("/dossiers/harbour").text
    assert "Пожар" not in english
    assert "Сторона" not in english


def test_what_was_written_in_english_says_so_on_a_page_in_another_language(
    site: httpx.Client,
) -> None:
    page = site.get("/claims/fire-dead?lang=ru").text
    assert '<h1 lang="en">' in page
    assert 'class="wording" lang="en"' in page
    english = site.get("/claims/fire-dead").text
    assert "<h1>" in english
    assert 'class="wording">' in english


def test_an_error_spells_out_what_nobody_sees_in_what_it_quotes() -> None:
    for sentence in (
        LazyMessage("“{text}” is no date.", text="a\u202eb"),
        "“a\u202eb” is no date.",
    ):
        assert translate(sentence) == "“a\\u202eb” is no date."
