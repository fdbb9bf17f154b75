"""Signing in with a key, and out; and the pages that only moderators are given."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from app.errors import NotSignedIn
from app.web.html import urls
from app.web.html.urls import trail
from app.web.http.dependencies import Now
from app.web.http.sessions import (
    AnswerInstead,
    PageVisitor,
    Sent,
    SentForm,
    Visitor,
    form_page,
    sign_in,
    sign_out,
    with_cookie,
)
from app.web.wording.locale import gettext as _

router = APIRouter()


def stale() -> str:
    """What is said to who sends a page that was made for somebody else, or long ago."""
    return _("This page was open for too long. Please send it again.")


def _moderator_page(request: Request, visitor: PageVisitor) -> Visitor:
    if not visitor.may_decide:
        raise AnswerInstead(sign_in_page(request, visitor, status=_refusal(visitor)))
    return visitor


def _refusal(visitor: Visitor) -> int:
    """The status of a page that a visitor may not see: nobody signed in, or not as a moderator."""
    return 401 if visitor.key is None else 403


ModeratorPage = Annotated[Visitor, Depends(_moderator_page)]
"""The moderator who opens a page; anyone else is given the way to sign in instead."""


# Who loses a key between opening a page and sending it finds the way to sign in, and no error: what
# was typed can be sent again from the browser's history.
def _moderator_form(request: Request, sent: SentForm) -> Sent:
    if sent.visitor.may_decide:
        return sent
    message, status = ("", _refusal(sent.visitor)) if sent.is_ours else (stale(), 403)
    raise AnswerInstead(sign_in_page(request, sent.visitor, message, status))


ModeratorForm = Annotated[Sent, Depends(_moderator_form)]
"""A form that a moderator sent; anyone else is given the way to sign in instead."""


@router.post("/review/sign-in")
def signed_in(request: Request, sent: SentForm, now: Now) -> Response:
    """Sign in with a key."""
    if not sent.is_ours:
        return sign_in_page(request, sent.visitor, stale(), 403)
    try:
        known = sign_in(request, sent.form["secret"], now)
    except NotSignedIn:
        return sign_in_page(request, sent.visitor, _("This key is not valid."), 401)
    return with_cookie(request, known, RedirectResponse(urls.review(), status_code=303))


@router.post("/review/sign-out")
def signed_out(request: Request, sent: SentForm, now: Now) -> Response:
    """Sign out."""
    if not sent.is_ours:
        return sign_in_page(request, sent.visitor, stale(), 403)
    return sign_out(request, sent.visitor, now, RedirectResponse(urls.home(), status_code=303))


def sign_in_page(
    request: Request, visitor: Visitor, message: str = "", status: int = 200
) -> Response:
    """Where a moderator signs in."""
    context: dict[str, object] = {"title": _("Review"), "steps": trail(), "message": message}
    return form_page(request, visitor, "sign_in.html", context, status)
