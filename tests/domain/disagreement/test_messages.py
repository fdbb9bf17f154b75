"""What a comparison comes to, as messages that any language can be made of."""

from app.domain.disagreement.comparison import Message
from app.domain.disagreement.engine import compare
from app.domain.disagreement.messages import MAX_OF_A_KIND
from tests.domain.factories import REGISTERS, SIDES, a_dossier, account, cite, claim, compared

LEFT = {"wording": "they had left"}


def test_a_message_carries_what_other_languages_need() -> None:
    headline = compared("yes-no", account("yes", "yes", cite("h-min"), **LEFT)).messages[0]
    assert headline == Message(
        id="one-sided",
        arguments={
            "groups": [
                {
                    "account": "yes",
                    "denies": False,
                    "certainty": "stated",
                    "wording": "they had left",
                    "kind": "yes-no",
                    "answer": "yes",
                    "unit": None,
                    "measure": None,
                    "scope": None,
                    "holders": [
                        {
                            "kind": "body",
                            "id": "highlands",
                            "name": "the Highland authorities",
                            "plural": True,
                            "side": "north",
                            "said": "2020-10-12",
                            "according_to": None,
                        }
                    ],
                }
            ]
        },
    )


def test_holders_are_told_in_the_order_of_the_sides_each_with_its_last_day() -> None:
    both = [cite("n-min", None), cite("n-pm", "2020-10-12"), cite("w-min"), cite("n-min", None)]
    turned = compare(claim("choice", account("a", "a", *both)), REGISTERS, a_dossier(*SIDES[::-1]))
    holders = turned.messages[0].arguments["groups"][0]["holders"]
    assert [(h["name"], h["said"]) for h in holders] == [
        ("Westland", "2020-10-12"),
        ("Northland", "2020-10-12"),
    ]


def test_a_dated_holder_is_not_made_undated_by_what_it_said_without_a_day() -> None:
    said = [cite("n-min", "2020-10-12"), cite("n-pm", None)]
    (holder,) = (
        compared("choice", account("a", "a", *said)).messages[0].arguments["groups"][0]["holders"]
    )
    assert holder["said"] == "2020-10-12"


def test_a_message_says_of_what_kind_each_holder_is() -> None:
    found = compared("choice", account("a", "a", cite("f-min"), cite("n-party"), cite()))
    (group,) = found.messages[0].arguments["groups"]
    assert group["holders"] == [
        {
            "kind": "speaker",
            "id": "n-party",
            "name": "a northern party",
            "plural": False,
            "side": "north",
            "said": "2020-10-12",
            "according_to": None,
        }
    ]
    outside = compared("choice", account("a", "a", cite("f-min"), cite()))
    kinds = [
        (h["kind"], h["id"], h["plural"])
        for h in outside.messages[0].arguments["groups"][0]["holders"]
    ]
    assert kinds == [("body", "farland", False), ("publisher", "daily", False)]


def test_a_gap_is_a_message_with_its_two_ends_its_kind_its_size_and_its_ratio() -> None:
    found = compared(
        "quantity", account("a", "100", cite("n-min")), account("b", "250", cite("s-min"))
    )
    (gap,) = [dict(m.arguments) for m in found.messages if m.id == "gap-quantity"]
    ends = [(end["answer"], end["holders"][0]["name"]) for end in gap.pop("groups")]
    assert ends == [("100", "Northland"), ("250", "Southland")]
    assert gap == {"difference": 150, "ratio": 2.5, "kind": "quantity"}


def test_no_message_gives_a_gap_to_the_bound_of_a_word() -> None:
    found = compared(
        "quantity", account("a", "dozens", cite("n-min")), account("b", "250", cite("s-min"))
    )
    assert found.gap is not None
    assert found.gap.by_table
    assert "gap-quantity" not in {message.id for message in found.messages}


def test_exactly_as_many_as_are_told_leave_nothing_more_to_count() -> None:
    held = account("a", "a", cite("n-min"))
    others = [account(f"b{n}", f"b{n}", cite(document="wire-doc")) for n in range(MAX_OF_A_KIND)]
    assert "more" not in {m.id for m in compared("choice", held, *others).messages}


def test_every_dissent_names_the_sides_of_its_ends() -> None:
    found = compared(
        "choice",
        account("a", "a", cite("n-min"), cite("w-min", occasion="interview")),
        account("b", "b", cite("h-min"), cite("n-party")),
        account("c", "c", cite("f-min"), cite("w-min", occasion="interview", document="wire-doc")),
    )
    sides = {(d.kind, d.left.side, d.right.side) for d in found.dissents}
    assert sides == {
        ("divided", "north", "north"),
        ("inner-dissent", "north", "north"),
        ("outside-dissent", "north", "others"),
        ("reports-differ", "west", "west"),
    }
