"""The claim page: the accounts side by side, a column a side, others apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.domain.disagreement.comparison import OTHERS, Comparison
from app.domain.disagreement.findings import by_column
from app.domain.disagreement.statements import Cited
from app.domain.records.claims import Account, Claim
from app.domain.records.registers import Dossier, Registers
from app.queries.claim import ComparedClaim
from app.queries.page_checks import Followed
from app.web.claims.citations import CitationView, citation_view
from app.web.claims.over_time import (
    AssessmentView,
    ExemptionView,
    OverruleView,
    ShiftView,
    assessment_view,
    exemption_views,
    overrule_views,
    shift_views,
)
from app.web.claims.places import PlaceView, place_view
from app.web.html import urls
from app.web.wording import terms
from app.web.wording.answers import (
    as_of_in_words,
    certainty_in_words,
    counted,
    interval_in_words,
    own_voice,
    position_in_words,
    short_answer,
)
from app.web.wording.locale import gettext as _
from app.web.wording.locale import ngettext
from app.web.wording.messages import explanations
from app.web.wording.numbers_and_dates import Day, day_view
from app.web.wording.record_text import RecordText, at_start, event_of, name_of
from app.web.wording.terms import Term


@dataclass(frozen=True, slots=True)
class Mark:
    """Someone who affirms, denies or leaves open an account, with links to the words.

    `notes` say what weakens it: how surely it was said, through whom, that it counts no longer.
    """

    name: str
    urls: tuple[str, ...]
    stance: str
    days: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account as a heading: its answer, how a hedge is read, its day, its origins."""

    id: str
    answer: str
    counted: str
    interval: str
    wording: str
    as_of: str
    origins: str
    flags: tuple[Term, ...]
    note: str
    marks: dict[str, tuple[Mark, ...]]


