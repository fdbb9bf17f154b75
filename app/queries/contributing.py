"""What contributors and moderators read: what words of a page may belong to, and what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy.orm import Session

from app.domain.contributing.records import ApiKey, Submission, SubmissionState
from app.domain.records.claim_filter import ClaimFilter
from app.domain.records.claims import Citation, Claim, claim_of
from app.domain.records.kinds import EntryKind
from app.domain.records.registers import Document, Dossier
from app.domain.values.paging import Page
from app.dossiers.notation.layout import emit
from app.errors import BadInput, Moved, NotFound
from app.queries.claim_lists import list_claims
from app.queries.registers import document_at, dossier_of, read_entry
from app.storage.claims.citations import citations_of
from app.storage.claims.documents import get_claim, get_claims
from app.storage.claims.word_overlap import claims_near
from app.storage.contributing.api_keys import list_keys
from app.storage.contributing.submissions import get_submission, list_submissions
from app.storage.registers.entries import all_entries, entries_named, get_entries
from app.storage.search.ids import names_of

MAX_CLAIMS = 8
# A list of more helps nobody choose, and every page with the form carries it: names and ids that
# are not in it can be typed.
MAX_CHOICES = 1000
_CITED = 100  # citations of one page that are read for the claims that they belong to
_OWN = 10
_EXAMPLES_AMONG = 50
Choices = Sequence[tuple[str, str]]
"""Ids with names."""


@dataclass(frozen=True, slots=True)
class Nearby:
    """A claim that words may belong to; `cites_page` where it cites their page already."""

    id: str
    question: str
    state: str
    cites_page: bool


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the record has near words of a page: its document, if it is on record, and claims."""

    document: str | None
    claims: tuple[Nearby, ...]


def surroundings_of(session: Session, url: str, words: str) -> Surroundings:
    """The document at an address, the claims that cite it, and those that share words with these.

    At most eight claims; those that share the most words come first, then those that cite the page.
    An address that cannot be read is of no document.
    """
    document = _document(session, url)
    cited = citations_of(session, "document", document, limit=_CITED) if document else []
    citing = {citation.claim: citation for citation in cited}
    found = [
        Nearby(claim.id, claim.question, claim.state, claim.id in citing)
        for claim in claims_near(session, words, limit=MAX_CLAIMS)
    ]
    known = {claim.id for claim in found}
    # After those that share words: a page that many claims cite says little of where these words
    # belong.
    found += [
        Nearby(row.claim, row.question, row.state, cites_page=True)
        for key, row in citing.items()
        if key not in known
    ]
    return Surroundings(document, tuple(found[:MAX_CLAIMS]))


@dataclass(frozen=True, slots=True)
class Identified:
    """What was typed into the form, as ids on record.

    `document` is None where no document has the address. `speaker` and `publisher` are None where
    none on record, or several, are called so, and empty where nothing was typed.
    """

    document: str | None
    speaker: str | None
    publisher: str | None


def identify(session: Session, *, url: str, speaker: str, publisher: str) -> Identified:
    """The document at an address, and a speaker and a publisher by their ids or names."""
    return Identified(
        _document(session, url),
        _id_of(session, "speaker", speaker),
        _id_of(session, "publisher", publisher),
    )


@dataclass(frozen=True, slots=True)
class RegisterChoices:
    """What the form offers of the registers, of each the first thousand entries."""

    speakers: Choices
    publishers: Choices
    sides: Choices
    bodies: Choices


@dataclass(frozen=True, slots=True)
class ListedSubmission:
    """A submission with the question of its claim; empty where that is not on record."""

    submission: Submission
    question: str


@dataclass(frozen=True, slots=True)
class FormContext:
    """What the form shows beside its fields.

    `document` is the one at the form's address, as its id and title; `claim` the one that was
    chosen, with `choices` for its citation; `own` the visitor's newest submissions.
    """

    near: Sequence[Nearby]
    document: tuple[str, str] | None
    claim: Claim | None
    choices: RegisterChoices | None
    own: Sequence[ListedSubmission]


def form_context(
    session: Session, *, url: str, words: str, claim_id: str, author: str | None
) -> FormContext:
    """What the form shows for an address, for words of its page and for the claim chosen, if any.

    `author` is the visitor's pseudonym, None where nobody is signed in.
    """
    around = surroundings_of(session, url, words)
    claim = _claim(session, claim_id) if claim_id else None
    return FormContext(
        near=around.claims,
        document=_title(session, around.document) if around.document else None,
        claim=claim,
        choices=_choices(session) if claim else None,
        own=listed_submissions(session, author=author, limit=_OWN).items if author else (),
    )


