"""How dissents and changes of account are told, and how many of them."""

from app.domain.disagreement.comparison import Comparison
from app.domain.disagreement.messages import MAX_OF_A_KIND
from tests.domain.factories import account, cite, compared
from tests.web.wording.sentences import in_english, told

LEFT = {"wording": "they had left"}
STAYED = {"wording": "they had not moved"}
DAY = "(12 October 2020)"


def ids(found: Comparison) -> list[str]:
    return [message.id for message in found.messages]


def test_officials_who_differ_are_told_by_office() -> None:
    said = told(
        "yes-no",
        account("yes", "yes", cite("n-min", None), **LEFT),
        account("no", "no", cite("n-pm"), **STAYED),
    )
    assert said[:3] == [
        f"One compared side answers: Northland {DAY} says that they had not moved.",
        "Further answers: Northland (undated) says that they had left.",
        "Officials of one side differ: Northland's ministry (undated) says that they had left; "
        f"Northland's prime minister {DAY} says that they had not moved.",
    ]


def test_voices_beside_a_sides_officials_and_outside_are_told() -> None:
    said = told(
        "yes-no",
        account("yes", "yes", cite("n-min"), **LEFT),
        account("no", "no", cite("n-party"), cite("f-min"), **STAYED),
    )
    held = f"Northland's ministry {DAY} says that they had left"
    assert said[1:3] == [
        f"Voices of one side differ: {held}; a northern party {DAY} says that they had not moved.",
        f"Contradicted from outside the compared sides: {held}; "
        f"Farland's ministry {DAY} says that they had not moved.",
    ]


def test_what_one_said_in_other_words_is_put_in_no_other_mouth() -> None:
    said = told(
        "yes-no",
        account("yes", "yes", cite("n-min"), **LEFT),
        account(
            "no",
            "no",
            cite("n-party", "2020-10-11", wording="they stood where they had stood"),
            cite("n-exile"),
            **STAYED,
        ),
    )
    assert said[1] == (
        f"Voices of one side differ: Northland's ministry {DAY} says that they had left; "
        "a northern party (11 October 2020) says that they stood where they had stood; "
        f"a northern exile {DAY} says that they had not moved."
    )


def test_a_joint_statement_in_a_dissent_is_told_of_the_speaker_whose_side_it_is() -> None:
    said = told(
        "choice",
        account("a", "a", cite("n-pm+s-min")),
        account("b", "b", cite("h-min")),
    )
    told_of = next(s for s in said if s.startswith("Officials"))
    assert told_of == (
        f"Officials of one side differ: Northland's prime minister {DAY} says: A; "
        f"the Highland ministry {DAY} says: B."
    )


def test_reports_that_differ_are_told_as_reports() -> None:
    said = told(
        "choice",
        account("a", "a", cite("n-min", occasion="talk"), **LEFT),
        account("b", "b", cite("n-min", occasion="talk", document="wire-doc"), **STAYED),
    )
    assert said[1] == (
        f"Reports of one utterance differ: by one, Northland's ministry {DAY} says that they had "
        f"left; by another, Northland's ministry {DAY} says that they had not moved."
    )


def test_an_update_a_retraction_and_a_change_of_account_are_told_with_their_day() -> None:
    early, late = cite("n-min", "2020-10-10"), cite("n-min")
    update = told(
        "quantity", account("a", "3", early), account("b", "6", late), counting="cumulative"
    )
    assert update[1] == (
        "Northland's ministry gave a later account: first this answer: 3 people killed "
        f"(10 October 2020); then this answer: 6 people killed {DAY}."
    )
    change = told("choice", account("a", "a", early, **LEFT), account("b", "b", late, **STAYED))
    assert change[1] == (
        "Northland's ministry changed account: first that they had left (10 October 2020); "
        f"then that they had not moved {DAY}."
    )
    denied = cite("n-min", stance="denies")
    retraction = told("text", account("a", "It fell.", early, denied))
    assert retraction[1] == (
        "Northland's ministry took an account back: first this answer: It fell (10 October "
        f"2020); then a denial of this answer: It fell {DAY}."
    )
    back = told("text", account("a", "It fell.", denied, cite("n-min", "2020-10-14"), **LEFT))
    assert back[1] == (
        f"Northland's ministry took an account back: first a denial that they had left {DAY}; "
        "then that they had left (14 October 2020)."
    )


def test_of_many_changes_a_few_are_told_and_the_rest_counted_and_all_are_kept() -> None:
    days = [f"2020-10-{number}" for number in range(10, 18)]
    steps = [account(f"a{n}", f"a{n}", cite("n-min", day)) for n, day in enumerate(days)]
    found = compared("choice", *steps)
    assert len(found.shifts) == 7
    assert ids(found).count("shift-clash") == MAX_OF_A_KIND == 3
    assert "4 more changes of account are on record." in in_english(found)


def test_of_many_dissents_a_few_are_told_and_one_more_is_one_more() -> None:
    held = account("a", "a", cite("n-min"))
    others = [
        account(f"b{n}", f"b{n}", cite(document="wire-doc")) for n in range(MAX_OF_A_KIND + 1)
    ]
    found = compared("choice", held, *others)
    assert len(found.dissents) == MAX_OF_A_KIND + 1
    assert ids(found).count("outside-dissent") == MAX_OF_A_KIND
    sentence = "Northern: 1 more contradiction from outside the compared sides is on record."
    assert sentence in in_english(found)


def test_who_denies_an_answer_is_not_made_to_give_the_other_in_its_words() -> None:
    forced = {"wording": "they had been forced to leave"}
    said = told(
        "yes-no",
        account("yes", "yes", cite("n-min"), cite("s-min", stance="denies"), **forced),
        account("no", "no", cite("w-min"), wording="they had left of their own will"),
    )
    assert said[0] == (
        f"Northland {DAY} says that they had been forced to leave; "
        f"Southland {DAY} denies that they had been forced to leave; "
        f"Westland {DAY} says that they had left of their own will."
    )
