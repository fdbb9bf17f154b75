"""One file's bytes as a plain tree with the line of every value, and everything that is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from app.domain.checking.findings import Finding, Where, field_name
from app.dossiers.notation.faults import Fault
from app.dossiers.notation.tree import BYTE_ORDER_MARK, Tree, TreeBuilder, Unreadable

MAX_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Reading:
    """One file as it was read.

    `tree` is None where no whole mapping could be read. `placeholders` are the places whose value
    is unknown because it is itself a fault.
    """

    path: Path
    tree: dict[str, Tree] | None
    lines: Mapping[Where, int]
    faults: tuple[Fault, ...]
    placeholders: frozenset[Where] = frozenset()

    def fault(self, finding: Finding) -> Fault:
        """The finding at its line; what is missing is reported where it is missing."""
        where = finding.where
        while where and where not in self.lines:
            where = where[:-1]
        line = self.lines.get(where, 1)
        return Fault(self.path, line, field_name(finding.where), finding.message)


def read_yaml(path: Path, content: bytes, max_bytes: int = MAX_BYTES) -> Reading:
    """Read one YAML document whose root is a mapping; collects every fault and raises none.

    Refused are: more than `max_bytes`, text that is not UTF-8 or not YAML, an empty file, a second
    document, another root than a mapping, more than `MAX_DEPTH` levels, a repeated key, anchors
    and aliases (which can expand without bounds), tags, and empty or null values.
    """
    builder = TreeBuilder()
    stop: Unreadable | None = None
    try:
        builder.build(_decoded(content, max_bytes))
    except Unreadable as error:
        stop = error
    except yaml.YAMLError as error:
        stop = _not_yaml(error, content)
    faults = [Fault(path, line, field_name(where), text) for line, where, text in builder.faults]
    if stop is not None:
        faults.append(Fault(path, stop.line, field_name(stop.where), str(stop)))
    tree = builder.root if stop is None and isinstance(builder.root, dict) else None
    return Reading(path, tree, builder.lines, tuple(faults), frozenset(builder.placeholders))


def _decoded(content: bytes, max_bytes: int) -> str:
    if len(content) > max_bytes:
        raise Unreadable(f"is larger than {max_bytes:,} bytes, the most that is read")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable("is not UTF-8; save it in that encoding", line) from None
    return text.removeprefix(BYTE_ORDER_MARK)


# What libyaml says, and what most often is behind it.
_HINTS = {
    "mapping values are not allowed": "put a text that holds “: ” in double quotes",
    "could not find expected ':'": "a key needs a colon and a space after it",
    "cannot start any token": "put the text in double quotes, and indent with spaces",
    "found unexpected end of stream": "a quotation mark is not closed",
    "did not find expected": "check the indentation, the brackets and the quotation marks",
    "found a tab character": "indent with spaces",
}


def _not_yaml(error: yaml.YAMLError, content: bytes) -> Unreadable:
    """The error at the line that a person has to change."""
    if isinstance(error, yaml.reader.ReaderError):
        return _not_a_character(error, content)
    if not isinstance(error, yaml.MarkedYAMLError):
        return Unreadable(f"is not YAML: {error}")
    problem = error.problem or "it cannot be parsed"
    # libyaml notices an open quotation or a key without its colon only after it; it begins there.
    begins = error.context in ("while scanning a simple key", "while scanning a quoted scalar")
    mark = error.context_mark if begins else error.problem_mark
    hint = next((f" ({hint})" for words, hint in _HINTS.items() if words in problem), "")
    last_line = content.count(b"\n") + (not content.endswith(b"\n"))
    line = min(mark.line + 1, last_line) if mark else 1
    return Unreadable(f"is not YAML: {problem}{hint}", line)


def _not_a_character(error: yaml.reader.ReaderError, content: bytes) -> Unreadable:
    text = content.decode("utf-8").removeprefix(BYTE_ORDER_MARK)
    # libyaml counts bytes, and text may have fewer letters: the character is searched for.
    found = yaml.reader.Reader.NON_PRINTABLE.search(text)
    place = found.start() if found else min(error.position, len(text) - 1)
    line = text.count("\n", 0, place) + 1
    return Unreadable(f"contains the character U+{ord(text[place]):04X}; remove it", line)
