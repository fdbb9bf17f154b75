"""Pages as they are sent, without a browser."""

from __future__ import annotations

import httpx
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.every_page.kinds import PageKind
from tests.every_page.site import WholeSite


def fetch(site: WholeSite, kind: PageKind, language: str) -> httpx.Response:
    """What the site answers for a page, with its form sent where it is the answer to one."""
    with site.client(kind.who) as client:
        answer = client.get(kind.address(site.names, language))
        if kind.sent:
            button = f"button[value={kind.button}]" if kind.button else "button.main"
            form = _form_of(answer.text, button)
            fields = _fields(form) | dict(kind.sent) | {"do": kind.button}
            answer = client.post(form.attributes["action"] or "", data=fields)
    assert answer.status_code == kind.status, answer.text
    return answer


def _form_of(page: str, button: str) -> LexborNode:
    """The form in which a button stands."""
    forms = LexborHTMLParser(page).css("main form")
    return next(form for form in forms if form.css_first(button))


def _fields(form: LexborNode) -> dict[str, str]:
    """What a browser would send if nothing was typed into the form."""
    inputs = form.css("input[name]:not([type=radio], [type=checkbox]), input[checked]")
    return {each.attributes["name"] or "": each.attributes.get("value") or "" for each in inputs}
