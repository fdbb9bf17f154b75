"""How the record came to be as it is: what changed, the history of a subject, revisions of it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlalchemy.orm import Session

from app.domain.disagreement.comparison import Comparison, Message, comparison_of
from app.domain.records.claims import Claim, claim_of, lifted
from app.domain.records.kinds import PLURALS, REGISTER_KINDS, SubjectKind, entry_of
from app.domain.records.references import Key, entry_keys, named_by_claim, named_in, needed_by_claim
from app.domain.records.registers import Dossier, RegisterEntry, Registers, Sources
from app.domain.revisions.chain import Revision
from app.domain.values.base import canonical, is_id
from app.domain.values.paging import Page
from app.errors import NotFound
from app.queries.claim import ComparedClaim
from app.queries.registers import registers_of
from app.storage.claims.documents import StoredClaim, get_claims
from app.storage.registers.entries import StoredEntry, all_entries, get_entries
from app.storage.revisions.log import (
    StoredRevision,
    bodies,
    former_ids_of,
    get,
    head,
    latest,
    list_changes,
    missing,
)
from app.storage.revisions.past import bodies_as_of, history_page, revision_after, with_bodies
from app.storage.search.ids import names_of

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """An accepted change, with what its subject said from then on, None once that is redacted.

    `name` is what its subject was called then; where that is redacted what it is called today, or
    its id where it is no longer on record.
    """

    revision: Revision
    body: Body | None
    name: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What has a history: a claim or register entry, with every id that it has or had."""

    kind: SubjectKind
    key: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FullRevision:
    """A revision with what its subject said from then on, None once that is redacted.

    `engine` and `comparison`, a JSON text, are as they were then; None where the subject is no
    claim. `name` is what the subject was called, empty once redacted.
    """

    revision: Revision
    body: Body | None
    engine: str | None
    comparison: str | None

    @property
    def lifted(self) -> Body | None:
        """What the subject said in today's schema: between two of it, only content differs."""
        return None if self.body is None else lifted(self.body)

    @property
    def name(self) -> str:
        """What the subject was called then; empty where that is redacted."""
        return name_in(self.body)


@dataclass(frozen=True, slots=True)
class History:
    """Revisions of a subject, newest first; `previous` is the one before all of them, if any.

    `name` is what the newest of them calls it that is not redacted, else its id.
    """

    revisions: tuple[FullRevision, ...]
    previous: FullRevision | None
    name: str


@dataclass(frozen=True, slots=True)
class PastRevision:
    """One revision with the ones around it, as its own page has it.

    `name` is as of then, or as of today where that is redacted. `claim` is the claim as it was with
    what it named then; None of other subjects, and where something of it is redacted.
    """

    shown: FullRevision
    name: str
    older: Revision | None
    newer: Revision | None
    claim: ComparedClaim | None


@dataclass(frozen=True, slots=True)
class ComparedRevisions:
    """Two revisions of a subject; `left` is None where the right one is the first.

    `comparisons` are what was found at each; `names` have the sides and bodies that these name.
    """

    left: FullRevision | None
    right: FullRevision
    comparisons: tuple[Comparison | None, Comparison | None]
    names: Registers

    @property
    def is_redacted(self) -> bool:
        """Whether what one of them said is no longer there to be compared."""
        return self.right.body is None or (self.left is not None and self.left.body is None)


def latest_changes(session: Session, *, limit: int, before: int | None = None) -> Page[Change]:
    """The newest changes of the record, newest first, those before a number."""
    # One more than the page holds says whether there is a next one, without counting.
    found = latest(session, limit=limit + 1, before=before)
    following = str(found[limit - 1].number) if len(found) > limit else None
    return Page(_changes(session, found[:limit]), following, None)


