"""Redacting words for good, as a court or a private person may demand.

What revisions said is emptied, and with it whatever was made of it: the index that lists and
searches read, checks, snapshots, submissions. That it was done, by whom and why is a revision of
its own, and the chain stays whole.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from app.domain.quotations.find import stands_in
from app.domain.records.claim_filter import ClaimFilter
from app.domain.records.claims import Claim, claim_of, lifted
from app.domain.records.kinds import REGISTER_KINDS, SubjectKind
from app.domain.records.references import Key, Named, named_in_body
from app.domain.revisions.chain import Revision, is_tombstone, signed_reason, tombstone
from app.errors import BadInput, NotFound
from app.queries.history import ids_of
from app.queries.parts import registers_for
from app.queries.registers import dossier_of, entries_with
from app.services.record.append_revision import (
    Author,
    compare_wholes,
    write_claim,
    write_entry,
)
from app.storage.claims.documents import get_claim, wholes_of
from app.storage.claims.lists import stream_claims
from app.storage.following.snapshots import Snapshots
from app.storage.redaction import (
    EmptiedSubmissions,
    clear_base_body,
    delete_checks,
    delete_snapshots,
    empty_submissions,
    forget_pages,
    is_submitted,
    pages_cited,
    pages_waiting,
    remove_from_index,
    snapshots_of,
)
from app.storage.registers.addresses import save_declared
from app.storage.registers.entries import all_entries, claims_naming, get_entries, get_entry
from app.storage.revisions.log import append, bodies, empty_bodies, former_ids_of, lock_head
from app.storage.revisions.past import history_page
from app.storage.search.rows import purge_index

_ALL = 2**31 - 1
_MAX_NAMED = 5
# Kinds of entry that a submission may bring along, those that name others first.
_BroughtKind = Literal["document", "speaker", "publisher"]
_BROUGHT: tuple[_BroughtKind, ...] = ("document", "speaker", "publisher")


@dataclass(frozen=True, slots=True)
class Redaction:
    """What was redacted: the revision that says so, the revisions that were emptied by it.

    `revision` is None where nothing of it was ever on record, so that nothing is to be signed.
    With how many snapshots of pages, submissions, and checks of pages that nothing cites any more.
    `brought` are the entries that only the words had brought, each redacted with them.
    """

    revision: Revision | None
    emptied: tuple[int, ...]
    snapshots: int
    submissions: int
    page_checks: int
    brought: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class _Words:
    """Words that were in a revision: of which citation, from which document."""

    citation: str
    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class _Doomed:
    """What is to be redacted of a subject: these revisions, and words that are then nowhere.

    `urls` are the pages from which the words were.
    """

    kind: SubjectKind
    key: str
    numbers: tuple[int, ...]
    words: frozenset[_Words]
    urls: frozenset[str]
    is_whole: bool


def redact_subject(
    session: Session, snapshots: Snapshots, kind: SubjectKind, key: str, by: Author
) -> Redaction:
    """Empty every revision of a subject, and take it off the record; its history stays.

    Of a claim that was submitted and never accepted, empty what was submitted. Raises `NotFound`,
    and `BadInput` where something on record still names it.
    """
    lock_head(session)
    by_court = Author(by.name, by.at, f"Taken down: {by.reason}", "api")
    if kind == "claim" and is_submitted(session, key) and not _was_on_record(session, key):
        doomed = _Doomed(kind, key, (), frozenset(), frozenset(), is_whole=True)
        return _forget(session, snapshots, doomed, by_court, None)
    found = _history(session, kind, key)
    _require_unnamed(session, kind, key)
    numbers = tuple(revision.number for revision in found)
    said = bodies(session, numbers)
    words = _words_in(kind, said.values())
    urls = _urls(session, words) | _own_page(session, kind, key)
    doomed = _Doomed(kind, key, numbers, words, urls, is_whole=True)
    revision = append(
        session,
        kind,
        key,
        # A body that says so: a load finds it as the newest, and does not bring the words back from
        # a file.
        tombstone(key, former_ids_of(session, kind, key)),
        author=by.name,
        origin="api",
        reason=by_court.reason,
        at=by.at,
    )
    wholes = wholes_of(session, [key]) if kind == "claim" else ()
    remove_from_index(session, kind, key)
    # What a part said stands in the comparison of its whole.
    compare_wholes(session, wholes)
    done = _forget(session, snapshots, doomed, by_court, revision)
    return _with_brought(session, snapshots, done, _named_by(kind, said.values()), by)


def redact_past(
    session: Session,
    snapshots: Snapshots,
    kind: SubjectKind,
    key: str,
    numbers: Collection[int],
    by: Author,
) -> Redaction:
    """Empty some revisions of a subject that has been changed since; what it says now stays.

    Raises `NotFound` for what is no revision of it, and `BadInput` for its newest: that one is
    changed first, or the whole is redacted.
    """
    lock_head(session)
    found = _history(session, kind, key)
    wanted = tuple(sorted(set(numbers)))
    _require_past(kind, wanted, found)
    newest = found[0].number
    texts = bodies(session, [newest, *wanted])
    words = _words_in(kind, (texts[number] for number in wanted))
    # What the claim still says stays in checks and snapshots: it was not to be redacted.
    words -= _words_in(kind, [texts[newest]])
    doomed = _Doomed(kind, key, wanted, words, _urls(session, words), is_whole=False)
    signed = Author(by.name, by.at, signed_reason(wanted, by.reason), "api")
    revision = _sign(session, kind, key, signed)
    done = _forget(session, snapshots, doomed, signed, revision)
    named = _named_by(kind, (texts[number] for number in wanted))
    return _with_brought(session, snapshots, done, named, by)


def _history(session: Session, kind: SubjectKind, key: str) -> list[Revision]:
    return history_page(session, kind, ids_of(session, kind, key), limit=_ALL)


def _require_past(kind: SubjectKind, wanted: Collection[int], found: list[Revision]) -> None:
    known = {revision.number for revision in found}
    for number in wanted:
        if number not in known:
            raise NotFound(f"revision of this {kind}", str(number))
    if found[0].number in wanted:
        raise BadInput(
            f"Revision {found[0].number} is the current one: change the entry first, and redact it "
            "then; or redact the whole, without --revision."
        )


def _require_unnamed(session: Session, kind: SubjectKind, key: str) -> None:
    # An entry that others name cannot be gone: their pages would fail, and their files be faulty.
    naming = list(_naming(session, kind, key))
    if naming:
        shown = ", ".join(naming[:_MAX_NAMED])
        more = f" and {len(naming) - _MAX_NAMED} more" if len(naming) > _MAX_NAMED else ""
        raise BadInput(f"The {kind} “{key}” is still named by {shown}{more}; change these first.")


def _naming(session: Session, kind: SubjectKind, key: str) -> Iterable[str]:
    """What on record names a subject."""
    if kind == "claim":
        for stored in stream_claims(session, ClaimFilter()):
            if _names(named_in_body("claim", json.loads(stored.document)), kind, key):
                yield f"claim {stored.id}"
        return
    yield from (f"claim {claim}" for claim in claims_naming(session, kind, key))
    for entry in all_entries(session, *REGISTER_KINDS, "dossier"):
        if _names(named_in_body(entry.kind, json.loads(entry.body)), kind, key):
            yield f"{entry.kind} {entry.id}"


def _names(named: Iterable[Named], kind: SubjectKind, key: str) -> bool:
    return any(found.field.kind == kind and key in found.ids for found in named)


def _sign(session: Session, kind: SubjectKind, key: str, by: Author) -> Revision:
    """A revision that says what its subject says already, and why others say nothing any more."""
    if kind == "claim":
        stored = get_claim(session, key)
        # With the body as it is: a revision of its own is the only place where a reason can be,
        # since reasons of earlier ones are hashed.
        claim, dossier = claim_of(stored.document), dossier_of(session, stored.dossier)
        registers = registers_for(session, [(claim, dossier)])
        return write_claim(session, claim, registers, dossier, by)
    return write_entry(session, kind, json.loads(get_entry(session, kind, key).body), by)


def _forget(
    session: Session,
    snapshots: Snapshots,
    doomed: _Doomed,
    by: Author,
    revision: Revision | None,
) -> Redaction:
    """Empty the revisions, and take out what was made of the words."""
    empty_bodies(session, doomed.numbers)
    clear_base_body(session, doomed.kind, doomed.key)
    submissions = 0
    if doomed.kind == "claim":
        delete_checks(session, doomed.key, {words.citation for words in doomed.words})
        emptied = empty_submissions(
            session,
            doomed.key,
            quotes=None if doomed.is_whole else {words.quote for words in doomed.words},
            by=by.name,
            at=by.at,
            reason=by.reason,
        )
        submissions, doomed = emptied.count, _with_submitted(doomed, emptied)
    # FTS5 keeps deleted words in its blocks until they are merged; this merges them at once.
    purge_index(session)
    erased, checks = _erase_snapshots(session, snapshots, doomed, by.at)
    return Redaction(revision, doomed.numbers, erased, submissions, checks)


def _was_on_record(session: Session, claim: str) -> bool:
    try:
        return bool(ids_of(session, "claim", claim))
    except NotFound:
        return False


def _with_submitted(doomed: _Doomed, emptied: EmptiedSubmissions) -> _Doomed:
    """The pages of submissions as well, which may never have been accepted, and their words."""
    words = doomed.words
    # A submission may also quote what the claim still says: of a part, its own words alone go.
    if doomed.is_whole:
        words |= {_Words("", "", quote) for quote in emptied.quotes}
    return replace(doomed, words=words, urls=doomed.urls | emptied.urls)


def _named_by(kind: SubjectKind, texts: Iterable[str | None]) -> set[Key]:
    """The entries that bodies name, before they are emptied."""
    found = (json.loads(text) for text in texts if text)
    read = (body for body in found if not is_tombstone(body))
    return {
        (named.field.kind, key)
        for body in read
        for named in named_in_body(kind, lifted(body) if kind == "claim" else body)
        if named.field.kind in _BROUGHT
        for key in named.ids
    }


def _with_brought(
    session: Session, snapshots: Snapshots, done: Redaction, named: set[Key], by: Author
) -> Redaction:
    """Redact the entries that only the words had brought, too: a title or a name repeats them.

    Those are entries that nothing names any more, and that no file ever held.
    """
    # Documents first: a publisher is named by them.
    for kind in _BROUGHT:
        for of_kind, key in sorted(named):
            if of_kind != kind or not _is_orphan(session, kind, key):
                continue
            also = redact_subject(session, snapshots, kind, key, by)
            done = replace(
                done,
                emptied=(*done.emptied, *also.emptied),
                snapshots=done.snapshots + also.snapshots,
                page_checks=done.page_checks + also.page_checks,
                brought=(*done.brought, (kind, key), *also.brought),
            )
    return done


def _is_orphan(session: Session, kind: _BroughtKind, key: str) -> bool:
    if not get_entries(session, [(kind, key)]):
        return False
    revisions = _history(session, kind, key)
    return all(revision.origin == "api" for revision in revisions) and not any(
        _naming(session, kind, key)
    )


def _erase_snapshots(
    session: Session, snapshots: Snapshots, doomed: _Doomed, at: datetime
) -> tuple[int, int]:
    """Erase what was stored of pages that nothing cites any more, or that has the words.

    Returns how many snapshots and how many checks of pages there were.
    """
    # A page that others cite stays, but for the snapshots that hold the words.
    cited, erased = pages_cited(session, doomed.urls), 0
    for url in sorted(doomed.urls):
        taken = {
            number: saved
            for number, saved in snapshots_of(session, url).items()
            if url not in cited or _holds(snapshots, saved.text_hash, doomed.words)
        }
        texts = delete_snapshots(session, taken)
        snapshots.erase(taken.values(), texts, at)
        if url not in cited:
            # Read on the page, as its words were; an address is often made of a headline.
            save_declared(session, url, None)
        erased += len(taken)
    uncited = doomed.urls - cited - pages_waiting(session, doomed.urls)
    return erased, forget_pages(session, uncited)


def _holds(snapshots: Snapshots, text_hash: str, words: Iterable[_Words]) -> bool:
    try:
        text = snapshots.read_text(text_hash)
    # A text that is not there cannot be searched: it is taken to hold the words, as erasing too
    # much can be mended by asking for the page again.
    except NotFound:
        return True
    return any(each.quote and stands_in(each.quote, text) for each in words)


def _own_page(session: Session, kind: SubjectKind, key: str) -> frozenset[str]:
    """The page of a document that is redacted itself."""
    if kind != "document":
        return frozenset()
    url = json.loads(get_entry(session, "document", key).body).get("url")
    return frozenset([url] if url else [])


def _urls(session: Session, words: Iterable[_Words]) -> frozenset[str]:
    documents = entries_with(session, {("document", each.document) for each in words}).documents
    return frozenset(document.url for document in documents.values() if document.url)


def _words_in(kind: SubjectKind, texts: Iterable[str | None]) -> frozenset[_Words]:
    """The words that claims' bodies quote; a body that was redacted before has none."""
    found = [json.loads(text) for text in texts if text] if kind == "claim" else []
    claims = [Claim.model_validate(body) for body in found if "redacted" not in body]
    return frozenset(
        _Words(citation.id, citation.document, citation.quote or "")
        for claim in claims
        for _account, citation in claim.citations()
    )
