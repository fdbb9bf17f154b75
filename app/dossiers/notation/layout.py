"""The one layout of a record's file: every record has exactly one text.

Keys are in the model's order, defaults are left out. Mappings and lists of mappings are blocks,
indented by two; a list of scalars is one line where it fits, else a block. There are no blank lines
and no comments, and the file ends with one newline. `read_yaml` returns what was passed to `emit`.

With one layout, a changed claim is a diff of the lines that say so. PyYAML's emitter folds and
quotes by rules of its own, each of which would have to be overruled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

import yaml

from app.domain.values.base import Record
from app.dossiers.notation.scalars import WIDTH, flow_scalar, scalar_lines
from app.dossiers.notation.tree import BYTE_ORDER_MARK

INDENT = "  "
ADVICE = 'run "variorum format"'
NO_COMMENTS = (
    "comments are not stored; write a “note” instead"  # a load stores records, not their text
)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def emit(record: Record) -> str:
    """The record's file, whole."""
    return emit_tree(record.to_plain())


def emit_tree(tree: Mapping[str, object]) -> str:
    """A tree of mappings, lists, texts, numbers and booleans, as text; see this module's layout."""
    return "\n".join(_mapping(tree, "")) + "\n" if tree else "{}\n"


def _mapping(tree: Mapping[str, object], indent: str) -> Iterator[str]:
    for key, value in tree.items():
        yield from _value(f"{indent}{key}:", value, indent)


def _value(opening: str, value: object, indent: str) -> Iterator[str]:
    """The lines of a value after `opening`, which is `key:` or `-` at this indentation."""
    inner = indent + INDENT
    if isinstance(value, Mapping):
        yield opening if value else f"{opening} {{}}"
        yield from _mapping(value, inner)
    elif isinstance(value, list | tuple):
        yield from _list(opening, value, inner)
    else:
        yield from scalar_lines(opening, value, inner)


def _list(opening: str, values: Sequence[object], indent: str) -> Iterator[str]:
    if not any(isinstance(value, Mapping | list | tuple) for value in values):
        line = f"{opening} [{', '.join(flow_scalar(value) for value in values)}]"
        if len(line) <= WIDTH:
            yield line
            return
    yield opening
    for value in values:
        yield from _entry(value, indent)


def _entry(value: object, indent: str) -> Iterator[str]:
    if not isinstance(value, Mapping) or not value:
        yield from _value(f"{indent}-", value, indent)
        return
    first, *rest = _mapping(value, indent + INDENT)
    yield f"{indent}- {first.lstrip(' ')}"
    yield from rest


def layout_fault(text: str, canonical: str) -> tuple[int, str] | None:
    """The first line, counted from 1, at which the text leaves its canonical form, and how.

    None where it does not. The text must be YAML.
    """
    if text == canonical:
        return None
    found, expected = _LINE.findall(text), _LINE.findall(canonical)
    pairs = enumerate(zip_longest(found, expected, fillvalue=""))
    at, (left, right) = next((n, pair) for n, pair in pairs if pair[0] != pair[1])
    if at + 1 in comment_lines(text):
        return at + 1, NO_COMMENTS
    return at + 1, f"{_difference(left, right)}; {ADVICE}"


def _difference(found: str, expected: str) -> str:
    if not expected:
        return "the file must end before this line"
    if f"{found}\n" == expected:
        return "the file must end in a newline"
    if found.removeprefix(BYTE_ORDER_MARK) == expected:
        return "the file begins with a byte order mark"
    if found.rstrip() == expected.rstrip():
        return "the line ends in white space or a carriage return"
    return f"the line should read “{_clipped(expected.rstrip())}”"


def _clipped(line: str, length: int = 60) -> str:
    return line if len(line) <= length else line[:length] + "…"


def comment_lines(text: str) -> tuple[int, ...]:
    """The lines, counted from 1, that hold a comment. The text must be YAML.

    A “#” outside every scalar begins a comment: tags and anchors, which may hold one too, are
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
    # libyaml has no events for comments: they are what is left between the scalars.
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
