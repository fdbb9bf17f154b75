"""Records in which every field that may name something names ids of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any, Literal, get_args, get_origin, get_type_hints

from app.domain.records.claims import AccountClash, Citation, Claim, Exemption, Option, Overrule
from app.domain.records.kinds import KINDS, PLURALS, REGISTER_KINDS, KindName
from app.domain.records.references import REFERENCES, ReferenceField
from app.domain.records.registers import Counted, Dossier, Sources
from app.domain.values.base import Id, Record

ROOTS = (Claim, Dossier, Sources)

# Ids that name nothing on record: one's own, the label of an utterance, and what is part of the
# same claim or list, which `checking.check` looks for there.
NAMES_NOTHING = {
    (Citation, "occasion"),
    (Counted, "within"),
    (AccountClash, "with_"),
    (Option, "includes"),
    (Overrule, "accounts"),
    (Exemption, "citation"),
}
OWN = {"id", "formerly"}

_SAMPLES = {
    "language": "en",
    "on": "2026-01-01",
    "read_on": "2026-01-01",
    "url": "https://example.org/",
    "zone": "+04:00",
}
_numbers = count(1)


def models(roots: tuple[type[Record], ...] = ROOTS) -> Iterator[type[Record]]:
    """Every model of which a record can be made."""
    for root in roots:
        yield root
        yield from models(tuple(parts_of(hint) for hint in hints(root).values() if parts_of(hint)))


def hints(model: type[Record]) -> dict[str, Any]:
    """The types of a model's fields as they are written."""
    written = get_type_hints(model, include_extras=True)
    return {name: written[name] for name in model.model_fields}


def parts_of(hint: Any) -> Any:
    """The model of the record, or the records, that a field holds; None where it holds none."""
    if isinstance(hint, type) and issubclass(hint, Record):
        return hint
    return next(filter(None, map(parts_of, get_args(hint))), None)


def holds_ids(hint: Any) -> bool:
    """Whether a field is an id or holds some."""
    return hint == Id or any(map(holds_ids, get_args(hint)))


def body_of(model: type[Record], named: dict[ReferenceField, list[str]]) -> dict[str, Any]:
    """A record of this model as JSON values, with ids that it names noted in `named`."""
    return {
        field.alias or name: _value(model, name, hint, named)
        for name, hint in hints(model).items()
        for field in [model.model_fields[name]]
        if field.is_required() or parts_of(hint) or (model, name) in _FIELDS
    }


def _value(
    model: type[Record], name: str, hint: Any, named: dict[ReferenceField, list[str]]
) -> object:
    is_list = get_origin(model.model_fields[name].annotation) is tuple
    if (model, name) in _FIELDS:
        field = _FIELDS[model, name]
        ids = [f"{field.kind}-{next(_numbers)}" for _ in range(2 if is_list else 1)]
        named[field] += ids
        return ids if is_list else ids[0]
    if parts_of(hint):
        part = body_of(parts_of(hint), named)
        return [part] if is_list else part
    if get_origin(hint) is Literal:
        return get_args(hint)[0]
    if name == "id":
        return f"own-{next(_numbers)}"
    return ["x", "y"] if is_list else _SAMPLES.get(name, "x")


_FIELDS = {(field.record, field.field): field for field in REFERENCES}


class Naming:
    """A record of one kind that names all that it can: its body, and what each field names."""

    def __init__(self, kind: KindName) -> None:
        self.kind = kind
        self.named: dict[ReferenceField, list[str]] = defaultdict(list)
        self.body: Mapping[str, Any] = body_of(KINDS[kind].model, self.named)
        self.record: Any = KINDS[kind].model.model_validate(self.body)


def naming() -> dict[KindName, Naming]:
    """A claim, a dossier and an entry of each register, each of which names all that it can."""
    kinds: tuple[KindName, ...] = ("claim", "dossier", *REGISTER_KINDS)
    return {kind: Naming(kind) for kind in kinds}


def sources(of: Mapping[KindName, Naming]) -> Sources:
    """The registers that hold these entries."""
    return Sources.model_validate({PLURALS[kind]: [of[kind].body] for kind in REGISTER_KINDS})
