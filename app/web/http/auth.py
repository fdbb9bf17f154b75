"""Who sends a request: the holder of the key in its Authorization header (RFC 6750, 2.1)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.domain.contributing.records import ApiKey
from app.errors import NotAllowed, NotSignedIn
from app.services.contributing.api_keys import holder_of
from app.storage.contributing.api_keys import touch_key
from app.web.http.dependencies import Now, ReadSession, database_of

_BETWEEN_NOTES = timedelta(minutes=1)

_bearer = HTTPBearer(
    auto_error=False,
    scheme_name="key",
    description="A key made with `variorum keys new`, as `Authorization: Bearer vrm_…`.",
)


def _signed_in(
    request: Request,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    session: ReadSession,
    now: Now,
) -> ApiKey:
    if credentials is None:
        raise NotSignedIn
    key = holder_of(session, credentials.credentials)
    if key.last_used_at is None or key.last_used_at <= now - _BETWEEN_NOTES:
        _note_use(request, key, now)
    return key


def _note_use(request: Request, key: ApiKey, now: datetime) -> None:
    """A transaction of its own: that a key was used stays true where the request fails."""
    with database_of(request).writing() as session:
        touch_key(session, key.id, now)


SignedIn = Annotated[ApiKey, Depends(_signed_in)]
"""The key that came along; raises `NotSignedIn` where none did, or one that is not in force."""


async def _moderator(key: SignedIn) -> ApiKey:
    if not key.may_decide:
        raise NotAllowed("This takes a moderator's key; yours is a contributor's.")
    return key


Moderator = Annotated[ApiKey, Depends(_moderator)]
"""The key that came along; raises `NotSignedIn`, or `NotAllowed` for a contributor's."""


def problems_of(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that a call answers with beside those of all, for its description."""
    return {status: {"description": _PROBLEMS[status], **_PROBLEM} for status in statuses}


_PROBLEM = {
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
}
_PROBLEMS = {
    401: "No key came along, or one that is not in force.",
    403: "The key may not do this.",
    409: "It is on record or decided already; `existing` says where.",
    412: "It changed since the revision that `If-Match` names.",
    413: "The body is longer than 256 KB.",
    415: "The body is not declared as JSON.",
    428: "The request has no `If-Match`.",
    429: "Too many in a short time; `Retry-After` says when to come again.",
}