@dataclass(frozen=True, slots=True)
class AccountInColumn:
    """An account within one column, with the citations that the column has of it."""

    account: AccountView
    citations: tuple[CitationView, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One side's accounts; `rank` is its place in the dossier's order, 0 for the others."""

    side: str
    name: str
    rank: int
    position: str
    accounts: tuple[AccountInColumn, ...]

    @property
    def citations(self) -> int:
        """How many citations it has."""
        return sum(len(group.citations) for group in self.accounts)


@dataclass(frozen=True, slots=True)
class SearchView:
    """What was searched for a side's account."""

    side: str
    where: str
    words: str
    on: Day
    by: str


@dataclass(frozen=True, slots=True)
class PairView:
    """The relation of two sides, in words."""

    left: str
    right: str
    relation: str
    words: str


@dataclass(frozen=True, slots=True)
class LinkedQuestion:
    """The question of another claim, with the address of its page."""

    question: str
    url: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    """All that the claim page says about its claim."""

    id: str
    question: str
    summary: str
    kind: str
    nature: str
    topic: str
    happened: Day | None
    state: Term
    flags: tuple[Term, ...]
    lead: str
    remarks: tuple[str, ...]
    parts_above: tuple[LinkedQuestion, ...]
    accounts: tuple[AccountView, ...]
    columns: tuple[Column, ...]
    pairs: tuple[PairView, ...]
    places: tuple[PlaceView, ...]
    searched: tuple[SearchView, ...]
    last_searched: Day | None
    shifts: tuple[ShiftView, ...]
    overruled: tuple[OverruleView, ...]
    exempted: tuple[ExemptionView, ...]
    assessment: AssessmentView | None
    citations: str
    glosses: tuple[tuple[str, str], ...]
    event: str


def claim_view(
    found: ComparedClaim, followed: Followed, *, page: str = "", revision_url: str = ""
) -> ClaimView:
    """Put a claim and its comparison into the words and the order of its page.

    `page` is the address that links to its citations lead to, by default the claim's own;
    `revision_url` the absolute address of the revision shown, by which its citations can be cited.
    """
    claim, comparison = found.claim, found.comparison
    registers, dossier = found.registers, found.dossier
    page = page or urls.claim(claim.id)
    columns = by_column(found.evidence, dossier.sides)
    shown = {a.id: _account(found, a, columns, page) for a in claim.accounts}
    # There is always one: a claim without accounts has “Nothing is on record.”
    lead, *remarks = explanations(comparison, registers)
    topics = {topic.id: name_of(topic) for topic in dossier.topics}
    language = dossier.language
    return ClaimView(
        id=claim.id,
        # The dossier's language need not be the page's, and a screen reader has to know (WCAG 2.2,
        # 3.1.2).
        question=RecordText(claim.question, language),
        summary=RecordText(claim.summary or "", language),
        kind=terms.kind(claim.kind),
        nature="" if claim.nature == "fact" else terms.nature(claim.nature),
        topic=topics.get(claim.topic, claim.topic),
        happened=day_view(claim.happened),
        state=terms.state(comparison.state),
        flags=tuple(terms.flag(key) for key in comparison.flags),
        lead=lead,
        remarks=tuple(remarks),
        parts_above=tuple(_parts_above(comparison, language)),
        accounts=tuple(shown.values()),
        columns=_columns(found, columns, shown, followed, page, revision_url),
        pairs=tuple(_pairs(comparison, registers)),
        places=tuple(_places(claim, dossier, registers)),
        searched=tuple(_searched(claim, registers)),
        last_searched=day_view(max((search.on for search in claim.searched), default=None)),
        shifts=tuple(shift_views(claim, comparison, registers, page)),
        overruled=tuple(overrule_views(claim, comparison)),
        exempted=tuple(exemption_views(claim, page)),
        assessment=assessment_view(claim),
        citations=_count_citations(found.evidence),
        glosses=tuple(_glosses(found.evidence, registers)),
        event=event_of(dossier, claim.event),
    )


def _parts_above(comparison: Comparison, language: str) -> Iterator[LinkedQuestion]:
    """The claims on parts that a remark names as lying above their whole."""
    for said in (m.arguments for m in comparison.messages if m.id == "part-exceeds-whole"):
        yield LinkedQuestion(RecordText(said["question"], language), urls.claim(said["claim"]))


def _account(
    found: ComparedClaim,
    account: Account,
    sorted_in: dict[str, list[Cited]],
    page: str,
) -> AccountView:
    claim, comparison = found.claim, found.comparison
    flags = comparison.account_flags.get(account.id, ())
    origins = comparison.origins.get(account.id)
    return AccountView(
        id=account.id,
        answer=short_answer(claim, account) if account.answer else _("Without an answer"),
        counted=counted(claim, account, found.dossier),
        interval=interval_in_words(claim, account),
        wording=at_start(RecordText(account.wording or "")),
        as_of=as_of_in_words(account.as_of),
        origins=_origins(origins.citations, origins.origins) if origins else "",
        # The line above the flags says it already: “3 citations, 1 origin”.
        flags=tuple(terms.flag(key) for key in flags if key != "single-origin"),
        note=RecordText(account.note or ""),
        marks={
            column: tuple(_marks(found, page, [i for i in items if i.account.id == account.id]))
            for column, items in sorted_in.items()
        },
    )


def _marks(found: ComparedClaim, page: str, items: Iterable[Cited]) -> Iterable[Mark]:
    """Each speaker once for each way of saying so, with all of its citations for the account."""
    groups: dict[tuple[str, str, tuple[str, ...]], list[Cited]] = {}
    for item in items:
        who = ", ".join(speaker.name for speaker in item.speakers)
        notes = tuple(_notes(found, item))
        key = who or own_voice(item.publisher.name), item.citation.stance, notes
        groups.setdefault(key, []).append(item)
    for (name, stance, notes), same in groups.items():
        days = [day_view(item.citation.said) for item in same]
        said = dict.fromkeys(day.words if day else _("undated") for day in days)
        # An account without an answer is headed so: everyone under it sidestepped.
        implied = stance == "asserts" or (stance == "sidesteps" and same[0].account.answer is None)
        yield Mark(
            name=at_start(name),
            urls=tuple(urls.citation_at(page, item.citation.id) for item in same),
            stance="" if implied else terms.stance(stance),
            days=", ".join(said),
            notes=notes,
        )


def _notes(found: ComparedClaim, item: Cited) -> Iterable[str]:
    citation = item.citation
    if citation.certainty != "stated":
        yield certainty_in_words(citation.certainty)
    if citation.according_to:
        yield _("according to %s") % found.registers.speakers[citation.according_to].name
    if citation.as_of and citation.as_of != item.account.as_of:
        yield as_of_in_words(citation.as_of)
    if citation.reading:
        yield _("editors' reading")
    if citation.id in found.comparison.superseded:
        yield _("no longer current")


def _columns(
    found: ComparedClaim,
    sorted_in: dict[str, list[Cited]],
    shown: dict[str, AccountView],
    followed: Followed,
    page: str,
    revision_url: str,
) -> tuple[Column, ...]:
    # A joint statement is shown in each of its speakers' columns, but an id may occur once a page.
    anchored: set[str] = set()
    columns = []
    for rank, (side, items) in enumerate(sorted_in.items(), start=1):
        views: dict[str, list[CitationView]] = {}
        for item in items:
            first = item.citation.id not in anchored
            anchored.add(item.citation.id)
            view = citation_view(
                found.claim.id,
                item,
                found.registers,
                followed,
                anchored=first,
                page=page,
                revision_url=revision_url,
                superseded=found.comparison.superseded,
            )
            views.setdefault(item.account.id, []).append(view)
        others = side == OTHERS
        columns.append(
            Column(
                side=side,
                name=_("Others") if others else name_of(found.registers.sides[side]),
                rank=0 if others else rank,
                # The others are not a party: no position sums up an agency, a third state and a
                # witness.
                position="" if others else position_in_words(found.comparison, side, items),
                accounts=tuple(
                    AccountInColumn(shown[key], tuple(same)) for key, same in views.items()
                ),
            )
        )
    return tuple(columns)


def _origins(citations: int, origins: int) -> str:
    cited_words = ngettext("%d citation", "%d citations", citations) % citations
    if citations < 2:
        return cited_words
    from_origins = ngettext("%d origin", "%d origins", origins) % origins
    return f"{cited_words}, {from_origins}"


def _count_citations(evidence: Sequence[Cited]) -> str:
    citations, roots = len(evidence), len({item.root for item in evidence})
    return _origins(citations, roots)


def _pairs(comparison: Comparison, registers: Registers) -> Iterable[PairView]:
    for found in comparison.relations:
        yield PairView(
            left=name_of(registers.sides[found.left]),
            right=name_of(registers.sides[found.right]),
            relation=found.relation,
            words=terms.relation(found.relation),
        )


def _places(claim: Claim, dossier: Dossier, registers: Registers) -> Iterable[PlaceView]:
    known = {place.id: place for place in dossier.places}
    for key in claim.places:
        yield place_view(known[key], registers)


def _searched(claim: Claim, registers: Registers) -> Iterable[SearchView]:
    for search in claim.searched:
        on = day_view(search.on) or Day("", "")
        yield SearchView(
            name_of(registers.sides[search.side]),
            search.where,
            search.words,
            on,
            search.by,
        )


def _glosses(evidence: Iterable[Cited], registers: Registers) -> Iterable[tuple[str, str]]:
    keys = [s.speaks_for for item in evidence for s in item.speakers if s.speaks_for]
    # Once a body, however many of its officials speak.
    for key in dict.fromkeys(keys):
        body = registers.bodies[key]
        if body.gloss:
            yield name_of(body), RecordText(body.gloss)
