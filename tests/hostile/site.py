"""A site whose every outside text means harm, and every address at which it may be shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
from fastapi import FastAPI
from sqlalchemy.orm import Session

from app.domain.contributing.records import ApiKey, SubmittedCitation, SubmittedClaim
from app.domain.records.claims import Citation, claim_of
from app.domain.records.page_checks import ChangedWording, CheckedPage, CheckedQuote, PageCopy
from app.dossiers.record import RecordFiles
from app.main import create_app
from app.services.contributing.api_keys import make_key
from app.services.contributing.edit_claim import replace_claim
from app.services.contributing.review_submission import accept, reject
from app.services.record.load_record import load_record
from app.settings import Settings
from app.storage.claims.documents import get_claim
from app.storage.database.engine import Database
from app.storage.following.checks import save_copy, save_page_check
from app.storage.revisions.past import history_page
from tests.every_page.site import token_of
from tests.hostile.fields import FIELDS, NUMBER_OF, harmful, harmful_address, harmful_name, wild
from tests.hostile.record import Filling, hostile_record
from tests.loaded import BY, NOON
from tests.services.submissions import claim as new_claim
from tests.services.submissions import send
from tests.serving import serving
from tests.web.test_roles import routes_of

LATER = NOON + timedelta(days=1)
_ON = {"dossier": "harbour", "register": "claims", "name": "claims"}
_CITED = "fire-dead"


_FOR_PROGRAMS = ("/api/v1", "/api/openapi", "/static", "/metrics", "/healthz", "/readyz")
_NO_PAGES = (".png", ".svg", ".atom", ".ico", ".txt")


@dataclass(frozen=True)
class HostileSite:
    """Its address, the cookie of a moderator, and paths with their queries; `pages` are HTML."""

    address: str
    cookie: str
    paths: tuple[str, ...]

    @property
    def pages(self) -> Iterator[str]:
        """Those for a browser."""
        for path in self.paths:
            if not (path.startswith(_FOR_PROGRAMS) or path.endswith(_NO_PAGES)):
                yield path


@contextmanager
def hostile_site(url: str, folder: Path) -> Iterator[HostileSite]:
    """A server of the hostile record in the database at this address, which is empty so far."""
    record = hostile_record()
    app = create_app(Settings(database_url=url, data_dir=folder))
    with closing(Database(url)) as database, database.writing() as session:
        load_record(session, record, BY)
        sent, secret = _people(session)
        _pages(session, record)
        numbers = {
            claim.id: str(history_page(session, "claim", [claim.id], limit=1)[0].number)
            for _, claim in record.claims
        }
    with serving(app) as address:
        paths = tuple(paths_of(app, record, sent, numbers))
        yield HostileSite(address, _cookie(address, secret), paths)


def _people(session: Session) -> tuple[list[str], str]:
    """Let somebody submit, and another decide; returns the submissions, and a key's secret."""
    net, _ = make_key(session, harmful_name(NUMBER_OF["a key's name"]), "contributor", NOON)
    heron, secret = make_key(session, "Heron", "moderator", NOON)
    sent = [send(session, net, each) for each in submissions()]
    accept(session, sent[0].id, heron, LATER)
    reject(session, sent[1].id, heron, LATER, harmful(NUMBER_OF["a reason to reject"]))
    _edit(session, heron)
    return [each.id for each in sent], secret


def submissions() -> Iterator[dict[str, Any]]:
    """Three citations with everything that one can bring along, and a claim."""
    filling = Filling()
    counted = {"answer": "70", "measure": "", "unit": "", "scope": ""}
    accounts = ("strait-declaration", {}), ("strait-declaration", {}), (_CITED, counted)
    for number, (claim, account) in enumerate(accounts):
        brings = {"id": f"paper-{number}", "kind": "newspaper"}
        document = {"new_publisher": brings, "language": "en", "archived": {"on": "2026-10-02"}}
        citation = {
            "claim": claim,
            "new_account": account,
            "new_speaker": {"side": "guild", "standing": "official"},
            "new_document": document,
            "voice": "translated",
        }
        yield filling.fill(SubmittedCitation, citation, "SubmittedCitation")
    proposed = new_claim()
    proposed["new_documents"][0] |= {"publisher": "bell-press", "archived": {"on": "2026-10-02"}}
    proposed["new_documents"] += [
        {"id": "bell-leaf", "language": "en", "new_publisher": {"id": "leaf", "kind": "blog"}}
    ]
    proposed |= {
        "new_speakers": [{"id": "bell-keeper", "side": "guild", "standing": "witness"}],
        "new_publishers": [{"id": "bell-press", "kind": "newspaper"}],
    }
    citations = proposed["claim"]["accounts"][0]["citations"]
    citations[0] |= {"speaker": "bell-keeper", "voice": "quoted"}
    citations += [{"id": "leaf", "document": "bell-leaf"}]
    yield filling.fill(SubmittedClaim, proposed, "SubmittedClaim")


def _edit(session: Session, heron: ApiKey) -> None:
    stored = get_claim(session, _CITED)
    claim = claim_of(stored.document).to_json() | {"happened": "2019-05-04"}
    why = harmful(NUMBER_OF["a reason to edit"])
    replace_claim(
        session,
        _CITED,
        claim,
        of_revision=stored.revision,
        by=heron,
        reason=why,
        now=LATER,
    )


