"""The form for contributors: words of a page in, a submission out.

It is one form in steps. With every step the whole of it is sent and shown again, so that nothing
that was typed is lost; nothing of it is kept before the last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from app.domain.contributing.submissions import SubmittedCitation
from app.domain.records.claims import Claim, claim_of
from app.domain.records.kinds import EntryKind
from app.errors import (
    AddressRefused,
    AlreadyOnRecord,
    BadFields,
    BadInput,
    Moved,
    NotFound,
    NotSignedIn,
    Sentence,
    TooMany,
)
from app.queries.contributing import Nearby, look_around
from app.services.contributing.parsing import read_citation
from app.services.contributing.submit import prepare, submit
from app.settings import Settings
from app.storage.claims.documents import get_claim
from app.storage.contributing.submissions import list_submissions
from app.storage.registers.entries import entries_named, get_entries
from app.web.contributing.form_fields import (
    NEW,
    FieldProblem,
    bookmarklet,
    citation_body,
    field_problems,
    labels,
)
from app.web.contributing.offers import offers
from app.web.contributing.page_check import found_before, is_to_be_looked_at, look_for
from app.web.contributing.submission_rows import SubmissionRow, submission_rows
from app.web.following.page_checks import CheckView
from app.web.html import urls
from app.web.html.forms import Form, PostedForm
from app.web.html.links import Link, trail
from app.web.http.dependencies import reading
from app.web.http.process import waits
from app.web.http.sessions import (
    TOKEN,
    CurrentVisitor,
    Visitor,
    form_page,
    from_elsewhere,
    is_from_our_form,
    sign_in,
    with_cookie,
    writing,
)
from app.web.wording import terms
from app.web.wording.answers import short_answer
from app.web.wording.locale import gettext as _
from app.web.wording.record_text import told as told_of
from app.web.wording.terms import Term

router = APIRouter()

_PREFILLED = ("url", "quote", "before", "after", "title", "published", "language", "claim")
_LONGEST = 10_000
_OWN = 10


@dataclass(frozen=True, slots=True)
class Told:
    """What the page says besides the form: what is wrong, and where the same is already."""

    message: str = ""
    problems: Sequence[FieldProblem] = ()
    existing: str = ""
    status: int = 200
    check: CheckView | None = None


@dataclass(frozen=True, slots=True)
class NearRow:
    """A claim that the words may belong to."""

    id: str
    url: str
    question: str
    state: Term
    cites_page: bool


@router.get("/contribute")
@waits
def contribute(request: Request, visitor: CurrentVisitor) -> Response:
    """The form, filled in with what a bookmark or a claim's page gives along."""
    again = from_elsewhere(request)
    if again:
        return again
    given = ((name, request.query_params.get(name, "")[:_LONGEST]) for name in _PREFILLED)
    form = Form(given).filled(stance="asserts")
    return _look(request, visitor, form.having(language=_tag(form["language"])))


@router.post("/contribute")
@waits
def contributed(request: Request, visitor: CurrentVisitor, form: PostedForm) -> Response:
    """One step of the form: look again, or submit what it describes."""
    if not is_from_our_form(visitor, form[TOKEN]):
        told = Told(_("This form was open for too long. Please send it once more."), status=403)
        return _answer(request, visitor, form, told)
    if form["secret"]:
        try:
            visitor = sign_in(request, form["secret"])
        except NotSignedIn:
            told = Told(_("No key that is in force reads so."), status=401)
            return _answer(request, visitor, form, told)
    if form["do"] == "send":
        return _send(request, visitor, form)
    return _look(request, visitor, form)


def _look(request: Request, visitor: Visitor, form: Form) -> Response:
    """The form after a look at the page that it names, where its key may have one taken."""
    if visitor.key is None or not is_to_be_looked_at(form):
        return _answer(request, visitor, form, Told())
    try:
        form, check = look_for(request, visitor.key, form)
    except AddressRefused as refused:
        told = Told(problems=field_problems([("/new_document/url", refused.sentence)]), status=422)
    except (BadInput, TooMany) as refused:
        told = Told(told_of(refused.sentence), status=429 if isinstance(refused, TooMany) else 422)
    else:
        told = Told(check=check)
    return _answer(request, visitor, form, told)


def _send(request: Request, visitor: Visitor, form: Form) -> Response:
    try:
        submission = _submit(request, visitor, form)
    except BadFields as wrong:
        told = Told(_("Nothing was sent yet:"), field_problems(wrong.problems), status=422)
    except AlreadyOnRecord as same:
        told = Told(told_of(same.sentence), existing=urls.existing(same.existing), status=409)
    except NotSignedIn:
        told = Told(_("Give your key, and send the form once more."), status=401)
    except TooMany as many:
        told = Told(str(many), status=429)
    else:
        answer = RedirectResponse(urls.submission(submission), status_code=303)
        return with_cookie(request, visitor, answer)
    return _answer(request, visitor, form, told)


