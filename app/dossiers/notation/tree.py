"""YAML's events as a plain tree in which every scalar is a string.

The models give texts their types: YAML's own would make a boolean of the country `no`, and a number
of an id.

libyaml's events are taken one by one instead of its composed nodes: it is as fast, and only events
show whether a value has an anchor or a tag, and let the depth be bounded before it is reached.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml

from app.domain.checking.findings import Where

MAX_DEPTH = 20

Tree = str | list["Tree"] | dict[str, "Tree"]

_NULLS = frozenset({"~", "null", "Null", "NULL"})
_YAML_TAG = "tag:yaml.org,2002:"


class Unreadable(Exception):
    """Nothing from this place on can be read; `str()` says why."""

    def __init__(self, message: str, line: int = 1, where: Where = ()) -> None:
        super().__init__(message)
        self.line = line
        self.where = where


@dataclass(slots=True)
class _Frame:
    """An open list or mapping; `key` is the key that waits for its value."""

    items: list[Tree] | dict[str, Tree]
    where: Where
    key: str | None = None

    @property
    def awaits_key(self) -> bool:
        return isinstance(self.items, dict) and self.key is None


@dataclass(slots=True)
class TreeBuilder:
    """Builds `root`; `lines` has the line of every key and list entry, counted from 1.

    `faults` are line, place and sentence. `placeholders` are places whose value is not known.
    """

    root: Tree | None = None
    lines: dict[Where, int] = field(default_factory=dict)
    faults: list[tuple[int, Where, str]] = field(default_factory=list)
    placeholders: set[Where] = field(default_factory=set)
    frames: list[_Frame] = field(default_factory=list)

    def build(self, text: str) -> None:
        """Take in the whole text. Raises `Unreadable`, and `yaml.YAMLError` for what is no YAML."""
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._open(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.frames.pop()
            elif isinstance(event, yaml.AliasEvent):
                self._alias(event)
            elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
                raise Unreadable("contains a second YAML document", _line(event))
        if self.root is None or self.root == "":
            raise Unreadable("is empty")
        if not isinstance(self.root, dict):
            raise Unreadable("must be a mapping of keys to values", self.lines[()])

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        where = self._key(event.value, event) if self._awaits_key else self._put(event.value, event)
        self._refuse_decoration(event, where)
        is_plain = bool(where) and not event.style and event.tag is None
        if is_plain and event.value == "":
            self._unknown(where, "is empty; leave the key out")
        elif is_plain and event.value in _NULLS:
            message = f"“{event.value}” means nothing; leave the key out, or quote the word"
            self._unknown(where, message)

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        if self._awaits_key:
            raise Unreadable("has a list or mapping for a key", _line(event), self.frames[-1].where)
        items: list[Tree] | dict[str, Tree]
        items = {} if isinstance(event, yaml.MappingStartEvent) else []
        where = self._put(items, event)
        self._refuse_decoration(event, where)
        self.frames.append(_Frame(items, where))
        # Here and not after: libyaml's composer and Python's recursion would meet the depth first.
        if len(self.frames) > MAX_DEPTH:
            message = f"is nested more than {MAX_DEPTH} levels deep"
            raise Unreadable(message, _line(event), where)

    def _alias(self, event: yaml.AliasEvent) -> None:
        text = f"*{event.anchor}"
        where = self._key(text, event) if self._awaits_key else self._put(text, event)
        # Never resolved: nine lines of aliases to aliases expand to a billion values.
        self._unknown(where, f"is an alias (“{text}”); write the value out")

    @property
    def _awaits_key(self) -> bool:
        return bool(self.frames) and self.frames[-1].awaits_key

    def _key(self, key: str, event: yaml.Event) -> Where:
        frame = self.frames[-1]
        where = (*frame.where, key)
        frame.key = key
        if key in frame.items:
            first = self.lines[where]
            self._fault(_line(event), where, f"is given twice; the first is on line {first}")
        self.lines.setdefault(where, _line(event))
        return where

    def _put(self, value: Tree, event: yaml.Event) -> Where:
        """Set the value where the next one belongs; of a repeated key, the first value remains."""
        if not self.frames:
            self.root, self.lines[()] = value, _line(event)
            return ()
        frame = self.frames[-1]
        if isinstance(frame.items, list):
            where: Where = (*frame.where, len(frame.items))
            self.lines.setdefault(where, _line(event))
            frame.items.append(value)
            return where
        key, frame.key = str(frame.key), None
        frame.items.setdefault(key, value)
        return (*frame.where, key)

    def _refuse_decoration(
        self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, where: Where
    ) -> None:
        if event.anchor is not None:
            message = f"has an anchor (“&{event.anchor}”); write the value out where it is used"
            self._fault(_line(event), where, message)
        if event.tag is not None:
            tag = event.tag.replace(_YAML_TAG, "!!")
            message = f"has a tag (“{tag}”); leave it out, the schema says what a value is"
            self._fault(_line(event), where, message)

    def _unknown(self, where: Where, message: str) -> None:
        self._fault(self.lines[where], where, message)
        self.placeholders.add(where)

    def _fault(self, line: int, where: Where, message: str) -> None:
        self.faults.append((line, where, message))


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


BYTE_ORDER_MARK = "\ufeff"
