"""Invented submissions and revisions for the pattern page: what they change, in every manner.

The words are samples, not messages: they stay English in every language of the interface.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.domain.revisions.differences import TextRun
from app.web.claims.claim_view import AccountView, Column, Mark
from app.web.contributing.effect import EffectView, EntryView
from app.web.history.differences import PartView, RowView
from app.web.site.patterns.samples_claims import HERE, MAY, SIDES
from app.web.wording import terms


@dataclass(frozen=True, slots=True)
class Accounts:
    """What is shown of a claim beside a submission."""

    columns: tuple[Column, ...]
    accounts: tuple[AccountView, ...]


def effects() -> list[tuple[str, EffectView]]:
    """What accepting would do: to a claim, to one that stays as it is, to one that would be new."""
    agreed, disputed = terms.state("agreed"), terms.state("disputed")
    changed = EffectView(
        state_now=agreed,
        state_then=disputed,
        gained=tuple(terms.flags()[:2]),
        lost=tuple(terms.flags()[2:3]),
        sentences=("First side and Second side would conflict: 11 and about 30.",),
        lead_now="Both sides say that there were eleven boats.",
        lead_then="First side: 11. Second side: about 30.",
    )
    # Nothing would change: that has to be said too, or the effect would seem to be missing.
    same = EffectView(disputed, disputed, (), (), (), "", "")
    return [
        ("It changes the claim", changed),
        ("It changes nothing", same),
        ("The claim is new", replace(changed, state_now=None, gained=(), lost=(), lead_now="")),
    ]


def accounts() -> Accounts:
    """Two accounts; the second has a wording, and one who denies it."""
    columns = tuple(
        Column(name.lower(), name, rank, "", ()) for rank, name in enumerate(SIDES[:2], start=1)
    )
    first, second = (column.side for column in columns)
    master = Mark("The harbour master", (HERE,), "", MAY.words)
    pilot = Mark("The pilot", (HERE,), "", "undated")
    # A denial is shown among the marks of the account that it denies.
    denies = replace(master, stance=terms.stance("denies"))
    eleven = AccountView(
        "eleven", "11", "", "", "", "", "", (), "", {first: (master, pilot), second: ()}
    )
    thirty = replace(
        eleven,
        id="thirty",
        answer="about 30",
        wording="Some thirty boats lay at the quay.",
        marks={first: (denies,), second: (pilot,)},
    )
    return Accounts(columns, (eleven, thirty))


def no_accounts() -> Accounts:
    """A claim without an account."""
    return Accounts((), ())


def entries() -> list[EntryView]:
    """A register entry that would be new."""
    facts = (("Name", "The pilot of the harbour"), ("Side", SIDES[1]), ("Standing", "official"))
    return [EntryView("speaker", "sample-pilot", facts)]


def parts() -> tuple[PartView, ...]:
    """Parts of a body that changed, are new and are gone; the body itself has no heading."""
    # Before and after with words in common, so that the changed ones alone are marked.
    question = RowView(
        "Question",
        (TextRun("How many ", False), TextRun("ships", True), TextRun(" lay there?", False)),
        (TextRun("How many ", False), TextRun("boats", True), TextRun(" lay there?", False)),
    )
    answer = (TextRun("about 30", True),)
    return (
        PartView("", "changed", "", (question,)),
        PartView("account thirty", "added", "added", (RowView("Answer", (), answer),)),
        PartView("account twenty", "removed", "removed", (RowView("Answer", answer, ()),)),
    )


def whole() -> tuple[PartView, ...]:
    """A revision alone: what it said, part by part."""
    asked = RowView("Question", (), (TextRun("How many boats lay there?", False),))
    answer = RowView("Answer", (), (TextRun("11", False),))
    return (PartView("", "added", "", (asked,)), PartView("account eleven", "added", "", (answer,)))
