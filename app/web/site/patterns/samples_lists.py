"""Invented filters, days, findings and revisions for the pattern page, of no dossier.

The words are samples, not messages: they stay English in every language of the interface.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from app.domain.contributing.records import ApiKey
from app.domain.search.highlight import Stretch
from app.web.history.revision import PastView
from app.web.html import urls
from app.web.html.urls import Link
from app.web.http.sessions import Visitor
from app.web.overview.filters import Chip, Choice, KnownDays, Option
from app.web.search.passages import Passage
from app.web.search.places import CardClaim, CardNames, PlaceCard
from app.web.search.results import FoundView
from app.web.site.patterns.samples_claims import HERE, JUNE, MAY, QUESTION, SIDES
from app.web.wording import terms
from app.web.wording.locale import gettext as _


def ways() -> list[Link]:
    """Links of which one leads to the page that shows them."""
    return [
        Link(urls.method(), "How it works"),
        Link(HERE, "Pattern book"),
        Link(urls.listed("changes"), "Changes"),
    ]


def choices() -> list[Choice]:
    """A filter that is in force, and one that is not."""
    states = (Option("", "all", chosen=False), Option("agreed", "Agreed (3)", chosen=True))
    sides = (Option("", "all", chosen=True), Option("first", f"{SIDES[0]} (12)", chosen=False))
    return [Choice("state", "State", states), Choice("side", "Answered by", sides)]


def sorts() -> Choice:
    """The orders of a list."""
    offered = ("", "disputed first, then by date"), ("date", "by date")
    options = (Option(value, label, chosen=not value) for value, label in offered)
    return Choice("sort", "Order", tuple(options))


def densities() -> list[tuple[Link, bool]]:
    """Both ways of setting a list, the first of them in force."""
    return [(Link(HERE, "Reading"), True), (Link(HERE, "Compact"), False)]


def chips() -> list[Chip]:
    """Filters in force, the second of many words."""
    # Longer than a telephone is wide: a chip has to wrap.
    many = "“how many boats lay at the outer quay when the harbour master counted them”"
    return [Chip("State", "Agreed", HERE), Chip("Words", many, HERE)]


def days() -> list[tuple[str, str, KnownDays]]:
    """The control that asks for a day, in each of its states: its id, what that is, and itself."""
    before, after = Link(HERE, "1 May 1901"), Link(HERE, JUNE.words)
    plain = KnownDays("", "", (), after, None, HERE)
    day = KnownDays(MAY.edtf, "", (), before, after, HERE)
    wrong = "“yesterday” is not a day that can be read; write it as 1901-05-03."
    return [
        ("day-plain", "No day is asked for", plain),
        ("day-given", "A day, with a statement before it and one after", day),
        ("day-first", "A day before which nothing was said", replace(day, previous=None)),
        ("day-last", "A day after which nothing was said", replace(day, following=None)),
        ("day-wrong", "What is no day", KnownDays("yesterday", wrong, (), None, None, HERE)),
    ]


def _passage(text: str, *, label: str = "", language: str = "", voice: str = "") -> Passage:
    """A text with each word that was asked for marked; these are between asterisks."""
    # Every second piece stood between two asterisks.
    pieces = text.split("*")
    stretches = (Stretch(piece, number % 2 == 1) for number, piece in enumerate(pieces) if piece)
    return Passage(label, tuple(stretches), language, voice)


def found() -> list[FoundView]:
    """A finding of each kind, the citations in each voice; a claim's state is its key."""
    place = _passage("Le *quai* du nord", label=_("Also written"), language="fr")
    question = _passage("How many boats lay at the outer *quay* on 3 May 1901?")
    quoted = _passage("onze bateaux au *quai*", language="fr", voice="quoted")
    paraphrased = _passage("There were eleven boats at the *quay*.", voice="paraphrased")
    summary = _passage("… lay at the *quay* when the bell rang …", label="Summary")
    where = "in “Une matinée au port”, The Harbour Post"
    said = FoundView(
        "citation",
        "eleven",
        HERE,
        _passage("The harbour master, 3 May 1901"),
        detail=where,
        about=question,
        passages=(quoted, _passage("eleven boats at the *quay*", label="Our translation")),
    )
    # One of each voice: only the speaker's own words may show quotation marks.
    own = _passage("Eleven boats, by our count from the *quay*.", voice="own")
    return [
        FoundView("place", "quay", HERE, _passage("North *Quay*"), passages=(place,)),
        FoundView("claim", "boats", HERE, question, state="disputed", passages=(summary,)),
        said,
        replace(said, title=_passage("The pilot, undated"), passages=(paraphrased,)),
        replace(said, title=_passage("The Harbour Post (in its own voice)"), passages=(own,)),
        FoundView("speaker", "master", HERE, _passage("Master of the *Quay*"), detail=SIDES[0]),
        FoundView("document", "morning", HERE, _passage("A morning at the *quay*"), detail=where),
        FoundView("publisher", "post", HERE, _passage("The *Quay* Post"), detail="newspaper"),
    ]


def place_cards() -> list[PlaceCard]:
    """Two places of one name; the second has no names by side and no claim."""
    names = (
        CardNames(SIDES[0], (_passage("*North Quay*"), _passage("Old Quay"))),
        CardNames(SIDES[1], (_passage("Le quai du nord", language="fr"),)),
    )
    claims = (
        CardClaim(HERE, QUESTION, terms.state("disputed")),
        CardClaim(HERE, "Who counted the boats?", terms.state("agreed")),
    )
    named = _passage("*North Quay*")
    return [
        PlaceCard("north-quay", HERE, named, names, "2 claims about this place", claims),
        PlaceCard("other-quay", HERE, named, (), "0 claims about this place", ()),
    ]


def pasts() -> list[PastView]:
    """The newest revision, and one that has been changed since, between two others."""
    newest = PastView(
        number=12,
        on=JUNE,
        time="14:05 UTC",
        author="Heron",
        reason="The count of the pilot was added",
        # As long as a SHA-256, which has to wrap too.
        hash="3f9a" * 16,
        engine="4",
        is_newest=True,
        now_url="",
        history_url=HERE,
        diff_url=HERE,
        older=Link(HERE, "revision 7"),
        newer=None,
        restore_url="",
        citation=f"“{QUESTION}”, revision 12, {JUNE.words}, Variorum",
        address="https://variorum.example/claims/boats/revisions/12",
    )
    changed = replace(
        newest,
        number=7,
        on=MAY,
        reason="The first account",
        is_newest=False,
        now_url=HERE,
        older=Link(HERE, "revision 3"),
        newer=Link(HERE, "revision 12"),
        restore_url=HERE,
    )
    return [newest, changed]


def visitor() -> Visitor:
    """Somebody who is signed in; the token fits nobody's cookie."""
    key = ApiKey("sample", "Heron", "moderator", datetime(1901, 5, 3, tzinfo=UTC))
    return Visitor("", "sample", key)
