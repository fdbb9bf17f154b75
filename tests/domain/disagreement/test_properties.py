"""What holds of the comparison of any claim, whatever it says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.domain.checking.check import answers, curated, kind_keys, options
from app.domain.checking.check import citations as citing
from app.domain.disagreement.as_known_on import as_known_on
from app.domain.disagreement.comparison import ClashSide, Comparison
from app.domain.disagreement.engine import compare
from app.domain.records.claims import Claim
from app.domain.values.dates import Day
from tests.domain.factories import REGISTERS, SIDES
from tests.domain.strategies import ANSWERS, DOCUMENTS, SAID, citations, claims

FAST = settings(max_examples=40, deadline=None)
SPEAKERS = REGISTERS.speakers
views = st.sampled_from([None, Day(2020, 10, 10), Day(2020, 10, 11), Day(2020, 10, 12)])
two_claims_of_one_kind = st.sampled_from(list(ANSWERS)).flatmap(
    lambda kind: st.tuples(claims(kind), claims(kind, least=1))
)
days = st.sampled_from([Day(2020, 10, 10), Day(2020, 10, 11), Day(2020, 10, 12)])


def compared(claim: Claim, day: Day | None = None) -> Comparison:
    return compare(claim, REGISTERS, SIDES, day)


def with_citations(claim: Claim, account: str, more: list[dict[str, Any]]) -> Claim:
    """The claim with further citations on one account."""
    body = claim.model_dump(mode="json", exclude_defaults=True)
    for entry in body["accounts"]:
        if entry["id"] == account:
            entry["citations"] += more
    return Claim.model_validate(body)


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
    there = {frozenset((r.left, r.right)): r for r in compared(claim).relations}
    turned = compare(claim, REGISTERS, SIDES[::-1])
    for back in turned.relations:
        forth = there[frozenset((back.left, back.right))]
        assert (forth.relation, forth.rule is None) == (back.relation, back.rule is None)
    assert turned.state == compared(claim).state
    assert (
        turned.gap == compared(claim).gap or turned.gap.difference == compared(claim).gap.difference
    )  # type: ignore[union-attr]


@FAST
@given(claims(least=1), st.data())
def test_another_outlet_with_the_same_statement_changes_no_position(
    claim: Claim, data: st.DataObject
) -> None:
    account = data.draw(st.sampled_from(claim.accounts))
    carried = data.draw(st.sampled_from(account.citations))
    outlet = data.draw(st.sampled_from(DOCUMENTS))
    copy = carried.model_dump(mode="json", exclude_defaults=True)
    more = with_citations(claim, account.id, [copy | {"id": "copy", "document": outlet}])
    before, after = compared(claim), compared(more)
    assert (after.state, after.relations) == (before.state, before.relations)
    for side in SIDES:
        old, new = before.positions[side], after.positions[side]
        unread = {"citations": (), "third_hand": False}
        assert replace(new, **unread) == replace(old, **unread)
    assert shifts(after) == shifts(before)
    if carried.all_speakers:
        assert after.origins[account.id].origins == before.origins[account.id].origins


def shifts(found: Comparison) -> list[tuple[str, str, str, str]]:
    return [(s.speaker, s.kind, s.from_.account, s.to.account) for s in found.shifts]


@FAST
@given(claims(), views)
def test_a_side_with_no_statement_changes_nothing_between_the_others(
    claim: Claim, day: Day | None
) -> None:
    sides = {SPEAKERS[name].side for _, c in claim.citations() for name in c.all_speakers}
    assume("west" not in sides)
    without = compare(claim, REGISTERS, ("north", "south"), day)
    whole = compared(claim, day)
    assert (whole.state, whole.flags, whole.clashes) == (
        without.state,
        without.flags,
        without.clashes,
    )
    assert {**whole.positions} == {**without.positions, "west": whole.positions["west"]}
    assert whole.positions["west"].position == "silent"
    assert without.relations[0] in whole.relations


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
@given(claims(), views)
def test_every_clash_names_two_ends_that_exist(claim: Claim, day: Day | None) -> None:
    found = compared(claim, day)
    for clash in (*found.clashes, *found.dissents):
        for end in (clash.left, clash.right):
            check_end(end, claim)
    for clash in found.clashes:
        assert {clash.left.side, clash.right.side} <= set(SIDES)
        assert clash.left.side != clash.right.side
    for shift in found.shifts:
        check_end(shift.from_, claim)
        check_end(shift.to, claim)


def check_end(end: ClashSide, claim: Claim) -> None:
    """Its citations stand on its account (or deny the other answer), spoken by its side."""
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
        spoken = {SPEAKERS[key].side for key in citation.all_speakers}
        publisher = REGISTERS.publisher_of(citation.document).side
        sides = {side if side in SIDES else "others" for side in spoken or {publisher}}
        assert end.side in sides


@FAST
@given(claims(), views)
def test_every_conflict_has_a_clash_and_every_clash_a_conflict(
    claim: Claim, day: Day | None
) -> None:
    found = compared(claim, day)
    conflicts = {(r.left, r.right) for r in found.relations if r.relation == "conflict"}
    assert {(c.left.side, c.right.side) for c in found.clashes} == conflicts
    assert (found.state == "disputed") == bool(conflicts)


@FAST
@given(claims(), views)
def test_gaps_are_positive_and_the_claims_gap_is_the_widest(claim: Claim, day: Day | None) -> None:
    found = compared(claim, day)
    gaps = [clash.gap for clash in found.clashes if clash.gap]
    assert all(g.difference > 0 and (g.ratio is None or g.ratio > 1) for g in gaps)
    assert (found.gap is None) == (not gaps)
    assert found.gap is None or found.gap.difference == max(gap.difference for gap in gaps)


@FAST
@given(claims(), views)
def test_the_state_is_the_one_of_the_table(claim: Claim, day: Day | None) -> None:
    found = compared(claim, day)
    answering = {
        side for side, p in found.positions.items() if p.position in ("holds", "divided", "denies")
    }
    relations = {r.relation for r in found.relations}
    known = as_known_on(claim, day) if day else claim
    spoken = [c for _, c in known.citations() if c.stance in ("asserts", "denies")]
    if "conflict" in relations:
        state = "disputed"
    elif len(answering) > 1:
        state = "agreed" if relations & {"same", "compatible"} else "incomparable"
    elif answering:
        state = "one-sided"
    else:
        beside = [
            c
            for c in spoken
            if not c.all_speakers or {SPEAKERS[n].side for n in c.all_speakers} - {*SIDES}
        ]
        state = "outside-only" if beside else "no-account"
    assert found.state == state
    for relation in found.relations:
        both = {relation.left, relation.right} <= answering
        assert (relation.relation == "silent") == (not both)
        assert (relation.reason is not None) == (relation.relation == "not-comparable")
        assert (relation.rule is not None) == (
            relation.relation in ("same", "compatible", "conflict")
        )


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


def test_what_was_said_covers_days_intervals_and_times() -> None:
    assert any("/" in said for said in SAID)
    assert any("T" in said for said in SAID)
