"""Every address of the site, built in one place."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode


def dossier(key: str, parameters: Mapping[str, str] | None = None) -> str:
    """The overview of a dossier, with the filters in force."""
    return with_query(f"/dossiers/{_part(key)}", parameters or {})


def claim(key: str, known_on: str = "") -> str:
    """The page of a claim, as it could be known on a day where one is given."""
    return with_query(f"/claims/{_part(key)}", {"as_known_on": known_on})


def chart(key: str, known_on: str = "") -> str:
    """The picture of a claim as a file."""
    return with_query(f"/claims/{_part(key)}/chart.svg", {"as_known_on": known_on})


def card(register: str = "", key: str = "") -> str:
    """What others show beside a link to a claim, a dossier or (without one) the site."""
    return f"/{register}/{_part(key)}/card.png" if key else "/card.png"


def across(view: str, dossier_key: str, parameters: Mapping[str, str] | None = None) -> str:
    """A view across the claims of a dossier: `compare`, `losses`, `blindspots`, `timeline`."""
    return with_query(f"/{view}", {"dossier": dossier_key, **(parameters or {})})


def account(claim_key: str, key: str) -> str:
    """An account on its claim's page."""
    return f"{claim(claim_key)}#account-{_part(key)}"


def citation(claim_key: str, key: str) -> str:
    """A citation on its claim's page."""
    return citation_at(claim(claim_key), key)


def citation_at(page: str, key: str) -> str:
    """A citation on a page that shows its claim, as one of a past revision does."""
    return f"{page}#citation-{_part(key)}"


def entry(kind: str, key: str) -> str:
    """The page of a publisher, document, speaker or place; `kind` is the register's name."""
    return f"/{kind}/{_part(key)}"


def history(register: str, key: str) -> str:
    """Every revision of a claim, dossier or register entry; `register` as in its own address."""
    return f"{entry(register, key)}/history"


def revision(register: str, key: str, number: int) -> str:
    """One revision as it was: the address that never shows anything else."""
    return f"{entry(register, key)}/revisions/{number}"


def diff(register: str, key: str, *, left: int | None = None, right: int | None = None) -> str:
    """Two revisions side by side; without a left one, what the right one changed."""
    chosen = {"left": left, "right": right}
    numbers = {side: str(number) for side, number in chosen.items() if number}
    return with_query(f"{entry(register, key)}/diff", numbers)


def restore(register: str, key: str, number: int) -> str:
    """Where moderators bring a revision back."""
    return f"/review/restore{entry(register, key)}/{number}"


def api_claim(key: str) -> str:
    """A claim in the JSON API."""
    return f"/api/v1/claims/{_part(key)}"


def submission(key: str) -> str:
    """A submission as its contributor sees it."""
    return f"/submissions/{_part(key)}"


def review(key: str = "", parameters: Mapping[str, str] | None = None) -> str:
    """The queue of what waits for a moderator, or one submission in it."""
    return with_query(f"/review/{_part(key)}" if key else "/review", parameters or {})


def edit_claim(key: str) -> str:
    """Where a moderator edits a claim."""
    return f"/review/claims/{_part(key)}"


def existing(found: Mapping[str, str]) -> str:
    """What is on record already: a citation, a claim or a submission."""
    if found["kind"] == "citation":
        return citation(found["claim"], found["id"])
    return claim(found["id"]) if found["kind"] == "claim" else submission(found["id"])


def method(anchor: str = "") -> str:
    """The method page, at one of its terms."""
    return f"/method#{anchor}" if anchor else "/method"


def method_text(name: str) -> str:
    """One of the editors' own rules."""
    return f"/method/{_part(name)}"


def static(name: str, build: str) -> str:
    """A file of ours; `build` makes its address change when it does."""
    return f"/static/{name}?v={build}"


def with_query(path: str, parameters: Mapping[str, str]) -> str:
    """The path with the parameters that hold something."""
    kept = {name: value for name, value in parameters.items() if value}
    return f"{path}?{urlencode(kept)}" if kept else path


def _part(text: str) -> str:
    return quote(text, safe="")
