"""Who sends a request: the holder of the key in its Authorization header (RFC 6750, 2.1)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.domain.contributing.records import ApiKey
from app.errors import NotAllowed, NotSignedIn
from app.services.contributing.api_keys import holder_of, note_use
from app.web.http.dependencies import Now, database_of, reading

_bearer = HTTPBearer(
    auto_error=False,
    scheme_name="key",
    description="A key made with `variorum keys new`, as `Authorization: Bearer vrm_…`.",
)


# Its transactions end here, and not with the request: a route may wait long for a page of the web.
def key_of(request: Request, secret: str, now: datetime) -> ApiKey:
    """Whose secret this is, with its use noted; raises `NotSignedIn`."""
    with reading(request) as session:
        key = holder_of(session, secret)
    note_use(database_of(request), key, now)
    return key


def _api_key_user(
    request: Request,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    now: Now,
) -> ApiKey:
    if credentials is None:
        raise NotSignedIn
    return key_of(request, credentials.credentials, now)


ApiKeyUser = Annotated[ApiKey, Depends(_api_key_user)]
"""The key that was sent; raises `NotSignedIn` where there is none, or it is not valid."""


async def _moderator(key: ApiKeyUser) -> ApiKey:
    if not key.may_decide:
        raise NotAllowed("This takes a moderator's key; yours is a contributor's.")
    return key


Moderator = Annotated[ApiKey, Depends(_moderator)]
"""The key that was sent; raises `NotSignedIn`, or `NotAllowed` for a contributor's."""


def problems_of(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that a call answers with beside those of all, for its description."""
    return {status: {"description": _PROBLEMS[status], **_PROBLEM} for status in statuses}


_PROBLEM = {
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
}
_PROBLEMS = {
    401: "No key was sent, or it is not valid.",
    403: "The key may not do this.",
    409: "It is on record or decided already; `existing` says where.",
    412: "It changed since the revision that `If-Match` names.",
    413: "The body is longer than 256 KB.",
    415: "The body is not declared as JSON.",
    428: "The request has no `If-Match`.",
    429: "Too many in a short time; `Retry-After` says when to try again.",
}
