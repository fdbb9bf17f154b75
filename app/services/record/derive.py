"""Deriving everything that readers see from the chain of revisions again.

By the same functions that write it when a change is accepted, from the bodies of the revisions in
their order: into a scratch database to compare with (an audit), or in place of what is there (a
repair). So nothing that is ever added to the index can be forgotten here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.orm import Session

from app.domain.disagreement.comparison import ENGINE
from app.domain.disagreement.engine import compare
from app.domain.disagreement.parts import ComparedPart
from app.domain.records.claims import Claim, claim_of
from app.domain.records.references import Key, named_by_claim
from app.domain.records.registers import Dossier
from app.domain.revisions.chain import Fault, is_tombstone
from app.domain.values.base import canonical
from app.queries.gather import gather
from app.queries.parts import registers_for
from app.queries.registers import dossier_of, registers_of
from app.services.record.append_revision import compare_claim, compare_wholes, save_compared
from app.storage.claims.documents import wholes_of
from app.storage.database.engine import Database
from app.storage.database.schema import migrate
from app.storage.derived_tables import copy_chain, dossiers_of_claims
from app.storage.redaction import remove_from_index
from app.storage.registers.entries import all_entries
from app.storage.registers.save import NewEntry, save_entries
from app.storage.revisions.log import (
    StoredRevision,
    newest_claims,
    save_former_ids,
    stream_revisions,
)

Progress = Callable[[int, int], None]
_AT_ONCE = 200
_ENGINES = frozenset(str(number) for number in range(1, int(ENGINE) + 1))
_LOST = "has lost the comparison that was stored with it."


@contextmanager
def scratch_database() -> Iterator[Database]:
    """An empty database with this program's tables, in a file that is deleted afterwards."""
    with (
        TemporaryDirectory(prefix="variorum-audit-") as folder,
        closing(Database(f"sqlite:///{Path(folder) / 'scratch.sqlite3'}")) as database,
    ):
        migrate(database)
        yield database


