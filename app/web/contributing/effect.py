"""A submission as a moderator sees it: beside the claim, with what accepting it would do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fastapi import Request
from sqlalchemy.orm import Session

from app.domain.checking.shared_words import SharedWords, declared_one, shared_words
from app.domain.contributing.records import Submission
from app.domain.disagreement.comparison import Comparison
from app.domain.disagreement.statements import Cited, cited
from app.domain.records.claims import Claim
from app.domain.records.registers import Dossier, Registers
from app.queries.claim import ComparedClaim
from app.queries.page_checks import Followed, declared_of, page_texts
from app.services.contributing.draft import Draft
from app.services.contributing.duplicates import Resembling
from app.services.contributing.review_submission import Effect
from app.settings import Settings
from app.web.claims.citations import CitationView, citation_view
from app.web.claims.claim_view import ClaimView, claim_view
from app.web.following.page_checks import submitted_check_view
from app.web.history import field_names
from app.web.html import urls
from app.web.html.urls import Link
from app.web.wording import kind_names, terms
from app.web.wording.locale import gettext as _
from app.web.wording.messages import explanations, sentence_of
from app.web.wording.terms import Term


@dataclass(frozen=True, slots=True)
class EffectView:
    """What accepting would do: the state and the flags before and after, and sentences."""

    state_now: Term | None
    state_then: Term
    gained: tuple[Term, ...]
    lost: tuple[Term, ...]
    sentences: tuple[str, ...]
    lead_now: str
    lead_then: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """A register entry that would be new, as names and values."""

    kind: str
    id: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ResemblingRow:
    """Something that a submission resembles, and why."""

    url: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class SharedRow:
    """Two citations with the same words: links to both, the words, and why they may be one."""

    left: Link
    right: Link
    words: str
    language: str
    why: str


def shared_rows(claim: Claim, found: Iterable[SharedWords]) -> list[SharedRow]:
    """Citations of a claim that may be of one origin."""
    return [
        SharedRow(
            _link_to(claim, hit.left),
            _link_to(claim, hit.right),
            hit.words,
            hit.left.document.language,
            _why_one(hit),
        )
        for hit in found
    ]


def _why_one(hit: SharedWords) -> str:
    if hit.why == "one-owner":
        owner = hit.left.publisher.owner
        return _("both publishers belong to one owner: %(owner)s") % {"owner": owner}
    if hit.why == "one-page":
        return _("the page of one names the address of the other as its own")
    return _("neither credits the other")


def shared_in(
    request: Request, session: Session, claim: Claim, registers: Registers
) -> list[SharedRow]:
    """The same, by the claim's quotations, what snapshots have of pages, and what pages declare."""
    settings: Settings = request.app.state.settings
    texts = page_texts(session, settings.data_dir / "snapshots", claim, registers)
    one_page = declared_one(claim, registers, declared_of(session, claim, registers))
    return shared_rows(claim, [*one_page, *shared_words(claim, registers, texts)])


def _link_to(claim: Claim, item: Cited) -> Link:
    name = f"{item.publisher.name} ({item.citation.id})"
    return Link(urls.citation(claim.id, item.citation.id), name)


def effect_view(effect: Effect) -> EffectView:
    """What accepting would do, in the words of pages."""
    before, after = effect.before, effect.after
    known = before.flags if before else ()
    registers = effect.draft.registers
    return EffectView(
        state_now=terms.state(before.state) if before else None,
        state_then=terms.state(after.state),
        gained=tuple(terms.flag(flag) for flag in after.flags if flag not in known),
        lost=tuple(terms.flag(flag) for flag in known if flag not in after.flags),
        sentences=tuple(sentence_of(message, registers) for message in effect.messages),
        lead_now=explanations(before, registers)[0] if before else "",
        lead_then=explanations(after, registers)[0],
    )


def claim_now(
    claim: Claim, comparison: Comparison, registers: Registers, dossier: Dossier
) -> ClaimView:
    """A claim as its page shows it, without what following its links found."""
    # Nothing of checks: they are of words on record, and those sent come with their own.
    return claim_view(ComparedClaim(claim, comparison, registers, dossier), Followed())


def submitted_citation(draft: Draft, submission: Submission) -> CitationView | None:
    """The citation as it would be added, with the check of its words; None for a whole claim."""
    for item in cited(draft.after, draft.registers):
        if item.citation.id == draft.citation:
            view = citation_view(draft.after.id, item, draft.registers, Followed(), anchored=False)
            return _not_on_record_yet(view, draft, submission)
    return None


def _not_on_record_yet(view: CitationView, draft: Draft, submission: Submission) -> CitationView:
    """The citation with links to the entries on this page, where there is no other page of it."""
    # New entries have no pages before they are accepted; their descriptions on this page do.
    new = {urls.entry(e.kind, e.entry.id): f"#new-{e.entry.id}" for e in draft.new_entries}
    return replace(
        view,
        url=urls.review(submission.id),
        check=submitted_check_view(submission.check),
        speakers=tuple(replace(s, url=new.get(s.url, s.url)) for s in view.speakers),
        publisher_url=new.get(view.publisher_url, view.publisher_url),
        document_url=new.get(view.document_url, view.document_url),
    )


def entry_views(draft: Draft) -> list[EntryView]:
    """The register entries that would be new."""
    return [
        EntryView(
            kind=kind_names.name(new.kind),
            id=new.entry.id,
            facts=tuple(_facts(new.entry.to_plain())),
        )
        for new in draft.new_entries
    ]


def resembling_rows(found: Iterable[Resembling]) -> list[ResemblingRow]:
    """What a submission resembles."""
    why = {
        "same-speaker-and-day": _("the same speaker on the same day"),
        "near-words-on-the-page": _("nearly the same words on the same page"),
        "same-name": _("an entry with the same name"),
        "near-question": _("nearly the same question"),
    }
    return [ResemblingRow(_url(item), item.id, why[item.why]) for item in found]


def _url(item: Resembling) -> str:
    if item.kind == "submission":
        return urls.review(item.id)
    if item.kind == "citation":
        return urls.citation(item.claim or "", item.id)
    return urls.entry(item.kind, item.id)


def _facts(body: dict[str, Any]) -> Sequence[tuple[str, str]]:
    return [(field_names.field(key), _as_text(value)) for key, value in body.items() if key != "id"]


def _as_text(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)
