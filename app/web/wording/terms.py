"""The words for states, flags, positions, relations and rules, each with what it means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import get_args

from app.domain.disagreement.comparison import Flag, State
from app.domain.records.page_checks import Finding
from app.web.wording.locale import gettext as _


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the engine as pages say it, with its meaning in a sentence."""

    key: str
    name: str
    meaning: str


def state(key: str) -> Term:
    """A claim's state."""
    return _STATES[key]()


def flag(key: str) -> Term:
    """A flag of a claim or an account."""
    return _FLAGS[key]()


def states() -> list[Term]:
    """Every state, in the order in which lists show them."""
    return [state(key) for key in get_args(State)]


def flags() -> list[Term]:
    """Every flag, in its fixed order."""
    return [flag(key) for key in get_args(Flag)]


def kind(key: str) -> str:
    """A kind of claim."""
    return {
        "yes-no": _("yes or no"),
        "quantity": _("how many"),
        "date": _("when"),
        "choice": _("which of several"),
        "text": _("descriptions"),
    }[key]


def standing(key: str) -> str:
    """A speaker's standing."""
    return {
        "official": _("official"),
        "local-official": _("local official"),
        "party": _("party"),
        "media": _("media"),
        "civic": _("civic"),
        "expert": _("expert"),
        "witness": _("witness"),
        "former": _("former official"),
        "unnamed": _("unnamed"),
    }[key]


def finding(key: str) -> str:
    """How a quotation stood when its page was last looked at."""
    return _FINDINGS[key]().name


def findings() -> list[Term]:
    """Every finding of a check of a quotation, with its meaning."""
    return [_FINDINGS[key]() for key in get_args(Finding)]


def page_state(key: str) -> str:
    """What came of looking at a page."""
    return {
        "read": _("read"),
        "gone": _("gone"),
        "blocked": _("barred to programs"),
        "unreachable": _("not reached"),
        "not-text": _("no readable text"),
        "unchecked": _("not looked at yet"),
    }[key]


def precision(key: str) -> str:
    """What the point of a place stands for."""
    return {
        "exact": _("exact"),
        "village": _("village"),
        "town": _("town"),
        "district": _("district"),
        "region": _("region"),
    }[key]


def publisher_kind(key: str) -> str:
    """A publisher's kind."""
    return {
        "agency": _("news agency"),
        "newspaper": _("newspaper"),
        "broadcaster": _("broadcaster"),
        "government": _("government"),
        "organisation": _("organisation"),
        "encyclopedia": _("encyclopedia"),
        "blog": _("blog"),
        "social": _("social medium"),
    }[key]


def stance(key: str) -> str:
    """What a statement does with its account."""
    return {
        "asserts": _("says so"),
        "denies": _("denies it"),
        "declines": _("declined to answer"),
        "sidesteps": _("spoke without answering"),
    }[key]


def form(key: str) -> str:
    """In which form a statement was made."""
    return {
        "statement": _("statement"),
        "document": _("document"),
        "map": _("map"),
        "footage": _("footage"),
        "leaked": _("leaked document"),
        "resolution": _("resolution"),
    }[key]


def hand(key: str) -> str:
    """How far a publisher stands from the speaker."""
    return {
        "first": _("first-hand: the speaker's own channel"),
        "second": _("second-hand"),
        "third": _("third-hand: an encyclopedia's report"),
    }[key]


def relation(key: str) -> str:
    """How two sides stand to each other."""
    return {
        "same": _("say the same"),
        "compatible": _("can both hold"),
        "conflict": _("conflict"),
        "not-comparable": _("cannot be compared"),
        "silent": _("one of them gives no answer"),
    }[key]


def reason(key: str) -> str:
    """Why two answers cannot be compared."""
    return {
        "unit": _("different units"),
        "measure": _("different measures"),
        "scope": _("different people or things counted"),
        "moment": _("different or unknown days"),
        "prose": _("descriptions between which no clash has been named"),
        "denials": _("a denial beside another account"),
        "overruled": _("so an editor decided"),
    }.get(key, key)


def rule(key: str) -> str:
    """Why two accounts do not conflict, or cannot be compared, as a sentence."""
    return {
        "rounding": _("The figures meet at one bound, as rounded ones do."),
        "clock": _(
            "The two dates are a day apart with no time zone given: one midnight can be both."
        ),
        "later-count": _("The later count continues the earlier one."),
        "intervals-overlap": _("As they are hedged, the figures can both hold."),
        "dates-overlap": _("As they are given, the dates can both hold."),
        "option-includes": _("One of the answers includes the other."),
        "different-days": _("Some of the accounts speak of different days."),
        "overruled": _("An editor has decided how the two stand to each other."),
        "unit": _("The figures are not compared: they count different units."),
        "measure": _("The figures are not compared: they measure different things."),
        "scope": _("The figures are not compared: they count different people or things."),
        "moment": _("The accounts are not compared: they speak of different or unknown days."),
        "prose": _("The descriptions are not compared: no clash between them has been named."),
        "denials": _("A denial of one account and another account are not compared."),
        "no-answer": _("A statement without an answer is not compared."),
    }[key]


def unit(key: str) -> str:
    """What a quantity counts; a unit that is not known here by its own name."""
    return {
        "people": _("people"),
        "person": _("person"),
        "servicemen": _("servicemen"),
        "civilians": _("civilians"),
        "vehicles": _("vehicles"),
        "positions": _("positions"),
        "drone strikes": _("drone strikes"),
        "days": _("days"),
    }.get(key, key)


