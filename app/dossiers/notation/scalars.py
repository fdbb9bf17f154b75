"""One scalar as YAML: plain where it can mean nothing else, quoted or folded elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from yaml.resolver import Resolver

WIDTH = 100
FOLD_AT = 96

_DATE_TAG = "tag:yaml.org,2002:timestamp"
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")
_FLOW_INDICATORS = frozenset(",[]{}:")
# What YAML does not take unescaped: controls, its further line breaks, byte order marks,
# non-characters. Surrogates are no text at all, and have no form.
_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
# Beyond PyYAML's own reading: the one-letter booleans of YAML 1.1, and the numbers of YAML 1.2.
_OTHER_MEANING = re.compile(
    r"[yYnN]|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+"
)
_RESOLVERS = Resolver.yaml_implicit_resolvers


def scalar_lines(opening: str, value: object, indent: str) -> Iterator[str]:
    """The lines of a scalar after `opening`; a folded text is indented by `indent`.

    A text that does not fit in `WIDTH` columns is folded; in quotes, where folding would change
    it; and as it is where it is a single word, such as an address.
    """
    line = f"{opening} {_one_line(value)}"
    if len(line) <= WIDTH or not isinstance(value, str) or " " not in value:
        yield line
    elif _can_fold(value):
        yield f"{opening} >-"
        yield from _folded(value, indent)
    else:
        yield f"{opening} {_quoted(value)}"


def flow_scalar(value: object) -> str:
    """The scalar as an entry of a list in one line."""
    text = _one_line(value)
    if text == value and not _FLOW_INDICATORS.isdisjoint(text):
        return _quoted(text)
    return text


def _one_line(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    text = str(value)
    return text if _is_plain(text) else _quoted(text)


def _is_plain(text: str) -> bool:
    return not (
        text == ""
        or text != text.strip(" ")
        or text[0] in _INDICATORS
        or text.endswith(":")
        or ": " in text
        or " #" in text
        or _UNWRITABLE.search(text)
        or _means_something_else(text)
    )


def _means_something_else(text: str) -> bool:
    """Whether YAML would read a boolean, a null or a number; a date is as good as its text."""
    if _OTHER_MEANING.fullmatch(text):
        return True
    resolvers = _RESOLVERS.get(text[0], ())
    return any(tag != _DATE_TAG and pattern.match(text) for tag, pattern in resolvers)


def _quoted(text: str) -> str:
    """The text in double quotes, on one line; letters of every script stay themselves."""
    # YAML's double quotes read all of JSON's escapes.
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNWRITABLE.sub(lambda match: f"\\u{ord(match[0]):04X}", quoted)


def _can_fold(text: str) -> bool:
    """Whether line breaks for spaces can be undone: no other breaks, no space beside a space."""
    return all(text.split(" ")) and not _UNWRITABLE.search(text)


def _folded(text: str, indent: str) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        if line and len(indent) + len(line) + 1 + len(word) > FOLD_AT:
            yield indent + line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield indent + line
