"""What holds of the comparison of any claim, whatever it says."""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.checking.check import answers, curated, kind_keys, options
from app.domain.checking.check import citations as citing
from app.domain.disagreement.comparison import ClashSide, Comparison
from app.domain.disagreement.engine import compare
from app.domain.disagreement.judge import denials, grounds_of
from app.domain.disagreement.moments import count_as_of, ended_by, surely_spoken_of
from app.domain.disagreement.relations import relation
from app.domain.disagreement.statements import Versions, cited
from app.domain.records.as_known_on import as_known_on
from app.domain.records.claims import Citation, Claim
from app.domain.values.dates import Day, parse_date
from tests.domain.disagreement.varying import (
    FAST,
    SPEAKERS,
    compared,
    days,
    views,
    with_citations,
)
from tests.domain.factories import DOSSIER, REGISTERS, SIDES, a_dossier
from tests.domain.strategies import ANSWERS, AS_OF, SAID, citations, claims, contested

two_claims_of_one_kind = st.sampled_from(list(ANSWERS)).flatmap(
    lambda kind: st.tuples(claims(kind), claims(kind, least=1))
)
ANSWERING = ("holds", "divided", "denies")


@FAST
@given(claims())
def test_the_claims_of_these_tests_pass_the_checks_of_their_files(claim: Claim) -> None:
    assert [*kind_keys(claim), *answers(claim), *options(claim), *curated(claim)] == []
    assert list(citing(claim)) == []


@FAST
@given(claims(), views, st.randoms(use_true_random=False))
def test_the_order_of_citations_never_matters(claim: Claim, day: Day | None, rng: Any) -> None:
    accounts = []
    for account in claim.accounts:
        shuffled = list(account.citations)
        rng.shuffle(shuffled)
        accounts.append(account.model_copy(update={"citations": tuple(shuffled)}))
    turned = claim.model_copy(update={"accounts": tuple(accounts)})
    assert compared(turned, day) == compared(claim, day)


@FAST
@given(claims())
def test_relations_mirror(claim: Claim) -> None:
    found = compared(claim)
    there = {frozenset((r.left, r.right)): r for r in found.relations}
    turned = compare(claim, REGISTERS, a_dossier(*SIDES[::-1]))
    for back in turned.relations:
        forth = there[frozenset((back.left, back.right))]
        assert (forth.relation, forth.rule is None) == (back.relation, back.rule is None)
    assert (turned.state, turned.gap, turned.flags) == (found.state, found.gap, found.flags)


@FAST
@given(claims(least=1), days, st.data())
def test_a_dated_view_never_depends_on_what_was_said_later(
    claim: Claim, day: Day, data: st.DataObject
) -> None:
    accounts = [a for a in claim.accounts if a.answer]
    assume(accounts)
    account = data.draw(st.sampled_from(accounts))
    later = data.draw(citations()) | {"id": "later", "said": "2020-10-20"}
    assert compared(with_citations(claim, account.id, [later]), day) == compared(claim, day)


@FAST
@given(two_claims_of_one_kind, days)
def test_a_dated_view_never_depends_on_an_account_given_later(
    two: tuple[Claim, Claim], day: Day
) -> None:
    claim, other = two
    body = other.accounts[0].model_dump(mode="json", exclude_defaults=True)
    late = [c | {"id": f"late-{n}", "said": "2020-11"} for n, c in enumerate(body["citations"])]
    new = {**body, "id": "late", "citations": late, "clashes": []}
    whole = claim.model_dump(mode="json", exclude_defaults=True)
    whole["accounts"] = [new, *whole.get("accounts", [])]
    assert compared(Claim.model_validate(whole), day) == compared(claim, day)


@FAST
@given(claims(), days)
def test_a_dated_view_is_the_comparison_of_what_was_known(claim: Claim, day: Day) -> None:
    dated, known = compared(claim, day), compared(as_known_on(claim, day))
    assert dated.as_known_on == day.isoformat()
    apart = {"as_known_on", "undated_left_out", "messages"}
    assert dated.model_dump(exclude=apart) == known.model_dump(exclude=apart)
    told = [message for message in dated.messages if message.id != "undated-left-out"]
    assert told == list(known.messages)


@FAST
@given(claims("quantity", least=1))
def test_the_relation_of_two_versions_mirrors(claim: Claim) -> None:
    made = Versions(claim, DOSSIER)
    versions = [made.of(item.account, item) for item in cited(claim, REGISTERS)]
    grounds = grounds_of(claim, DOSSIER)
    for left, right in product(versions, repeat=2):
        for one_root in (False, True):
            there = relation(left, right, grounds, one_root=one_root)
            assert there == relation(right, left, grounds, one_root=one_root)
        assert denials(left, right, grounds) == denials(right, left, grounds)


@FAST
@given(claims(), views)
def test_every_clash_names_two_statements_that_exist(claim: Claim, day: Day | None) -> None:
    found = compared(claim, day)
    known = as_known_on(claim, day) if day else claim
    for clash in (*found.clashes, *found.dissents):
        for end in (clash.left, clash.right):
            check_end(end, known)
    for clash in found.clashes:
        assert {clash.left.side, clash.right.side} <= set(SIDES)
        assert clash.left.side != clash.right.side
    for shift in found.shifts:
        check_end(shift.from_, known)
        check_end(shift.to, known)


