"""The relations between the versions of one claim, denials and a curator's overrules included."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from app.domain.disagreement.moments import Span, is_before, is_one_moment
from app.domain.disagreement.relations import (
    Grounds,
    Relation,
    Stated,
    counted_apart,
    named_alike,
    of_one_day,
    relation,
)
from app.domain.disagreement.statements import Version
from app.domain.records.answers import Answer, Choice, Dated, Described, Quantity, YesNo
from app.domain.records.claims import Claim, Overrule
from app.domain.records.registers import Counted, Dossier, lies_within
from app.domain.values.dates import EdtfDate, parse_date
from app.domain.values.hedges import Interval

_MOMENT = Relation("not-comparable", "moment")
_DENIAL = Relation("not-comparable", "denial")
_ONLY_POSSIBLE = Relation("not-comparable", "only-possible")


def grounds_of(claim: Claim, dossier: Dossier) -> Grounds:
    """On what grounds the answers to a claim of this dossier are compared."""
    return Grounds(
        counting=claim.counting,
        over_time=is_about_a_state(claim),
        by_the_hour=claim.kind == "date" and claim.unit == "hour",
        zone=dossier.zone,
        measure_within=_within(dossier.measures),
        scope_within=_within(dossier.scopes),
    )


def _within(entries: Sequence[Counted]) -> Callable[[str, str], bool]:
    return lambda part, whole: lies_within(part, whole, entries)


def is_about_a_state(claim: Claim) -> bool:
    """Whether a claim's answers hold on days, as who is in control of a village does."""
    return claim.kind in ("choice", "yes-no") and any(
        account.as_of or any(citation.as_of for citation in account.citations)
        for account in claim.accounts
    )


def denial(denied: Stated, held: Stated, grounds: Grounds) -> Relation:
    """How the denial of one answer relates to another that is held: a conflict by entailment.

    Who denies X contradicts who holds Y where Y cannot be so unless X is so too.
    """
    apart = counted_apart(denied.counted, held.counted)
    if apart:
        return Relation("not-comparable", apart)
    if not _denied_at_one_moment(denied, held, grounds):
        return _MOMENT
    if _entails(held.answer, denied.answer, grounds.zone):
        return Relation("conflict", "denial")
    return _DENIAL


def denials(left: Stated, right: Stated, grounds: Grounds) -> Relation:
    """How two denials relate: the same where both deny one answer, else nothing is known."""
    a, b = left.answer, right.answer
    one = left.counted == right.counted and left.spoken_of == right.spoken_of
    if one and _entails(a, b, grounds.zone) and _entails(b, a, grounds.zone):
        return Relation("same", "denial")
    return _DENIAL


def _entails(held: Answer | None, denied: Answer | None, zone: str) -> bool:
    match held, denied:
        case YesNo() as a, YesNo() as b:
            return a.yes == b.yes
        case Quantity() as a, Quantity() as b:
            return _lies_in(a.interval, b.interval)
        case Dated() as a, Dated() as b:
            return _is_dated_in(a.date, b.date, zone)
        case Choice() as a, Choice() as b:
            return a.option == b.option or b.option in a.includes
        case Described() as a, Described() as b:
            return a.account == b.account
        case _:
            return False


def _lies_in(inner: Interval, outer: Interval) -> bool:
    above = inner.low > outer.low or (
        inner.low == outer.low and (inner.low_open or not outer.low_open)
    )
    if outer.high is None:
        return above
    return (
        above
        and inner.high is not None
        and (
            inner.high < outer.high
            or (inner.high == outer.high and (inner.high_open or not outer.high_open))
        )
    )


def _is_dated_in(inner: EdtfDate, outer: EdtfDate, zone: str) -> bool:
    # A day does not entail an hour of it.
    if inner.text == outer.text or outer.has_time:
        return inner.text == outer.text or is_one_moment(inner, outer, zone)
    first, last = inner.instants(zone)
    # Of the date that is denied only what it surely means, which “about” makes no wider.
    begins, ends = _bounds(outer, zone)
    return (begins is None or (first is not None and begins <= first)) and (
        ends is None or (last is not None and last <= ends)
    )


def _bounds(date: EdtfDate, zone: str) -> Span:
    first, last = date.earliest, date.latest
    return (
        parse_date(first.isoformat()).instants(zone)[0] if first else None,
        parse_date(last.isoformat()).instants(zone)[1] if last else None,
    )


