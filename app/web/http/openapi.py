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


def _describe(shapes: dict[str, Any]) -> None:
    for name, shape in shapes.items():
        for field, schema in shape.get("properties", {}).items():
            text = FIELDS.get(f"{name}.{field}") or FIELDS.get(field)
            if text and "description" not in schema:
                schema["description"] = text
        if {"quote", "voice"} <= shape.get("properties", {}).keys():
            shape["dependentSchemas"] = _VOICE
