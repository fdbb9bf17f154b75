"""Requests that no link leads to: other languages, past days, what is refused, odd methods."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tools.answers.asking import Question
from tools.answers.pages import DOSSIER

LANGUAGES = ("hy", "az", "ru")
DAYS = ("2020-10-15", "2020-12-31", "2021-06-01", "2022-03-28", "2023-09-25")
_PAGES = (
    "/",
    DOSSIER,
    f"{DOSSIER}?state=disputed&topic=casualties",
    f"{DOSSIER}?as_known_on=2020-12-31",
    f"{DOSSIER}?as_known_on=yesterday",
    f"{DOSSIER}?q=zeppelin",
    f"{DOSSIER}/history",
    "/search",
    "/search?q=Russia",
    "/search?q=stepanakrt",
    "/search?q=%21%3F",
    "/documents",
    "/documents/tass-2020-12-30",
    "/publishers",
    "/publishers/tass",
    "/speakers",
    "/speakers/lavrov",
    "/speakers/lavrov/history",
    "/places",
    "/places/parukh",
    "/map?dossier=karabakh",
    "/timeline?dossier=karabakh",
    "/losses?dossier=karabakh",
    "/blindspots?dossier=karabakh",
    "/compare?dossier=karabakh&left=armenian&right=russian",
    "/changes",
    "/changes.atom",
    "/links",
    "/contribute",
    "/contribute?claim=hin-tagher-control&quote=no",
    "/review",
    "/method",
    "/method/speakers",
    "/patterns",
    "/api/docs",
    "/nowhere",
    "/claims/paruk-withdrawal",
)
_OF_A_CLAIM = ("", "/history", "/diff", "/chart.svg", "/card.png", "?as_known_on=2022-03-28")
_JSON = {"Content-Type": "application/json"}
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_REFUSED = (
    *("/nowhere", "/claims", "/claims/nowhere", "/claims/paruk-withdrawal", "/claims/Parukh"),
    *("/dossiers", "/dossiers/nowhere", "/publishers/nowhere", "/documents/nowhere"),
    *("/speakers/nowhere", "/places/nowhere", "/method/nowhere", "/submissions/nowhere"),
    *("/review/nowhere", "/review/claims/nowhere", "/review/restore/claims/nowhere/1"),
    *("/static/nowhere.css", "/static/", "/static/..%2Fmain.py", "/claims/", "/publishers/"),
    *("/dossiers/karabakh/", "/nowhere/history", "/claims/nowhere/history", "/a/b/revisions/1"),
    *("/claims/hin-tagher-control/revisions/1", "/claims/hin-tagher-control/revisions/99999999"),
    *("/claims/hin-tagher-control/revisions/x", "/claims/hin-tagher-control/diff?left=x"),
    *("/claims/hin-tagher-control/diff?left=1&right=2", "/claims/nowhere/chart.svg"),
    *("/claims/nowhere/card.png", "/dossiers/nowhere/card.png", "/%FF", "/claims/%00"),
    *(f"{DOSSIER}?state=unheard", f"{DOSSIER}?as_known_on=yesterday", f"{DOSSIER}?nothing=1"),
    *(f"{DOSSIER}?as_known_on=1066-10-14", f"{DOSSIER}?sort=x", f"{DOSSIER}?as_known_on=9999-1-1"),
    *("/claims/hin-tagher-control?as_known_on=x", "/claims/hin-tagher-control?nothing=1"),
    *("/compare?dossier=nowhere", "/compare?dossier=karabakh&left=armenian&right=armenian"),
    *("/compare?dossier=karabakh&left=x&right=y", "/losses?dossier=nowhere", "/map?dossier=x"),
    *("/timeline?dossier=nowhere", "/timeline?dossier=karabakh&after=x", "/map?zoom=99"),
    *("/search?q=%21%3F", "/search?q=a&kind=x", "/search?q=Russia&after=x", "/search?q=%00"),
    *(f"/search?q={'word+' * 80}", "/changes?before=x", "/changes?after=x", "/links?state=x"),
    *("/links?after=x", "/links?publisher=nowhere", "/publishers?x=1", "/?lang=xx", "/?lang="),
)
_REFUSED_BY_API = (
    *("", "/nowhere", "/claims/nowhere", "/claims/nowhere/comparison", "/claims/nowhere/revisions"),
    *("/claims?nothing=1", "/claims?cursor=x", "/claims?limit=0", "/claims?limit=9999"),
    *("/claims?limit=x", "/claims?state=x", "/claims?as_known_on=x", "/claims?dossier=nowhere"),
    *("/claims?kind=x&sort=x&limit=x", "/claims/", "/claims/hin-tagher-control?as_known_on=x"),
    *("/claims/hin-tagher-control/revisions/1", "/claims/hin-tagher-control/revisions/x"),
    *("/claims/hin-tagher-control/revisions?before=x", "/claims/hin-tagher-control/nowhere"),
    *("/publishers/nowhere", "/documents/nowhere", "/documents/nowhere/checks", "/places/nowhere"),
    *("/speakers/nowhere/statements", "/documents?cursor=x", "/compare", "/losses", "/timeline"),
    *("/compare?dossier=karabakh&left=x&right=y", "/compare?dossier=nowhere&left=a&right=b"),
    *("/blindspots?dossier=karabakh&side=x", "/search", "/search?q=%21", "/search?q=a&kind=x"),
    *("/changes?since=x", "/changes?since=-1", "/changes?since=999999", "/wording-changes?since=x"),
    *("/links?state=x", "/submissions", "/submissions/nowhere"),
)
_BODIES = (b"", b"{", b"[]", b'{"claim": 1}', b'{"claim": "a", "claim": "b"}', b"\xff")


def in_languages(claims: list[str]) -> Iterator[Question]:
    """One page of each kind in each other language, and claims; then by the header alone."""
    of_claims = [f"/claims/{claim}{part}" for claim in claims for part in _OF_A_CLAIM]
    for address in [*_PAGES, *of_claims]:
        for tag in LANGUAGES:
            mark = "&" if "?" in address else "?"
            yield Question(f"languages/{tag}", f"{address}{mark}lang={tag}")
    for given in (*LANGUAGES, "fr, ru;q=0.5", "de", "en-GB"):
        for address in ("/", "/nowhere", "/api/v1/claims/nowhere"):
            header = {"Accept-Language": given}
            yield Question("languages/by-header", address, headers=header, note=given)


def on_days(claims: list[str]) -> Iterator[Question]:
    """The overview and claims as they could be known on past days, as pages and from the API."""
    for day in DAYS:
        asked = f"?as_known_on={day}"
        yield Question("dated", f"{DOSSIER}{asked}")
        yield Question("dated", f"{DOSSIER}{asked}&topic=casualties&sort=gap")
        yield Question("dated", f"/api/v1/claims{asked}&limit=200")
        for claim in claims:
            yield Question("dated", f"/claims/{claim}{asked}")
            yield Question("dated", f"/claims/{claim}/chart.svg{asked}")
            yield Question("dated", f"/api/v1/claims/{claim}{asked}")
            yield Question("dated", f"/api/v1/claims/{claim}/comparison{asked}")
            yield Question("dated", f"/api/v1/claims/{claim}/timeline{asked}")


def refused() -> Iterator[Question]:
    """What readers and programs are refused, and requests of unusual kinds."""
    yield from (Question("errors/pages", address) for address in _REFUSED)
    yield from (Question("errors/api", f"/api/v1{address}") for address in _REFUSED_BY_API)
    yield from _other_methods()
    yield from _bodies_without_key()
    yield from _forms_without_token()
    yield from _with_headers()


def _other_methods() -> Iterator[Question]:
    addresses = ("/", "/claims/hin-tagher-control", "/nowhere", "/api/v1/claims", "/healthz")
    for address in (*addresses, "/review", "/static/site.css", "/api/openapi.json"):
        for method in ("POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH"):
            yield Question("errors/methods", address, method)


def _bodies_without_key() -> Iterator[Question]:
    posts = ("claims", "citations", "submissions/nowhere/accept", "submissions/nowhere/reject")
    ways = [{}, {"Authorization": "Bearer vrm_wrong"}, {"Authorization": "Basic eDp5"}]
    for address in (*posts, "submissions/nowhere/withdraw", "quote-checks"):
        for number, way in enumerate(ways):
            for which, body in enumerate(_BODIES):
                headers = {**_JSON, **way}
                note = f"key {number}, body {which}"
                yield Question("errors/api", f"/api/v1/{address}", "POST", headers, body, note)
        plain = {"Content-Type": "text/plain"}
        yield Question("errors/api", f"/api/v1/{address}", "POST", plain, b"x", "plain text")
    edit = json.dumps({"claim": {}, "reason": "x"}).encode()
    yield Question("errors/api", "/api/v1/claims/hin-tagher-control", "PUT", _JSON, edit, "edit")


def _forms_without_token() -> Iterator[Question]:
    for address in (
        *("/contribute", "/review", "/review/sign-in", "/review/sign-out", "/review/nowhere"),
        *("/review/claims/hin-tagher-control", "/review/restore/claims/hin-tagher-control/1"),
        "/submissions/nowhere",
    ):
        for note, body in (("empty", b""), ("no token", b"do=send"), ("bad letters", b"do=%FF")):
            yield Question("errors/forms", address, "POST", _FORM, body, note)
        yield Question("errors/forms", address, "POST", _JSON, b"{}", "JSON")
    large = b"text=" + b"a" * (1 << 20)
    yield Question("errors/forms", "/contribute", "POST", _FORM, large, "too large")


def _with_headers() -> Iterator[Question]:
    for address in ("/", "/claims/hin-tagher-control", "/api/v1/claims", "/changes.atom"):
        for name, value in (
            ("If-None-Match", "*"),
            ("If-None-Match", '"other"'),
            ("Accept", "text/html"),
            ("Accept", "application/json"),
            ("Accept", "image/png"),
            ("Sec-Fetch-Site", "cross-site"),
            ("Range", "bytes=0-9"),
        ):
            note = f"{name} {value}"
            yield Question("errors/headers", address, headers={name: value}, note=note)
    for address in ("/contribute", "/review", "/review/claims/hin-tagher-control"):
        foreign = {"Sec-Fetch-Site": "cross-site"}
        yield Question("errors/headers", address, headers=foreign, note="from elsewhere")
    zipped = {"Accept-Encoding": "gzip"}
    yield Question("errors/headers", "/losses", headers=zipped, note="gzip")
    yield Question("errors/headers", "/static/site.css", headers={"Range": "bytes=0-9"}, note="few")
