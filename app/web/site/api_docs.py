"""The page of the API, made on the server from its own OpenAPI document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.web.html.rendering import render
from app.web.html.urls import trail
from app.web.wording.locale import gettext as _

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a call."""

    name: str
    meaning: str
    values: str


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the API."""

    anchor: str
    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    body: str
    fields: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Calls under one heading."""

    name: str
    calls: tuple[Call, ...]


@router.get("/api/docs")
def api_docs(request: Request) -> Response:
    """Every call with its parameters."""
    # The usual page is a script of more than a megabyte that writes its styles inline
    # (docs/decisions/2026-11-21-api-page.md); this needs none, and prints.
    document = request.app.openapi()
    context = {
        "title": _("The JSON API"),
        "steps": trail(),
        "description": _("How programs read the record."),
        "lead": document["info"]["description"],
        "openapi_url": request.app.openapi_url,
        "groups": _groups(document),
    }
    return render("api.html", context)


def _groups(document: Mapping[str, Any]) -> list[Group]:
    grouped: dict[str, list[Call]] = {}
    shapes = document["components"]["schemas"]
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            call = _call(method, path, operation, shapes)
            grouped.setdefault((operation.get("tags") or [""])[0], []).append(call)
    return [Group(name, tuple(calls)) for name, calls in grouped.items()]


def _call(method: str, path: str, operation: Mapping[str, Any], shapes: Mapping[str, Any]) -> Call:
    body = _body(operation, shapes)
    return Call(
        anchor=re.sub(r"[^a-z0-9]+", "-", f"{method}{path}".lower()).strip("-"),
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        description=operation.get("description", ""),
        parameters=tuple(_parameters(operation.get("parameters", ()))),
        body=body.get("description", ""),
        fields=tuple(_fields(body)),
    )


def _body(operation: Mapping[str, Any], shapes: Mapping[str, Any]) -> Mapping[str, Any]:
    """The shape of the JSON that a call reads; empty for one that reads none."""
    content = operation.get("requestBody", {}).get("content", {})
    named = content.get("application/json", {}).get("schema", {}).get("$ref", "")
    shape: Mapping[str, Any] = shapes.get(named.rpartition("/")[2], {})
    return shape


def _fields(shape: Mapping[str, Any]) -> Iterable[Parameter]:
    needed = shape.get("required", ())
    for name, schema in shape.get("properties", {}).items():
        schemas = [schema, *schema.get("anyOf", ())]
        # What may be null is written as `anyOf`, its values in the part beside `null`.
        values = next((found["enum"] for found in schemas if "enum" in found), ())
        yield Parameter(name, "needed" if name in needed else "", ", ".join(values))


def _parameters(parameters: Iterable[Mapping[str, Any]]) -> Iterable[Parameter]:
    for parameter in parameters:
        schemas = [parameter["schema"], *parameter["schema"].get("anyOf", ())]
        values = next((schema["enum"] for schema in schemas if "enum" in schema), ())
        yield Parameter(parameter["name"], parameter.get("description", ""), ", ".join(values))