@dataclass(slots=True)
class Derivation:
    """Derives from the chain in `source` into `target`.

    `ordinals` are the places of entries in their registers, which the chain does not have.
    `faults` are revisions whose stored comparison is not what their claim says, and claims that
    belong nowhere. `not_derived` are the revisions whose comparison another version of the engine
    made and this one would not, or that rest on words that were redacted since.
    """

    source: Session
    target: Session
    ordinals: Mapping[Key, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    not_derived: list[int] = field(default_factory=list)
    _waiting: list[NewEntry] = field(default_factory=list)
    # What entries said at a revision is not known after a redaction until they say something anew.
    _unknown: set[Key] = field(default_factory=set)

    def run(self, progress: Progress = lambda _done, _all: None) -> None:
        """Save every entry and every claim as their newest revisions have them."""
        total = copy_chain(self.source, self.target)
        with closing(stream_revisions(self.source)) as revisions:
            for stored in revisions:
                self._replay(stored)
                progress(stored.revision.number, total)
        self._flush()
        self._save_claims()

    def _replay(self, stored: StoredRevision) -> None:
        revision = stored.revision
        kind, key = revision.subject_kind, revision.subject_id
        if stored.body is None:
            self._unknown.add((kind, key))  # type: ignore[arg-type]
            return
        self._unknown.discard((kind, key))
        body = json.loads(stored.body)
        if is_tombstone(body):
            self._flush()
            remove_from_index(self.target, kind, key)
            save_former_ids(self.target, kind, key, body.get("formerly", ()))
        elif kind == "claim":
            self._flush()
            self._check_comparison(stored, claim_of(stored.body))
        else:
            self._wait(NewEntry(kind, body, revision))

    def _wait(self, entry: NewEntry) -> None:
        """Save an entry with those before it, some hundreds at once, each of them once."""
        if len(self._waiting) >= _AT_ONCE or any(e.key == entry.key for e in self._waiting):
            self._flush()
        self._waiting.append(entry)

    def _flush(self) -> None:
        save_entries(self.target, self._waiting, self.ordinals)
        self._waiting.clear()

    def _check_comparison(self, stored: StoredRevision, claim: Claim) -> None:
        """Compare a claim as it was with the entries as they were."""
        number = stored.revision.number
        engine, what = stored.engine, _misnamed(stored.engine, stored.comparison)
        if engine is None or what:
            self.faults.append(Fault(number, what or _LOST))
            return
        # Which dossier a claim is in stands beside the chain, and may have changed since.
        for dossier in self._dossiers(claim):
            found = self._compared(claim, dossier, engine)
            if found is None:
                self.not_derived.append(number)
                return
            if found == stored.comparison:
                return
        if engine != ENGINE:
            self.not_derived.append(number)
            return
        what = f"its comparison is not what the claim “{claim.id}” said then."
        self.faults.append(Fault(number, what))

    def _compared(self, claim: Claim, dossier: Dossier, engine: str) -> str | None:
        """The comparison as it is stored; None where an entry it needs was redacted."""
        gathered = gather(self.target, named_by_claim(claim, dossier))
        if gathered.absent or self._unknown & gathered.entries.keys():
            return None
        found = compare_claim(claim, registers_of(gathered.entries.values()), dossier)
        # What an older engine made and this one would make as well is proved all the same.
        return canonical({**found, "engine": engine})

    def _dossiers(self, claim: Claim) -> Iterator[Dossier]:
        """The dossiers that have a claim's topic, the one that it is in first."""
        now = dossiers_of_claims(self.source, [claim.id]).get(claim.id)
        keys = [entry.id for entry in all_entries(self.target, "dossier")]
        for key in sorted(keys, key=lambda key: key != now):
            dossier = dossier_of(self.target, key)
            if claim.topic in {topic.id for topic in dossier.topics}:
                yield dossier

    def _save_claims(self) -> None:
        """Save the claims on record, and then once more those that count the parts of others."""
        wholes: set[str] = set()
        with closing(newest_claims(self.source)) as newest:
            for some in _batches(newest):
                self._save_some(some)
                wholes |= wholes_of(self.target, [stored.revision.subject_id for stored in some])
        # A whole may have been saved before its parts.
        compare_wholes(self.target, wholes)

    def _save_some(self, revisions: list[StoredRevision]) -> None:
        found: list[tuple[StoredRevision, Claim, Dossier]] = []
        for stored in revisions:
            claim = claim_of(stored.body or "{}")
            dossier = next(self._dossiers(claim), None)
            if dossier is None:
                what = f"the claim “{claim.id}” belongs to no dossier on record."
                self.faults.append(Fault(stored.revision.number, what))
            else:
                found.append((stored, claim, dossier))
        registers = registers_for(self.target, [(claim, dossier) for _, claim, dossier in found])
        for stored, claim, dossier in found:
            compared = ComparedPart(claim, registers, dossier)
            alone = compare(claim, registers, dossier)
            save_compared(self.target, alone, compared, stored.revision, document=stored.body)


def _misnamed(engine: str | None, comparison: str | None) -> str | None:
    """What is wrong with the version that made a comparison; None where nothing is.

    The chain does not hash it: a falsified comparison could hide behind any other version's name.
    """
    if engine is None or comparison is None:
        return _LOST
    if engine not in _ENGINES:
        return f"its comparison names an engine that never was: “{engine}”."
    try:
        said = json.loads(comparison)
    except ValueError:
        return "its comparison cannot be read."
    if not isinstance(said, dict) or said.get("engine") != engine:
        return f"its comparison was not made by the engine it is said to be of, “{engine}”."
    return None


def _batches(newest: Iterator[StoredRevision]) -> Iterator[list[StoredRevision]]:
    """Claims that are still on record, some hundreds at once."""
    some: list[StoredRevision] = []
    for stored in newest:
        if stored.body is None or is_tombstone(json.loads(stored.body)):
            continue
        some.append(stored)
        if len(some) == _AT_ONCE:
            yield some
            some = []
    if some:
        yield some
