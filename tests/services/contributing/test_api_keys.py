"""Keys are made once, known by their secret, and end at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from app.errors import BadInput, NotSignedIn
from app.services.contributing.api_keys import (
    holder_of,
    key_in_force,
    make_key,
    note_use,
    revoke_key,
)
from app.storage.contributing.api_keys import get_key
from app.storage.database.engine import Database
from tests.storage.factories import NOON


def test_whoever_has_the_secret_is_signed_in(database: Database) -> None:
    with database.writing() as session:
        key, secret = make_key(session, "Wren", "moderator", NOON)
        assert holder_of(session, secret) == key


def test_the_use_of_a_key_is_noted_at_most_once_a_minute(database: Database) -> None:
    with database.writing() as session:
        key, _ = make_key(session, "Wren", "moderator", NOON)
    noted = []
    for seconds in (0, 59, 60):
        note_use(database, key, NOON + timedelta(seconds=seconds))
        with database.reading() as session:
            key = get_key(session, key.id)
        noted.append(key.last_used_at)
    assert noted == [NOON, NOON, NOON + timedelta(seconds=60)]


def test_a_key_is_in_force_until_it_is_revoked(database: Database) -> None:
    with database.writing() as session:
        key, _ = make_key(session, "Wren", "moderator", NOON)
        assert key_in_force(session, key.id) == key
        revoke_key(session, key.id, NOON)
        assert key_in_force(session, key.id) is None
        assert key_in_force(session, "nobody") is None


def test_the_secret_is_kept_nowhere(database: Database) -> None:
    with database.writing() as session:
        key, secret = make_key(session, "Wren", "contributor", NOON)
        row = session.execute(text("SELECT * FROM api_keys")).one()
        assert not any(secret.removeprefix("vrm_") in str(value) for value in row)
        assert (len(secret), secret[:4]) == (47, "vrm_")
        assert key.id not in secret


@pytest.mark.parametrize("secret", ["", "vrm_", "vrm_" + "x" * 43, "Wren", "\ud800"])
def test_nobody_else_is_signed_in(database: Database, secret: str) -> None:
    with database.writing() as session:
        make_key(session, "Wren", "contributor", NOON)
        with pytest.raises(NotSignedIn):
            holder_of(session, secret)


def test_a_revoked_key_signs_nobody_in_any_more(database: Database) -> None:
    with database.writing() as session:
        key, secret = make_key(session, "Wren", "contributor", NOON)
        revoke_key(session, key.id, NOON)
        with pytest.raises(NotSignedIn):
            holder_of(session, secret)
        again, other = make_key(session, "Wren", "contributor", NOON)
        assert other != secret
        assert holder_of(session, other) == again


def test_a_name_in_use_is_not_given_twice(database: Database) -> None:
    with database.writing() as session:
        make_key(session, "Wren", "contributor", NOON)
        with pytest.raises(BadInput, match="in use"):
            make_key(session, "Wren", "admin", NOON)


@pytest.mark.parametrize("name", ["", " Wren", "Wren\n", "W\u202eren", "W\0ren", "x" * 65])
def test_a_name_is_one_short_line(database: Database, name: str) -> None:
    with database.writing() as session, pytest.raises(BadInput, match="one line"):
        make_key(session, name, "contributor", NOON)
