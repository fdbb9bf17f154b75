"""Who sends a request: the holder of the key in its Authorization header (RFC 6750, 2.1)."""

from __future__ import annotations

from datetime import datetime
from hashlib import blake2b
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.domain.contributing.records import ApiKey
from app.errors import NotAllowed, NotSignedIn, TooMany
from app.services.contributing.api_keys import MAX_BAD_KEYS, holder_of, note_bad_key, note_use
from app.settings import Settings
from app.web.http.dependencies import Now, database_of, reading
from app.web.http.limits import Throttle, network_of

_bearer = HTTPBearer(
    auto_error=False,
    scheme_name="key",
    description="A key made with `variorum keys new`, as `Authorization: Bearer vrm_…`.",
)


# Its transactions end here, and not with the request: a route may wait long for a page of the web.
def key_of(request: Request, secret: str, now: datetime) -> ApiKey:
    """Whose secret this is, with its use noted; raises `NotSignedIn`, or `TooMany` of these."""
    try:
        with reading(request) as session:
            key = holder_of(session, secret)
    except NotSignedIn:
        _count_bad_key(request, now)
        raise
    note_use(database_of(request), key, now)
    return key


# Only keys that are none count, and a valid one is let in at any time: secrets of 256 bits are not
# found by trying, and one forgotten script of a newsroom must not lock out its colleagues.
def _count_bad_key(request: Request, now: datetime) -> None:
    """Count a key that is none by the address that sent it; raises `TooMany`."""
    throttle: Throttle = request.app.state.bad_keys
    network = network_of(request.client.host if request.client else "")
    hits, wait = throttle.count(network)
    # First in memory, and in the database only what that lets pass: a flood writes nothing.
    if hits > throttle.limit:
        raise TooMany(wait)
    if throttle.count(_ANYBODY)[0] <= MAX_BAD_KEYS * _ADDRESSES:
        settings: Settings = request.app.state.settings
        note_bad_key(database_of(request), _pseudonym(settings, network), now)


_ANYBODY = "anybody"
_ADDRESSES = 100


def _pseudonym(settings: Settings, network: str) -> str:
    """The same for an address in each process; the address cannot be read out of it."""
    secret = settings.secret_key or settings.database_url
    return blake2b(f"{secret}\n{network}".encode(), digest_size=16).hexdigest()


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
