"""Where a YAML text holds comments: what the canonical layout would lose."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

BYTE_ORDER_MARK = "\ufeff"


def comment_lines(text: str) -> tuple[int, ...]:
    """The lines, counted from 1, that hold a comment. The text must be YAML.

    A “#” outside every scalar begins a comment: tags and anchors, where it could stand too, are
    refused before.
    """
    text = text.removeprefix(BYTE_ORDER_MARK)
    if "#" not in text:
        return ()
    lines: set[int] = set()
    before = 0
    for begin, end in _scalars(text):
        lines.update(_hashes(text, before, begin))
        before = end
    lines.update(_hashes(text, before, len(text)))
    return tuple(sorted(lines))


def _scalars(text: str) -> Iterator[tuple[int, int]]:
    """Where each scalar's own text begins and ends; a block scalar's first line holds none."""
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.ScalarEvent) and event.start_mark and event.end_mark:
            begin, end = event.start_mark.index, event.end_mark.index
            if event.style in ("|", ">"):
                begin = max(begin, text.find("\n", begin, end))
            yield begin, end


def _hashes(text: str, begin: int, end: int) -> list[int]:
    gap = text[begin:end]
    if "#" not in gap:
        return []
    first = text.count("\n", 0, begin) + 1
    return [first + number for number, line in enumerate(gap.split("\n")) if "#" in line]