def changes_since(session: Session, since: int, *, limit: int) -> Page[Change]:
    """The changes after a number, oldest first: a mirror reads on and misses nothing."""
    found = list_changes(session, since, limit)
    last = found[-1].number if found else since
    # Numbers have no gaps, so that the head says how many are still to come.
    ahead = max(0, head(session).number - last)
    return Page(_changes(session, found), str(last) if ahead else None, ahead + len(found))


def _changes(session: Session, revisions: Sequence[Revision]) -> tuple[Change, ...]:
    texts = bodies(session, [revision.number for revision in revisions])
    # Only of these is today's name asked: any other change shows what its subject was called then.
    redacted = [(r.subject_kind, r.subject_id) for r in revisions if texts.get(r.number) is None]
    today = names_of(session, redacted)
    return tuple(_change(revision, texts.get(revision.number), today) for revision in revisions)


def _change(
    revision: Revision, text: str | None, today: Mapping[tuple[SubjectKind, str], str]
) -> Change:
    body = _parsed(text)
    key = revision.subject_id
    return Change(revision, body, name_in(body) or today.get((revision.subject_kind, key), key))


def subject_of(session: Session, kind: SubjectKind, key: str) -> Subject:
    """What an id names or named; raises `NotFound`, or `Moved` as `ids_of` does."""
    return Subject(kind, key, ids_of(session, kind, key))


def ids_of(session: Session, kind: SubjectKind, key: str) -> tuple[str, ...]:
    """The ids under which a subject has revisions: its own, and those that it had before.

    What was redacted has its history still. Raises `NotFound`, or `Moved` where all that is known
    of an id is that it was renamed.
    """
    ids = (key, *former_ids_of(session, kind, key)) if is_id(key) else ()
    # Asked of the revisions and not of the index, from which a redacted subject is gone.
    if not ids or not history_page(session, kind, ids, limit=1):
        raise missing(session, kind, key)
    return ids


def read_history(
    session: Session, subject: Subject, *, limit: int, before: int | None = None
) -> History:
    """The revisions of a subject, newest first, at most `limit`, those before a number."""
    found = history_page(session, subject.kind, subject.ids, limit=limit + 1, before=before)
    read = [_full(stored) for stored in with_bodies(session, found)]
    return History(
        revisions=tuple(read[:limit]),
        previous=read[limit] if len(read) > limit else None,
        name=next((name for revision in read if (name := revision.name)), subject.key),
    )


def revision_of(session: Session, subject: Subject, number: int) -> FullRevision:
    """One revision of a subject; raises `NotFound`."""
    stored = get(session, number)
    revision = stored.revision
    # Numbers are of the whole record: this one may be another subject's.
    if revision.subject_kind != subject.kind or revision.subject_id not in subject.ids:
        raise NotFound(f"revision of this {subject.kind}", str(number))
    return _full(stored)


def newest_of(session: Session, subject: Subject) -> FullRevision:
    """The revision of a subject that holds now."""
    newest = history_page(session, subject.kind, subject.ids, limit=1)[0]
    return _full(get(session, newest.number))


def past_revision(session: Session, subject: Subject, number: int) -> PastRevision:
    """One revision of a subject with what is around it; raises `NotFound`."""
    shown = revision_of(session, subject, number)
    return PastRevision(
        shown=shown,
        name=shown.name or _name_today(session, subject),
        older=_before(session, subject, number),
        newer=revision_after(session, subject.kind, subject.ids, number),
        claim=_past_claim(session, shown, subject.ids) if subject.kind == "claim" else None,
    )


def compared_revisions(
    session: Session, subject: Subject, left: int | None, right: int | None
) -> ComparedRevisions:
    """Two revisions of a subject side by side: without a choice the newest and the one before.

    Raises `NotFound`.
    """
    after = revision_of(session, subject, right) if right else newest_of(session, subject)
    if left is None:
        older = _before(session, subject, after.revision.number)
        left = older.number if older else None
    before = None if left is None else revision_of(session, subject, left)
    comparisons = (_comparison(before), _comparison(after))
    names = registers_of(_names_in(session, comparisons))
    return ComparedRevisions(before, after, comparisons, names)


