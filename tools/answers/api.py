"""The answers of the JSON API: all lists to their end, and every record in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import httpx

from tools.answers.asking import Servers
from tools.answers.crawling import Crawl, Place
from tools.answers.serving import BASE

API = "/api/v1"
REGISTERS = ("dossiers", "sides", "bodies", "publishers", "speakers", "documents", "places")
_IN_DOSSIER = "dossier=karabakh&limit=200"
_STARTS = (
    "/api/openapi.json",
    f"{API}/claims?limit=200",
    f"{API}/claims?limit=20",
    f"{API}/claims?dossier=karabakh&limit=200&sort=gap",
    f"{API}/claims?state=disputed&limit=200",
    f"{API}/claims?topic=casualties&limit=200",
    f"{API}/claims?q=drone&limit=200",
    f"{API}/claims?place=parukh&limit=200",
    f"{API}/claims?kind=number&limit=200",
    f"{API}/claims?limit=200&as_known_on=2020-12-31",
    *(f"{API}/{register}?limit=200" for register in REGISTERS),
    f"{API}/documents?limit=50",
    f"{API}/compare?{_IN_DOSSIER}&left=armenian&right=azerbaijani",
    f"{API}/compare?{_IN_DOSSIER}&left=armenian&right=russian",
    f"{API}/compare?{_IN_DOSSIER}&left=azerbaijani&right=russian",
    f"{API}/losses?{_IN_DOSSIER}",
    f"{API}/blindspots?{_IN_DOSSIER}",
    *(f"{API}/blindspots?{_IN_DOSSIER}&side={s}" for s in ("armenian", "azerbaijani", "russian")),
    f"{API}/timeline?{_IN_DOSSIER}",
    f"{API}/search?q=Russia&limit=200",
    f"{API}/search?q=peacekeepers&limit=20",
    f"{API}/search?q=stepanakrt",
    f"{API}/search?q=Russia&kind=citation",
    f"{API}/search?q=zeppelin",
    f"{API}/changes?limit=200",
    f"{API}/changes?since=1100",
    f"{API}/wording-changes",
    f"{API}/links?limit=200",
    f"{API}/links?state=unchecked&limit=20",
)
_OF_A_CLAIM = ("comparison", "timeline", "revisions", "checks")
_MAX = {"document-checks": 40, "revision": 80}


def walk_api(servers: Servers) -> None:
    """Store what the API answers to somebody without a key."""
    Crawl(servers, _place_of, _links).walk(_STARTS)


def _place_of(address: str) -> Place | None:
    parts = address.partition("?")[0].removeprefix(API).strip("/").split("/")
    kind = parts[0] if len(parts) == 1 else f"{parts[0]}-{parts[2] if len(parts) > 2 else 'one'}"
    group = "revision" if len(parts) == 4 else kind
    if kind == "documents-checks":
        group = "document-checks"
    return Place(f"api/{kind}", group, _MAX.get(group, 10_000), always=len(parts) == 1)


def _links(path: str, _address: str, answer: httpx.Response) -> Iterable[str]:
    """The next page of a list, and what belongs to each of its items."""
    if answer.status_code != 200 or not path.startswith(API):
        return
    body = answer.json()
    if not isinstance(body, dict):
        return
    if body.get("next"):
        yield body["next"].removeprefix(BASE)
    parts = path.removeprefix(API).strip("/").split("/")
    for item in body.get("items", ()):
        yield from _of_item(path, parts, item)


def _of_item(path: str, parts: list[str], item: dict[str, object]) -> Iterator[str]:
    if parts == ["claims"]:
        yield f"{path}/{item['id']}"
        yield from (f"{path}/{item['id']}/{part}" for part in _OF_A_CLAIM)
    elif parts[-1] == "revisions":
        yield f"{path}/{item['number']}"
    elif len(parts) == 1 and parts[0] in REGISTERS:
        yield f"{path}/{item['id']}"
        if parts == ["documents"]:
            yield f"{path}/{item['id']}/checks"
        if parts == ["speakers"]:
            yield f"{path}/{item['id']}/statements"
