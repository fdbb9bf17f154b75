"""Errors as answers: problem+json (RFC 9457) for the API, a readable page for everybody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import compile_path

from app.errors import (
    AlreadyDecided,
    AlreadyOnRecord,
    BadFields,
    BadInput,
    BadQuery,
    DatabaseNotReady,
    DatabaseUnavailable,
    EditConflict,
    EditUnconditional,
    LazyMessage,
    Moved,
    NotAllowed,
    NotFound,
    NotSignedIn,
    TooLarge,
    TooMany,
    VariorumError,
    WrongMediaType,
)
from app.web.html import urls
from app.web.html.rendering import render
from app.web.html.urls import Link
from app.web.http.dependencies import Suggest, reading
from app.web.wording.locale import gettext as _
from app.web.wording.record_text import translate

MEDIA_TYPE = "application/problem+json"
# As long as a database takes to start again, or a lock to end.
_RETRY_SECONDS = 30
_AWAY = LazyMessage("The record cannot be reached at the moment; please try again in a minute.")
CHALLENGE = 'Bearer realm="variorum"'


_log = structlog.get_logger("variorum.database")


class FieldProblem(BaseModel):
    """One thing that is wrong with one part of a request; `pointer` is a JSON Pointer."""

    pointer: str
    detail: str


class Problem(BaseModel):
    """What went wrong, as RFC 9457 has it; `detail` is one sentence that says what to do.

    Of a body or query that cannot be taken, `errors` has every fault with a JSON Pointer (RFC 6901)
    to its place. With 409, `existing` says what is there already: its `kind`, its `id`, the `claim`
    of a citation, and the `url` of its page; `near` are claims that ask nearly the same.
    """

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] | None = None
    existing: dict[str, str] | None = None
    near: list[dict[str, str]] | None = None


# The first that fits counts: a subclass comes before its base.
_STATUSES: tuple[tuple[type[VariorumError], int], ...] = (
    (NotFound, 404),
    (NotSignedIn, 401),
    (NotAllowed, 403),
    (AlreadyOnRecord, 409),
    (AlreadyDecided, 409),
    (EditConflict, 412),
    (EditUnconditional, 428),
    (TooLarge, 413),
    (WrongMediaType, 415),
    (TooMany, 429),
    (DatabaseNotReady, 503),
    (BadInput, 422),
)


def install(app: FastAPI, suggest: Suggest) -> None:
    """Let every error of the tree become an answer; a page that is not there names what is near."""
    app.state.suggest = suggest
    app.add_exception_handler(VariorumError, on_variorum_error)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(ClientDisconnect, _on_disconnect)
    app.add_exception_handler(Exception, _on_failure)


def problem_response(
    status: int,
    detail: str,
    errors: list[FieldProblem] | None = None,
    already: AlreadyOnRecord | None = None,
) -> JSONResponse:
    """A problem document; `detail` is one sentence for a person."""
    problem = Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        errors=errors,
        existing=_with_page(already.existing) if already else None,
        near=[_with_page(near) for near in already.near] if already and already.near else None,
    )
    body = problem.model_dump(exclude_none=True)
    return JSONResponse(body, status_code=status, media_type=MEDIA_TYPE)


def on_variorum_error(request: Request, error: Exception) -> Response:
    """The answer that an error of the tree becomes."""
    if isinstance(error, Moved):
        return RedirectResponse(_moved_to(request, error), status_code=301)
    status = next((status for kind, status in _STATUSES if isinstance(error, kind)), None)
    # An error of the tree that no request should cause: its sentence is for operators.
    if status is None:
        return _on_failure(request, error)
    already = error if isinstance(error, AlreadyOnRecord) else None
    # Where the database is and what ails it is for the operator, in the log.
    away = isinstance(error, DatabaseUnavailable)
    if away:
        _log.warning("database unavailable", problem=str(error))
    sentence = _AWAY if away else _sentence_of(error)
    answer = _answer(request, status, translate(sentence), _fields(error), already)
    if status == 503:
        answer.headers["Retry-After"] = str(_RETRY_SECONDS)
    if isinstance(error, TooMany):
        answer.headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, NotSignedIn):
        answer.headers["WWW-Authenticate"] = CHALLENGE
    return answer


def _sentence_of(error: Exception) -> str:
    return error.sentence if isinstance(error, VariorumError) else str(error)


def _fields(error: Exception) -> list[FieldProblem] | None:
    match error:
        case BadFields():
            return [
                FieldProblem(pointer=where, detail=translate(what))
                for where, what in error.problems
            ]
        case BadQuery():
            return [
                FieldProblem(pointer=f"/query/{error.parameter}", detail=translate(error.sentence))
            ]
        case _:
            return None


def _with_page(found: Mapping[str, str]) -> dict[str, str]:
    """What is there already, with the address of its page."""
    return {**found, "url": urls.existing(found)}


def _on_invalid_request(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    fields = [
        FieldProblem(
            pointer="/" + "/".join(str(part) for part in fault["loc"]), detail=_sentence(fault)
        )
        for fault in error.errors()
    ]
    faults = " ".join(f"{_parameter(field)}: {field.detail}" for field in fields)
    detail = _("The address or request cannot be read. %s") % faults
    return _answer(request, 422, detail, fields)


def _on_http_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    sentences = {
        404: _("There is no page at this address."),
        405: _("This address does not take %s requests.") % request.method,
    }
    answer = _answer(request, error.status_code, sentences.get(error.status_code, error.detail))
    answer.headers.update(error.headers or {})
    if error.status_code == 405:
        answer.headers["Allow"] = _allowed(request) or answer.headers.get("Allow", "GET")
    return answer


def _allowed(request: Request) -> str:
    """Every method that the API describes for an address (RFC 9110, section 10.2.1).

    The router itself names those of the first route that fits, and the address may have several.
    """
    described: dict[str, dict[str, object]] = request.app.openapi()["paths"]
    methods = {
        method.upper()
        for path, calls in described.items()
        if compile_path(path)[0].match(request.url.path)
        for method in calls
    }
    return ", ".join(sorted(methods))


def _on_disconnect(_request: Request, _error: Exception) -> Response:
    """Nobody is there to be answered; a failure it is not, or strangers could fill the log."""
    return Response(status_code=400)


def _on_failure(request: Request, _error: Exception) -> Response:
    detail = _("Something failed on our side; nothing was changed. Please try again.")
    return _answer(request, 500, detail)


def _answer(
    request: Request,
    status: int,
    detail: str,
    errors: list[FieldProblem] | None = None,
    already: AlreadyOnRecord | None = None,
) -> Response:
    if request.url.path.startswith("/api/"):
        return problem_response(status, detail, errors, already)
    context = {
        "title": _titles().get(status, HTTPStatus(status).phrase),
        "description": "",
        "status": status,
        "detail": detail,
        "near": _near(request) if status == 404 else [],
        "links": [
            {"url": urls.home(), "name": _("All dossiers")},
            {"url": urls.search(), "name": _("Search the record")},
            {"url": urls.method(), "name": _("How it works")},
        ],
    }
    return render("error.html", context, status)


def _near(request: Request) -> Sequence[Link]:
    """Pages near the address of a request, the nearest first; none where there is no record."""
    near: Sequence[Link] | None = getattr(request.state, "near", None)
    if near is not None:
        return near
    suggest: Suggest = request.app.state.suggest
    try:
        return suggest(request.url.path, lambda: reading(request))
    except DatabaseNotReady:
        return []


def _titles() -> Mapping[int, str]:
    return {
        401: _("Sign in first"),
        403: _("You may not do that"),
        404: _("Nothing is here"),
        405: _("That cannot be done here"),
        409: _("It already exists"),
        412: _("It changed meanwhile"),
        413: _("That is too long"),
        415: _("That cannot be read"),
        422: _("The address asks for something that does not exist"),
        428: _("Which revision was edited?"),
        429: _("Too many at once"),
        500: _("Something failed"),
        503: _("Not ready yet"),
    }


def _parameter(problem: FieldProblem) -> str:
    return problem.pointer.rpartition("/")[2]


def _sentence(fault: Mapping[str, object]) -> str:
    if fault["type"] == "extra_forbidden":
        return _("This parameter is not known here.")
    context = fault.get("ctx")
    cause = context.get("error") if isinstance(context, dict) else None
    if isinstance(cause, Exception) and cause.args and isinstance(cause.args[0], LazyMessage):
        return translate(cause.args[0])
    message = str(fault["msg"]).removeprefix("Value error, ")
    return message if message.endswith(".") else f"{message}."


def _moved_to(request: Request, moved: Moved) -> str:
    # Within the path, so that pages below a renamed entry (its history, its chart) move too.
    steps = request.url.path.split("/")
    path = "/".join(moved.now if step == moved.key else step for step in steps)
    return f"{path}?{request.url.query}" if request.url.query else path
