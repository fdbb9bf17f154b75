"""Who is at a form: a signed cookie, a token in every form, and the key that was signed in with.

The cookie has no secret key: it names the key, and every request checks whether that is still in
force. Browsers send it only with requests of our own pages (`SameSite=Strict`), and a form is
accepted only with the token that belongs to its cookie.
"""

from __future__ import annotations

import hmac
import os
import secrets
import tempfile
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from itsdangerous import BadSignature, Signer, URLSafeTimedSerializer

from app.domain.contributing.records import ApiKey
from app.errors import LazyMessage, NotAllowed, NotSignedIn
from app.services.contributing.api_keys import end_session, key_of_session, note_use
from app.settings import Settings
from app.web.html.forms import Form, PostedForm
from app.web.html.rendering import render
from app.web.http.auth import key_of
from app.web.http.dependencies import Now, database_of, reading
from app.web.http.problems import CHALLENGE

COOKIE = "variorum"
TOKEN = "token"  # noqa: S105
_SECONDS = 12 * 60 * 60  # a working day
_AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at a form: a random number in the cookie, the token that fits it, perhaps a key."""

    nonce: str
    token: str
    key: ApiKey | None = None

    @property
    def may_decide(self) -> bool:
        """Whether the key is a moderator's."""
        return self.key is not None and self.key.may_decide

    def contributor(self) -> ApiKey:
        """The key; raises `NotSignedIn` where there is none."""
        if self.key is None:
            raise NotSignedIn
        return self.key

    def moderator(self) -> ApiKey:
        """The key of somebody who may decide; raises `NotSignedIn` or `NotAllowed`."""
        key = self.contributor()
        if not self.may_decide:
            raise NotAllowed(
                LazyMessage("This key may submit, but not decide; ask for a moderator's.")
            )
        return key


class SessionSigner:
    """Signs and reads cookies and tokens; the secret is read on first use."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.secure = settings.base_url.startswith("https://")

    @cached_property
    def _cookies(self) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(cookie_secret(self._settings), salt="visitor")

    @cached_property
    def _tokens(self) -> Signer:
        return Signer(cookie_secret(self._settings), salt="form")

    def stranger(self, key: ApiKey | None = None) -> Visitor:
        """A visitor without a cookie yet, and so without a form that could be sent."""
        return self.visitor(secrets.token_urlsafe(18), key)

    def visitor(self, nonce: str, key: ApiKey | None) -> Visitor:
        """The visitor whose cookie has this random number."""
        token = self._tokens.get_signature(nonce).decode("ascii")
        return Visitor(nonce, token, key)

    def read(self, cookie: str) -> tuple[str, str | None] | None:
        """The random number and the key's id in a cookie.

        None where we did not sign it, or it is older than half a day.
        """
        try:
            signed: dict[str, Any] = self._cookies.loads(cookie, max_age=_SECONDS)
        except BadSignature:
            return None
        return signed["nonce"], signed["key"]

    def write(self, visitor: Visitor) -> str:
        """The cookie of a visitor."""
        key = visitor.key.id if visitor.key else None
        return str(self._cookies.dumps({"nonce": visitor.nonce, "key": key}))


def _signer(request: Request) -> SessionSigner:
    signer: SessionSigner = request.app.state.session_signer
    return signer


# The transaction ends here, and not with the request: a form may wait long for a page to be
# fetched, and would withhold its connection from requests that could be answered at once.
def _current_visitor(request: Request, now: Now) -> Visitor:
    signer = _signer(request)
    signed = signer.read(request.cookies.get(COOKIE, ""))
    if signed is None:
        return signer.stranger()
    nonce, key_id = signed
    if key_id is None:
        return signer.visitor(nonce, None)
    with reading(request) as session:
        return signer.visitor(nonce, key_of_session(session, nonce, key_id, now))


CurrentVisitor = Annotated[Visitor, Depends(_current_visitor)]
"""Who sends a request, by the cookie that came with it."""


class AnswerInstead(Exception):
    """A dependency's answer in place of the route's."""

    def __init__(self, answer: Response) -> None:
        super().__init__(answer.status_code)
        self.answer = answer


def on_answer_instead(_request: Request, error: Exception) -> Response:
    """The answer that the dependency gave."""
    if not isinstance(error, AnswerInstead):
        raise error
    return error.answer


def _page_visitor(request: Request, visitor: CurrentVisitor) -> Visitor:
    is_foreign = request.headers.get("sec-fetch-site") == "cross-site"
    if is_foreign and _AGAIN not in request.query_params:
        raise AnswerInstead(_once_more(request))
    return visitor


PageVisitor = Annotated[Visitor, Depends(_page_visitor)]
"""Who opens a page with forms; a visitor from another site is redirected to it once more.

