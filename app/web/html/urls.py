"""Every address of the site, built in one place.

A language that a reader chose stays chosen: where the address that was asked for names one, so does
every address of a page that is built for the answer. An address that others cite names none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast
from urllib.parse import quote, urlencode

from app.domain.records.kinds import PLURALS, KindName, PageKind, SubjectKind
from app.web.wording.locale import current_locale
from app.web.wording.locale import gettext as _


def page(path: str, parameters: Mapping[str, str] | None = None) -> str:
    """A page of the site, in the language that was chosen; `path` is quoted already."""
    given = dict(parameters or {})
    # Only a choice: an address without one can be shared, and is shown in its next reader's
    # language.
    if current_locale().is_chosen:
        given["lang"] = current_locale().tag
    return with_query(path, given)


def in_language(tag: str) -> str:
    """The page that was asked for, in another language; in none where the tag is empty."""
    path, _separator, query = current_locale().address.partition("?")
    named = f"lang={tag}" if tag else ""
    return "?".join(filter(None, [path, "&".join(filter(None, [query, named]))]))


def is_here(path: str) -> bool:
    """Whether an address leads to the page that was asked for, whatever its parameters."""
    return path.partition("?")[0] == current_locale().address.partition("?")[0]


def dossier(key: str, parameters: Mapping[str, str] | None = None) -> str:
    """The overview of a dossier, with the filters in force."""
    return page(f"/dossiers/{_part(key)}", parameters)


def claim(key: str, known_on: str = "") -> str:
    """The page of a claim, as it could be known on a day where one is given."""
    return page(f"/claims/{_part(key)}", {"as_known_on": known_on})


def chart(key: str, known_on: str = "") -> str:
    """The picture of a claim as a file."""
    return page(f"/claims/{_part(key)}/chart.svg", {"as_known_on": known_on})


def card(kind: SubjectKind | None = None, key: str = "") -> str:
    """What others show beside a link to a claim, a dossier or (without one) the site."""
    return page(f"{_entry(kind, key)}/card.png" if kind else "/card.png")


def across(view: str, dossier_key: str, parameters: Mapping[str, str] | None = None) -> str:
    """A view across a dossier's claims: `compare`, `losses`, `blindspots`, `timeline`, `map`."""
    return page(f"/{view}", {"dossier": dossier_key, **(parameters or {})})


def account(claim_key: str, key: str, known_on: str = "") -> str:
    """An account on its claim's page."""
    return f"{claim(claim_key, known_on)}#account-{_part(key)}"


def citation(claim_key: str, key: str) -> str:
    """A citation on its claim's page."""
    return citation_at(claim(claim_key), key)


def citation_at(where: str, key: str) -> str:
    """A citation on a page that shows its claim, as one of a past revision does."""
    return f"{where}#citation-{_part(key)}"


def register(kind: PageKind, parameters: Mapping[str, str] | None = None) -> str:
    """The list of all publishers, documents, speakers or places."""
    return page(f"/{PLURALS[kind]}", parameters)


def entry(kind: KindName, key: str) -> str:
    """The page of a claim, a dossier, or an entry of a kind that has pages."""
    return page(_entry(kind, key))


def history(kind: SubjectKind, key: str, parameters: Mapping[str, str] | None = None) -> str:
    """Every revision of a claim, dossier or register entry."""
    return page(f"{_entry(kind, key)}/history", parameters)


def revision(kind: SubjectKind, key: str, number: int) -> str:
    """One revision as it was: the address that never shows anything else."""
    return page(_revision(kind, key, number))


def cited_revision(base: str, kind: SubjectKind, key: str, number: int) -> str:
    """One revision as others cite it: whole, and in nobody's language; `base` is the site's."""
    return f"{base}{_revision(kind, key, number)}"


def diff(kind: SubjectKind, key: str, *, left: int | None = None, right: int | None = None) -> str:
    """Two revisions side by side; without a left one, what the right one changed."""
    chosen = {"left": left, "right": right}
    numbers = {side: str(number) for side, number in chosen.items() if number}
    return page(f"{_entry(kind, key)}/diff", numbers)