def _pages(session: Session, record: RecordFiles) -> None:
    """Checks of all pages that claims cite: read with other words, and gone later, with a copy."""
    documents = {document.id: document for document in record.sources.documents}
    for _dossier, claim in record.claims:
        for number, (_account, citation) in enumerate(claim.citations()):
            page = documents[citation.document].url
            if page is not None and citation.quote is not None:
                _look(session, page, claim.id, citation, is_gone=number % 2 == 1)


def _look(session: Session, page: str, claim: str, citation: Citation, *, is_gone: bool) -> None:
    names = {"claim": claim, "citation": citation.id}
    seen = {"url": page, "at": NOON, "took": 0.1, "rule": None}
    looked = _filled(CheckedPage, state="read", status=200, **seen)
    found = replace(
        _filled(CheckedQuote, finding="altered", differences=_differences(), **names),
        quote=citation.quote,
    )
    changed = _filled(
        ChangedWording,
        document=citation.document,
        finding_before="verbatim",
        finding_after="altered",
        **names,
    )
    save_page_check(session, looked, [found], changes=[changed])
    save_copy(session, page, _filled(PageCopy, copied_at=NOON, found_at=NOON))
    if is_gone:
        gone = _filled(CheckedPage, state="gone", status=404, **seen | {"at": LATER})
        save_page_check(
            session, gone, [CheckedQuote(claim, citation.id, citation.quote or "", "gone")]
        )


def _differences() -> str:
    text = wild(NUMBER_OF["CheckedQuote.differences"])
    return json.dumps([["quoted", text], ["page", text]])


def _filled(made: type[Any], **given: Any) -> Any:
    for path, what in FIELDS.items():
        name, _, field = path.partition(".")
        if name == made.__name__ and field not in given:
            number = NUMBER_OF[path]
            given[field] = harmful_address(number) if what == "address" else wild(number)
    return made(**given)


def paths_of(
    app: FastAPI, record: RecordFiles, sent: list[str], numbers: dict[str, str]
) -> Iterator[str]:
    """Every address that answers a GET, for everything on record and with hostile queries."""
    keys: dict[str, list[str]] = {
        "dossiers": [dossier.id for dossier in record.dossiers],
        "claims": [claim.id for _, claim in record.claims],
        "places": [place.id for dossier in record.dossiers for place in dossier.places],
        "submissions": sent,
        "review": sent,
    }
    for register in ("sides", "bodies", "publishers", "speakers", "documents"):
        keys[register] = [entry.id for entry in getattr(record.sources, register)]
    for route in routes_of(app):
        method, path = route.split(" ")
        if method == "GET":
            yield from _filled_in(path, keys, numbers)
    yield from _asked()


def _filled_in(path: str, keys: dict[str, list[str]], numbers: dict[str, str]) -> Iterator[str]:
    """The addresses of a route, one for each thing on record that it is about."""
    steps = path.removeprefix("/api/v1").strip("/").split("/")
    of = next((step for step in reversed(steps) if step in keys), "claims")
    is_single = not {"{key}", "{claim_id}"} & set(steps)
    for key in [""] if is_single else keys["claims" if "{register}" in steps else of]:
        named = {"key": key, "claim_id": key, "number": numbers.get(key, "1")}
        yield path.format(**_ON | named) + _QUERIES.get(path, "")


_MAIN = ("/", "/dossiers/harbour", "/claims/strait-declaration", "/changes", "/links")
_QUERIES = {
    "/compare": "?dossier=harbour&left=oskel&right=tarnhaven",
    "/losses": "?dossier=harbour",
    "/blindspots": "?dossier=harbour",
    "/timeline": "?dossier=harbour",
    "/search": "?q=zq",
    "/map": "?dossier=harbour",
}
_QUERIES |= {f"/api/v1{path}": query for path, query in _QUERIES.items()}


def _asked() -> Iterator[str]:
    """What a stranger can write into an address."""
    searched = quote(wild(NUMBER_OF["what is searched for"]))
    value = quote(wild(NUMBER_OF["a query's value"]))
    name = quote(wild(NUMBER_OF["a query's name"]))
    path = quote(wild(NUMBER_OF["a path"]), safe="")
    for language in ("ru", "hy"):
        yield from (f"{path}?lang={language}" for path in _MAIN)
        yield f"/claims/{_CITED}?lang={language}"
    for search in ("/search", "/api/v1/search", "/dossiers/harbour", "/contribute"):
        yield f"{search}?q={searched}"
        yield f"{search}?{name}=1"
    for field in ("state", "topic", "as_known_on", "sort", "kind", "side", "lang", "cursor"):
        yield f"/dossiers/harbour?{field}={value}"
        yield f"/api/v1/claims?{field}={value}"
    for field in ("url", "claim", "quote", "account", "speaker"):
        yield f"/contribute?{field}={value}"
    for before in ("/", "/claims/", "/speakers/", "/method/", "/api/v1/claims/", "/dossiers/"):
        yield before + path


def _cookie(address: str, secret: str) -> str:
    with httpx.Client(base_url=address, timeout=60) as client:
        token = token_of(client.get("/review").text)
        answer = client.post("/review/sign-in", data={"token": token, "secret": secret})
        assert answer.status_code == 303, answer.text
        return client.cookies["variorum"]
