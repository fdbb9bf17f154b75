"""Whether the process lives, whether it can answer, and whom to tell where it is not safe."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse

from app.errors import NotFound
from app.queries.health import require_current_schema, require_searchable
from app.settings import Settings
from app.web.http.dependencies import Now, RecordDatabase

router = APIRouter(tags=["Health"])


@router.get("/healthz", summary="Does the process live?")
def healthz() -> dict[str, str]:
    """Always answers while the process does."""
    return {"status": "alive"}


@router.get("/readyz", summary="Can the process answer?")
def readyz(database: RecordDatabase) -> JSONResponse:
    """Answers 503 with the reason where database, migrations or search index are not right."""
    # Checked at every call: a schema that was current may have lost its triggers since.
    with database.reading() as session:
        require_current_schema(session)
        require_searchable(session)
    return JSONResponse({"status": "ready"})


_DAYS = 180  # RFC 9116, section 2.5.5, asks for less than a year


@router.get("/.well-known/security.txt", include_in_schema=False)
async def security_txt(request: Request, now: Now) -> PlainTextResponse:
    """Whom to tell of a weakness (RFC 9116); there is none without a contact."""
    settings: Settings = request.app.state.settings
    contact = settings.contact or settings.base_url
    if "@" in contact and ":" not in contact:
        contact = f"mailto:{contact}"
    # Section 2.5.4: a web address begins with https://.
    if not contact.startswith(("https://", "mailto:", "tel:")):
        raise NotFound("file", "security.txt")
    # Computed, as a file that somebody must renew expires. By the day, so that it can be cached.
    expires = (now + timedelta(days=_DAYS)).strftime("%Y-%m-%dT00:00:00Z")
    lines = (
        f"Contact: {contact}",
        f"Expires: {expires}",
        "Preferred-Languages: en, hy, az, ru",
        f"Canonical: {settings.base_url}/.well-known/security.txt",
    )
    headers = {"Cache-Control": "public, max-age=86400"}
    return PlainTextResponse("\n".join(lines) + "\n", headers=headers)
