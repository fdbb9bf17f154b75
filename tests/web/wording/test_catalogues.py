"""Every message of the interface is said in every language, whole and with its arguments."""

import ast
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from app.web.wording.locale import DEFAULT, FOLDER, LANGUAGES, path_of
from tests.loaded import ROOT
from tools.messages import extract, update

OTHERS = [tag for tag in LANGUAGES if tag != DEFAULT]
_PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?([sd])")
_BRACES = re.compile(r"\{(\w*)\}")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("messages") / "messages.pot"
    extract(file)
    return file


def catalogue_in(path: Path, tag: str | None = None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=tag)


def read(tag: str) -> Catalog:
    return catalogue_in(path_of(tag), tag)


def said(catalogue: Catalog) -> dict[tuple[str | None, str], Message]:
    return {(message.context, ids_of(message)[0]): message for message in catalogue if message.id}


def ids_of(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def translations_of(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def arguments_of(text: str) -> Counter[str]:
    named = (f"{name}:{kind}" for name, kind in _PLACEHOLDER.findall(text))
    return Counter([*named, *_BRACES.findall(text)])


@pytest.mark.parametrize("tag", OTHERS)
def test_a_catalogue_has_every_message_and_no_other(template: Path, tag: str) -> None:
    wanted, found = said(catalogue_in(template)), said(read(tag))
    assert wanted.keys() - found.keys() == set(), "run: make messages"
    assert found.keys() - wanted.keys() == set(), "run: make messages"


@pytest.mark.parametrize("tag", OTHERS)
def test_every_message_is_translated_in_each_form(tag: str) -> None:
    catalogue = read(tag)
    for message in said(catalogue).values():
        assert not message.fuzzy, message.id
        assert all(translations_of(message)), message.id
        forms = 1 if isinstance(message.id, str) else catalogue.num_plurals
        assert len(translations_of(message)) == forms, message.id


@pytest.mark.parametrize("tag", OTHERS)
def test_a_translation_takes_the_arguments_of_its_message(tag: str) -> None:
    for message in said(read(tag)).values():
        allowed = [arguments_of(text) for text in ids_of(message)]
        for translation in translations_of(message):
            taken = arguments_of(translation)
            # The program's own word for a kind of entry fits into English alone.
            assert any(taken in (one, one - Counter(["kind"])) for one in allowed), message.id


@pytest.mark.parametrize("tag", OTHERS)
def test_a_translation_ends_as_its_message_does(tag: str) -> None:
    """A sentence stays a sentence, a label a label, a question that asks for more a question."""
    stops = {"hy": "։"}.get(tag, ".")
    for message in said(read(tag)).values():
        for translation in translations_of(message):
            sentence = ids_of(message)[0].endswith(".")
            assert translation.endswith(stops) == sentence, (message.id, translation)


def test_catalogues_are_in_their_one_layout(template: Path, tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "locale")
    update(template, tmp_path / "locale")
    for tag in OTHERS:
        again = tmp_path / "locale" / path_of(tag).relative_to(FOLDER)
        assert again.read_bytes() == path_of(tag).read_bytes(), f"{tag}: run: make messages"


@pytest.mark.parametrize("tag", OTHERS)
def test_a_translation_is_in_its_own_script(tag: str) -> None:
    """No message was left in English, or put into the catalogue of another language."""
    own = {"hy": "[\u0531-\u0587]", "ru": "[а-яё]", "az": "[a-zəçğıöşü]"}[tag]
    foreign = {"hy": "[а-яё]", "ru": "[\u0531-\u0587ə]", "az": "[а-яё\u0531-\u0587]"}[tag]
    for message in said(read(tag)).values():
        for text in translations_of(message):
            bare = _BRACES.sub("", _PLACEHOLDER.sub("", text))
            assert not re.search(foreign, bare, re.I), text
            if re.search(r"\w", bare) and text != "JSON API":
                assert re.search(own, bare, re.I), text


def calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NAMES:
            yield node


NAMES = {
    "_": 1,
    "N_": 1,
    "LazyMessage": 1,
    "gettext": 1,
    "ngettext": 2,
    "pgettext": 2,
    "npgettext": 3,
}
MODULES = sorted((ROOT / "app").rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_message_is_hidden_from_the_catalogues(path: Path) -> None:
    """What is put together when it is said, or stands within an f-string, is not collected."""
    for call in calls(path):
        assert all(isinstance(text, ast.Constant) for text in call.args[: NAMES[call.func.id]])
    tree = ast.parse(path.read_text(encoding="utf-8"))
    joined = (node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr))
    hidden = [
        ast.unparse(node)
        for node in joined
        for inner in ast.walk(node)
        if isinstance(inner, ast.Call)
        and isinstance(inner.func, ast.Name)
        and inner.func.id in NAMES
    ]
    assert hidden == []
