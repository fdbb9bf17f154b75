"""The overview matrix: a row a claim, a column a side and one for others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.disagreement.comparison import Comparison, GapSize
from app.domain.records.claims import Claim
from app.domain.records.registers import Dossier, Registers
from app.web.html import urls
from app.web.overview.cells import Cell, cells
from app.web.wording import terms
from app.web.wording.answers import clash_in_words, gap_in_words, relation_in_words
from app.web.wording.numbers_and_dates import Day, day_view
from app.web.wording.record_text import RecordText, name_of
from app.web.wording.terms import Term


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """How many claims of an event are on other pages of a list, and the address of them all."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One claim; `clash` names who conflicts with whom, `relation` that of a pair.

    `elsewhere` is set at the first claim of an event of which there are more on other pages.
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
    for (claim, comparison), before in zip(ordered, [None, *ordered], strict=False):
        same_event = bool(claim.event and before and before[0].event == claim.event)
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
                elsewhere=None if same_event else (elsewhere or {}).get(claim.event or ""),
                gap=gap_in_words(_gap(comparison, pair)),
                cells=tuple(
                    cell
                    for cell in cells(claim, comparison, dossier, registers, known_on)
                    if not pair or cell.side in pair
                ),
            )
        )
    return shown


def _gap(comparison: Comparison, pair: tuple[str, str] | None) -> GapSize | None:
    """The widest gap of a claim, or of two sides of it."""
    if pair is None:
        return comparison.gap
    gaps = [clash.gap for clash in comparison.clashes_between(*pair) if clash.gap]
    # All gaps of one claim are of one kind, numbers or days, so that they can be compared.
    return max(gaps, key=lambda gap: gap.difference, default=None)


def _by_event(
    claims: Sequence[tuple[Claim, Comparison]],
) -> Iterable[tuple[Claim, Comparison]]:
    # An event takes the place of its first claim, so that the order asked for still decides.
    events: dict[str, list[tuple[Claim, Comparison]]] = defaultdict(list)
    for pair in claims:
        events[pair[0].event or pair[0].id].append(pair)
    for together in events.values():
        yield from together
