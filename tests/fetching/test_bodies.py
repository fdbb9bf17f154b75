from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.fetching import bounds
from app.fetching.failures import NotRead

WORDS = b"words of a page " * 1000


def read_body(
    pieces: Iterable[bytes], coding: str, most: int, *, cut: bool = False, room: int = 1_000_000
) -> bytes:
    return bounds.read_body(pieces, coding, most, bounds.Room(room), cut=cut)


def pieces(content: bytes, size: int = 100) -> list[bytes]:
    return [content[start : start + size] for start in range(0, len(content), size)]


@pytest.mark.parametrize("coding", ["", "identity", " Identity "])
def test_a_plain_body_is_put_together(coding: str) -> None:
    assert read_body(pieces(WORDS), coding, 100_000) == WORDS


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "GZIP"])
def test_a_compressed_body_is_inflated(coding: str) -> None:
    assert read_body(pieces(gzip.compress(WORDS), 7), coding, 100_000) == WORDS


@given(st.binary(max_size=3000), st.integers(1, 500))
def test_however_a_compressed_body_is_cut_into_pieces_it_inflates_to_the_same(
    content: bytes, size: int
) -> None:
    assert read_body(pieces(gzip.compress(content), size), "gzip", 3000) == content


def test_a_body_may_be_as_long_as_the_bound_and_no_longer() -> None:
    assert read_body(pieces(WORDS), "", len(WORDS)) == WORDS
    for body, coding in ((WORDS, ""), (gzip.compress(WORDS), "gzip")):
        with pytest.raises(NotRead) as refusal:
            read_body(pieces(body), coding, len(WORDS) - 1)
        assert refusal.value.rule == "too-large"


def test_a_body_that_may_be_cut_ends_at_the_bound() -> None:
    assert read_body(pieces(gzip.compress(WORDS)), "gzip", 33, cut=True) == WORDS[:33]


def test_a_cut_body_is_not_read_beyond_the_bound() -> None:
    taken = []

    def endless() -> Iterator[bytes]:
        while True:
            taken.append(1)
            yield b"x" * 100

    assert read_body(endless(), "", 250, cut=True) == b"x" * 250
    assert len(taken) == 3


def test_what_follows_the_compressed_body_is_left_alone() -> None:
    body = gzip.compress(WORDS) + b"junk" + gzip.compress(b"more")

    assert read_body(pieces(body), "gzip", 100_000) == WORDS


def test_an_empty_body_is_empty_in_any_coding() -> None:
    assert read_body([], "gzip", 10) == b""
    assert read_body([b""], "gzip", 10) == b""


@pytest.mark.parametrize(
    ("coding", "body", "rule"),
    [
        ("br", b"", "encoding"),
        ("deflate", zlib.compress(WORDS), "encoding"),
        ("zstd", b"", "encoding"),
        ("gzip, gzip", gzip.compress(gzip.compress(WORDS)), "encoding"),
        ("gzip", WORDS, "broken-encoding"),
        ("gzip", gzip.compress(WORDS)[:-8] + b"\0" * 8, "broken-encoding"),
        ("gzip", gzip.compress(WORDS)[:-1], "incomplete"),
        ("gzip", gzip.compress(WORDS)[:5], "incomplete"),
    ],
    ids=[
        "brotli",
        "deflate",
        "zstd",
        "zipped twice",
        "not zipped",
        "wrong check sum",
        "last byte missing",
        "five bytes",
    ],
)
def test_a_body_that_cannot_be_decoded_is_refused(coding: str, body: bytes, rule: str) -> None:
    with pytest.raises(NotRead) as refusal:
        read_body(pieces(body), coding, 100_000)

    assert refusal.value.rule == rule


def test_a_body_for_which_there_is_no_room_is_left_for_later() -> None:
    with pytest.raises(NotRead) as refusal:
        read_body(pieces(WORDS), "", 100_000, room=len(WORDS) - 1)

    assert refusal.value.rule == "busy"


def test_room_is_free_again_after_every_body_whatever_became_of_it() -> None:
    room = bounds.Room(len(WORDS))
    broken = gzip.compress(WORDS)[:-1]
    for _ in range(3):
        with pytest.raises(NotRead, match="ended before"):
            bounds.read_body(pieces(broken), "gzip", 100_000, room)
        with pytest.raises(NotRead, match="larger"):
            bounds.read_body(pieces(WORDS), "", 10, room)

        assert bounds.read_body(pieces(WORDS), "", 100_000, room) == WORDS


def test_a_body_is_inflated_in_steps_and_no_further_than_the_bound() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    tracemalloc.start()
    with pytest.raises(NotRead, match="larger"):
        read_body([bomb], "gzip", 1_000_000, room=2_000_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 5_000_000