def _submit(request: Request, visitor: Visitor, form: Form) -> str:
    """Submit what the form describes; returns the submission's id."""
    key, now = visitor.contributor(), datetime.now(UTC)
    settings: Settings = request.app.state.settings
    with reading(request) as session:
        body, sent = _read(session, form, settings.longest_field)
        prepared = prepare(session, sent, body, now)
    with writing(request, visitor) as session:
        return submit(session, key, prepared, now, an_hour=settings.submissions_an_hour).id


def _read(session: Session, form: Form, longest: int) -> tuple[dict[str, Any], SubmittedCitation]:
    """What a form describes, as the API takes it; raises `BadFields` with all that is wrong."""
    named, unknown = _with_ids(session, form)
    body = citation_body(named, look_around(session, form["url"], "").document)
    try:
        sent = read_citation(body, longest_field=longest)
    except BadFields as wrong:
        told = dict(unknown)
        others = [problem for problem in wrong.problems if problem[0] not in told]
        raise BadFields([*unknown, *others]) from None
    if unknown:
        raise BadFields(unknown)
    return body, sent


def _answer(request: Request, visitor: Visitor, form: Form, told: Told) -> Response:
    with reading(request) as session:
        words = " ".join(form[name] for name in ("quote", "before", "after", "title"))
        around = look_around(session, form["url"], words)
        claim = _chosen(session, form["claim"])
        context: dict[str, object] = {
            "title": _("Contribute a citation"),
            "steps": trail(),
            "typed": form,
            "labels": labels(),
            "told": told,
            "check": told.check or found_before(form),
            "near": [_near(item) for item in around.claims],
            "document": _document(session, around.document),
            "claim": claim,
            "claim_url": urls.claim(claim.id) if claim else "",
            "accounts": _accounts(claim),
            "new": NEW,
            "offers": offers(session) if claim else None,
            "bookmarklet": bookmarklet(request.app.state.settings.base_url),
            "own": _own(session, visitor),
        }
    return form_page(request, visitor, "contribute.html", context, told.status)


def _chosen(session: Session, key: str) -> Claim | None:
    try:
        return claim_of(get_claim(session, key).document) if key else None
    except (NotFound, Moved):
        return None


def _near(item: Nearby) -> NearRow:
    state = terms.state(item.state)
    return NearRow(item.id, urls.claim(item.id), item.question, state, item.cites_page)


def _document(session: Session, key: str | None) -> Link | None:
    found = get_entries(session, [("document", key)]) if key else []
    return Link(urls.entry("documents", found[0].id), found[0].name) if found else None


def _accounts(claim: Claim | None) -> list[tuple[str, str, str]]:
    """Each account with its answer and its wording."""
    if claim is None:
        return []
    return [(a.id, short_answer(claim, a), a.wording or "") for a in claim.accounts]


def _own(session: Session, visitor: Visitor) -> list[SubmissionRow]:
    if visitor.key is None:
        return []
    return submission_rows(
        session, list_submissions(session, author=visitor.key.name, limit=_OWN).items
    )


def _with_ids(session: Session, form: Form) -> tuple[Form, list[tuple[str, Sentence]]]:
    """The form with the ids of the speaker and the publisher that were given by their names.

    Where none on record, or several, are called so, the field is left empty, and there is a problem
    with it.
    """
    fields: dict[str, tuple[EntryKind, str]] = {
        "speaker": ("speaker", "/speaker"),
        "publisher": ("publisher", "/new_document/publisher"),
    }
    found = {name: _id_of(session, kind, form[name]) for name, (kind, _where) in fields.items()}
    unknown = Sentence(
        "None on record is called so; choose one of the list, or describe a new one."
    )
    problems = [(fields[name][1], unknown) for name, key in found.items() if key is None]
    return form.having(**{name: key or "" for name, key in found.items()}), problems


def _id_of(session: Session, kind: EntryKind, typed: str) -> str | None:
    """The id of the entry that was typed, by its id or its name; empty where nothing was."""
    if not typed or get_entries(session, [(kind, typed)]):
        return typed
    named = entries_named(session, kind, typed)
    return named[0] if len(named) == 1 else None


def _tag(language: str) -> str:
    """A language as pages declare it, as the record writes it: “EN_us” as “en-us”."""
    return language.replace("_", "-").lower()
