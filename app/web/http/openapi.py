"""The description of the API (OpenAPI 3.1), with what routes read and answer by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from starlette.types import ASGIApp

from app.web.http.headers import SecurityHeaders
from app.web.http.openapi_fields import FIELDS
from app.web.http.problems import Problem

# Routes read these bodies themselves, with limits, so that FastAPI does not know their shapes.
_BODIES: dict[str, type[BaseModel]] = {}
_REFERENCE = "#/components/schemas/"
# A paraphrase must not be shown as the speaker's own words by an omission; a document's own words
# need no voice.
_VOICE = {
    "quote": {
        "if": {
            "anyOf": [
                {"required": ["speaker"]},
                {"required": ["speakers"]},
                {"required": ["new_speaker"]},
            ]
        },
        "then": {"required": ["voice"]},
    }
}
_V1 = "/api/v1"
_FIRST = "$response.body#/items/0/id"
_SENT = {"key": "$response.body#/id"}
# What an answer leads to (OpenAPI 3.1, “Link Object”): from a call and its status, by a name, to a
# call with what it takes of the answer.
_LINKS: tuple[tuple[str, str, str, str, dict[str, str]], ...] = (
    *(
        (f"post {_V1}/{kind}", "202", name, f"{call} {_V1}/submissions/{{key}}{step}", _SENT)
        for kind in ("citations", "claims")
        for name, call, step in (
            ("follow", "get", ""),
            ("withdraw", "post", "/withdraw"),
            ("accept", "post", "/accept"),
            ("reject", "post", "/reject"),
        )
    ),
    (
        f"get {_V1}/submissions",
        "200",
        "submission",
        f"get {_V1}/submissions/{{key}}",
        {"key": _FIRST},
    ),
    *(
        (
            f"get {_V1}/claims",
            "200",
            name,
            f"get {_V1}/claims/{{claim_id}}{step}",
            {"claim_id": _FIRST},
        )
        for name, step in (
            ("claim", ""),
            ("comparison", "/comparison"),
            ("revisions", "/revisions"),
            ("checks", "/checks"),
        )
    ),
    *(
        (f"get {_V1}/{register}", "200", "entry", f"get {_V1}/{register}/{{key}}", {"key": _FIRST})
        for register in (
            *("dossiers", "sides", "bodies", "publishers"),
            *("speakers", "documents", "places"),
        )
    ),
)


class DescribedApi(FastAPI):
    """An application that also describes the bodies of `request_body`, and `Problem`."""

    def build_middleware_stack(self) -> ASGIApp:
        """What answers requests, from the outside in."""
        # `add_middleware` puts each within the one that answers failures, whose answers would lack
        # these headers.
        return SecurityHeaders(super().build_middleware_stack(), self.state.base_url)

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document; made once."""
        if self.openapi_schema is None:
            document = super().openapi()
            models: list[type[BaseModel]] = [Problem, *_BODIES.values()]
            _, shapes = models_json_schema(
                [(model, "validation") for model in models],
                ref_template=f"{_REFERENCE}{{model}}",
            )
            _describe(shapes["$defs"])
            document["components"]["schemas"].update(shapes["$defs"])
            _link(document["paths"])
        return super().openapi()


def request_body(model: type[BaseModel], *, required: bool = True) -> dict[str, Any]:
    """For a route's `openapi_extra`: its body is a JSON object of this shape."""
    _BODIES[model.__name__] = model
    schema = {"$ref": f"{_REFERENCE}{model.__name__}"}
    content = {"application/json": {"schema": schema}}
    return {"requestBody": {"required": required, "content": content}}


def shape_name(schema: Mapping[str, Any]) -> str:
    """The shape that a schema refers to by itself, in a list, or where it may be null; else empty.

    As in `account: NewAccount | None` and `accounts: list[Account]`.
    """
    return next(_shape_names(schema), "")


def _shape_names(schema: Mapping[str, Any]) -> Iterator[str]:
    if "$ref" in schema:
        yield schema["$ref"].removeprefix(_REFERENCE)
    for part in (schema.get("items"), *schema.get("anyOf", ())):
        if isinstance(part, Mapping):
            yield from _shape_names(part)


def _link(paths: Mapping[str, Any]) -> None:
    for source, status, name, target, taken in _LINKS:
        (method, path), (to_method, to_path) = source.split(), target.split()
        operation = paths[to_path][to_method]["operationId"]
        answer = paths[path][method]["responses"][status]
        answer.setdefault("links", {})[name] = {"operationId": operation, "parameters": taken}


def _describe(shapes: dict[str, Any]) -> None:
    for name, shape in shapes.items():
        for field, schema in shape.get("properties", {}).items():
            text = FIELDS.get(f"{name}.{field}") or FIELDS.get(field)
            if text and "description" not in schema:
                schema["description"] = text
        if {"quote", "voice"} <= shape.get("properties", {}).keys():
            shape["dependentSchemas"] = _VOICE
