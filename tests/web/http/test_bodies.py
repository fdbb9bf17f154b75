"""Bodies that strangers send: what is wrong with them is told with its place."""

from __future__ import annotations

import contextlib
import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import BadFields
from app.web.http.bodies import DEEPEST, MAX_BYTES, read_json


def problems(body: bytes | str) -> list[tuple[str, str]]:
    with pytest.raises(BadFields) as refused:
        read_json(body.encode() if isinstance(body, str) else body)
    return list(refused.value.problems)


def nested(depth: int) -> str:
    return "{" + '"a":' + "[" * (depth - 1) + "]" * (depth - 1) + "}"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"{", "not JSON"),
        (b"{'a': 1}", "not JSON"),
        (b'{"a": 1} {}', "not JSON"),
        (b'{"a": "new\nline"}', "not JSON"),
        (b"[]", "must be a JSON object"),
        (b'"text"', "must be a JSON object"),
        (b"null", "must be a JSON object"),
        (b'{"a": "\xff"}', "byte 7"),
        (b'{"a": "\xed\xa0\x80"}', "byte 7"),
        ('{"a": "ä"}'.encode("latin-1"), "byte 7"),
        ('{"a": 1}'.encode("utf-16"), "not UTF-8"),
        (b'\xef\xbb\xbf{"a": 1}', "byte order mark"),
        (b'{"a": NaN}', "number"),
        (b'{"a": -Infinity}', "number"),
        (b'{"a": 1e999}', "number"),
        (b'{"a": ' + b"9" * 5000 + b"}", "number"),
        (b'{"a":' + b"[" * 100_000, "deep"),
        (b"[" * 60_000 + b"]" * 60_000, "deep"),
    ],
)
def test_a_body_that_is_not_a_json_object_is_refused(body: bytes, told: str) -> None:
    ((pointer, detail),) = problems(body)
    assert pointer == ""
    assert told in detail


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x00", "U+0000"),
        ("\x1b", "U+001B"),
        ("\x7f", "U+007F"),
        ("\x85", "U+0085"),
        ("\ud800", "U+D800"),
        ("\udfff", "U+DFFF"),
        ("\u202e", "U+202E"),
        ("\u2066", "U+2066"),
        ("\ufffe", "U+FFFE"),
        ("\U0010ffff", "U+10FFFF"),
    ],
)
def test_characters_that_cannot_be_shown_are_refused_with_their_place(
    character: str, name: str
) -> None:
    body = json.dumps({"a": [{"b/c~": f"x{character}y"}], f"k{character}": 1})
    escape = f"\\u{ord(character):04x}"
    assert [(pointer, name in detail) for pointer, detail in problems(body)] == [
        ("/a/0/b~1c~0", True),
        (f"/k{escape}", True),
    ]


def test_a_pair_of_surrogates_is_one_character() -> None:
    assert read_json(b'{"a": "\\ud83d\\ude00"}') == {"a": "😀"}


def test_every_duplicate_key_is_reported() -> None:
    assert [pointer for pointer, _ in problems('{"a": {"b": 1, "b": 2}, "c": 1, "c": 1}')] == [
        "/c",
        "/a/b",
    ]


def test_bodies_are_thirty_deep_at_most() -> None:
    assert read_json(nested(DEEPEST).encode())
    ((pointer, detail),) = problems(nested(DEEPEST + 1))
    assert pointer == "/a" + "/0" * (DEEPEST - 1)
    assert "30 deep" in detail


def test_at_most_a_hundred_problems_are_reported() -> None:
    assert len(problems(json.dumps({str(n): "\x00" for n in range(1000)}))) == 100


@pytest.mark.parametrize(
    "body",
    [
        "{" + ",".join(f'"{n:x}":1' for n in range(26_000)) + ',"0":2}',
        "{" + ",".join(['"a":1'] * 43_000) + "}",
        '{"a":[' + ",".join(["{}"] * 87_000) + "]}",
        '{"a":"' + "\\u0000" * 43_000 + '"}',
        '{"a":"' + '\\"' * 130_000,
    ],
    ids=["many keys", "one key", "many objects", "many escapes", "unended"],
)
def test_the_largest_body_takes_a_moment(body: str) -> None:
    assert len(body) <= MAX_BYTES
    start = time.process_time()
    with contextlib.suppress(BadFields):
        read_json(body.encode())
    assert time.process_time() - start < 1


_FIT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]).filter(
        lambda c: not ("\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069")
    )
)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | _FIT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_FIT, inner, max_size=4),
    max_leaves=10,
)


@settings(max_examples=40)
@given(st.dictionaries(_FIT, _VALUES, max_size=4), st.booleans())
def test_an_accepted_body_is_read_unchanged(sent: dict[str, Any], in_ascii: bool) -> None:
    assert read_json(json.dumps(sent, ensure_ascii=in_ascii).encode()) == sent


@settings(max_examples=60)
@given(st.binary(max_size=60) | st.text('{}[]":,\\u0d8 \n1e', max_size=40).map(str.encode))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    try:
        assert isinstance(read_json(body), dict)
    except BadFields as refused:
        told = json.dumps(refused.problems, ensure_ascii=False)
        assert told.encode("utf-8")
