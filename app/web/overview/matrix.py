"""The overview matrix: a row a claim, a column a side and one for others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.domain.disagreement.comparison import ClashFound, Comparison
from app.domain.disagreement.relations import Gap, length
from app.domain.records.claims import Claim
from app.domain.records.registers import Dossier, Registers
from app.web.html import urls
from app.web.overview.cells import Cell, cells
from app.web.wording import terms
from app.web.wording.answers import clash_in_words, gap_in_words, relation_in_words
from app.web.wording.locale import gettext as _
from app.web.wording.numbers_and_dates import Day, day_view
from app.web.wording.record_text import RecordText, event_of, name_of
from app.web.wording.terms import Term


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """How many claims of an event are on other pages of a list, and the address of them all."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One claim; `clash` names who conflicts with whom, `relation` that of a pair.

    `event` is the name of an event at the first of its claims that follow each other, and
    `elsewhere` set at the first of one of which there are more on other pages.
    """

    id: str
    url: str
    question: str
    state: Term
    clash: str
    relation: str
    gap: str
    happened: Day | None
    topic: str
    follows: bool
    cells: tuple[Cell, ...]
    elsewhere: Elsewhere | None = None
    event: str = ""


def rows(
    claims: Sequence[tuple[Claim, Comparison]],
    dossier: Dossier,
    registers: Registers,
    pair: tuple[str, str] | None = None,
    known_on: str = "",
    *,
    together: bool = True,
    elsewhere: Mapping[str, Elsewhere] | None = None,
) -> list[Row]:
    """Claims as rows, in the order given, but claims of one event together.

    `pair` are two sides where only these are compared; `known_on` is the day of a dated view,
    which links keep. Without `together` the order stays as it is; `elsewhere` is by event.
    """
    topics = {topic.id: name_of(topic) for topic in dossier.topics}
    ordered = list(_by_event(claims)) if together else claims
    shown = []
    around = zip([None, *ordered], ordered, [*ordered[1:], None], strict=False)
    for before, (claim, comparison), after in around:
        same_event = _is_one_event(claim, before)
        further = (elsewhere or {}).get(claim.event or "")
        heads_event = not same_event and (bool(further) or _is_one_event(claim, after))
        shown.append(
            Row(
                id=claim.id,
                url=urls.claim(claim.id, known_on),
                question=RecordText(claim.question, dossier.language),
                state=terms.state(comparison.state),
                # In a view of two sides a clash with a third would mislead.
                clash="" if pair else clash_in_words(comparison, registers),
                relation=relation_in_words(comparison, pair) if pair else "",
                happened=day_view(claim.happened),
                topic=topics.get(claim.topic, claim.topic),
                follows=same_event,
                elsewhere=None if same_event else further,
                gap=_gap(claim, comparison, registers, pair),
                event=event_of(dossier, claim.event) if heads_event else "",
                cells=tuple(
                    cell
                    for cell in cells(claim, comparison, dossier, registers, known_on)
                    if not pair or cell.side in pair
                ),
            )
        )
    return shown


def _gap(
    claim: Claim, comparison: Comparison, registers: Registers, pair: tuple[str, str] | None
) -> str:
    """The widest gap of a claim or of two sides, and between whom, where that is not plain."""
    clashes = comparison.clashes_between(*pair) if pair else comparison.clashes
    sized = [clash for clash in clashes if clash.gap]
    widest = max(sized, key=_length, default=None)
    words = gap_in_words(widest.gap, claim.unit) if widest else ""
    in_conflict = [found for found in comparison.relations if found.relation == "conflict"]
    if not (words and widest) or pair or len(in_conflict) == 1:
        return words
    return _("%(left)s – %(right)s: %(gap)s") % {
        "left": name_of(registers.sides[widest.left.side]),
        "right": name_of(registers.sides[widest.right.side]),
        "gap": words,
    }


def _length(clash: ClashFound) -> tuple[object, ...]:
    gap = clash.gap
    if gap is None:
        return (False,)
    # A distance to the bound of a word is no figure that anybody gave: any other is wider.
    return not gap.by_table, length(Gap(gap.kind, Decimal(str(gap.difference))))


def _is_one_event(claim: Claim, other: tuple[Claim, Comparison] | None) -> bool:
    return bool(claim.event and other and other[0].event == claim.event)


def _by_event(
    claims: Sequence[tuple[Claim, Comparison]],
) -> Iterable[tuple[Claim, Comparison]]:
    # An event takes the place of its first claim, so that the order asked for still decides.
    events: dict[str, list[tuple[Claim, Comparison]]] = defaultdict(list)
    for pair in claims:
        events[pair[0].event or pair[0].id].append(pair)
    for together in events.values():
        yield from together
