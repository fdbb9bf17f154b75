"""One revision of a claim or a register entry as it was: what “cite this” points to."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.domain.revisions.chain import Revision
from app.domain.revisions.differences import changes
from app.queries.claim import ComparedClaim
from app.queries.history import PastRevision, Subject, past_revision
from app.web.claims.claim_view import claim_view
from app.web.claims.contents import contents
from app.web.claims.over_time import stretches
from app.web.following.page_checks import NOT_FOLLOWED
from app.web.history.differences import part_views
from app.web.history.subject import Number, page_of, steps_from_history, subject_at
from app.web.html import urls
from app.web.html.rendering import render
from app.web.html.urls import Link
from app.web.http.dependencies import ReadSession
from app.web.pictures.claim_picture import claim_picture
from app.web.wording.locale import gettext as _
from app.web.wording.numbers_and_dates import Day, moment_view

router = APIRouter()


@dataclass(frozen=True, slots=True)
class PastView:
    """Which revision a page shows, what is before and after it, and how it is cited."""

    number: int
    on: Day
    time: str
    author: str
    reason: str
    hash: str
    engine: str
    is_newest: bool
    now_url: str
    history_url: str
    diff_url: str
    older: Link | None
    newer: Link | None
    restore_url: str
    citation: str
    address: str


@router.get("/{register}/{key}/revisions/{number}")
def revision_page(
    register: str, key: str, number: Number, request: Request, session: ReadSession
) -> Response:
    """A subject as it was at one revision, with its comparison as it was then."""
    subject = subject_at(session, register, key)
    found = past_revision(session, subject, number)
    past = _past(request.app.state.base_url, subject, found)
    if found.claim:
        return _claim_page(subject, found.claim, past)
    name, body = found.name, found.shown.body
    context = {
        "title": _("%(name)s, revision %(number)d") % {"name": name, "number": number},
        "description": "",
        "steps": steps_from_history(subject, name),
        "name": name,
        "past": past,
        # A register entry has no page of its past; it is shown as if all of it were new.
        "parts": part_views(changes({}, body)) if body else (),
        "redacted": body is None,
    }
    return render("revision.html", context)


def _claim_page(subject: Subject, found: ComparedClaim, past: PastView) -> Response:
    page = urls.revision(subject.kind, subject.key, past.number)
    # Without checks: they are of the words of today.
    view = claim_view(found, NOT_FOLLOWED, page=page, revision_url=past.address)
    days = stretches(found)
    context = {
        "title": _("%(name)s, revision %(number)d")
        % {"name": view.question, "number": past.number},
        "description": view.lead,
        "steps": steps_from_history(subject, view.question),
        "claim": view,
        "drawn": claim_picture(found),
        "known_on": None,
        "now_url": past.now_url,
        "stretches": days,
        "related": [],
        "on_this_page": contents(view, has_days=bool(days), related=0),
        "changed": past.on,
        "revision": past.number,
        "history_url": past.history_url,
        "cite_url": "#cite",
        "json_url": urls.api_claim(subject.key),
        # No picture file of a past revision is served.
        "chart_url": "",
        "contribute_url": urls.contribute(subject.key),
        "past": past,
        "preview": None,
    }
    return render("claim.html", context)


def _past(base: str, subject: Subject, found: PastRevision) -> PastView:
    shown, kind, key = found.shown, subject.kind, subject.key
    revision = shown.revision
    on = moment_view(revision.at)
    return PastView(
        number=revision.number,
        on=on,
        time=f"{revision.at:%H:%M:%S} UTC",
        author=revision.author,
        reason=revision.reason,
        hash=revision.hash,
        engine=shown.engine or "",
        is_newest=found.newer is None,
        now_url=page_of(kind, key),
        history_url=urls.history(kind, key),
        diff_url=urls.diff(kind, key, right=revision.number),
        older=_link(subject, found.older),
        newer=_link(subject, found.newer),
        # Not for the newest, which is in force, and not for redacted words, which are gone.
        restore_url=urls.restore(kind, key, revision.number) if found.newer and shown.body else "",
        citation=_("Variorum, “%(name)s”, revision %(number)d of %(day)s")
        % {"name": found.name, "number": revision.number, "day": on.words},
        address=urls.cited_revision(base, kind, key, revision.number),
    )


def _link(subject: Subject, revision: Revision | None) -> Link | None:
    if revision is None:
        return None
    url = urls.revision(subject.kind, subject.key, revision.number)
    return Link(url, _("revision %d") % revision.number)