def measure(key: str) -> str:
    """By which measure a quantity counts; one that is not known here by its own name."""
    return {
        "killed": _("killed"),
        "wounded": _("wounded"),
        "killed and wounded": _("killed and wounded"),
        "missing": _("missing"),
        "captured": _("captured"),
        "released": _("released"),
        "returned": _("returned"),
        "displaced": _("displaced"),
        "present": _("present"),
        "serving": _("serving"),
        "injured": _("injured"),
        "hurt": _("hurt"),
        "arrived": _("arrived"),
        "remained": _("remained"),
        "deployed": _("deployed"),
        "held": _("held"),
        "cut off": _("cut off"),
        "let out": _("let out"),
        "lost": _("lost"),
        "made": _("made"),
    }.get(key, key)


def role(key: str) -> str:
    """What a key allows."""
    return {
        "contributor": _("contributor"),
        "moderator": _("moderator"),
        "admin": _("admin"),
    }[key]


def hedge(key: str) -> str:
    """How a hedge before a number is read."""
    return {
        "about": _("from 10 % below the number to 10 % above it"),
        "almost": _("from 10 % below the number up to it, the number itself left out"),
        "over": _("above the number, without an upper bound"),
        "at least": _("the number or more"),
        "up to": _("from none to the number"),
    }[key]


def shift(key: str) -> str:
    """How a speaker's account changed."""
    return {
        "update": _("updated"),
        "retraction": _("took back an earlier account"),
        "clash": _("gave a clashing account"),
    }[key]


def nature(key: str) -> str:
    """What a claim is about."""
    return {"fact": _("fact"), "judgement": _("judgement"), "intention": _("intention")}[key]


_STATES: dict[str, Callable[[], Term]] = {
    "disputed": lambda: Term(
        "disputed",
        _("Disputed"),
        _("Two of the compared sides give answers that cannot both hold."),
    ),
    "agreed": lambda: Term(
        "agreed",
        _("No clash found"),
        _("Two or more of the compared sides answer, and what they say can hold together."),
    ),
    "incomparable": lambda: Term(
        "incomparable",
        _("Not comparable"),
        _("The sides that answer speak of different things; no two answers can be compared."),
    ),
    "one-sided": lambda: Term(
        "one-sided", _("One side only"), _("One of the compared sides answers; the others do not.")
    ),
    "outside-only": lambda: Term(
        "outside-only",
        _("Outside voices only"),
        _("None of the compared sides answers; others do, or documents in their own voice."),
    ),
    "no-account": lambda: Term("no-account", _("No account"), _("Nobody on record answers.")),
}

_FLAGS: dict[str, Callable[[], Term]] = {
    "divided": lambda: Term(
        "divided", _("divided"), _("Officials of one side contradict each other.")
    ),
    "inner-dissent": lambda: Term(
        "inner-dissent",
        _("dissent within a side"),
        _("Unofficial speakers of a side contradict its officials."),
    ),
    "outside-dissent": lambda: Term(
        "outside-dissent",
        _("contradicted from outside"),
        _("Someone of no compared side contradicts one that is compared."),
    ),
    "shifted": lambda: Term(
        "shifted", _("account changed"), _("A named speaker gave different accounts over time.")
    ),
    "reports-differ": lambda: Term(
        "reports-differ",
        _("reports differ"),
        _("Reports of one and the same utterance give it differently."),
    ),
    "count-fell": lambda: Term(
        "count-fell",
        _("count fell"),
        _("A later count from the same origin lies below an earlier one."),
    ),
    "against-interest": lambda: Term(
        "against-interest",
        _("against interest"),
        _("A speaker concedes losses of, or speaks against, its own side."),
    ),
    "single-origin": lambda: Term(
        "single-origin",
        _("single origin"),
        _("Everything cited comes from one origin, however many outlets carried it."),
    ),
    "second-hand-only": lambda: Term(
        "second-hand-only",
        _("second-hand only"),
        _("No statement is cited from its speaker's own channel."),
    ),
    "third-hand-only": lambda: Term(
        "third-hand-only",
        _("third-hand only"),
        _("Every statement is known only as an encyclopedia reports it."),
    ),
    "undated": lambda: Term(
        "undated", _("undated"), _("The day on which a statement was made is not known.")
    ),
    "unofficial-only": lambda: Term(
        "unofficial-only",
        _("unofficial only"),
        _("Only speakers without official standing answer."),
    ),
    "overruled": lambda: Term(
        "overruled",
        _("decided by an editor"),
        _("An editor decided how two accounts stand to each other, against the rule."),
    ),
    "own-voice-drift": lambda: Term(
        "own-voice-drift",
        _("a party's version as plain fact"),
        _("A document tells the version of one party in its own voice."),
    ),
}
_FINDINGS: dict[str, Callable[[], Term]] = {
    "verbatim": lambda: Term(
        "verbatim", _("stands on the page"), _("The quoted words are there, letter for letter.")
    ),
    "altered": lambda: Term(
        "altered",
        _("the page words it otherwise"),
        _("A passage is there that is the quotation in other words; the differences are marked."),
    ),
    "missing": lambda: Term(
        "missing",
        _("not found on the page"),
        _("The page was read, and has neither the words nor words near them."),
    ),
    "gone": lambda: Term("gone", _("page gone"), _("The server says that the page is no more.")),
    "blocked": lambda: Term(
        "blocked",
        _("the page may not be read by programs"),
        _("The publisher does not let this program read the page; a person may see it."),
    ),
    "unreachable": lambda: Term(
        "unreachable",
        _("the page could not be reached"),
        _("No whole answer came; the page is tried again soon."),
    ),
    "not-text": lambda: Term(
        "not-text",
        _("the page holds no text that can be read"),
        _("It is a picture, a film or a scan, so that no program can look for words in it."),
    ),
    "unchecked": lambda: Term(
        "unchecked",
        _("not checked"),
        _("Nobody has looked yet, or the document has no known address."),
    ),
}
