"""What is cited from a speaker, a document or a publisher, claim by claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from app.domain.disagreement.comparison import ShiftFound
from app.domain.disagreement.statements import Cited
from app.domain.records.claims import Claim
from app.queries.citations import CitedStatement
from app.web.claims.citations import voice_of
from app.web.html import urls
from app.web.wording import terms
from app.web.wording.answers import answer_inside, certainty_in_words, clause_of, own_voice
from app.web.wording.locale import gettext as _
from app.web.wording.numbers_and_dates import day_in_words
from app.web.wording.record_text import RecordText


@dataclass(frozen=True, slots=True)
class CitationLine:
    """One citation: `lead` has its day, who says it and how; `change` the one that it brought.

    `voice` says whose words the `quote` is (`claims.citations.voice_of`).
    """

    url: str
    lead: str
    answer: str
    quote: str
    voice: str
    change: str


@dataclass(frozen=True, slots=True)
class CitationsOfClaim:
    """A claim with citations of it that follow each other."""

    url: str
    question: str
    lines: tuple[CitationLine, ...]


def citations_by_claim(
    statements: Sequence[CitedStatement], *, of_speaker: bool = False
) -> list[CitationsOfClaim]:
    """Citations of an entry in their order; those that follow each other and are of one claim meet.

    A speaker's page does not say who speaks, but where the speaker's account changed.
    """
    # Neighbours only: gathered by claim, they would no longer be in the order of their days.
    groups = (list(group) for _key, group in groupby(statements, key=lambda each: each.claim.id))
    return [
        CitationsOfClaim(
            urls.claim(group[0].claim.id),
            RecordText(group[0].claim.question),
            tuple(_line(statement, of_speaker=of_speaker) for statement in group),
        )
        for group in groups
    ]


def _change(claim: Claim, shift: ShiftFound | None) -> str:
    if shift is None:
        return ""
    return _("%(kind)s; before: %(earlier)s") % {
        "kind": terms.shift(shift.kind),
        "earlier": answer_inside(claim, claim.account(shift.from_.account)),
    }


def _line(statement: CitedStatement, *, of_speaker: bool) -> CitationLine:
    claim, item = statement.claim, statement.item
    citation = item.citation
    stance = "" if citation.stance == "asserts" else terms.stance(citation.stance)
    lead = (
        day_in_words(citation.said),
        "" if of_speaker else _who(item),
        stance,
        certainty_in_words(citation.certainty),
        _("editors' reading") if citation.reading else "",
    )
    return CitationLine(
        url=urls.citation(claim.id, citation.id),
        lead=f"{' · '.join(filter(None, lead))}:",
        # After a colon, so that it has no capital.
        answer=clause_of(claim, item),
        quote=RecordText(citation.quote, item.document.language) if citation.quote else "",
        voice=voice_of(item),
        change=_change(claim, statement.shift),
    )


def _who(item: Cited) -> str:
    names = ", ".join(speaker.name for speaker in item.speakers)
    return names or own_voice(item.publisher.name)
