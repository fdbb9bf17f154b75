"""Every kind of page that a reader, a contributor or a moderator can come to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tests.loaded import ROOT

Who = Literal["reader", "contributor", "moderator"]

_DOSSIER = "/dossiers/karabakh"
_ACROSS = "dossier=karabakh&left=armenian&right=russian"
_FILES = sorted(
    (path for path in ROOT.glob("claims/karabakh/*.yaml") if path.stem != "dossier"),
    key=lambda path: path.stat().st_size,
)
LARGEST = _FILES[-1].stem
SMALLEST = _FILES[0].stem


@dataclass(frozen=True)
class PageKind:
    """A page by its address; `{…}` in it is filled in with what the site has under that name.

    With `sent`, the page is what the form at the address answers once these fields are filled in
    and the button of this value is pressed. `status` is what it answers with.
    """

    name: str
    path: str
    status: int = 200
    who: Who = "reader"
    sent: tuple[tuple[str, str], ...] = ()
    button: str = ""

    def address(self, names: dict[str, str], language: str = "") -> str:
        """The address from the site's root on, in a language where one is given."""
        path = self.path.format_map(names)
        chosen = f"{'&' if '?' in path else '?'}lang={language}" if language else ""
        return path + chosen


def _kind_of(path: Path) -> str:
    found = re.search(r"^kind: (\S+)$", path.read_text(encoding="utf-8"), re.M)
    return found[1] if found else ""


def _claims_of_each_kind() -> Iterator[PageKind]:
    """The middle one by size of each kind of claim that the record has."""
    kinds = {path: _kind_of(path) for path in _FILES}
    for kind in sorted(set(kinds.values())):
        alike = [path for path in _FILES if kinds[path] == kind]
        yield PageKind(f"claim-{kind}", f"/claims/{alike[len(alike) // 2].stem}")


PAGES: tuple[PageKind, ...] = (
    PageKind("home", "/"),
    PageKind("overview", _DOSSIER),
    PageKind("overview-filtered", f"{_DOSSIER}?state=disputed&topic=casualties&sort=gap"),
    PageKind("overview-compact", f"{_DOSSIER}?density=compact&sort=question&topic=control"),
    PageKind("overview-none", f"{_DOSSIER}?q=zeppelin"),
    PageKind("overview-dated", f"{_DOSSIER}?topic=casualties&as_known_on=2020-12-31"),
    *_claims_of_each_kind(),
    PageKind("claim-state", "/claims/hin-tagher-control"),
    PageKind("claim-largest", f"/claims/{LARGEST}"),
    PageKind("claim-smallest", f"/claims/{SMALLEST}"),
    PageKind("claim-empty", "/claims/{empty}"),
    PageKind("claim-dated", "/claims/parukh-withdrawal-2022?as_known_on=2022-03-28"),
    PageKind("claim-followed", "/claims/{changed}"),
    PageKind("history", "/claims/{changed}/history"),
    PageKind("history-speaker", "/speakers/lavrov/history"),
    PageKind("history-dossier", f"{_DOSSIER}/history"),
    PageKind("diff", "/claims/{changed}/diff"),
    PageKind("diff-first", "/claims/parukh-withdrawal-2022/diff"),
    PageKind("revision", "/claims/{changed}/revisions/{revision}"),
    PageKind("revision-redacted", "/claims/{changed}/revisions/{redacted}"),
    PageKind("compare", f"/compare?{_ACROSS}"),
    PageKind("losses", "/losses?dossier=karabakh"),
    PageKind("blindspots", "/blindspots?dossier=karabakh"),
    PageKind("timeline", "/timeline?dossier=karabakh"),
    PageKind("publishers", "/publishers"),
    PageKind("publisher", "/publishers/tass"),
    PageKind("documents", "/documents"),
    PageKind("document", "/documents/tass-2020-12-30"),
    PageKind("speakers", "/speakers"),
    PageKind("speaker", "/speakers/lavrov"),
    PageKind("places", "/places"),
    PageKind("place", "/places/parukh"),
    PageKind("place-wide", "/places/sarsang"),
    PageKind("map", "/map?dossier=karabakh"),
    PageKind("map-closer", "/map?dossier=karabakh&zoom=3&at=parukh"),
    PageKind("search", "/search"),
    PageKind("search-hits", "/search?q=Фаррух"),
    PageKind("search-kind", "/search?q=Russia&kind=citation"),
    PageKind("search-none", "/search?q=zeppelin"),
    PageKind("search-near", "/search?q=stepanakrt"),
    PageKind("search-refused", "/search?q=%21%3F", status=422),
    PageKind("links", "/links"),
    PageKind("changes", "/changes"),
    PageKind("method", "/method"),
    PageKind("method-text", "/method/speakers"),
    PageKind("audit", "/audit"),
    PageKind("patterns", "/patterns"),
    PageKind("api", "/api/docs"),
    PageKind("contribute", "/contribute"),
    PageKind("contribute-claim", f"/contribute?claim={LARGEST}&quote=no"),
    PageKind(
        "contribute-faults",
        f"/contribute?claim={SMALLEST}",
        status=422,
        who="contributor",
        sent=(("url", "ftp://nowhere"), ("said", "2022-02-30"), ("speaker", "nobody")),
        button="send",
    ),
    PageKind("sign-in", "/review", status=401),
    PageKind("sign-in-refused", "/review", status=401, sent=(("secret", "vrm_wrong"),)),
    PageKind("not-a-moderator", "/review", status=403, who="contributor"),
    PageKind("queue", "/review", who="moderator"),
    PageKind("queue-empty", "/review?state=withdrawn", who="moderator"),
    PageKind("review", "/review/{pending}", who="moderator"),
    PageKind("review-decided", "/review/{accepted}", who="moderator"),
    PageKind("edit", f"/review/claims/{SMALLEST}", who="moderator"),
    PageKind("restore", "/review/restore/claims/{changed}/{revision}", who="moderator"),
    PageKind("submission", "/submissions/{pending}", who="contributor"),
    PageKind("submission-accepted", "/submissions/{accepted}"),
    PageKind("not-found", "/nowhere", status=404),
    PageKind("claim-not-found", "/claims/paruk-withdrawal", status=404),
    PageKind("bad-query", f"{_DOSSIER}?state=unheard", status=422),
    PageKind("bad-day", f"{_DOSSIER}?as_known_on=yesterday", status=422),
)
