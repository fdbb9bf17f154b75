"""Clashes that make no relation between compared sides, and changes of one's own account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from app.domain.disagreement.comparison import ClashSide, Dissent, Flag, GapSize, ShiftFound
from app.domain.disagreement.findings import Findings
from app.domain.disagreement.pairs import denials
from app.domain.disagreement.positions import Clashing, Stand, clashing
from app.domain.disagreement.relations import Gap
from app.domain.disagreement.statements import Statement


def dissents(findings: Findings) -> tuple[Dissent, ...]:
    """Clashes that make no relation between compared sides."""
    found: list[Dissent] = []
    for side in findings.sides:
        stand, beside = findings.stands[side], findings.unofficial[side]
        found += [_dissent("divided", side, side, clash) for clash in stand.partings]
        for clash in _contradictions(stand, beside, findings):
            found.append(_dissent("inner-dissent", side, side, clash))
        for clash in _contradictions(stand, _outsiders(findings), findings):
            found.append(_dissent("outside-dissent", side, "others", clash))
    for clash in differing_reports(findings):
        side = clash.left[0].side or "others"
        found.append(_dissent("reports-differ", side, side, clash))
    return tuple(found)


def shifts_found(findings: Findings) -> tuple[ShiftFound, ...]:
    """Every change of a named speaker, by speaker and day."""
    shifts = [shift for stand in findings.all_stands() for shift in stand.shifts]
    shown = [
        ShiftFound(
            speaker=shift.later.speaker.id if shift.later.speaker else "",
            kind=shift.kind,
            from_=clash_side(shift.earlier.side or "others", [shift.earlier]),
            to=clash_side(shift.later.side or "others", [shift.later]),
            on=shift.later.day.isoformat() if shift.later.day else None,
        )
        for shift in shifts
    ]
    return tuple(
        sorted(shown, key=lambda s: (s.speaker, s.on or "", s.from_.account, s.to.account))
    )


def differing_reports(findings: Findings) -> list[Clashing]:
    """Reports of one utterance that put it under accounts which conflict."""
    utterances: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for s in findings.statements:
        if s.occasion and s.speaker and s.stance == "asserts":
            utterances[s.speaker.id, s.occasion].append(s)
    return [
        Clashing((left,), (right,), compared)
        for _, reports in sorted(utterances.items())
        for left, right in _pairs(reports)
        if (compared := findings.judge.within(left.version, right.version)).kind == "conflict"
    ]


def clash_side(side: str, statements: Sequence[Statement]) -> ClashSide:
    """One end of a clash, with every citation that it rests on."""
    names = sorted({name for s in statements for name in s.citations})
    first = statements[0]
    denies = first.stance == "denies"
    return ClashSide(
        side=side, account=first.version.account.id, denies=denies, citations=tuple(names)
    )


def gap_size(gap: Gap | None) -> GapSize | None:
    """A gap in JSON's numbers: whole ones where they are whole."""
    if gap is None:
        return None
    whole = gap.difference == gap.difference.to_integral_value()
    difference = int(gap.difference) if whole else float(gap.difference)
    ratio = float(gap.ratio) if gap.ratio is not None else None
    return GapSize(kind=gap.kind, difference=difference, ratio=ratio)


def _dissent(kind: Flag, left: str, right: str, clash: Clashing) -> Dissent:
    return Dissent.model_validate(
        {
            "kind": kind,
            "left": clash_side(left, clash.left),
            "right": clash_side(right, clash.right),
            "rule": clash.relation.rule,
            "gap": gap_size(clash.relation.gap),
        }
    )


def _contradictions(stand: Stand, other: Stand, findings: Findings) -> Iterator[Clashing]:
    if stand.answers and other.answers:
        yield from clashing(stand.affirmed, other.affirmed, findings.judge.across)
        yield from denials(stand, other)
        yield from (Clashing(c.right, c.left, c.relation) for c in denials(other, stand))


def _outsiders(findings: Findings) -> Stand:
    outside = findings.outside()
    affirmed = tuple(s for s in outside if s.stance == "asserts")
    denied = tuple(s for s in outside if s.stance == "denies")
    return Stand("holds" if affirmed or denied else "silent", affirmed, denied)


def _pairs(reports: Sequence[Statement]) -> Iterator[tuple[Statement, Statement]]:
    for index, left in enumerate(reports):
        for right in reports[index + 1 :]:
            yield left, right
