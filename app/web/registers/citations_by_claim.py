"""What is cited from a speaker, a document or a publisher, claim by claim."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from sqlalchemy.orm import Session

from app.domain.disagreement.comparison import ShiftFound, comparison_of
from app.domain.disagreement.statements import Cited, cited
from app.domain.records.claims import Claim, claim_of
from app.domain.records.kinds import CitedKind
from app.queries.citations import shift_brought
from app.queries.registers import registers_of
from app.storage.claims.citations import citations_of
from app.storage.claims.documents import get_claims
from app.storage.registers.entries import entries_for_claims
from app.web.html import urls
from app.web.wording import terms
from app.web.wording.answers import short_answer
from app.web.wording.locale import gettext as _
from app.web.wording.numbers_and_dates import day_in_words
from app.web.wording.record_text import Written


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One citation: `lead` has its day, who says it and how; `change` the one that it brought.

    `quote` is a speaker's own words where it `is_quoted`, a document's telling of them where it
    `is_paraphrased`, else what an outlet says in its own voice.
    """

    url: str
    lead: str
    answer: str
    quote: str
    is_quoted: bool
    is_paraphrased: bool
    change: str


@dataclass(frozen=True, slots=True)
class SaidOfClaim:
    """A claim with citations of it that follow each other."""

    url: str
    question: str
    lines: tuple[SaidLine, ...]


def said_by_claim(
    session: Session, kind: CitedKind, key: str, *, limit: int, oldest_first: bool = False
) -> list[SaidOfClaim]:
    """The citations of an entry, at most `limit`, latest first unless told; the undated last.

    Those that follow each other and are of one claim stand together. A speaker's page does not say
    who speaks, but where the speaker's account changed.
    """
    found = citations_of(session, kind, key, limit=limit, oldest_first=oldest_first)
    keys = list(dict.fromkeys(item.claim for item in found))
    stored = get_claims(session, keys)
    registers = registers_of(entries_for_claims(session, keys))
    claims = {name: claim_of(claim.document) for name, claim in stored.items()}
    items = {
        (name, item.citation.id): item
        for name, claim in claims.items()
        for item in cited(claim, registers)
    }
    changes: dict[tuple[str, str], str] = {}
    if kind == "speaker":
        comparisons = {name: comparison_of(claim.comparison) for name, claim in stored.items()}
        changes = {
            (row.claim, row.id): _change(
                claims[row.claim], shift_brought(comparisons[row.claim], key, row.id)
            )
            for row in found
        }
    return [
        SaidOfClaim(
            urls.claim(name),
            Written(claims[name].question),
            tuple(
                _line(claims[name], items[name, row.id], changes.get((name, row.id)))
                for row in rows
            ),
        )
        for name, rows in groupby(found, key=lambda row: row.claim)
    ]


def _change(claim: Claim, shift: ShiftFound | None) -> str:
    if shift is None:
        return ""
    return _("%(kind)s; before: %(earlier)s") % {
        "kind": terms.shift(shift.kind),
        "earlier": short_answer(claim, claim.account(shift.from_.account)),
    }


def _line(claim: Claim, item: Cited, change: str | None) -> SaidLine:
    """A line of a claim; `change` is None where it has to say who speaks."""
    citation, account = item.citation, item.account
    stance = "" if citation.stance == "asserts" else terms.stance(citation.stance)
    lead = (day_in_words(citation.said), _who(item) if change is None else "", stance)
    return SaidLine(
        url=urls.citation(claim.id, citation.id),
        lead=f"{' · '.join(filter(None, lead))}:",
        answer=Written(account.wording) if account.wording else short_answer(claim, account),
        quote=Written(citation.quote, item.document.language) if citation.quote else "",
        is_quoted=bool(item.speakers) and citation.voice == "quoted",
        is_paraphrased=bool(item.speakers) and citation.voice != "quoted",
        change=change or "",
    )


def _who(item: Cited) -> str:
    names = ", ".join(speaker.name for speaker in item.speakers)
    return names or _("%s (in its own voice)") % item.publisher.name
