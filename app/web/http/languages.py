"""Which language a request is answered in; pure ASGI, in front of the routes.

The address decides (`lang=ru`), else what the browser asks for, else it is English. What machines
read is always English.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated
from urllib.parse import parse_qsl, quote, urlencode

from fastapi import Query
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import BadQuery, LazyMessage
from app.web.wording.locale import DEFAULT, LANGUAGES, Catalogues, Locale, use

PARAMETER = "lang"
_HEADER = b"accept-language"
_MAX_ACCEPTED = 40  # languages of one header that are considered
_MAX_QUERY_LENGTH = 8_000  # of an address that a page repeats in its links to other languages
_FOR_MACHINES = ("/api/", "/static/", "/healthz", "/readyz", "/metrics", "/.well-known/")
_FOR_PEOPLE = "/api/docs"
_FORMATS = (".atom", ".json", ".yaml", ".jsonld", ".csv", ".bib", ".ris")


class Languages:
    """Finds the language of a request, and says of the answer what that depends on.

    The routes behind it see the language that was settled on in place of what the browser sent, so
    that a page is cached once a language and not once a browser.
    """

    def __init__(self, app: ASGIApp, catalogues: Catalogues, site: str) -> None:
        self.app = app
        self._catalogues = catalogues
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on in its language."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_page = not _is_for_machines(scope["path"])
        locale = self._locale(scope) if is_page else Locale()
        # The context is the request's own: a server runs each request as a task.
        use(locale)

        async def send_with_vary(message: Message) -> None:
            if message["type"] == "http.response.start" and is_page and not locale.is_chosen:
                # A copy: what is cached of a page behind here must not get the header twice.
                message = {**message, "headers": list(message["headers"])}
                MutableHeaders(scope=message).add_vary_header("Accept-Language")
            await send(message)

        await self.app(_settled(scope, locale.tag), receive, send_with_vary)

    def _locale(self, scope: Scope) -> Locale:
        query = _query(scope)
        named = dict(query).get(PARAMETER, "")
        is_chosen = named in LANGUAGES
        tag = named if is_chosen else negotiated(Headers(scope=scope).getlist("accept-language"))
        address = _address(scope["path"], query)
        return Locale(tag, self._catalogues(tag), is_chosen, address, self._site)


def negotiated(accepted: Iterable[str]) -> str:
    """The language of ours that fits best what a browser accepts; English where none does.

    Source: RFC 9110, section 12.5.4 (weights; 0 is “not acceptable”), and RFC 4647, section 3.4:
    `ru-RU` is looked up as `ru`. Of equal weights the first counts; what cannot be read is passed
    over.
    """
    best, weight = DEFAULT, 0.0
    ranges = [part for line in accepted for part in line.split(",", _MAX_ACCEPTED)]
    for part in ranges[:_MAX_ACCEPTED]:
        asked, _separator, parameter = part.partition(";")
        tag = asked.strip().lower().partition("-")[0]
        found = DEFAULT if tag == "*" else tag
        if found in LANGUAGES and _weight(parameter) > weight:
            best, weight = found, _weight(parameter)
    return best


async def require_known_language(lang: Annotated[str | None, Query()] = None) -> None:
    """Raise `BadQuery` for a language that pages do not speak; an empty name asks for none."""
    if lang and lang not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise BadQuery(
            PARAMETER, LazyMessage("Pages are in these languages: {known}.", known=known)
        )


def _weight(parameter: str) -> float:
    """The weight of a range, 0 to 1, and 0 for one that cannot be read."""
    name, _separator, text = parameter.strip().partition("=")
    if not name:
        return 1.0
    try:
        weight = float(text)
    except ValueError:
        return 0.0
    return weight if name.strip().lower() == "q" and 0 <= weight <= 1 else 0.0


def _query(scope: Scope) -> list[tuple[str, str]]:
    return parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)


def _address(path: str, query: Iterable[tuple[str, str]]) -> str:
    """The address asked for, without its language."""
    kept = urlencode([(name, value) for name, value in query if name != PARAMETER])
    return f"{quote(path)}?{kept}" if kept and len(kept) <= _MAX_QUERY_LENGTH else quote(path)


def _is_for_machines(path: str) -> bool:
    is_theirs = path.startswith(_FOR_MACHINES) or path.endswith(_FORMATS)
    return is_theirs and path != _FOR_PEOPLE


def _settled(scope: Scope, tag: str) -> Scope:
    kept = [(name, value) for name, value in scope["headers"] if name != _HEADER]
    return {**scope, "headers": [*kept, (_HEADER, tag.encode())]}
