"""The description of the API: the OpenAPI document, and the page made of it on the server."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from markdown_it import MarkdownIt
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.queries.contributing import record_for_examples
from app.settings import Settings
from app.web.contributing.examples import examples_of
from app.web.html.rendering import render
from app.web.html.urls import trail
from app.web.http.bodies import DEEPEST, MAX_BYTES
from app.web.http.dependencies import ReadSession
from app.web.http.openapi import shape_name
from app.web.wording.locale import gettext as _

router = APIRouter()

OPENAPI_URL = "/api/openapi.json"
_GUIDE = Path(__file__).resolve().parents[3] / "docs" / "api.md"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a call, or one field of a shape; `shape` is what the field has in it."""

    name: str
    meaning: str
    values: str
    is_needed: bool = False
    shape: str = ""


@dataclass(frozen=True, slots=True)
class ShapeView:
    """An object within a body: its fields, and what it is."""

    name: str
    description: str
    fields: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True)
class ExampleBody:
    """A body to paste."""

    summary: str
    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the API."""

    anchor: str
    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    shapes: tuple[ShapeView, ...]
    examples: tuple[ExampleBody, ...]
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Calls under one heading."""

    name: str
    calls: tuple[Call, ...]


@router.get(OPENAPI_URL, include_in_schema=False)
def openapi(request: Request, session: ReadSession) -> Response:
    """The OpenAPI document, with examples of ids that are on record."""
    return JSONResponse(_described(request, session))


@router.get("/api/docs")
def api_docs(request: Request, session: ReadSession) -> Response:
    """How to begin, and every call with its parameters, its body and examples."""
    # The usual page is a script of more than a megabyte that writes its styles inline
    # (docs/decisions/2026-11-21-api-page.md); this needs none, and prints.
    document = _described(request, session)
    lead, _sep, guide = document["info"]["description"].partition("\n\n")
    context = {
        "title": _("The JSON API"),
        "steps": trail(),
        "description": _("How programs read the record."),
        "lead": lead,
        # Our own text from `docs/api.md`; HTML in it is escaped as anywhere.
        "guide": Markup(MarkdownIt("js-default", {"html": False}).render(guide)),  # noqa: S704
        "openapi_url": OPENAPI_URL,
        "groups": _groups(document),
    }
    return render("api.html", context)


def _described(request: Request, session: Session) -> dict[str, Any]:
    document: dict[str, Any] = deepcopy(request.app.openapi())
    document["info"]["description"] += "\n\n" + _guide(request.app.state.settings)
    record = record_for_examples(session)
    for (method, path), examples in (examples_of(record) if record else {}).items():
        body = document["paths"][path][method]["requestBody"]
        body["content"]["application/json"]["examples"] = dict(examples)
    return document


def _guide(settings: Settings) -> str:
    """How to begin, in Markdown, with the limits of this site."""
    limits = {
        "{submissions}": f"{settings.max_submissions_per_hour:,}",
        "{checks}": f"{settings.max_quote_checks_per_hour:,}",
        "{field}": f"{settings.max_field_length:,}",
        "{bytes}": f"{MAX_BYTES // 1024}",
        "{deep}": f"{DEEPEST}",
    }
    text = _guide_text()
    for name, value in limits.items():
        text = text.replace(name, value)
    return text


@cache
def _guide_text() -> str:
    return _GUIDE.read_text("utf-8").partition("\n")[2].strip()


def _groups(document: Mapping[str, Any]) -> list[Group]:
    grouped: dict[str, list[Call]] = {}
    shapes = document["components"]["schemas"]
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            call = _call(method, path, operation, shapes)
            grouped.setdefault((operation.get("tags") or [""])[0], []).append(call)
    return [Group(name, tuple(calls)) for name, calls in grouped.items()]


def _call(method: str, path: str, operation: Mapping[str, Any], shapes: Mapping[str, Any]) -> Call:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    examples = content.get("examples", {}).values()
    return Call(
        anchor=re.sub(r"[^a-z0-9]+", "-", f"{method}{path}".lower()).strip("-"),
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        description=operation.get("description", ""),
        parameters=tuple(_parameters(operation.get("parameters", ()))),
        shapes=tuple(_shapes(shape_name(content.get("schema", {})), shapes)),
        examples=tuple(
            ExampleBody(one["summary"], json.dumps(one["value"], ensure_ascii=False, indent=2))
            for one in examples
        ),
        answers=tuple((s, a["description"]) for s, a in operation["responses"].items()),
    )


def _shapes(name: str, shapes: Mapping[str, Any]) -> Iterator[ShapeView]:
    """The shape of the JSON that a call reads, and then those of the objects in it."""
    ahead = [name] if name else []
    for one in ahead:  # which grows on the way
        shape = shapes[one]
        fields = tuple(_fields(shape))
        yield ShapeView(one, " ".join(shape.get("description", "").split()), fields)
        ahead += dict.fromkeys(f.shape for f in fields if f.shape and f.shape not in ahead)


def _fields(shape: Mapping[str, Any]) -> Iterable[Parameter]:
    needed = shape.get("required", ())
    for name, schema in shape.get("properties", {}).items():
        meaning = schema.get("description", "")
        yield Parameter(name, meaning, _values(schema), name in needed, shape_name(schema))


def _parameters(parameters: Iterable[Mapping[str, Any]]) -> Iterable[Parameter]:
    for parameter in parameters:
        meaning = parameter.get("description", "")
        yield Parameter(parameter["name"], meaning, _values(parameter["schema"]))


def _values(schema: Mapping[str, Any]) -> str:
    # What may be null is written as `anyOf`, its values in the part beside `null`.
    schemas = [schema, *schema.get("anyOf", ())]
    values = next((found["enum"] for found in schemas if "enum" in found), None)
    constant = next((found["const"] for found in schemas if "const" in found), None)
    return ", ".join(map(str, values or ([constant] if constant is not None else [])))