A browser does not send the cookie when somebody follows a link on another site, but does with the
second request, which our own page makes.
"""


def _once_more(request: Request) -> Response:
    url = str(request.url.include_query_params(**{_AGAIN: "1"}).replace(scheme="", netloc=""))
    page = render("again.html", {"title": "Variorum", "description": "", "url": url})
    page.headers["Refresh"] = f"0; url={url}"
    page.headers["Cache-Control"] = "no-store"
    return page


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that was sent, and by whom.

    `is_ours` is false where it was made for another visitor, or by another site: nothing that it
    asks for may be done, and what was typed is shown again.
    """

    visitor: Visitor
    form: Form
    is_ours: bool


def _sent(request: Request, visitor: CurrentVisitor, form: PostedForm, now: Now) -> Sent:
    # In constant time, or the token could be guessed letter by letter.
    is_ours = hmac.compare_digest(visitor.token.encode(), form[TOKEN].encode())
    if is_ours and visitor.key:
        note_use(database_of(request), visitor.key, now)
    return Sent(visitor, form, is_ours)


SentForm = Annotated[Sent, Depends(_sent)]
"""The form in a request's body; that its sender's key was used is noted."""


def sign_in(request: Request, secret: str, now: datetime) -> Visitor:
    """A new visitor with the key of this secret; raises `NotSignedIn`, or `TooMany` of these.

    Tokens that were given out before are not valid with the new visitor's cookie.
    """
    return _signer(request).stranger(key_of(request, secret.strip(), now))


def form_page(
    request: Request,
    visitor: Visitor,
    template: str,
    context: dict[str, object],
    status: int = 200,
) -> Response:
    """A page with forms, for this visitor alone; it is never cached."""
    page = render(template, {"visitor": visitor, "description": "", **context}, status)
    if status == 401:
        # RFC 9110, section 15.5.2, asks for it; browsers know no Bearer and show the page.
        page.headers["WWW-Authenticate"] = CHALLENGE
    return with_cookie(request, visitor, page)


def with_cookie(request: Request, visitor: Visitor, answer: Response) -> Response:
    """An answer that renews the visitor's cookie."""
    signer = _signer(request)
    answer.headers["Cache-Control"] = "no-store"
    answer.set_cookie(
        COOKIE,
        signer.write(visitor),
        max_age=_SECONDS,
        httponly=True,
        secure=signer.secure,
        samesite="strict",
    )
    return answer


def sign_out(request: Request, visitor: Visitor, now: datetime, answer: Response) -> Response:
    """An answer that takes the cookie away, which counts no more wherever a copy of it is."""
    # An hour longer than cookies are valid: a page that is rendered meanwhile renews its own.
    if visitor.key:
        end_session(database_of(request), visitor.nonce, now, _SECONDS + 60 * 60)
    answer.headers["Cache-Control"] = "no-store"
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return answer


_NAME = "cookie-secret"
_BYTES = 32


def cookie_secret(settings: Settings) -> str:
    """The secret of the settings, else one that is made once and stored under `data_dir`.

    Processes that start at the same moment get the same. Where several machines serve one record,
    the settings must name it, or none accepts the cookies of another.
    """
    if settings.secret_key:
        return settings.secret_key
    path = settings.data_dir / _NAME
    if not path.exists():
        _make(path)
    return path.read_text(encoding="ascii")


def _make(path: Path) -> None:
    """Write a new secret there in one step, unless another process was first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Only this user may read a file that is made so.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{_NAME}-")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(_BYTES))
    try:
        os.link(name, path)
    except FileExistsError:
        pass
    finally:
        Path(name).unlink()