def check_end(end: ClashSide, claim: Claim) -> None:
    """Its citations are of its account (or deny the other answer), by its side's own word."""
    cited = {c.id: (account, c) for account, c in claim.citations()}
    assert end.citations
    for name in end.citations:
        account, citation = cited[name]
        denied = citation.stance == "denies"
        turned = account.id != end.account
        assert (
            (denied and not end.denies and claim.kind == "yes-no")
            if turned
            else (denied == end.denies)
        )
        assert citation.reading is None
        spoken = {SPEAKERS[key].side for key in citation.all_speakers}
        publisher = REGISTERS.publisher_of(citation.document).side
        sides = {side if side in SIDES else "others" for side in spoken or {publisher}}
        assert end.side in sides
        reporter = citation.according_to and SPEAKERS[citation.according_to].side
        assert reporter not in SIDES or reporter == end.side


@FAST
@given(claims(), views)
def test_every_conflict_has_a_clash_and_every_clash_a_conflict(
    claim: Claim, day: Day | None
) -> None:
    found = compared(claim, day)
    conflicts = {(r.left, r.right) for r in found.relations if r.relation == "conflict"}
    assert {(c.left.side, c.right.side) for c in found.clashes} == conflicts
    assert (found.state == "disputed") == bool(conflicts)
    rules = {(r.left, r.right): r.rule for r in found.relations}
    for pair in conflicts:
        between = [c.rule for c in found.clashes if (c.left.side, c.right.side) == pair]
        assert rules[pair] in between


@FAST
@given(contested() | contested() | claims("quantity"), views)
def test_gaps_are_positive_and_the_claims_gap_is_the_widest(claim: Claim, day: Day | None) -> None:
    found = compared(claim, day)
    gaps = [clash.gap for clash in (*found.clashes, *found.dissents) if clash.gap]
    assert all(g.difference > 0 and (g.ratio is None or g.ratio >= 1) for g in gaps)
    between = [clash.gap for clash in found.clashes if clash.gap]
    assert (found.gap is None) == (not between)
    assert found.gap is None or found.gap in between
    if found.gap and found.gap.kind == "quantity":
        assert found.gap.difference == max(gap.difference for gap in between)


@given(st.sampled_from([*AS_OF, *SAID, "2020-10~", "2020-09~/2020-10~"]), st.sampled_from(SAID))
def test_no_span_of_time_ends_before_it_begins(text: str, said: str) -> None:
    moment = ended_by(parse_date(text), parse_date(said))
    for span in (
        surely_spoken_of(moment, DOSSIER.zone),
        count_as_of(moment, DOSSIER.zone),
        moment.instants(DOSSIER.zone),
    ):
        if span and span[0] is not None and span[1] is not None:
            assert span[0] <= span[1]


@FAST
@given(claims(), views)
def test_the_state_is_the_one_of_the_table(claim: Claim, day: Day | None) -> None:
    found = compared(claim, day)
    answering = {side for side, p in found.positions.items() if p.position in ANSWERING}
    relations = {r.relation for r in found.relations}
    known = as_known_on(claim, day) if day else claim
    if "conflict" in relations:
        state = "disputed"
    elif len(answering) > 1:
        state = "agreed" if relations & {"same", "compatible"} else "incomparable"
    elif answering:
        state = "one-sided"
    else:
        beside = any(answers_beside_the_sides(c) for _, c in known.citations())
        state = "outside-only" if beside else "no-account"
    assert found.state == state
    for between in found.relations:
        both = {between.left, between.right} <= answering
        assert (between.relation == "silent") == (not both)
        assert (between.reason is not None) == (between.relation == "not-comparable")
        assert (between.rule is not None) == (
            between.relation in ("same", "compatible", "conflict")
        )


def answers_beside_the_sides(citation: Citation) -> bool:
    """Whether it is the word of a speaker of no compared side, or an own voice."""
    if citation.stance not in ("asserts", "denies") or citation.reading:
        return False
    reporter = citation.according_to and SPEAKERS[citation.according_to].side
    outside = {SPEAKERS[name].side for name in citation.all_speakers} - {*SIDES}
    return not citation.all_speakers or (bool(outside) and reporter not in SIDES)


@FAST
@given(claims(), views)
def test_a_comparison_comes_back_from_json_as_it_went(claim: Claim, day: Day | None) -> None:
    found = compared(claim, day)
    assert Comparison.model_validate_json(found.model_dump_json()) == found
    assert Comparison.model_validate(found.model_dump(mode="json")) == found
    assert None not in [v for r in found.model_dump()["relations"] for v in r.values()]


@FAST
@given(claims(), views)
def test_positions_name_only_their_own_speakers_and_citations(
    claim: Claim, day: Day | None
) -> None:
    found = compared(claim, day)
    cited = {citation.id: citation for _, citation in claim.citations()}
    for side, position in found.positions.items():
        assert {SPEAKERS[name].side for name in position.speakers} <= {side}
        assert (position.position == "silent") == (not position.citations)
        assert (position.standing is None) == (position.position == "silent")
        for name in position.citations:
            assert side in {SPEAKERS[key].side for key in cited[name].all_speakers}
            assert cited[name].reading is None


@FAST
@given(claims(), views)
def test_no_day_is_told_but_those_of_the_record(claim: Claim, day: Day | None) -> None:
    found = compared(claim, day)
    said = {citation.said for _, citation in claim.citations()}
    assert {position.since for position in found.positions.values()} <= said | {None}
    assert {shift.on for shift in found.shifts} <= said


def test_what_was_said_covers_days_intervals_and_times() -> None:
    assert any("/" in said for said in SAID)
    assert any("T" in said for said in SAID)
