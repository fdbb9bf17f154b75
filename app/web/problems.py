"""Errors as answers: problem+json (RFC 9457) for the API, a readable page for everybody else."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from app.errors import BadInput, BadQuery, DatabaseNotReady, Moved, NotFound, VariorumError
from app.web import urls
from app.web.i18n import gettext as _
from app.web.rendering import render

MEDIA_TYPE = "application/problem+json"


class FieldProblem(BaseModel):
    """One thing that is wrong with one part of a request; `pointer` is a JSON Pointer."""

    pointer: str
    detail: str


class Problem(BaseModel):
    """What went wrong, as RFC 9457 has it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] | None = None


def install(app: FastAPI) -> None:
    """Let every error of the tree become an answer."""
    app.add_exception_handler(VariorumError, _on_variorum_error)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(Exception, _on_failure)


def problem_response(
    status: int, detail: str, errors: list[FieldProblem] | None = None
) -> JSONResponse:
    """A problem document; `detail` is one sentence for a person."""
    problem = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, errors=errors)
    body = problem.model_dump(exclude_none=True)
    return JSONResponse(body, status_code=status, media_type=MEDIA_TYPE)


def _on_variorum_error(request: Request, error: Exception) -> Response:
    match error:
        case Moved():
            return RedirectResponse(_moved_to(request, error), status_code=301)
        case NotFound():
            return _answer(request, 404, str(error))
        case BadQuery():
            field = FieldProblem(pointer=f"/query/{error.parameter}", detail=str(error))
            return _answer(request, 422, str(error), [field])
        case BadInput():
            return _answer(request, 422, str(error))
        case DatabaseNotReady():
            return _answer(request, 503, str(error))
        case _:
            return _on_failure(request, error)


def _on_invalid_request(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    fields = [
        FieldProblem(
            pointer="/" + "/".join(str(part) for part in fault["loc"]), detail=_sentence(fault)
        )
        for fault in error.errors()
    ]
    told = " ".join(f"{_parameter(field)}: {field.detail}" for field in fields)
    detail = _("The address or request cannot be read. %s") % told
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
    return answer


def _on_failure(request: Request, _error: Exception) -> Response:
    detail = _("Something failed on our side; nothing was changed. Please try again.")
    return _answer(request, 500, detail)


def _answer(
    request: Request, status: int, detail: str, errors: list[FieldProblem] | None = None
) -> Response:
    if request.url.path.startswith("/api/"):
        return problem_response(status, detail, errors)
    context = {
        "title": _titles().get(status, HTTPStatus(status).phrase),
        "description": "",
        "status": status,
        "detail": detail,
        "links": [
            {"url": "/", "name": _("All dossiers")},
            {"url": urls.method(), "name": _("How it works")},
        ],
    }
    return render("error.html", context, status)


def _titles() -> Mapping[int, str]:
    return {
        404: _("Nothing is here"),
        405: _("That cannot be done here"),
        422: _("The address asks for something that does not exist"),
        500: _("Something failed"),
        503: _("Not ready yet"),
    }


def _parameter(problem: FieldProblem) -> str:
    return problem.pointer.rpartition("/")[2]


def _sentence(fault: Mapping[str, object]) -> str:
    message = str(fault["msg"]).removeprefix("Value error, ")
    if fault["type"] == "extra_forbidden":
        return _("This parameter is not known here.")
    return message if message.endswith(".") else f"{message}."


def _moved_to(request: Request, moved: Moved) -> str:
    steps = request.url.path.split("/")
    path = "/".join(moved.now if step == moved.key else step for step in steps)
    return f"{path}?{request.url.query}" if request.url.query else path
