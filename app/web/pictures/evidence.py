"""What a picture is drawn from: by side, who answers what, and who spoke without answering."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from app.domain.disagreement.comparison import OTHERS
from app.domain.disagreement.findings import by_column
from app.domain.disagreement.statements import Cited
from app.domain.records.claims import Claim
from app.drawing.charts.plots import Column, Manner, Mark
from app.queries.claim import ComparedClaim
from app.web.html import urls
from app.web.wording import terms
from app.web.wording.answers import (
    answer_inside,
    as_of_in_words,
    certainty_in_words,
    denied_answer,
    position_in_words,
    short_answer,
)
from app.web.wording.locale import gettext as _
from app.web.wording.numbers_and_dates import day_view
from app.web.wording.record_text import name_of


@dataclass(frozen=True, slots=True)
class SideEvidence:
    """What one side's part of a picture shows.

    `accounts` are by id the citations that affirm or deny an answer; `unanswered` are the marks of
    those who gave none, by how they did so. `superseded` are ids of citations that count no longer.
    """

    column: Column
    accounts: dict[str, list[Cited]]
    unanswered: tuple[tuple[str, tuple[Mark, ...]], ...]
    superseded: Collection[str] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing of this side is on record."""
        return not self.accounts and not self.unanswered

    def groups(self, account: str) -> list[tuple[str, list[Cited]]]:
        """The citations of an account by what goes with its answer: its moment, how sure it is."""
        groups: dict[str, list[Cited]] = {}
        for item in self.accounts[account]:
            groups.setdefault(self._beside(item), []).append(item)
        return list(groups.items())

    def _beside(self, item: Cited) -> str:
        citation = item.citation
        known = (
            as_of_in_words(citation.as_of or item.account.as_of),
            certainty_in_words(citation.certainty),
            _("editors' reading") if citation.reading else "",
            _("no longer current") if citation.id in self.superseded else "",
        )
        return ", ".join(filter(None, known))


def evidence_by_side(found: ComparedClaim, page: str) -> tuple[SideEvidence, ...]:
    """What every compared side says, in the dossier's order, then the others where they speak."""
    columns = by_column(found.evidence, found.dossier.sides)
    shown = []
    for rank, (side, items) in enumerate(columns.items(), start=1):
        # A side's silence is a finding and has its place; that nobody else spoke is none.
        if side == OTHERS:
            column = Column(side, _("Others"), 0, "")
        else:
            silence = position_in_words(found.comparison, side, items)
            column = Column(side, name_of(found.registers.sides[side]), rank, silence)
        evidence = _evidence(found, column, items, page)
        if side != OTHERS or not evidence.is_empty:
            shown.append(evidence)
    return tuple(shown)


def label_of(claim: Claim, items: Iterable[Cited]) -> str:
    """An account in few words, as it is affirmed, or where everybody denies it as denied."""
    same = list(items)
    denied = all(item.citation.stance == "denies" for item in same)
    return (denied_answer if denied else short_answer)(claim, same[0].account)


def _evidence(
    found: ComparedClaim, column: Column, items: Iterable[Cited], page: str
) -> SideEvidence:
    accounts: dict[str, list[Cited]] = {}
    evading: dict[str, list[Cited]] = {}
    for item in items:
        if item.citation.stance in ("asserts", "denies") and item.account.answer is not None:
            accounts.setdefault(item.account.id, []).append(item)
        else:
            # An account without an answer has only such citations
            # (docs/decisions/2026-11-21-statements-without-an-answer.md).
            stance = item.citation.stance
            key = "declines" if stance == "declines" else "sidesteps"
            evading.setdefault(key, []).append(item)
    unanswered = tuple(
        (terms.stance(key), marks_of(same, page, answer_inside(found.claim, same[0].account)))
        for key, same in evading.items()
    )
    return SideEvidence(column, accounts, unanswered, found.comparison.superseded)


# Each mark takes a line of its own over a bar; the citations below the picture are all there.
MAX_MARKS = 24
_MAX_WORDS = 160  # a title only hints at the quotation, which is whole where the mark leads


def marks_of(items: Iterable[Cited], page: str, answer: str) -> tuple[Mark, ...]:
    """A mark for each speaker (or publisher in its own voice) and manner, in file order.

    `page` is where the citations are shown, `answer` the account in few words. At most 24.
    """
    groups: dict[tuple[str, Manner, str], list[Cited]] = {}
    for item in items:
        key = _who(item), _manner(item), item.citation.certainty
        groups.setdefault(key, []).append(item)
    marks = [
        Mark(
            url=urls.citation_at(page, same[0].citation.id),
            title=_title(same, answer),
            manner=manner,
            is_own=not same[0].speakers,
        )
        for (_name, manner, _certainty), same in groups.items()
    ]
    return tuple(marks[:MAX_MARKS])


def _who(item: Cited) -> str:
    return ", ".join(speaker.name for speaker in item.speakers) or item.publisher.name


def _manner(item: Cited) -> Manner:
    if item.citation.stance == "denies":
        return "denies"
    evades = item.citation.stance in ("sidesteps", "declines") or item.account.answer is None
    return "unanswered" if evades else "says"


def _title(same: Sequence[Cited], answer: str) -> str:
    """“The ministry, 27 March 2022: 5” and under it the words, as far as they are on record."""
    # Outlets that carry the same words are not shown as so many statements.
    return "\n".join(dict.fromkeys((_heading(same[0], answer), *map(_words, same)))).strip()


def _heading(item: Cited, answer: str) -> str:
    stance = item.citation.stance
    what = answer if stance == "asserts" else f"{terms.stance(stance)} – {answer}"
    if item.citation.certainty != "stated":
        what = f"{what} ({certainty_in_words(item.citation.certainty)})"
    if item.account.answer is None:
        what = terms.stance("sidesteps" if stance == "asserts" else stance)
    said = day_view(item.citation.said)
    return _("%(who)s, %(day)s: %(what)s") % {
        "who": _who(item),
        "day": said.words if said else _("undated"),
        "what": what,
    }


def _words(item: Cited) -> str:
    """The quotation; only a speaker's words, or a translation of them, have quotation marks."""
    quote = (item.citation.quote or "")[:_MAX_WORDS]
    if not quote:
        return ""
    if item.speakers and item.citation.voice == "quoted":
        return f"“{quote}”"
    if item.speakers and item.citation.voice == "translated":
        return _("“%(words)s” (as %(publisher)s translates it)") % {
            "words": quote,
            "publisher": item.publisher.name,
        }
    return _("%(words)s (as %(publisher)s puts it)") % {
        "words": quote,
        "publisher": item.publisher.name,
    }
