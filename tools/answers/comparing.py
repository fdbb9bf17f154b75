"""What differs between two folders of answers, with alike differences shown once."""

from __future__ import annotations

import difflib
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tools.answers.keeping import Folder

_SHOWN = 12
_NAMED = 6
_MAX_LINES = 3000
_VARYING = (
    (re.compile(r'"/[^"]*"'), '"ADDRESS"'),
    (re.compile(r"[0-9a-f]{12,64}"), "HEX"),
    (re.compile(r"\d+"), "N"),
)


@dataclass(frozen=True)
class Difference:
    """An answer that is not the same, by its file, with the lines that differ."""

    file: str
    lines: tuple[str, ...]

    @property
    def likeness(self) -> str:
        """What it has in common with differences of the same kind."""
        text = "\n".join(line for line in self.lines if line[:1] in "+-")
        own = self.file.rsplit("/", 1)[-1].removesuffix(".txt")
        for part in sorted(set(own.split("~")), key=len, reverse=True):
            if len(part) > 5:
                text = text.replace(part, "ITSELF")
        for pattern, word in _VARYING:
            text = pattern.sub(word, text)
        return text


def compare(left: Path, right: Path) -> int:
    """Print what differs; gives 1 where anything does."""
    groups: dict[str, list[Difference]] = defaultdict(list)
    for difference in differences(Folder(left), Folder(right)):
        groups[difference.likeness].append(difference)
    for group in sorted(groups.values(), key=lambda group: (-len(group), group[0].file)):
        _print(group)
    count, compared = sum(map(len, groups.values())), len(list(Folder(right).files()))
    print(f"{count} of {compared} answers differ, in {len(groups)} ways.")
    return int(bool(groups))


def differences(left: Folder, right: Folder) -> Iterator[Difference]:
    """Each answer that differs, or that one folder alone has where neither is a sample."""
    here, there = set(left.files()), set(right.files())
    for file in sorted(here & there):
        before, after = (left.path / file).read_bytes(), (right.path / file).read_bytes()
        if before != after:
            yield Difference(file, tuple(_diff(before.decode(), after.decode())))
    if left.is_sampled() or right.is_sampled():
        return
    for file in sorted(here - there):
        yield Difference(file, (f"- {_kind(file)}: asked for in the first run alone",))
    for file in sorted(there - here):
        yield Difference(file, (f"+ {_kind(file)}: asked for in the second run alone",))


def _kind(file: str) -> str:
    return file.rpartition("/")[0]


def _diff(before: str, after: str) -> Iterator[str]:
    """The lines that differ, with one line around; JSON is indented where that shows them."""
    one, two = _lines(before), _lines(after)
    if one == two:
        one, two = before.splitlines(keepends=True), after.splitlines(keepends=True)
    start = 0
    while start < min(len(one), len(two)) and one[start] == two[start]:
        start += 1
    start = max(start - 1, 0)
    one, two = one[start : start + _MAX_LINES], two[start : start + _MAX_LINES]
    shown = difflib.unified_diff(one, two, lineterm="", n=1)
    yield from (line.rstrip("\n") for line in shown if not line.startswith(("---", "+++", "@@")))


def _lines(text: str) -> list[str]:
    head, _empty, body = text.partition("\n\n")
    if body.startswith(("{", "[")):
        with suppress(ValueError):
            body = json.dumps(json.loads(body), indent=1, ensure_ascii=False)
    return [*head.splitlines(), "", *body.splitlines()]


def _print(group: list[Difference]) -> None:
    first = group[0]
    print(f"== {len(group)} answer{'s' if len(group) > 1 else ''} as {first.file}")
    for line in first.lines[:_SHOWN]:
        print(f"   {line[:300]}")
    if len(first.lines) > _SHOWN:
        print(f"   … {len(first.lines) - _SHOWN} more lines")
    for other in group[1:_NAMED]:
        print(f"   also {other.file}")
    if len(group) > _NAMED:
        print(f"   and {len(group) - _NAMED} more")
    print()
