"""Who is at a form: a signed cookie, a token in every form, and the key that was signed in with.

The cookie holds no secret key: it names the key, and every request looks whether that is still in
force. It is sent with requests that our own pages make alone (`SameSite=Strict`), and a form is
taken only with the token that belongs to its cookie.
"""

from __future__ import annotations

import hmac
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from itsdangerous import BadSignature, Signer, URLSafeTimedSerializer
from sqlalchemy.orm import Session

from app.domain.contributing.records import ApiKey
from app.errors import NotAllowed, NotFound, NotSignedIn, Sentence
from app.services.contributing.api_keys import signed_in
from app.settings import Settings
from app.storage.contributing.api_keys import get_key, touch_key
from app.web.html.rendering import render
from app.web.http.dependencies import ReadSession, database_of

COOKIE = "variorum"
TOKEN = "token"  # noqa: S105
_SECONDS = 12 * 60 * 60
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
                Sentence("This key may submit, and not decide; ask for a moderator's.")
            )
        return key


class Tickets:
    """Signs and reads cookies and tokens; the secret is not asked for before the first."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.secure = settings.base_url.startswith("https://")

    @cached_property
    def _cookies(self) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(cookie_secret(self._settings), salt="visitor")

    @cached_property
    def _tokens(self) -> Signer:
        return Signer(cookie_secret(self._settings), salt="form")

    def stranger(self) -> Visitor:
        """A visitor of whom nothing is known yet."""
        return self._visitor(secrets.token_urlsafe(18), None)

    def read(self, cookie: str, session: Session) -> Visitor | None:
        """Who was given this cookie; None where it is none of ours, or older than half a day."""
        try:
            ticket: dict[str, Any] = self._cookies.loads(cookie, max_age=_SECONDS)
        except BadSignature:
            return None
        return self._visitor(ticket["nonce"], _in_force(session, ticket["key"]))

    def write(self, visitor: Visitor) -> str:
        """The cookie of a visitor."""
        key = visitor.key.id if visitor.key else None
        return str(self._cookies.dumps({"nonce": visitor.nonce, "key": key}))

    def sign_in(self, key: ApiKey) -> Visitor:
        """A visitor with a key; what was given out before is worth nothing with its cookie."""
        return replace(self.stranger(), key=key)

    def _visitor(self, nonce: str, key: ApiKey | None) -> Visitor:
        token = self._tokens.get_signature(nonce).decode("ascii")
        return Visitor(nonce, token, key)


def _tickets(request: Request) -> Tickets:
    tickets: Tickets = request.app.state.tickets
    return tickets


def _visitor(request: Request, session: ReadSession) -> Visitor:
    tickets = _tickets(request)
    return tickets.read(request.cookies.get(COOKIE, ""), session) or tickets.stranger()


CurrentVisitor = Annotated[Visitor, Depends(_visitor)]


def from_elsewhere(request: Request) -> Response | None:
    """For who comes from another site: a page that leads here once more, with the cookie.

    A browser that sends the cookie with what our own pages ask for alone does not send it along
    with a link of somebody else's.
    """
    is_foreign = request.headers.get("sec-fetch-site") == "cross-site"
    if not is_foreign or _AGAIN in request.query_params:
        return None
    url = str(request.url.include_query_params(**{_AGAIN: "1"}).replace(scheme="", netloc=""))
    page = render("again.html", {"title": "Variorum", "description": "", "url": url})
    page.headers["Refresh"] = f"0; url={url}"
    page.headers["Cache-Control"] = "no-store"
    return page


def is_from_our_form(visitor: Visitor, token: str) -> bool:
    """Whether a form was made for this visitor."""
    return hmac.compare_digest(visitor.token.encode(), token.encode())


def sign_in(request: Request, secret: str) -> Visitor:
    """The visitor with the key of this secret; raises `NotSignedIn`."""
    with writing(request) as session:
        key = signed_in(session, secret.strip(), datetime.now(UTC))
    return _tickets(request).sign_in(key)


@contextmanager
def writing(request: Request, visitor: Visitor | None = None) -> Iterator[Session]:
    """One transaction for a form that was sent; nothing of it stays where it raises.

    The use of the visitor's key is noted.
    """
    with database_of(request).writing() as session:
        if visitor and visitor.key:
            touch_key(session, visitor.key.id, datetime.now(UTC))
        yield session


def form_page(
    request: Request,
    visitor: Visitor,
    template: str,
    context: dict[str, object],
    status: int = 200,
) -> Response:
    """A page with forms, for this visitor alone; nobody keeps it."""
    page = render(template, {"visitor": visitor, "description": "", **context}, status)
    return with_cookie(request, visitor, page)


def with_cookie(request: Request, visitor: Visitor, answer: Response) -> Response:
    """An answer that gives the visitor the cookie anew."""
    tickets = _tickets(request)
    answer.headers["Cache-Control"] = "no-store"
    answer.set_cookie(
        COOKIE,
        tickets.write(visitor),
        max_age=_SECONDS,
        httponly=True,
        secure=tickets.secure,
        samesite="strict",
    )
    return answer


def without_cookie(answer: Response) -> Response:
    """An answer that takes the cookie away."""
    answer.headers["Cache-Control"] = "no-store"
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return answer


def _in_force(session: Session, key: str | None) -> ApiKey | None:
    if key is None:
        return None
    try:
        found = get_key(session, key)
    except NotFound:
        return None
    return None if found.revoked_at else found


_NAME = "cookie-secret"
_BYTES = 32


def cookie_secret(settings: Settings) -> str:
    """The secret of the settings, else one that is made once and kept under `data_dir`.

    Processes that start at the same moment get the same. Where several machines serve one record,
    the settings give it, or a cookie of one is worth nothing to the other.
    """
    if settings.secret_key:
        return settings.secret_key
    path = settings.data_dir / _NAME
    if not path.exists():
        _make(path)
    return path.read_text(encoding="ascii")


def _make(path: Path) -> None:
    """Put a new secret there whole, unless another process is faster."""
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
