"""The one layout: what is written, and that reading gives it back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from app.domain.records.claims import Claim
from app.domain.records.registers import Body, Place, Sources
from app.dossiers.notation.layout import emit, emit_tree, layout_fault
from app.dossiers.notation.reading import read_yaml
from app.dossiers.notation.scalars import WIDTH
from tests.dossiers.strategies import claims, ids, prose, sources, texts

PATH = Path("x.yaml")


def read(text: str) -> Any:
    reading = read_yaml(PATH, text.encode("utf-8"))
    assert reading.faults == ()
    return reading.tree


def line_of(text: str) -> str:
    return emit_tree({"note": text}).removesuffix("\n")


@pytest.mark.parametrize(
    "text",
    [
        "Farrukh/Parukh",
        "2022-03-27",
        "2022-03-27T08:30:00Z",
        "2020-12-11/2020-12-13",
        "2020-05-02/..",
        "2021~",
        "2020-05",
        "about 2000",
        "24..99",
        "it's “so”",
        "https://e.test/a?b=c#d",
        "Փառուխ",
        "a #1",
        "no, it was not",
        "+02:00",
    ],
)
def test_a_text_that_can_mean_nothing_else_stands_plain(text: str) -> None:
    expected = f'note: "{text}"' if " #" in text else f"note: {text}"
    assert line_of(text) == expected


READ_AS_OTHER_THINGS = (
    "no Yes on y N true null ~ 1960 010 0x1f 0o17 1_000 3.14 -5 1e5 +12 .5 .inf .NaN 190:20:30 "
    "= << -0044"
)


@pytest.mark.parametrize("text", READ_AS_OTHER_THINGS.split(" "))
def test_a_text_that_yaml_would_read_as_something_else_is_quoted(text: str) -> None:
    assert line_of(text) == f'note: "{text}"'


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("", '""'),
        (" a", '" a"'),
        ("a ", '"a "'),
        ("a: b", '"a: b"'),
        ("a:", '"a:"'),
        ("a # b", '"a # b"'),
        ("- a", '"- a"'),
        ("[a]", '"[a]"'),
        ("*a", '"*a"'),
        ("'a'", "\"'a'\""),
        ('"a"', '"\\"a\\""'),
        ("a\nb", '"a\\nb"'),
        ("a\tb", '"a\\tb"'),
        ("a\\b", "a\\b"),
        ("a\u2028b\u0085c\ufeff", '"a\\u2028b\\u0085c\\uFEFF"'),
    ],
)
def test_a_text_that_cannot_stand_plain_stands_in_double_quotes(text: str, written: str) -> None:
    assert line_of(text) == f"note: {written}"


def test_a_text_of_a_hundred_columns_stands_on_its_line_and_a_longer_one_is_folded() -> None:
    fits = "word " * 18 + "abcd"
    assert len(f"note: {fits}") == WIDTH
    assert line_of(fits) == f"note: {fits}"
    assert line_of(fits + "e") == "note: >-\n  " + "word " * 17 + "word\n  abcde"


def test_a_folded_text_is_wrapped_at_96_columns_and_may_hold_anything() -> None:
    text = 'he said: "no" # and ' + "more words than fit " * 10 + "- [x]"
    written = emit_tree({"note": text})
    assert [len(line) <= 96 for line in written.split("\n")] == [True] * 5
    assert max(len(line) for line in written.split("\n")) > 90
    assert read(written) == {"note": text}


@pytest.mark.parametrize("text", ["word  " * 30 + "end", "line\n" * 30, "word " * 30])
def test_a_long_text_that_folding_would_change_stands_in_quotes_on_one_line(text: str) -> None:
    written = line_of(text)
    assert written.startswith('note: "')
    assert "\n" not in written
    assert read(written) == {"note": text}


def test_a_long_address_is_not_put_on_a_line_of_its_own() -> None:
    address = "https://e.test/" + "a" * 120
    assert line_of(address) == f"note: {address}"


def test_a_list_of_texts_stands_in_one_line_where_it_fits() -> None:
    assert emit_tree({"places": ["a", "no", "b, c", "d:e"]}) == (
        'places: [a, "no", "b, c", "d:e"]\n'
    )
    names = [f"place-number-{n}" for n in range(10)]
    assert emit_tree({"places": names}) == (
        "places:\n" + "".join(f"  - {name}\n" for name in names)
    )


def test_a_list_of_long_texts_folds_each() -> None:
    text = "some words " * 20 + "end"
    written = emit_tree({"also": [text, "short"]})
    assert written.startswith("also:\n  - >-\n    some words")
    assert written.endswith("\n  - short\n")
    assert read(written) == {"also": [text, "short"]}


def test_a_list_of_mappings_is_a_block_whose_entries_begin_on_the_dash() -> None:
    tree = {"a": [{"b": "c", "d": {"e": "f"}}, {"g": [{"h": "i"}]}]}
    assert emit_tree(tree) == "a:\n  - b: c\n    d:\n      e: f\n  - g:\n      - h: i\n"


def test_keys_stand_in_the_order_of_the_schema_and_defaults_are_left_out() -> None:
    tree = {
        "accounts": [
            {
                "citations": [
                    {"document": "d", "stance": "asserts", "form": "statement", "id": "c"}
                ],
                "answer": "yes",
                "id": "a",
            }
        ],
        "topic": "t",
        "kind": "yes-no",
        "searched": [],
        "nature": "fact",
        "schema": "2",
        "question": "Why?",
        "id": "x",
    }
    assert emit(Claim.model_validate(tree)) == (
        "id: x\nquestion: Why?\nkind: yes-no\ntopic: t\naccounts:\n  - id: a\n"
        '    answer: "yes"\n    citations:\n      - id: c\n        document: d\n'
    )


def test_what_the_schema_types_as_a_number_or_a_boolean_stands_plain() -> None:
    body = Body.model_validate({"id": "b", "name": "1960", "side": "s", "plural": "true"})
    assert emit(body) == 'id: b\nname: "1960"\nside: s\nplural: true\n'
    place = Place.model_validate({"id": "p", "name": "P", "latitude": "39.80", "longitude": "-5"})
    assert emit(place) == "id: p\nname: P\nlatitude: 39.8\nlongitude: -5.0\n"


def test_a_record_of_defaults_only_is_still_a_mapping() -> None:
    assert emit(Sources()) == "{}\n"
    assert read("{}\n") == {}


def test_a_mapping_or_list_that_holds_nothing_is_kept_as_such() -> None:
    tree = {"a": {}, "b": [{}, {"c": "d"}], "e": [], "f": {"g": {}}}
    assert emit_tree(tree) == "a: {}\nb:\n  - {}\n  - c: d\ne: []\nf:\n  g: {}\n"
    assert read(emit_tree(tree)) == tree


@given(texts)
def test_any_text_is_read_as_it_was_written(text: str) -> None:
    assert read(emit_tree({"note": text, "after": "x"})) == {"note": text, "after": "x"}


@given(st.lists(texts, max_size=6))
def test_any_list_of_texts_is_read_as_it_was_written(values: list[str]) -> None:
    assert read(emit_tree({"also": values, "after": "x"})) == {"also": values, "after": "x"}


@given(texts)
def test_other_readers_of_yaml_find_the_same_text(text: str) -> None:
    written = emit_tree({"a": [{"note": text}]})
    value = yaml.safe_load(written)["a"][0]["note"]
    is_date = not isinstance(value, str)
    assert value == text or (is_date and str(value)[:10] == text[:10])


@given(claims)
def test_any_claim_is_read_as_it_was_written_and_written_as_it_was_read(claim: Claim) -> None:
    text = emit(claim)
    again = Claim.model_validate(read(text))
    assert again == claim
    assert emit(again) == text
    assert all(line and line == line.rstrip(" ") for line in text.removesuffix("\n").split("\n"))


@given(sources)
def test_any_sources_are_read_as_they_were_written_and_written_as_read(record: Sources) -> None:
    text = emit(record)
    again = Sources.model_validate(read(text))
    assert again == record
    assert emit(again) == text


@given(ids, prose)
def test_a_canonical_text_departs_from_itself_nowhere(name: str, text: str) -> None:
    written = emit_tree({"id": name, "note": text})
    assert layout_fault(written, written) is None


CANONICAL = "id: x\nnote: y\nplaces: [a, b]\n"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (
            "id: x\nnote: 'y'\nplaces: [a, b]\n",
            2,
            'the line should read “note: y”; run "variorum format"',
        ),
        (
            "note: y\nid: x\nplaces: [a, b]\n",
            1,
            'the line should read “id: x”; run "variorum format"',
        ),
        (
            "id: x\nnote: y\nplaces: [a, b]",
            3,
            'the file must end in a newline; run "variorum format"',
        ),
        (
            CANONICAL + "\n",
            4,
            'the file must end before this line; run "variorum format"',
        ),
        (
            CANONICAL + "...\n",
            4,
            'the file must end before this line; run "variorum format"',
        ),
        (
            "\ufeff" + CANONICAL,
            1,
            'the file begins with a byte order mark; run "variorum format"',
        ),
        (
            CANONICAL.replace("\n", "\r\n"),
            1,
            'the line ends in white space or a carriage return; run "variorum format"',
        ),
        (
            "id: x\nnote: y \nplaces: [a, b]\n",
            2,
            'the line ends in white space or a carriage return; run "variorum format"',
        ),
        (
            "id: x\nnote: y # so it is\nplaces: [a, b]\n",
            2,
            "comments are not stored; write a “note” instead",
        ),
        (
            "id: x\n# so it is\nnote: y\nplaces: [a, b]\n",
            2,
            "comments are not stored; write a “note” instead",
        ),
        (
            CANONICAL + "# the end\n",
            4,
            "comments are not stored; write a “note” instead",
        ),
    ],
)
def test_the_first_line_that_departs_from_the_layout_is_named(
    text: str, line: int, message: str
) -> None:
    assert layout_fault(text, CANONICAL) == (line, message)


def test_a_long_line_is_shown_in_part() -> None:
    fault = layout_fault("note: a\n", "note: " + "b" * 90 + "\n")
    assert fault == (1, f'the line should read “note: {"b" * 54}…”; run "variorum format"')
