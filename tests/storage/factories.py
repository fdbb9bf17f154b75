"""Small records at rest: the registers of the engine's tests, and claims whose outcome is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from app.domain.records.claims import Claim
from app.domain.records.kinds import PLURALS, REGISTER_KINDS, EntryKind, SubjectKind
from app.domain.records.references import Key
from app.domain.revisions.chain import Origin, Revision
from app.storage import tables
from app.storage.claims.save import save_claim
from app.storage.database.engine import Database
from app.storage.registers.save import NewEntry, save_entries, save_entry
from app.storage.revisions.log import append
from tests.domain.factories import REGISTERS

NOON = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
QUARREL = {
    "id": "quarrel",
    "title": "The quarrel of the bridges",
    "summary": "Three sides and a river.",
    "language": "en",
    "zone": "+04:00",
    "sides": ["north", "south", "west"],
    "topics": [{"id": "bridge", "name": "Bridges"}],
    "places": [
        {
            "id": "old-bridge",
            "name": "Old Bridge",
            "names": [{"side": "south", "language": "az", "name": "Köhnə Körpü"}],
            "also": ["Вышний мост"],
        },
        {"id": "new-bridge", "name": "New Bridge"},
    ],
}
ANOTHER: dict[str, Any] = {k: v for k, v in QUARREL.items() if k != "places"} | {"id": "another"}
_numbers = count(1)


def append_body(
    session: Session,
    kind: SubjectKind = "side",
    key: str = "north",
    body: Mapping[str, Any] | None = None,
    *,
    origin: Origin = "api",
    author: str = "a moderator",
    at: datetime = NOON,
    reason: str = "It was so.",
) -> Revision:
    """A revision with a body of its own where none is given."""
    said = body or {"id": key, "name": f"version {next(_numbers)}"}
    return append(session, kind, key, said, author=author, origin=origin, reason=reason, at=at)


def save(session: Session, kind: SubjectKind, body: Mapping[str, Any]) -> Revision:
    """A register entry or dossier with its revision."""
    revision = append_body(session, kind, body["id"], body)
    save_entry(session, kind, body, revision=revision)  # type: ignore[arg-type]
    return revision


def save_registers(session: Session) -> None:
    """The registers of the engine's tests, and one dossier with two places."""
    bodies: list[tuple[SubjectKind, Mapping[str, Any]]] = [
        (kind, entry.to_plain())
        for kind in REGISTER_KINDS
        for entry in getattr(REGISTERS, PLURALS[kind]).values()
    ]
    save_entries(
        session,
        [
            NewEntry(kind, body, append_body(session, kind, body["id"], body))
            for kind, body in [*bodies, ("dossier", QUARREL)]
        ],
    )


def save_unreadable(session: Session, kinds: Sequence[EntryKind]) -> None:
    """An entry of each of these kinds that nothing names, and that is a fault for who reads it."""
    rows = [
        {"kind": kind, "id": f"unreadable-{kind}", "ordinal": 10**6, "name": "?", "body": "{}"}
        for kind in kinds
    ]
    session.execute(insert(tables.register_entries), [row | {"revision": 1} for row in rows])


def outcome(
    state: str = "disputed",
    *,
    flags: Sequence[str] = (),
    gap: tuple[str, float] | None = None,
    **positions: str,
) -> dict[str, Any]:
    """A comparison as the engine would give it, as far as the index reads it."""
    return {
        "state": state,
        "flags": list(flags),
        "positions": {side: {"position": position} for side, position in positions.items()},
        "gap": {"kind": gap[0], "difference": gap[1], "ratio": None} if gap else None,
    }


def put(
    session: Session,
    claim: Claim,
    comparison: Mapping[str, Any] | None = None,
    *,
    dossier: str = "quarrel",
    origin: Origin = "files",
    at: datetime = NOON,
) -> Revision:
    """A claim with its revision and its index."""
    found = comparison or outcome()
    revision = append_body(session, "claim", claim.id, claim.to_json(), origin=origin, at=at)
    save_claim(
        session,
        dossier,
        claim,
        found,
        engine="1",
        references=references(claim),
        revision=revision,
    )
    return revision


def references(claim: Claim) -> set[Key]:
    """Documents, publishers, speakers and their sides, and the places of a claim."""
    named: set[Key] = {("place", place) for place in claim.places} | {("dossier", "quarrel")}
    for _, citation in claim.citations():
        named.add(("document", citation.document))
        named.add(("publisher", REGISTERS.publisher_of(citation.document).id))
        for speaker in citation.all_speakers:
            named |= {("speaker", speaker), ("side", REGISTERS.speakers[speaker].side)}
    return named


def tamper(database: Database, *statements: str) -> None:
    """What somebody with the database's password can do: drop the guards and change rows."""
    with database.writing() as session:
        for table in ("revisions", "revision_bodies"):
            if database.is_sqlite:
                for change in ("update", "delete", "replace"):
                    session.execute(text(f"DROP TRIGGER IF EXISTS {table}_refuse_{change}"))
            else:
                session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        for statement in statements:
            session.execute(text(statement))
