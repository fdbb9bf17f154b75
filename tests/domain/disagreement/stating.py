"""Answers as they are stated, to be set against each other without any claim."""

from __future__ import annotations

from app.domain.disagreement.judge import denial
from app.domain.disagreement.moments import count_as_of, surely_spoken_of
from app.domain.disagreement.relations import CountedAs, Grounds, Relation, Stated, relation
from app.domain.records.answers import Answer, Choice, Dated, Described, Quantity, YesNo
from app.domain.records.registers import lies_within
from app.domain.values.dates import parse_date
from app.domain.values.hedges import parse_quantity
from tests.domain.factories import DOSSIER

ZONE = DOSSIER.zone
YES, NO = YesNo(True), YesNo(False)


def grounds(**more: object) -> Grounds:
    """The grounds of the tests' dossier."""
    return Grounds(
        zone=ZONE,
        measure_within=lambda part, whole: lies_within(part, whole, DOSSIER.measures),
        scope_within=lambda part, whole: lies_within(part, whole, DOSSIER.scopes),
        **more,  # type: ignore[arg-type]
    )


def stated(
    answer: Answer | None, as_of: str | None = None, counted: CountedAs | None = None
) -> Stated:
    """An answer of some moment."""
    moment = parse_date(as_of) if as_of else None
    return Stated(
        answer=answer,
        counted=counted or CountedAs("people", "killed", ""),
        moment=moment,
        spoken_of=surely_spoken_of(moment, ZONE) if moment else None,
        as_of=count_as_of(moment, ZONE) if moment else None,
    )


def killed(text: str, as_of: str | None = None, scope: str = "", measure: str = "killed") -> Stated:
    """A count of people, by ids of the dossier's lists."""
    number = Quantity(parse_quantity(text, "people"), "people", measure, scope or None)
    return stated(number, as_of, CountedAs("people", measure, scope))


def on(text: str) -> Stated:
    """A date as an answer."""
    return stated(Dated(parse_date(text)))


def option(name: str, *includes: str, as_of: str | None = None, unknown: bool = False) -> Stated:
    """An option as an answer."""
    return stated(Choice(name, frozenset(includes), unknown), as_of)


def described(name: str, *clashes: str) -> Stated:
    """A description as an answer."""
    return stated(Described(name, frozenset(clashes)))


def related(left: Stated, right: Stated, ground: Grounds, *, one_root: bool = False) -> Relation:
    """How two affirmed answers relate, whichever comes first."""
    found = relation(left, right, ground, one_root=one_root)
    assert found == relation(right, left, ground, one_root=one_root), "a relation mirrors"
    return found


def denied(left: Stated, held: Stated, ground: Grounds) -> str:
    """How the denial of one answer relates to another: its kind, or why nothing is known."""
    found = denial(left, held, ground)
    assert found.gap is None
    assert found.rule == "denial" or found.kind == "not-comparable"
    return found.kind if found.rule == "denial" else found.rule
