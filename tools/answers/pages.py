"""The pages, pictures and files that readers come to, in English."""

from __future__ import annotations

import html
import re
import subprocess
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

import httpx

from tools.answers.asking import Servers
from tools.answers.crawling import Crawl, Place
from tools.answers.serving import BASE, ROOT

DOSSIER = "/dossiers/karabakh"
ENTRIES = (
    "/",
    DOSSIER,
    f"{DOSSIER}/history",
    f"{DOSSIER}?state=disputed&topic=casualties&sort=gap",
    f"{DOSSIER}?density=compact&sort=question&topic=control",
    f"{DOSSIER}?q=zeppelin",
    f"{DOSSIER}/card.png",
    "/compare",
    "/compare?dossier=karabakh&left=armenian&right=russian",
    "/losses",
    "/losses?dossier=karabakh",
    "/blindspots",
    "/blindspots?dossier=karabakh",
    "/timeline",
    "/timeline?dossier=karabakh",
    "/map",
    "/map?dossier=karabakh",
    "/map?dossier=karabakh&zoom=3&at=parukh",
    "/publishers",
    "/speakers",
    "/places",
    "/documents",
    "/search",
    "/search?q=Russia",
    "/search?q=Russia&kind=citation",
    "/search?q=%D0%A4%D0%B0%D1%80%D1%80%D1%83%D1%85",
    "/search?q=stepanakrt",
    "/search?q=zeppelin",
    "/search?q=corridor",
    "/search?q=peacekeepers+killed",
    "/changes",
    "/changes.atom",
    "/links",
    "/links?state=unchecked",
    "/contribute",
    "/review",
    "/method",
    "/patterns",
    "/api/docs",
    "/card.png",
    "/favicon.ico",
    "/robots.txt",
    "/healthz",
    "/readyz",
)
_LINK = re.compile(r"""\b(?:href|src|action|content|data-[a-z-]+)="([^"]+)\"""")
_LEADING = ("text/html", "application/atom+xml", "text/css", "image/svg")
_CSS = re.compile(r"""url\(["']?([^"')]+)""")
_LISTS = ("publishers", "speakers", "places", "documents")
_MAX = {
    "revisions": 120,
    "diff": 40,
    "diff?": 40,
    "chart.svg?": 20,
    "card.png?": 20,
    "claims?": 60,
    "links?": 30,
    "contribute?": 20,
    "review": 20,
    "review?": 10,
}
_MAX_WITH_QUERY = 150
_PARTS = ("history", "diff", "chart.svg", "card.png")


def walk_pages(servers: Servers) -> None:
    """Store every page that the entries link to, and every file of `static`."""
    Crawl(servers, place_of, links_of).walk([*ENTRIES, *static_files()])


def static_files() -> Iterator[str]:
    """The address of every file in the program's `static` folders, without a version."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "*/static/*", ":!tests"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in sorted(filter(None, listed.stdout.split("\0"))):
        yield f"/static/{name.partition('/static/')[2]}"


def place_of(address: str) -> Place | None:
    """Where an address belongs; None for the API, and for pages in a language of choice."""
    path, separator, query = address.partition("?")
    parts = path.strip("/").split("/")
    if path.startswith("/api/v1") or path == "/api/openapi.json" or "lang=" in query:
        return None
    if parts[0] == "static":
        return Place("static", "static")
    if len(parts) > 3 and parts[2] == "revisions":
        group = "revisions"
    else:
        group = parts[-1] if parts[-1] in _PARTS else parts[0].replace(".", "-") or "home"
    most = _MAX.get(group + separator, _MAX_WITH_QUERY if query else 10_000)
    is_list = len(parts) == 1 and parts[0] in _LISTS
    return Place(f"pages/{group}", group + separator, most, always=is_list)


def links_of(_path: str, address: str, answer: httpx.Response) -> Iterable[str]:
    """The addresses on the same host that a page, feed, picture or stylesheet leads to."""
    kind = answer.headers.get("content-type", "")
    location = answer.headers.get("location")
    found = [location] if location else []
    if kind.startswith(_LEADING):
        found += (html.unescape(link) for link in _LINK.findall(answer.text))
    if kind.startswith("text/css"):
        found += (urljoin(address, link) for link in _CSS.findall(answer.text))
    return filter(None, map(_on_site, found))


def _on_site(link: str) -> str:
    """The address from the site's root on; empty where it leads elsewhere."""
    path = link.removeprefix(BASE).partition("#")[0]
    return path if path.startswith("/") and not path.startswith("//") else ""
