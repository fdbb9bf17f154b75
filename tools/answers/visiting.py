"""Somebody at a browser or a program with a key, each of whose steps is stored."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tools.answers.asking import Question, keep
from tools.answers.keeping import Folder
from tools.answers.normalising import Words

Fields = Mapping[str, str | list[str]]


@dataclass
class Diary:
    """Where steps are stored: numbered, as the order matters."""

    folder: Folder
    words: Words
    steps: int = 0

    def note(self, what: str, question: Question, answer: httpx.Response) -> None:
        """Store an answer as the next step."""
        self.steps += 1
        noted = Question(
            "signed-in", question.address, f"{self.steps:03} {question.method}", note=what
        )
        keep(self.folder, self.words, noted, answer)


@dataclass
class Visitor:
    """One who asks the server, by the name that is noted; `secret` goes along with API calls."""

    name: str
    client: httpx.Client
    diary: Diary
    secret: str = ""
    page: httpx.Response = field(default_factory=lambda: httpx.Response(204))

    def opens(self, address: str, what: str = "") -> httpx.Response:
        """Open a page."""
        self.page = self.client.get(address)
        self._note(what or "opens", "GET", address, self.page)
        return self.page

    def sends(self, address: str, fields: Fields, what: str) -> httpx.Response:
        """Send the form of the page that is open, with some fields filled in."""
        typed = {**self.typed(address), **fields}
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode(typed, doseq=True).encode()
        answer = self.client.post(address, content=body, headers=headers)
        self._note(what, "POST", address, answer)
        return answer

    def calls(
        self, method: str, address: str, body: object, what: str, **headers: str
    ) -> dict[str, Any]:
        """Call the API with the key; gives the answer's object."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        sent["Authorization"] = f"Bearer {self.secret}"
        if body is not None:
            sent["Content-Type"] = "application/json"
        content = None if body is None else json.dumps(body).encode()
        bare = httpx.Client(base_url=self.client.base_url, trust_env=False, timeout=120)
        with bare as client:
            client.headers["Host"] = self.client.headers["Host"]
            client.headers["Accept-Encoding"] = "identity"
            answer = client.request(method, f"/api/v1{address}", content=content, headers=sent)
        self._note(what, method, f"/api/v1{address}", answer)
        found: dict[str, Any] = answer.json() if answer.content else {}
        return found

    def typed(self, address: str) -> dict[str, str | list[str]]:
        """What a browser would send of the open page's form for an address, unchanged."""
        if "text/html" not in self.page.headers.get("content-type", ""):
            return {}
        page = LexborHTMLParser(self.page.text)
        forms = [form for form in page.css("form") if form.attributes.get("action") == address]
        return _fields(forms[0]) if forms else {}

    def _note(self, what: str, method: str, address: str, answer: httpx.Response) -> None:
        question = Question("signed-in", address, method)
        self.diary.note(f"{self.name} {what}", question, answer)


def _fields(form: LexborNode) -> dict[str, str | list[str]]:
    inputs = form.css("input[name]:not([type=radio], [type=checkbox]), input[checked]")
    typed: dict[str, str | list[str]] = {
        each.attributes["name"] or "": each.attributes.get("value") or "" for each in inputs
    }
    for area in form.css("textarea[name]"):
        typed[area.attributes["name"] or ""] = area.text().removeprefix("\n")
    for chosen in form.css("select[name] option[selected]"):
        if chosen.parent is not None:
            typed[chosen.parent.attributes["name"] or ""] = chosen.attributes.get("value") or ""
    return typed
