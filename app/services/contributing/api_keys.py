"""Keys to the API: making and revoking one, and identifying its holder by the secret."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.contributing.records import ApiKey, Role
from app.errors import BadInput, NotFound, NotSignedIn
from app.queries.transactions import Transactions
from app.storage.contributing.api_keys import (
    BETWEEN_NOTES,
    find_key,
    get_key,
    list_keys,
    mark_revoked,
    new_key,
    touch_key,
)
from app.storage.contributing.rate_limit import consume, forbid, is_forbidden

_PREFIX = "vrm_"  # by which scanners for leaked secrets know one of ours
_SECRET_BYTES = 32
_MAX_NAME = 64
MAX_BAD_KEYS = 30
"""How many keys that are none may come from one place in `BAD_KEYS_SECONDS`."""
BAD_KEYS_SECONDS = 10 * 60


def make_key(session: Session, name: str, role: Role, now: datetime) -> tuple[ApiKey, str]:
    """A new key and its secret, which is stored nowhere and cannot be shown again.

    `name` is the pseudonym under which its holder's work appears in public. Raises `BadInput` for a
    name that does not fit a line of 64 characters, or that a key in use has.
    """
    _require_name(name)
    # A pseudonym is one person in public. After a revocation the same holder may have it again.
    if any(key.name == name for key in list_keys(session) if key.revoked_at is None):
        raise BadInput(f"A key of “{name}” is in use; revoke it first, or choose another name.")
    secret = _PREFIX + secrets.token_urlsafe(_SECRET_BYTES)
    key = ApiKey(secrets.token_hex(6), name, role, now)
    new_key(session, key, _hash(secret))
    return key, secret


def revoke_key(session: Session, id_or_name: str, now: datetime) -> None:
    """End a key in use, from the commit on; raises `NotFound` where none has this id or name."""
    if not mark_revoked(session, id_or_name, now):
        raise NotFound("key in use", id_or_name)


def holder_of(session: Session, secret: str) -> ApiKey:
    """Whose secret this is; raises `NotSignedIn` where it is nobody's, or was revoked."""
    key = find_key(session, _hash(secret))
    # One answer for both: who tries secrets does not learn which of them was one.
    if key is None or key.revoked_at is not None:
        raise NotSignedIn
    return key


def key_in_force(session: Session, key_id: str) -> ApiKey | None:
    """The key with this id; None where there is none, or it was revoked."""
    try:
        key = get_key(session, key_id)
    except NotFound:
        return None
    return None if key.revoked_at else key


def key_of_session(session: Session, signed_in: str, key_id: str, now: datetime) -> ApiKey | None:
    """The key with which somebody signed in; None where it is revoked, or they signed out.

    `signed_in` is the random number of their cookie.
    """
    if is_forbidden(session, _session_bucket(signed_in), now):
        return None
    return key_in_force(session, key_id)


def end_session(database: Transactions, signed_in: str, now: datetime, seconds: int) -> None:
    """Sign out: no cookie with this random number counts, for as long as one could be valid."""
    with database.writing() as session:
        forbid(session, _session_bucket(signed_in), now, seconds=seconds)


def note_bad_key(database: Transactions, place: str, now: datetime) -> None:
    """Count a key that is none, for all processes; raises `TooMany`."""
    with database.writing() as session:
        consume(session, f"bad-key:{place}", now, limit=MAX_BAD_KEYS, seconds=BAD_KEYS_SECONDS)


def _session_bucket(signed_in: str) -> str:
    # Hashed, or whoever reads the database could look up who has signed out by a cookie they found.
    return f"signed-out:{_hash(signed_in)}"


def note_use(database: Transactions, key: ApiKey, now: datetime) -> None:
    """Note that a key was used, at most once a minute.

    It is a transaction of its own: that a key was used stays true where what it was used for fails.
    """
    # Most requests only read. A write for each would make them wait for SQLite's one writer.
    if key.last_used_at is None or key.last_used_at <= now - BETWEEN_NOTES:
        with database.writing() as session:
            touch_key(session, key.id, now)


def _hash(secret: str) -> str:
    """SHA-256 is enough: a secret of 256 random bits cannot be guessed from it."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def _require_name(name: str) -> None:
    if not 0 < len(name) <= _MAX_NAME or not name.isprintable() or name != name.strip():
        raise BadInput(
            "A key's name is one line of at most 64 characters, without spaces at its ends."
        )
