"""What pydantic found wrong, in one sentence that follows the name of the field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args

from pydantic_core import ErrorDetails

from app.domain.checking.findings import Where
from app.domain.contributing.records import (
    NewAccount,
    NewDocument,
    NewPublisher,
    NewSpeaker,
    SubmittedCitation,
    SubmittedClaim,
)
from app.domain.records.claims import (
    Account,
    AccountClash,
    Assessment,
    Citation,
    Claim,
    Exemption,
    Option,
    Overrule,
    Search,
)
from app.domain.records.registers import (
    Archived,
    Body,
    Counted,
    Document,
    Dossier,
    Event,
    NameIn,
    Place,
    PlaceName,
    Publisher,
    Side,
    Sources,
    Speaker,
    Topic,
    Wording,
)
from app.domain.values.base import ID_PATTERN, ID_RULE, Record

# Not the names of classes: who edits a file has never seen them.
CALLED: Mapping[type[Record], str] = {
    Account: "an account",
    AccountClash: "a clash",
    Archived: "an archived copy",
    Assessment: "an assessment",
    Body: "a body",
    Citation: "a citation",
    Claim: "a claim",
    Counted: "a measure or scope",
    Document: "a document",
    Dossier: "a dossier",
    Event: "an event",
    NameIn: "a name in a language",
    NewAccount: "a new account",
    NewDocument: "a new document",
    NewPublisher: "a new publisher",
    NewSpeaker: "a new speaker",
    Option: "an option",
    Overrule: "an overrule",
    Exemption: "an exemption",
    Place: "a place",
    PlaceName: "a place's name",
    Publisher: "a publisher",
    Search: "a search",
    Side: "a side",
    Sources: "sources.yaml",
    Speaker: "a speaker",
    SubmittedCitation: "a submitted citation",
    SubmittedClaim: "a submitted claim",
    Topic: "a topic",
    Wording: "the wording",
}

# One sentence a kind of error; `found` is the value there, the rest is pydantic's context.
_SENTENCES = {
    "missing": "is missing",
    "string_type": "must be a text, not a list or a mapping",
    "tuple_type": "must be a list",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number, not “{found}”",
    "float_type": "must be a number",
    "float_parsing": "must be a number, not “{found}”",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false, not “{found}”",
    "greater_than_equal": "must be at least {ge:g}, and is {found}",
    "less_than_equal": "must be at most {le:g}, and is {found}",
    "too_short": "must have {min_length} or more, and has {actual_length}",
    "too_long": "must have {max_length} at most, and has {actual_length}",
    # Our own validators' words alone; pydantic's sentence would begin with “Value error”.
    "value_error": "{error}",
}

_FORMS = {
    "language": "is not a language tag; write it as “en” or “pt-BR”",
    "country": "is not a country code; write its two capitals of ISO 3166, as “IS”",
    "zone": "is not an offset from UTC; write it as “+04:00”",
}


def sentence(model: type[Record], details: ErrorDetails) -> str:
    """The error of validating `model` as a sentence without the field's name and without a stop."""
    where, found, context = details["loc"], details["input"], details.get("ctx", {})
    match details["type"]:
        case "extra_forbidden":
            return _unknown_key(record_at(model, where[:-1]))
        case "model_type":
            return f"must be a mapping with the keys of {_called(record_at(model, where))}"
        case "literal_error":
            return f"must be one of {_choices(context['expected'])}{_instead(found)}"
        case "string_pattern_mismatch":
            return f"“{found}” {_form(where, context['pattern'])}"
        case kind if kind in _SENTENCES:
            return _SENTENCES[kind].format(found=found, **context).removesuffix(".")
        case _:
            # A kind of error without a sentence here is said in pydantic's words, rather than not
            # at all.
            return details["msg"]


def record_at(model: type[Record], where: Where) -> type[Record]:
    """The kind of record at this place of a `model`."""
    for step in where:
        if isinstance(step, str):
            model = _record_in(_keys(model)[step]) or model
    return model


def _keys(model: type[Record]) -> dict[str, Any]:
    """The keys of a record as its file spells them, in file order, each with its annotation."""
    return {info.alias or name: info.annotation for name, info in model.model_fields.items()}


def _record_in(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    found = (_record_in(part) for part in get_args(annotation))
    return next((record for record in found if record), None)


def _unknown_key(holder: type[Record]) -> str:
    return f"is not a key of {_called(holder)}; known: {', '.join(_keys(holder))}"


def _called(holder: type[Record]) -> str:
    return CALLED.get(holder, "what is sent here")


def _choices(expected: str) -> str:
    return re.sub(r"'([^']*)'", r"“\1”", expected)


def _instead(found: object) -> str:
    return f", not “{found}”" if isinstance(found, str) else ""


def _form(where: Where, pattern: str) -> str:
    if pattern == ID_PATTERN:
        return f"is no id: {ID_RULE}"
    return _FORMS.get(str(where[-1]), f"must match {pattern}")