def _denied_at_one_moment(denied: Stated, held: Stated, grounds: Grounds) -> bool:
    if grounds.over_time:
        return of_one_day(denied, held)
    if not isinstance(held.answer, Quantity) or grounds.counting == "once":
        return True
    if grounds.counting == "cumulative":
        # Who denied on the first day that anybody died has not denied the toll of the last.
        return not (denied.as_of and held.as_of and is_before(denied.as_of, held.as_of))
    return denied.moment is None or held.moment is None or named_alike(denied, held)


class Judge:
    """Compares versions of one claim's accounts, each pair at most once.

    `computed` are the relations by the rules alone, for pages that show them beside an overrule.
    """

    def __init__(self, claim: Claim, grounds: Grounds) -> None:
        self.grounds = grounds
        self._overrules = {frozenset(o.accounts): o for o in claim.overrules}
        self._known: dict[tuple[int, int, bool, bool, bool], Relation] = {}

    def between(
        self,
        left: Version,
        right: Version,
        left_denies: bool,
        right_denies: bool,
        *,
        one_root: bool = False,
    ) -> Relation:
        """How two versions relate, each affirmed or denied.

        `one_root` says that both come from one origin, so that a later count updates an earlier.
        """
        # Relations are symmetric (a property test checks it), so one order is enough to know both.
        # Pairs of sides, dissents, messages and every segment of a timeline ask for the same few
        # pairs.
        if left.number > right.number:
            left, right, left_denies, right_denies = right, left, right_denies, left_denies
        key = (left.number, right.number, left_denies, right_denies, one_root)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._judge(left, right, left_denies, right_denies, one_root)
        return known

    def affirmed(self, left: Version, right: Version, *, one_root: bool = False) -> Relation:
        """How two versions relate that are both affirmed."""
        return self.between(left, right, False, False, one_root=one_root)

    def excludes(self, denied: Version, held: Version) -> bool:
        """Whether the answer that is held cannot be so where the other, denied, is not.

        Whatever the moments: a count of one speaker takes the place of its earlier denials.
        """
        alike = counted_apart(denied.counted, held.counted) is None
        return alike and _entails(held.answer, denied.answer, self.grounds.zone)

    def computed(self, left: Version, right: Version) -> Relation:
        """What the rules say of two affirmed versions, whatever a curator decided."""
        return _by_rule(left, right, self.grounds, one_root=False)

    def overrules(self, known: Iterable[str]) -> list[Overrule]:
        """The overrules whose two accounts are both known."""
        seen = set(known)
        return [o for names, o in self._overrules.items() if names <= seen]

    def _judge(
        self, left: Version, right: Version, left_denies: bool, right_denies: bool, one_root: bool
    ) -> Relation:
        # What is only possible conflicts with nothing, whatever a curator says of the accounts.
        if left.is_only_possible or right.is_only_possible:
            return _ONLY_POSSIBLE
        return self.however_sure(left, right, left_denies, right_denies, one_root=one_root)

    def however_sure(
        self,
        left: Version,
        right: Version,
        left_denies: bool,
        right_denies: bool,
        *,
        one_root: bool = False,
    ) -> Relation:
        """How two versions would relate if both were as sure as can be."""
        if left_denies and right_denies:
            return denials(left, right, self.grounds)
        if left_denies or right_denies:
            denied, held = (left, right) if left_denies else (right, left)
            return denial(denied, held, self.grounds)
        ruled = _by_rule(left, right, self.grounds, one_root=one_root)
        overrule = self._overrules.get(frozenset((left.account.id, right.account.id)))
        if overrule is None:
            return ruled
        # A curator decides that two accounts conflict and not by how much: a gap is the rule's or
        # none, and what does not conflict has none.
        gap = ruled.gap if overrule.relation == "conflict" else None
        return Relation(overrule.relation, "overruled", gap)


def _by_rule(left: Version, right: Version, grounds: Grounds, *, one_root: bool) -> Relation:
    # Before any rule: citations under one account in prose say the same because a curator put them
    # there.
    if left.account.id == right.account.id and isinstance(left.answer, Described):
        return Relation("same", "same-description")
    return relation(left, right, grounds, one_root=one_root)
