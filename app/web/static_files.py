"""Stylesheet, scripts, fonts and marks: files whose address changes when they do."""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from app.web.rendering import build_id

_FOR_A_YEAR = "public, max-age=31536000, immutable"


class LastingFiles(StaticFiles):
    """Files that a browser may keep for a year (RFC 8246) under an address with their version."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, 304 or 404."""
        answer = await super().get_response(path, scope)
        asked_for = parse_qs(scope["query_string"].decode("latin-1")).get("v", [])
        if path.endswith(".woff2") or asked_for == [build_id()]:
            answer.headers["Cache-Control"] = _FOR_A_YEAR
        return answer