def _before(session: Session, subject: Subject, number: int) -> Revision | None:
    found = history_page(session, subject.kind, subject.ids, limit=1, before=number)
    return found[0] if found else None


def _comparison(revision: FullRevision | None) -> Comparison | None:
    text = revision.comparison if revision else None
    return comparison_of(text) if text else None


def _names_in(
    session: Session, comparisons: Collection[Comparison | None]
) -> Iterator[StoredEntry]:
    """The entries whose names are part of what comparisons say: sides, and bodies."""
    messages = [message for found in comparisons if found for message in found.messages]
    if messages:
        yield from all_entries(session, "side")
        yield from get_entries(session, {("body", key) for key in _bodies_in(messages)})


def _bodies_in(messages: Iterable[Message]) -> set[str]:
    groups = [group for m in messages for group in (m.arguments, *m.arguments.get("groups", ()))]
    holders = [holder for group in groups for holder in group.get("holders", ())]
    return {holder["id"] for holder in holders if holder["kind"] == "body"}


def name_in(body: Body | None) -> str:
    """What a body calls its subject; empty where there is none."""
    said = body or {}
    return str(said.get("question") or said.get("title") or said.get("name") or "")


def _name_today(session: Session, subject: Subject) -> str:
    key = (subject.kind, subject.key)
    return names_of(session, [key]).get(key, subject.key)


def _full(stored: StoredRevision) -> FullRevision:
    return FullRevision(stored.revision, _parsed(stored.body), stored.engine, stored.comparison)


def _parsed(text: str | None) -> Body | None:
    return None if text is None else json.loads(text)


def _past_claim(session: Session, then: FullRevision, ids: Collection[str]) -> ComparedClaim | None:
    """A claim as it was; None where it, or something that it named, is redacted."""
    number = then.revision.number
    present = next(iter(get_claims(session, list(ids)).values()), None)
    if then.body is None or then.comparison is None or present is None:
        return None
    try:
        claim = claim_of(canonical(then.body))
        dossier = _dossier_as_of(session, present, number)
        registers = Registers(_sources_as_of(session, claim, dossier, number))
        needed_by_claim(claim, registers, dossier)  # raises where one of them is not there
        return ComparedClaim(claim, comparison_of(then.comparison), registers, dossier)
    except (KeyError, ValidationError):
        # Something that it named is redacted, or had a shape that is no longer read.
        return None


def _dossier_as_of(session: Session, present: StoredClaim, number: int) -> Dossier:
    key: Key = ("dossier", present.dossier)
    return Dossier.model_validate_json(_bodies(session, {key}, number)[key])


def _sources_as_of(session: Session, claim: Claim, dossier: Dossier, number: int) -> Sources:
    """The register entries that a claim needs, as they were; each names further ones."""
    found: dict[Key, RegisterEntry] = {}
    asked: set[Key] = set()
    wanted = {key for key in named_by_claim(claim, dossier) if key[0] in REGISTER_KINDS}
    while wanted:
        asked |= wanted
        bodies = _bodies(session, wanted, number)
        read = {key: entry_of(key[0], text) for key, text in bodies.items()}
        found.update(read)
        wanted = {key for entry in read.values() for key in entry_keys(named_in(entry))} - asked
    registers: dict[str, list[RegisterEntry]] = defaultdict(list)
    for (kind, _key), entry in sorted(found.items(), key=lambda item: item[0]):
        registers[PLURALS[kind]].append(entry)
    return Sources.model_validate(registers)


def _bodies(session: Session, keys: Collection[Key], number: int) -> dict[Key, str]:
    """What entries said then; for one whose words of then are redacted, what it says now."""
    then = bodies_as_of(session, keys, number)
    lost = set(keys) - then.keys()
    now = {(entry.kind, entry.id): entry.body for entry in get_entries(session, lost)}
    return {**now, **then}
