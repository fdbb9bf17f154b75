"""A submission as its contributor sees it, at an unguessable address that no list links to."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from app.domain.contributing.records import Submission, SubmittedClaim
from app.errors import AlreadyDecided, NotAllowed, NotSignedIn
from app.queries.contributing import ListedSubmission, read_submission
from app.services.contributing.parsing import text_of
from app.services.contributing.review_submission import sent_in
from app.services.contributing.submit import withdraw
from app.web.contributing.sign_in import stale
from app.web.contributing.submission_rows import submission_row
from app.web.following.page_checks import submitted_check_view
from app.web.html import urls
from app.web.html.urls import Link, trail
from app.web.http.dependencies import Now, ReadSession, RecordDatabase
from app.web.http.sessions import PageVisitor, SentForm, Visitor, form_page, with_cookie
from app.web.wording.locale import gettext as _
from app.web.wording.numbers_and_dates import moment_view
from app.web.wording.record_text import RecordText, translate

router = APIRouter()


@router.get("/submissions/{key}")
def submission_page(
    key: str, request: Request, visitor: PageVisitor, session: ReadSession
) -> Response:
    """What was sent, the check of its words on their page, and the decision."""
    return _page(request, visitor, session, key)


@router.post("/submissions/{key}")
def withdrawn(
    key: str,
    request: Request,
    sent: SentForm,
    session: ReadSession,
    database: RecordDatabase,
    now: Now,
) -> Response:
    """Take a submission of one's own back."""
    visitor = sent.visitor
    if not sent.is_ours:
        return _page(request, visitor, session, key, stale(), 403)
    try:
        with database.writing() as writer:
            withdraw(writer, visitor.contributor(), key, now)
    except (NotSignedIn, NotAllowed, AlreadyDecided) as refused:
        status = 401 if isinstance(refused, NotSignedIn) else 403
        return _page(request, visitor, session, key, translate(refused.sentence), status)
    return with_cookie(request, visitor, RedirectResponse(urls.submission(key), status_code=303))


def _page(
    request: Request,
    visitor: Visitor,
    session: Session,
    key: str,
    message: str = "",
    status: int = 200,
) -> Response:
    found = read_submission(session, key)
    submission = found.submission
    sent, row = sent_in(submission), submission_row(submission)
    # By name: who was given a new key under it still withdraws what was sent with the old one.
    is_own = visitor.key is not None and visitor.key.name == submission.author
    context: dict[str, object] = {
        "title": _("A submission"),
        "steps": trail(Link(urls.contribute(), _("Contribute"))),
        "row": row,
        "claim": _claim(found),
        "question": sent.claim.question if isinstance(sent, SubmittedClaim) else "",
        "text": text_of(sent),
        "reason": submission.reason or "",
        "decided": moment_view(submission.decided_at) if submission.decided_at else None,
        "decided_by": submission.decided_by or "",
        "revision_url": _revision_url(submission),
        "checks": [
            (quote.citation, quote.quote, quote.url, submitted_check_view(quote.check))
            for quote in submission.quotes
        ],
        "may_withdraw": is_own and submission.state == "pending",
        "message": message,
    }
    return form_page(request, visitor, "submission.html", context, status)


def _claim(found: ListedSubmission) -> Link | None:
    """The claim that it is about, where that is on record."""
    if not found.question:
        return None
    return Link(urls.claim(found.submission.claim or ""), RecordText(found.question))


def _revision_url(submission: Submission) -> str:
    if submission.revision is None or submission.claim is None:
        return ""
    return urls.revision("claim", submission.claim, submission.revision)
