"""How a file differs from the record: who changed what since the last load, and both merged.

Three versions are compared: what the file said when it was last loaded, what it says now, and what
is on record.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError
from sqlalchemy.orm import Session

from app.domain.records.claims import Claim, lifted
from app.domain.records.kinds import KINDS, SubjectKind
from app.domain.revisions.chain import Revision
from app.domain.revisions.merge import merge
from app.domain.values.base import body_hash
from app.storage.revisions.log import bodies, newest
from app.storage.revisions.merge_base import delete_base, get_base, record_base

Outcome = Literal["new", "changed", "merged", "same", "agreed", "kept", "conflict"]


@dataclass(frozen=True, slots=True)
class MergeSubject:
    """What a revision can be of, and what is to become of it.

    It is `agreed` where the file has come to say what was accepted otherwise. `filed` is what the
    file says. `body` is what is to be on record: the same, or where it is `merged`, that and
    what was accepted since the last load. `conflicts` are the ways to what both changed; none where
    they are not known, as after words were redacted.
    """

    kind: SubjectKind
    key: str
    outcome: Outcome
    filed: Mapping[str, Any]
    body: Mapping[str, Any]
    conflicts: tuple[str, ...] = ()

    @property
    def is_written(self) -> bool:
        """Whether the record changes by it."""
        return self.outcome in ("new", "changed", "merged")

    @property
    def name(self) -> str:
        """What a report calls it; of a conflict with its places."""
        places = f" ({', '.join(self.conflicts)})" if self.conflicts else ""
        return f"{self.kind} {self.key}{places}"


def plan_merge(session: Session, kind: SubjectKind, body: Mapping[str, Any]) -> MergeSubject:
    """What is to become of a subject that a file has."""
    key, filed = str(body["id"]), body_hash(body)
    now = newest(session, kind, key)
    if now is None:
        return MergeSubject(kind, key, "new", body, body)
    if now.body_hash == filed or _lifted_hash(_body_of(session, now)) == filed:
        return MergeSubject(kind, key, "agreed" if now.origin == "api" else "same", body, body)
    # The newest revision is then what the file said at the last load: nothing was accepted since,
    # and the file alone changed.
    if now.origin == "files":
        return MergeSubject(kind, key, "changed", body, body)
    before = get_base(session, kind, key)
    # It came by the API and then into a file: no common version says what either has changed.
    if before is None:
        return MergeSubject(kind, key, "conflict", body, body)
    if filed in (before.body_hash, _lifted_hash(before.body)):
        return MergeSubject(kind, key, "kept", body, body)
    return _merged(session, kind, body, before.body, now)


def record_merge_base(session: Session, subject: MergeSubject) -> None:
    """Store what the file says now: by that the next load sees what changed in the file.

    To be called for every subject whose file the record agrees with, or has taken in.
    """
    # The revision that was just written says what the file does; a row beside it would be older.
    if subject.outcome in ("new", "changed"):
        delete_base(session, subject.kind, subject.key)
    elif subject.outcome in ("agreed", "merged"):
        record_base(session, subject.kind, subject.key, subject.filed)


def _body_of(session: Session, revision: Revision) -> str | None:
    return bodies(session, [revision.number])[revision.number]


def _lifted_hash(body: str | None) -> str | None:
    """The hash of what a body says in today's schema; None where it was redacted.

    A body of an older schema that says what the file does is no other version: it would be a
    revision of each claim that changes nothing.
    """
    return None if body is None else body_hash(lifted(json.loads(body)))


def _merged(
    session: Session, kind: SubjectKind, filed: Mapping[str, Any], base: str | None, now: Revision
) -> MergeSubject:
    key = str(filed["id"])
    present = _body_of(session, now)
    # Redacted: by its hash an unchanged file is still known as such, but words to merge are gone.
    if base is None or present is None:
        return MergeSubject(kind, key, "conflict", filed, filed)
    merged = merge(lifted(json.loads(base)), filed, lifted(json.loads(present)))
    if merged.conflicts:
        return MergeSubject(kind, key, "conflict", filed, filed, merged.conflicts)
    try:
        # Two changes that are right alone can be wrong together, as two ways to name one speaker.
        record = KINDS[kind].model.model_validate(merged.body)
    except ValidationError as faults:
        places = tuple("/".join(map(str, fault["loc"])) for fault in faults.errors())
        return MergeSubject(kind, key, "conflict", filed, filed, places)
    body = record.to_json() if isinstance(record, Claim) else record.to_plain()
    return MergeSubject(kind, key, "merged", filed, body)
