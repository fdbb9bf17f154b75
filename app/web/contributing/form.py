"""The form for contributors: words of a page in, a submission out.

It is one form in steps. With every step the whole of it is sent and shown again, so that nothing
that was typed is lost; nothing of it is stored before the last.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.domain.contributing.records import ApiKey, SubmittedCitation
from app.domain.records.claims import Claim
from app.domain.records.page_checks import Finding
from app.domain.values.addresses import judge_url
from app.domain.values.base import sha256
from app.errors import (
    AddressRefused,
    AlreadyOnRecord,
    BadFields,
    BadInput,
    LazyMessage,
    NotSignedIn,
    TooMany,
)
from app.queries.contributing import Identified, Nearby, form_context, identify
from app.queries.transactions import Transactions
from app.services.contributing.parsing import read_citation
from app.services.contributing.submit import submit
from app.services.following.check_quotation import PageReport, QuotationChecker
from app.settings import Settings
from app.web.contributing.form_fields import (
    NEW,
    FlashMessage,
    bookmarklet,
    citation_body,
    field_problems,
    labels,
    offers,
)
from app.web.contributing.submission_rows import submission_row
from app.web.following.page_checks import CheckView, seen_view
from app.web.html import urls
from app.web.html.forms import Form
from app.web.html.urls import Link, trail
from app.web.http.dependencies import Checker, Now, RecordDatabase, reading
from app.web.http.process import blocking_route
from app.web.http.sessions import PageVisitor, SentForm, Visitor, form_page, sign_in, with_cookie
from app.web.wording import terms
from app.web.wording.answers import short_answer
from app.web.wording.locale import gettext as _
from app.web.wording.record_text import translate
from app.web.wording.terms import Term

router = APIRouter()

_PREFILLED = ("url", "quote", "before", "after", "title", "published", "language", "claim")
# Two fields of the form carry what was found. The second names the words that it was found for, so
# that a check of other words is not shown for these; who forges it deceives only themselves.
_FOUND, _FOUND_FOR = "found", "found_for"
MAX_PREFILLED = 10_000  # letters of one field in an address


@dataclass(frozen=True, slots=True)
class NearRow:
    """A claim that the words may belong to."""

    id: str
    url: str
    question: str
    state: Term
    cites_page: bool


# Both routes may wait for a page of the web. They take no session: one that is open while they wait
# holds a connection that others need.
@router.get("/contribute")
@blocking_route
def contribute(request: Request, visitor: PageVisitor, checker: Checker, now: Now) -> Response:
    """The form, filled in with what a bookmark or a claim's page gives along."""
    given = ((name, request.query_params.get(name, "")[:MAX_PREFILLED]) for name in _PREFILLED)
    form = Form(given).filled(stance="asserts", certainty="stated")
    return _checked(request, visitor, form.having(language=_tag(form["language"])), checker, now)


@router.post("/contribute")
@blocking_route
def contributed(
    request: Request, sent: SentForm, checker: Checker, database: RecordDatabase, now: Now
) -> Response:
    """One step of the form: check its page again, or submit what it describes."""
    visitor, form = sent.visitor, sent.form
    if not sent.is_ours:
        message = _("This form was open for too long. Please send it again.")
        return _page(request, visitor, form, FlashMessage(message, status=403))
    if form["secret"]:
        try:
            visitor = sign_in(request, form["secret"], now)
        except NotSignedIn:
            message = _("This key is not valid.")
            return _page(request, visitor, form, FlashMessage(message, status=401))
        except TooMany as refused:
            message = translate(refused.sentence)
            return _page(request, visitor, form, FlashMessage(message, status=429))
    if form["do"] == "send":
        return _send(request, visitor, form, database, now)
    return _checked(request, visitor, form, checker, now)


def _checked(
    request: Request, visitor: Visitor, form: Form, checker: QuotationChecker, now: datetime
) -> Response:
    """The form after a check of the page that it names, where its key may have one made."""
    no_page = _refused_address(form)
    if no_page:
        return _page(request, visitor, form, no_page)
    if visitor.key is None or not _is_unchecked(form):
        return _page(request, visitor, form, FlashMessage())
    try:
        form, check = _check_page(checker, visitor.key, form, now)
    except (BadInput, TooMany) as refused:
        status = 429 if isinstance(refused, TooMany) else 422
        return _page(
            request, visitor, form, FlashMessage(translate(refused.sentence), status=status)
        )
    return _page(request, visitor, form, FlashMessage(), check)


def _refused_address(form: Form) -> FlashMessage | None:
    """Why no page is at the address in the form: said to everybody, with a key or without."""
    try:
        if form["url"]:
            judge_url(form["url"])
    except AddressRefused as refused:
        problems = field_problems([("/new_document/url", refused.sentence)])
        return FlashMessage(problems=problems, status=422)
    return None


def _is_unchecked(form: Form) -> bool:
    """Whether the form has words of a page that were not checked yet."""
    return bool(form["url"] and form["quote"]) and form[_FOUND_FOR] != _mark(form)


def _check_page(
    checker: QuotationChecker, key: ApiKey, form: Form, now: datetime
) -> tuple[Form, CheckView]:
    """Check the form's words on its page; the form then has what the page says of itself.

    Only fields in which nothing was typed are filled in. Raises `TooMany`, `AddressRefused` and
    `BadInput`.
    """
    report = checker.check(key, form["url"], form["quote"], now)
    return _with_answers(form, report), seen_view(report)


