"""Bringing back what was on record before: always as a new revision, never by undoing one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import ValidationError
from sqlalchemy.orm import Session

from app.domain.checking.check import check_dossier, check_sources
from app.domain.checking.references import Known
from app.domain.contributing.records import ApiKey
from app.domain.records.kinds import KINDS, PLURALS, RegisterKind, SubjectKind
from app.domain.records.references import NAMED_KINDS, entry_keys, named_in
from app.domain.records.registers import Dossier
from app.domain.values.base import body_hash
from app.errors import BadInput, EditConflict, LazyMessage, NotAllowed
from app.queries.gather import gather
from app.queries.history import revision_of, subject_of
from app.queries.registers import sources_of
from app.services.contributing.edit_claim import replace_claim
from app.services.record.append_revision import Author, compare_naming, write_entry
from app.storage.claims.documents import get_claim
from app.storage.registers.entries import get_entry
from app.storage.revisions.log import lock_head, newest

_EntryKind = Literal["dossier", RegisterKind]


def restore(
    session: Session,
    kind: SubjectKind,
    key: str,
    number: int,
    *,
    of_revision: int,
    by: ApiKey,
    reason: str,
    now: datetime,
) -> int:
    """Let a claim or register entry say again what it said at revision `number`; the new revision.

    `of_revision` is the current one as the moderator saw it. Where it says that already,
    nothing is added. Raises `NotAllowed`, `NotFound` or `Moved`, `EditConflict`, `BadInput` where
    what was there was redacted or does not fit the record any more, of a claim `BadFields`.
    """
    if not by.may_decide:
        raise NotAllowed(LazyMessage("Only moderators restore revisions; your key may submit."))
    # Before anything is read that the new revision is made of: nothing may move between.
    lock_head(session)
    body = revision_of(session, subject_of(session, kind, key), number).body
    if body is None:
        raise BadInput(
            LazyMessage(
                "The words of revision {number} were redacted; they cannot be restored.",
                number=number,
            )
        )
    why = f"Restored revision {number}: {reason}"
    if kind != "claim":
        return _restore_entry(
            session, kind, key, body, of_revision, Author(by.name, now, why, "api")
        )
    present = json.loads(get_claim(session, key).document)
    replaced = replace_claim(
        session,
        key,
        _under_its_name(body, present),
        of_revision=of_revision,
        by=by,
        reason=why,
        now=now,
    )
    return replaced.revision


def _restore_entry(
    session: Session,
    kind: _EntryKind,
    key: str,
    body: Mapping[str, Any],
    of_revision: int,
    author: Author,
) -> int:
    present = newest(session, kind, key)
    entry = get_entry(session, kind, key)
    if present is None or present.number != of_revision:
        raise EditConflict(entry.revision)
    restored = _under_its_name(body, json.loads(entry.body))
    # By the hash, as of a claim: saying again what is said already is no revision.
    if body_hash(restored) == present.body_hash:
        return present.number
    _require_sound(session, kind, restored, author.at)
    revision = write_entry(session, kind, restored, author)
    compare_naming(session, [(kind, key)])
    return revision.number


def _under_its_name(body: Mapping[str, Any], present: Mapping[str, Any]) -> dict[str, Any]:
    """What a body says, under the id and the former ids that its subject has now."""
    # Links and former ids are of the subject, not of one of its revisions.
    kept = {name: present[name] for name in ("id", "formerly") if name in present}
    return {**{name: value for name, value in body.items() if name != "formerly"}, **kept}


def _require_sound(
    session: Session, kind: _EntryKind, body: Mapping[str, Any], at: datetime
) -> None:
    """Raise `BadInput` where an entry, as it was, names what is no longer there."""
    try:
        # The shape may have changed since: what was right then can lack what is required today.
        record = KINDS[kind].model.model_validate(body)
    except ValidationError as faults:
        raise BadInput(_no_longer_holds(faults.errors()[0]["msg"])) from None
    there = gather(session, set(entry_keys(named_in(record))))
    known = Known({of: there.ids(of) for of in NAMED_KINDS})
    if isinstance(record, Dossier):
        found = list(check_dossier(record, known))
    else:
        bodies = sources_of(e for (of, _), e in there.entries.items() if of == "body")
        sources = bodies.model_copy(update={PLURALS[kind]: (record,)})
        found = list(check_sources(sources, known, at.astimezone(UTC).date()))
    if found:
        raise BadInput(_no_longer_holds(f"it {found[0].message}."))


def _no_longer_holds(why: str) -> LazyMessage:
    return LazyMessage(
        "That version no longer fits the record: {why} Restore it by an edit instead.",
        why=why,
    )
