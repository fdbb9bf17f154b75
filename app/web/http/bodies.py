"""Reading the bodies that strangers send: bounded, and all faults reported at once.

A body is JSON (RFC 8259) in UTF-8, at most 256 KB long and nested at most 30 deep. What JSON
allows but records must not contain is refused here, with its place: keys that occur twice, and
characters that cannot be stored, are invisible, or make one text look like another.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Any, NoReturn

from fastapi import Depends, Request

from app.domain.contributing.records import escaped
from app.errors import BadFields, TooLarge, WrongMediaType

MAX_BYTES = 256 * 1024
DEEPEST = 30
_MAX_PROBLEMS = 100

# Controls but for tab and line ends; what turns the direction of a text; halves of surrogate pairs
# (RFC 8259, section 8.2); Unicode's noncharacters, which XML and YAML have no place for.
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_JSON_TYPE = re.compile(r"application/([a-z0-9.-]+\+)?json", re.IGNORECASE)

Problem = tuple[str, str]


class _Object(dict[str, Any]):
    """A JSON object that knows which of its keys occurred twice."""

    repeated: tuple[str, ...] = ()


async def _read(request: Request) -> bytes:
    """The body's bytes; raises `WrongMediaType`, or `TooLarge` as soon as it is known."""
    _require_json(request)
    return await _read_any(request)


def _require_json(request: Request) -> None:
    declared = request.headers.get("content-type", "").partition(";")[0].strip()
    if not _JSON_TYPE.fullmatch(declared):
        raise WrongMediaType


async def _read_any(request: Request) -> bytes:
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length[:20]) > MAX_BYTES:
        raise TooLarge(MAX_BYTES)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BYTES:
            raise TooLarge(MAX_BYTES)
    return bytes(body)


async def _parse(request: Request) -> dict[str, Any]:
    return read_json(await _read(request))


JsonBody = Annotated[dict[str, Any], Depends(_parse)]
"""The object in a request's body, fit to be stored."""


async def _parse_if_any(request: Request) -> dict[str, Any]:
    body = await _read_any(request)
    # Whatever it is declared as: clients set the type of every request, and then send nothing.
    if not body.strip():
        return {}
    _require_json(request)
    return read_json(body)


MaybeJsonBody = Annotated[dict[str, Any], Depends(_parse_if_any)]
"""The same, or nothing where no body was sent."""


def read_json(body: bytes) -> dict[str, Any]:
    """The JSON object in these bytes; raises `BadFields` with everything that is wrong in it."""
    tree = _tree(_text(body))
    problems = []
    for problem in _problems(tree, "", 1):
        problems.append(problem)
        if len(problems) == _MAX_PROBLEMS:
            break
    if problems:
        raise BadFields(problems)
    if not isinstance(tree, dict):
        _refuse("The body must be a JSON object: { … }.")
    return tree


def _text(body: bytes) -> str:
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse(f"The body is not UTF-8: byte {error.start} belongs to no character.")
    if not text.strip():
        _refuse("The body is empty; send a JSON object.")
    if text.startswith("\ufeff"):
        _refuse("The body begins with a byte order mark; JSON has none.")
    return text


def _tree(text: str) -> object:
    try:
        return json.loads(
            text, object_pairs_hook=_object, parse_float=_finite, parse_constant=_no_number
        )
    except json.JSONDecodeError as error:
        _refuse(f"The body is not JSON: {error.msg}, line {error.lineno} column {error.colno}.")
    except ValueError:
        _refuse("The body contains a number that JSON does not allow, or one that is far too long.")
    except RecursionError:
        _refuse(_too_deep())


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    made = _Object(pairs)
    if len(made) < len(pairs):
        times = Counter(key for key, _ in pairs)
        made.repeated = tuple(key for key in made if times[key] > 1)
    return made


def _finite(digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else _no_number(digits)


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _problems(value: object, pointer: str, depth: int) -> Iterator[Problem]:
    if isinstance(value, str):
        yield from _in_text(value, pointer, "contains")
    elif isinstance(value, dict | list) and depth > DEEPEST:
        yield pointer, _too_deep()
    elif isinstance(value, _Object):
        for key in value.repeated:
            yield _below(pointer, key), "This key occurs twice; give it once."
        for key, item in value.items():
            here = _below(pointer, key)
            yield from _in_text(key, here, "The key contains")
            yield from _problems(item, here, depth + 1)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _problems(item, f"{pointer}/{number}", depth + 1)


def _in_text(text: str, pointer: str, what: str) -> Iterator[Problem]:
    unfit = _UNFIT.search(text)
    if unfit:
        character = f"U+{ord(unfit[0]):04X}"
        yield pointer, f"{what} the character {character}, which cannot be shown; remove it."


def _below(pointer: str, key: str) -> str:
    """The pointer to a key; characters that a key must not have are written as JSON escapes."""
    shown = _UNFIT.sub(lambda unfit: f"\\u{ord(unfit[0]):04x}", key[:200])
    return f"{pointer}/{escaped(shown)}"


def _too_deep() -> str:
    return f"Lists and objects are nested more than {DEEPEST} deep."


def _refuse(sentence: str) -> NoReturn:
    raise BadFields([("", sentence)])