def restore(kind: SubjectKind, key: str, number: int) -> str:
    """Where moderators bring a revision back."""
    return page(f"/review/restore{_entry(kind, key)}/{number}")


def api_claim(key: str) -> str:
    """A claim in the JSON API."""
    return f"/api/v1/claims/{_part(key)}"


def submission(key: str) -> str:
    """A submission as its contributor sees it."""
    return page(f"/submissions/{_part(key)}")


def review(key: str = "", parameters: Mapping[str, str] | None = None) -> str:
    """The queue of what waits for a moderator, or one submission in it."""
    return page(f"/review/{_part(key)}" if key else "/review", parameters)


def edit_claim(key: str) -> str:
    """Where a moderator edits a claim."""
    return page(f"/review/claims/{_part(key)}")


def home() -> str:
    """The first page."""
    return page("/")


def contribute(claim_key: str = "") -> str:
    """The form for contributors, for a claim where one is given."""
    return page("/contribute", {"claim": claim_key})


def listed(name: str, parameters: Mapping[str, str] | None = None) -> str:
    """A list or form that is one of its kind: `changes`, `links`, `compare`."""
    return page(f"/{name}", parameters)


def existing(found: Mapping[str, str]) -> str:
    """What is on record or waits to be, by its kind and id, and the claim of a citation."""
    if found["kind"] == "submission":
        return submission(found["id"])
    if found["kind"] == "citation":
        return citation(found["claim"], found["id"])
    return entry(cast(KindName, found["kind"]), found["id"])


def method(anchor: str = "") -> str:
    """The method page, at one of its terms."""
    where = page("/method")
    return f"{where}#{anchor}" if anchor else where


def method_text(name: str) -> str:
    """One of the editors' own rules."""
    return page(f"/method/{_part(name)}")


def static(name: str, build: str) -> str:
    """A file of ours; `build` makes its address change when it does."""
    return f"/static/{name}?v={build}"


def font(file: str) -> str:
    """A font; its file's name changes when it does."""
    return f"/static/fonts/{file}"


def search(parameters: Mapping[str, str] | None = None) -> str:
    """The search, or what it finds."""
    return page("/search", parameters)


def with_query(path: str, parameters: Mapping[str, str]) -> str:
    """The path with the parameters that hold something."""
    given = {name: value for name, value in parameters.items() if value}
    return f"{path}?{urlencode(given)}" if given else path


def _entry(kind: KindName, key: str) -> str:
    return f"/{PLURALS[kind]}/{_part(key)}"


def _revision(kind: SubjectKind, key: str, number: int) -> str:
    return f"{_entry(kind, key)}/revisions/{number}"


def _part(text: str) -> str:
    # Ids need no quoting, but not every address is made of one: the overview redirects before it
    # looks its dossier up.
    return quote(text, safe="")


# ogp.me asks for “a one to two sentence description”; leads can be longer.
_MAX_DESCRIPTION = 200


@dataclass(frozen=True, slots=True)
class Social:
    """A page as a link to it is shown; addresses are whole, `kind` is `article` or `website`."""

    kind: str
    title: str
    description: str
    url: str
    image: str
    alt: str


def social(base: str, path: str, image: str, *, title: str, description: str, kind: str) -> Social:
    """The page at a path of the site, with the card at another; the description is cut."""
    text = (
        description
        if len(description) <= _MAX_DESCRIPTION
        else f"{description[:_MAX_DESCRIPTION].rstrip()}…"
    )
    # Absolute addresses: programs that read these tags resolve none against the page.
    return Social(kind, title, text, f"{base}{path}", f"{base}{image}", f"{title} {text}".strip())


@dataclass(frozen=True, slots=True)
class Link:
    """Where to, and under which name."""

    url: str
    name: str


def trail(*steps: Link) -> list[Link]:
    """The breadcrumbs of a page: from the first page down to the one above it."""
    return [Link(home(), _("Dossiers")), *steps]
