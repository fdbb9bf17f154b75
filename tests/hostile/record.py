"""The example record with harmful text in every field that takes text, and a copy for each kind."""

from __future__ import annotations

from itertools import cycle
from typing import Any, get_origin

from app.domain.records.claims import Claim
from app.domain.records.registers import Dossier, Sources
from app.domain.values.base import Record
from app.dossiers.record import RecordFiles, read_record
from tests.hostile.fields import FIELDS, NUMBER_OF, harmful, harmful_address, leaf_of
from tests.loaded import EXAMPLE

Plain = dict[str, Any]
# This claim counts what the dossier lists, so that the names of the list are shown; others count
# in words of their own.
_COUNTING = "fire-dead"
_COUNTED = frozenset({"measure", "scope", "unit"})
# Pieces that the example has nowhere; the texts in them are filled in.
_NAMES = [{"language": "ru", "name": ""}]
_MORE: dict[type[Record], Plain] = {
    Sources: {
        "sides": [{"names": _NAMES}],
        "bodies": [{"names": _NAMES}],
        # Where the record names no copy, one that was found is shown.
        "documents": [{"archived": {"url": "", "on": "2026-10-02"}}, {}],
    },
    Dossier: {
        "titles": _NAMES,
        "topics": [{"names": _NAMES}],
        "events": [
            {"id": name, "name": "", "names": _NAMES}
            for name in ("harbour-fire", "breakwater-watch")
        ],
        "measures": [{"id": name, "label": "", "names": _NAMES} for name in ("killed", "wounded")],
        "scopes": [{"id": "town", "label": "", "names": _NAMES}],
        "wording": {"loaded": [""], "presupposing": [""]},
    },
    Claim: {"assessment": {"on": "2026-10-02"}},
}


def _merged(plain: Plain, more: Plain) -> Plain:
    """What a record has, and of what it lacks the pieces above; of lists by turns in each entry."""
    merged = dict(plain)
    for key, piece in more.items():
        held = merged.get(key)
        if held is None:
            merged[key] = piece
        elif isinstance(piece, list) and isinstance(piece[0], dict):
            merged[key] = [
                _merged(each, more) for each, more in zip(held, cycle(piece), strict=False)
            ]
    return merged


class Filling:
    """Fills in every text of a record; each occurrence of a field has a number of its own."""

    def __init__(self) -> None:
        self._serial = 0
        self._is_open = False

    def whole(self, record: Any) -> Any:
        """The record, filled."""
        shape, plain = type(record), record.to_plain()
        self._is_open = plain.get("kind") == "text"
        plain = _merged(plain, _MORE[shape])
        if isinstance(record, Claim):
            cited = record.accounts[0].citations[0].id
            read = {"citation": cited, "rule": "said-before", "on": "2026-10-02"}
            plain["exemptions"] = [read]
        filled = self.fill(shape, plain, shape.__name__)
        return shape.model_validate(filled)

    def fill(self, shape: type[Record], plain: Plain, path: str) -> Plain:
        """The plain record with a harmful text in each field that it could have."""
        filled = dict(plain)
        for name, field in shape.model_fields.items():
            key = field.alias or name
            inner = f"{path}.{key}"
            leaf = leaf_of(field.annotation)
            if isinstance(leaf, type) and issubclass(leaf, Record):
                filled |= self._below(leaf, plain, key, inner)
            elif FIELDS.get(inner, "bounded") != "bounded" and self._takes(plain, key, inner):
                text = self._next(inner)
                filled[key] = [text] if get_origin(field.annotation) is tuple else text
        return filled

    def _below(self, leaf: type[Record], plain: Plain, key: str, path: str) -> Plain:
        held = plain.get(key)
        if isinstance(held, list | tuple):
            return {key: [self.fill(leaf, each, path) for each in held]}
        return {} if held is None else {key: self.fill(leaf, held, path)}

    def _takes(self, plain: Plain, key: str, path: str) -> bool:
        if key == "answer":
            return self._is_open or (path.startswith("Submitted") and not plain.get(key))
        if key not in _COUNTED:
            return key != "quote" or "voice" in plain or not plain.get("speaker")
        if path == f"Claim.{key}":
            return plain["kind"] == "quantity" and plain["id"] != _COUNTING
        # Of accounts those that count something else than their claim: all would, else.
        return "measure" in plain

    def _next(self, path: str) -> str:
        self._serial += 1
        make = harmful if FIELDS[path] == "text" else harmful_address
        return make(NUMBER_OF[path], self._serial)


def hostile_record() -> RecordFiles:
    """The record, as models."""
    example, filling = read_record(EXAMPLE), Filling()
    return RecordFiles(
        filling.whole(example.sources),
        tuple(map(filling.whole, example.dossiers)),
        tuple((dossier, filling.whole(claim)) for dossier, claim in example.claims),
    )
