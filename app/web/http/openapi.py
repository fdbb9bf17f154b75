"""The description of the API (OpenAPI 3.1), with what routes read and answer by themselves."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from app.web.http.problems import Problem

# Routes read these bodies themselves, with limits, so that FastAPI does not know their shapes.
_BODIES: dict[str, type[BaseModel]] = {}


class DescribedApi(FastAPI):
    """An application that also describes the bodies of `request_body`, and `Problem`."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document; made once."""
        if self.openapi_schema is None:
            document = super().openapi()
            models: list[type[BaseModel]] = [Problem, *_BODIES.values()]
            _, shapes = models_json_schema(
                [(model, "validation") for model in models],
                ref_template="#/components/schemas/{model}",
            )
            document["components"]["schemas"].update(shapes["$defs"])
        return super().openapi()


def request_body(model: type[BaseModel], *, required: bool = True) -> dict[str, Any]:
    """For a route's `openapi_extra`: its body is a JSON object of this shape."""
    _BODIES[model.__name__] = model
    schema = {"$ref": f"#/components/schemas/{model.__name__}"}
    content = {"application/json": {"schema": schema}}
    return {"requestBody": {"required": required, "content": content}}
