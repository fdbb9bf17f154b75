from __future__ import annotations

from pathlib import Path

import pytest

from app.dossiers.notation.layout import comment_lines
from app.dossiers.notation.reading import Reading, read_yaml
from app.dossiers.notation.tree import MAX_DEPTH

PATH = Path("claims/dispute/crossing.yaml")


def read(text: str, **limits: int) -> Reading:
    return read_yaml(PATH, text.encode("utf-8"), **limits)


def faults(text: str) -> list[str]:
    return [f"{fault.line}: {fault.field}: {fault.message}" for fault in read(text).faults]


def test_every_scalar_is_the_text_that_stands_there() -> None:
    text = "a: no\nb: 2022-03-27\nc: 010\nd: 'null'\ne: [1.50, 0x1f, on]\nf: 1_000\n"
    assert read(text).tree == {
        "a": "no",
        "b": "2022-03-27",
        "c": "010",
        "d": "null",
        "e": ["1.50", "0x1f", "on"],
        "f": "1_000",
    }


def test_every_key_and_list_entry_has_its_line() -> None:
    reading = read(
        "a: x\nb:\n  - c: y\n    d: >-\n      long\n      text\n  - [1,\n     2]\ne: z\n"
    )
    assert reading.faults == ()
    assert reading.lines == {
        (): 1,
        ("a",): 1,
        ("b",): 2,
        ("b", 0): 3,
        ("b", 0, "c"): 3,
        ("b", 0, "d"): 4,
        ("b", 1): 7,
        ("b", 1, 0): 7,
        ("b", 1, 1): 8,
        ("e",): 9,
    }


def test_a_repeated_key_is_a_fault_that_names_both_lines() -> None:
    assert faults("id: x\nkind: y\nid: z\n") == ["3: id: is given twice; the first is on line 1"]


def test_the_first_of_two_values_stands() -> None:
    assert read("id: x\nid: {a: b}\n").tree == {"id": "x"}


def test_a_key_repeated_in_an_entry_of_a_list_is_found() -> None:
    text = "accounts:\n  - id: a\n    note: b\n    note: c\n"
    assert faults(text) == ["4: accounts[0].note: is given twice; the first is on line 3"]


def test_every_fault_of_a_file_is_found_in_one_reading() -> None:
    text = "a: &x [b]\nc: *x\nd: !!int 5\ne:\nf: ~\na: g\n"
    assert faults(text) == [
        "1: a: has an anchor (“&x”); write the value out where it is used",
        "2: c: is an alias (“*x”); write the value out",
        "3: d: has a tag (“!!int”); leave it out, the schema says what a value is",
        "4: e: is empty; leave the key out",
        "5: f: “~” means nothing; leave the key out, or quote the word",
        "6: a: is given twice; the first is on line 1",
    ]


@pytest.mark.parametrize("null", ["~", "null", "Null", "NULL"])
def test_a_null_is_a_fault_and_the_quoted_word_is_none(null: str) -> None:
    assert len(faults(f"a: {null}\n")) == 1
    assert read(f'a: "{null}"\n').tree == {"a": null}


def test_an_empty_entry_of_a_list_is_a_fault() -> None:
    assert faults("a:\n  - b\n  -\n") == ["3: a[1]: is empty; leave the key out"]


def test_aliases_that_would_expand_to_billions_are_refused_unexpanded() -> None:
    rows = ["a0: &a0 [x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    found = faults("\n".join(rows) + "\n")
    assert sum("is an alias" in fault for fault in found) == 11 * 9
    assert sum("has an anchor" in fault for fault in found) == 12


def test_merge_keys_bring_nothing_in() -> None:
    assert read("a: &x {b: c}\nd:\n  <<: *x\n").tree == {"a": {"b": "c"}, "d": {"<<": "*x"}}
    assert len(faults("a: &x {b: c}\nd:\n  <<: *x\n")) == 2


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "1: file: is empty"),
        ("# only this\n", "1: file: is empty"),
        ("---\n", "1: file: is empty"),
        ("just words\n", "1: file: must be a mapping of keys to values"),
        ("# first\n- a\n- b\n", "2: file: must be a mapping of keys to values"),
        ("a: b\n---\nc: d\n", "2: file: contains a second YAML document"),
        ("a: b\n? [c]\n: d\n", "2: file: has a list or mapping for a key"),
        ("a: b\nc: d\x07e\n", "2: file: contains the character U+0007; remove it"),
    ],
)
def test_a_file_that_is_no_single_mapping_is_refused_at_its_line(text: str, fault: str) -> None:
    assert faults(text) == [fault]
    assert read(text).tree is None


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("id: x\nquestion: Was it: so?\n", 2),
        ("id: x\nquestion\nkind: y\n", 2),
        ('id: x\nquestion: "Was it\nkind: y\n', 2),
        ("id: x\naccounts: [a, b\nkind: y\n", 3),
        ("id: x\n\tkind: y\n", 2),
        ("id: x\nnote: @home\n", 2),
    ],
)
def test_what_is_no_yaml_is_one_sentence_with_a_line_of_the_file(text: str, line: int) -> None:
    (fault,) = read(text).faults
    assert fault.line == line
    assert fault.message.startswith("is not YAML: ")
    assert "\n" not in fault.message


def test_text_that_is_not_utf8_is_refused_at_its_line() -> None:
    (fault,) = read_yaml(PATH, "id: x\nnote: caf\xe9\n".encode("latin-1")).faults
    assert (fault.line, fault.message) == (2, "is not UTF-8; save it in that encoding")


def test_nesting_is_bounded() -> None:
    deep = "a: " + "[" * (MAX_DEPTH - 1) + "x" + "]" * (MAX_DEPTH - 1)
    assert read(deep).faults == ()
    (fault,) = read(deep.replace("x", "[x]")).faults
    assert fault.message == f"is nested more than {MAX_DEPTH} levels deep"


def test_a_bomb_of_brackets_is_a_fault_and_not_a_crash() -> None:
    assert read("a: " + "[" * 500_000).tree is None
    assert read("a:\n" + "- " * 400_000).tree is None


def test_a_file_above_the_limit_is_refused_unread() -> None:
    assert read("a: bcd\n", max_bytes=7).faults == ()
    (fault,) = read("a: bcde\n", max_bytes=7).faults
    assert fault.message == "is larger than 7 bytes, the most that is read"


def test_a_byte_order_mark_and_windows_line_ends_are_read() -> None:
    reading = read("\ufeffa: b\r\nc:\r\n  - d\r\n")
    assert reading.tree == {"a": "b", "c": ["d"]}
    assert reading.lines["c", 0] == 3


def test_a_fault_prints_as_file_line_field_and_sentence() -> None:
    (fault,) = read("id: x\nnote:\n").faults
    assert str(fault) == "claims/dispute/crossing.yaml:2: note: is empty; leave the key out"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a: b\n", ()),
        ("# one\na: b # two\n\n# four\n", (1, 2, 4)),
        ("a: \"# no\" # yes\nb: '#no'\nc: x#y\nd: https://e.test/#f\n", (1,)),
        ("a: >- # in the header\n  # no comment\n  text # nor this\n# but this\nb: c\n", (1, 4)),
        ("a: [b, # here\n  c]\n", (1,)),
        ("\ufeffa: é # one\nb: 🙂 # two\n", (1, 2)),
        ("a: >-\n", ()),
    ],
)
def test_comments_are_told_from_text_that_holds_a_hash(text: str, lines: tuple[int, ...]) -> None:
    assert comment_lines(text) == lines