def read_submission(session: Session, submission_id: str) -> ListedSubmission:
    """A submission, and what its claim asks; raises `NotFound`."""
    return _with_questions(session, [get_submission(session, submission_id)])[0]


def listed_submissions(
    session: Session,
    *,
    state: SubmissionState | None = None,
    author: str | None = None,
    batch: str | None = None,
    claim: str | None = None,
    limit: int = 50,
    cursor: str | None = None,
    oldest_first: bool = False,
) -> Page[ListedSubmission]:
    """Submissions of which all of this holds, the newest first; `total` is exact to 10,000.

    Raises `BadQuery` for a limit out of bounds or a cursor that this list did not give out.
    """
    page = list_submissions(
        session,
        state=state,
        author=author,
        batch=batch,
        claim=claim,
        limit=limit,
        cursor=cursor,
        oldest_first=oldest_first,
    )
    return Page(_with_questions(session, page.items), page.next_cursor, page.total)


@dataclass(frozen=True, slots=True)
class ClaimText:
    """A claim as the text of its file, of which revision it is, and what it asks."""

    text: str
    revision: int
    question: str


def claim_text(session: Session, claim_id: str) -> ClaimText:
    """A claim as a moderator edits it; raises `NotFound` or `Moved`."""
    stored = get_claim(session, claim_id)
    claim = claim_of(stored.document)
    return ClaimText(emit(claim), stored.revision, claim.question)


def api_keys(session: Session) -> list[ApiKey]:
    """Every key that was ever made, revoked or not, the oldest first."""
    return list_keys(session)


def _with_questions(
    session: Session, submissions: Sequence[Submission]
) -> tuple[ListedSubmission, ...]:
    # From the rows of the search, in one query: a list of submissions needs no whole claims.
    names = names_of(session, [("claim", found.claim) for found in submissions if found.claim])
    return tuple(
        ListedSubmission(found, names.get(("claim", found.claim or ""), ""))
        for found in submissions
    )


def _claim(session: Session, claim_id: str) -> Claim | None:
    try:
        return claim_of(get_claim(session, claim_id).document)
    # A form that is sent with an old claim still opens, with its words in it.
    except (NotFound, Moved):
        return None


def _title(session: Session, document: str) -> tuple[str, str] | None:
    found = get_entries(session, [("document", document)])
    return (found[0].id, found[0].name) if found else None


def _choices(session: Session) -> RegisterChoices:
    return RegisterChoices(
        speakers=_first(session, "speaker"),
        publishers=_first(session, "publisher"),
        sides=_first(session, "side"),
        bodies=_first(session, "body"),
    )


def _first(session: Session, kind: EntryKind) -> Choices:
    return [(entry.id, entry.name) for entry in islice(all_entries(session, kind), MAX_CHOICES)]


def _id_of(session: Session, kind: EntryKind, typed: str) -> str | None:
    """The id of the entry that was typed, by its id or its name; empty where nothing was."""
    if not typed or get_entries(session, [(kind, typed)]):
        return typed
    named = entries_named(session, kind, typed)
    # Of two with one name the form lets the contributor choose; the first would be a guess.
    return named[0] if len(named) == 1 else None


def _document(session: Session, url: str) -> str | None:
    try:
        return document_at(session, url) if url else None
    except BadInput:
        return None


@dataclass(frozen=True, slots=True)
class ExampleRecord:
    """What examples of submissions may name: a citation that is on record, with all around it."""

    claim: Claim
    dossier: Dossier
    account: str
    citation: Citation
    document: Document


def record_for_examples(session: Session) -> ExampleRecord | None:
    """The first citation that has a speaker, a date, words and a page; None where none has.

    Of the first fifty claims that came on record with a yes-or-no question.
    """
    listed = list_claims(session, ClaimFilter(kind="yes-no"), limit=_EXAMPLES_AMONG).items
    for stored in get_claims(session, [claim.id for claim in listed]).values():
        claim = claim_of(stored.document)
        for account, citation in claim.citations():
            if citation.speaker and citation.said and citation.quote and not citation.occasion:
                document = read_entry(session, Document, citation.document).record
                if document.url:
                    dossier = dossier_of(session, stored.dossier)
                    return ExampleRecord(claim, dossier, account.id, citation, document)
    return None
