"""Signing in with a key, and out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.errors import NotSignedIn
from app.web.contributing.form_fields import FieldProblem
from app.web.html import urls
from app.web.html.forms import PostedForm
from app.web.html.links import trail
from app.web.http.sessions import (
    TOKEN,
    CurrentVisitor,
    Visitor,
    form_page,
    is_from_our_form,
    sign_in,
    with_cookie,
    without_cookie,
)
from app.web.wording.locale import gettext as _

router = APIRouter()


def stale() -> str:
    """What is said to who sends a page that was made for somebody else, or long ago."""
    return _("This page was open for too long. Please send it once more.")


@dataclass(frozen=True, slots=True)
class Told:
    """What a page says of what was just done, or kept from being done."""

    message: str = ""
    problems: Sequence[FieldProblem] = ()
    status: int = 200


@router.post("/review/sign-in")
def signed_in(request: Request, visitor: CurrentVisitor, form: PostedForm) -> Response:
    """Sign in with a key."""
    if not is_from_our_form(visitor, form[TOKEN]):
        return sign_in_page(request, visitor, stale(), 403)
    try:
        known = sign_in(request, form["secret"])
    except NotSignedIn:
        return sign_in_page(request, visitor, _("No key that is in force reads so."), 401)
    return with_cookie(request, known, RedirectResponse(urls.review(), status_code=303))


@router.post("/review/sign-out")
def signed_out(request: Request, visitor: CurrentVisitor, form: PostedForm) -> Response:
    """Sign out."""
    if not is_from_our_form(visitor, form[TOKEN]):
        return sign_in_page(request, visitor, stale(), 403)
    return without_cookie(RedirectResponse(urls.home(), status_code=303))


def sign_in_page(
    request: Request, visitor: Visitor, message: str = "", status: int = 200
) -> Response:
    """Where a moderator signs in."""
    context: dict[str, object] = {"title": _("Review"), "steps": trail(), "message": message}
    return form_page(request, visitor, "sign_in.html", context, status)