def _earlier_check(form: Form) -> CheckView | None:
    """What the last check found, as far as the form carries it; None where the words are others."""
    found = form[_FOUND]
    if found not in get_args(Finding) or form[_FOUND_FOR] != _mark(form):
        return None
    key: Finding = found  # type: ignore[assignment]
    return CheckView(key, terms.finding(key))


def _with_answers(form: Form, report: PageReport) -> Form:
    looked = form.having(**{_FOUND: report.seen.finding, _FOUND_FOR: _mark(form)})
    about = report.about
    if about is None:
        return looked.filled(publisher=report.publisher)
    return looked.filled(
        title=about.title,
        published=(about.published or "")[:10],
        language=about.language,
        publisher=report.publisher,
    )


def _mark(form: Form) -> str:
    return sha256(f"{form['url']}\n{form['quote']}")[:16]


def _send(
    request: Request, visitor: Visitor, form: Form, database: Transactions, now: datetime
) -> Response:
    try:
        submission = _submit(request, visitor, form, database, now)
    except BadFields as wrong:
        problems = field_problems(wrong.problems)
        flash = FlashMessage(_("Nothing has been sent yet:"), problems, status=422)
    except AlreadyOnRecord as same:
        existing = urls.existing(same.existing)
        flash = FlashMessage(translate(same.sentence), existing=existing, status=409)
    except NotSignedIn:
        flash = FlashMessage(_("Enter your key and send the form again."), status=401)
    except TooMany as many:
        flash = FlashMessage(translate(many.sentence), status=429)
    else:
        answer = RedirectResponse(urls.submission(submission), status_code=303)
        return with_cookie(request, visitor, answer)
    return _page(request, visitor, form, flash)


def _submit(
    request: Request, visitor: Visitor, form: Form, database: Transactions, now: datetime
) -> str:
    """Submit what the form describes; returns the submission's id."""
    settings: Settings = request.app.state.settings
    key = visitor.contributor()
    with reading(request) as session:
        named = identify(
            session, url=form["url"], speaker=form["speaker"], publisher=form["publisher"]
        )
    body, sent = _read(form, named, settings.max_field_length)
    an_hour = settings.max_submissions_per_hour
    return submit(database, key, sent, body, now, an_hour=an_hour).submission.id


def _read(
    form: Form, named: Identified, max_length: int
) -> tuple[dict[str, Any], SubmittedCitation]:
    """What a form describes, as the API takes it; raises `BadFields` with all that is wrong.

    Where no speaker or publisher on record, or several, are called what was typed, the field is
    left empty, and there is a problem with it.
    """
    names = {"speaker": named.speaker, "publisher": named.publisher}
    body = citation_body(form.having(**{f: key or "" for f, key in names.items()}), named.document)
    unknown = _unknown(named)
    try:
        sent = read_citation(body, max_length=max_length)
    except BadFields as wrong:
        places = dict(unknown)
        others = [problem for problem in wrong.problems if problem[0] not in places]
        raise BadFields([*unknown, *others]) from None
    if unknown:
        raise BadFields(unknown)
    return body, sent


def _unknown(named: Identified) -> list[tuple[str, LazyMessage]]:
    why = LazyMessage(
        "None on record has this name; choose one of the list, or describe a new one."
    )
    keys = {"/speaker": named.speaker, "/new_document/publisher": named.publisher}
    return [(pointer, why) for pointer, key in keys.items() if key is None]


def _page(
    request: Request,
    visitor: Visitor,
    form: Form,
    flash: FlashMessage,
    check: CheckView | None = None,
) -> Response:
    with reading(request) as session:
        found = form_context(
            session,
            url=form["url"],
            words=" ".join(form[name] for name in ("quote", "before", "after", "title")),
            claim_id=form["claim"],
            author=visitor.key.name if visitor.key else None,
        )
    context: dict[str, object] = {
        "title": _("Contribute a citation"),
        "steps": trail(),
        "typed": form,
        "labels": labels(),
        "flash": flash,
        "check": check or _earlier_check(form),
        "near": [_near(item) for item in found.near],
        "document": _document(found.document),
        "claim": found.claim,
        "claim_url": urls.claim(found.claim.id) if found.claim else "",
        "accounts": _accounts(found.claim),
        "new": NEW,
        "offers": offers(found.choices) if found.choices else None,
        "bookmarklet": bookmarklet(request.app.state.settings.base_url),
        "own": [submission_row(own.submission, own.question) for own in found.own],
    }
    return form_page(request, visitor, "contribute.html", context, flash.status)


def _near(item: Nearby) -> NearRow:
    state = terms.state(item.state)
    return NearRow(item.id, urls.claim(item.id), item.question, state, item.cites_page)


def _document(found: tuple[str, str] | None) -> Link | None:
    return Link(urls.entry("document", found[0]), found[1]) if found else None


def _accounts(claim: Claim | None) -> list[tuple[str, str, str]]:
    """Each account with its answer and its wording."""
    if claim is None:
        return []
    return [(a.id, short_answer(claim, a), a.wording or "") for a in claim.accounts]


def _tag(language: str) -> str:
    """A language as pages declare it, as the record writes it: “EN_us” as “en-us”."""
    return language.replace("_", "-").lower()
