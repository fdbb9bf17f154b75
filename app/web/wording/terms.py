"""The words for states, flags, positions, relations and rules, each with what it means.

Tables hold messages, which are translated when a key is asked for: a table is made once, before any
request has a language. `babel.support.LazyProxy` would do that too, but a proxy is no `str`: JSON,
`isinstance` and the types would each need one made of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.web.wording.locale import N_, translated
from app.web.wording.record_text import RecordText


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the engine as pages say it, with its meaning in a sentence."""

    key: str
    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms by key: name and meaning as messages."""

    messages: Mapping[str, tuple[str, str]]

    def __call__(self, key: str) -> Term:
        """The term in the language of the page; raises `KeyError` for a key that has none."""
        name, meaning = self.messages[key]
        return Term(key, translated(name), translated(meaning))

    def all(self) -> list[Term]:
        """Every term, in the order of the table."""
        return [self(key) for key in self.messages]


@dataclass(frozen=True, slots=True)
class Words:
    """Words by key, as messages; where it `is_open`, a key without any is its own word."""

    messages: Mapping[str, str]
    is_open: bool = False

    def __call__(self, key: str) -> str:
        """The words in the language of the page; raises `KeyError` for a key that has none."""
        if self.is_open and key not in self.messages:
            return key
        return translated(self.messages[key])


# fmt: off
# A claim's state.
state = Terms({
    "disputed": (N_("Disputed"),
        N_("Two of the compared sides give answers that cannot both hold.")),
    "agreed": (N_("No clash found"),
        N_("Two or more of the compared sides answer, and what they say can hold together.")),
    "incomparable": (N_("Not comparable"),
        N_("The sides that answer speak of different things; no two answers can be compared.")),
    "one-sided": (N_("One side only"), N_("One of the compared sides answers; the others do not.")),
    "outside-only": (N_("Outside voices only"),
        N_("None of the compared sides answers; others do, or documents in their own voice.")),
    "no-account": (N_("No account"), N_("Nobody on record answers.")),
})

# A flag of a claim or an account.
flag = Terms({
    "divided": (N_("divided"), N_("Officials of one side contradict each other.")),
    "inner-dissent": (N_("dissent within a side"),
        N_("Unofficial speakers of a side contradict its officials.")),
    "outside-dissent": (N_("contradicted from outside"),
        N_("Someone of no compared side contradicts one that is compared.")),
    "shifted": (N_("account changed"), N_("A named speaker gave different accounts over time.")),
    "unordered": (N_("order not known"),
        N_("One speaker gave two answers that clash, and which is the later is not known.")),
    "reports-differ": (N_("reports differ"),
        N_("Reports of one and the same utterance give it differently.")),
    "reported": (N_("reported by another"),
        N_("What a side says is known only through another speaker.")),
    "count-fell": (N_("count fell"),
        N_("A later count from the same origin lies below an earlier one.")),
    "part-exceeds-whole": (N_("part above its whole"),
        N_("A count of a part lies above the count of the whole, given no earlier.")),
    "against-interest": (N_("against interest"),
        N_("A speaker concedes losses of, or speaks against, its own side.")),
    "single-origin": (N_("single origin"),
        N_("Everything cited comes from one origin, however many outlets carried it.")),
    "second-hand-only": (N_("second-hand only"),
        N_("No statement is cited from its speaker's own channel.")),
    "third-hand-only": (N_("third-hand only"),
        N_("Every statement is known only as an encyclopedia reports it.")),
    "undated": (N_("undated"), N_("The day on which a statement was made is not known.")),
    "unofficial-only": (N_("unofficial only"),
        N_("Only speakers without official standing answer.")),
    "overruled": (N_("decided by an editor"),
        N_("An editor decided how two accounts relate to each other, against the rule.")),
    "own-voice-drift": (N_("a party's version as plain fact"),
        N_("A document gives the version of one party in its own voice.")),
})

# A kind of claim.
kind = Words({
    "yes-no": N_("yes or no"), "quantity": N_("how many"), "date": N_("when"),
    "choice": N_("which of several"), "text": N_("descriptions"),
})

# A speaker's standing.
standing = Words({
    "official": N_("official"), "local-official": N_("local official"), "party": N_("party"),
    "media": N_("media"), "civic": N_("civic"), "expert": N_("expert"), "witness": N_("witness"),
    "former": N_("former official"), "unnamed": N_("unnamed"),
})

# What the last check of its page found of a quotation.
_finding = Terms({
    "verbatim": (N_("is on the page"), N_("The quoted words are there, letter for letter.")),
    "altered": (N_("the page words it differently"),
        N_("A passage is there that is the quotation in other words; the differences are marked.")),
    "struck-out": (N_("struck out on the page"),
        N_("The quoted words are there, but the page itself has struck out some of them.")),
    "missing": (N_("not found on the page"),
        N_("The page was read, and has neither the words nor words near them.")),
    "not-shown": (N_("the page is not shown"),
        N_("The server answered with something else, such as a request to log in, a notice that "
           "the post is unavailable, or another page. It says nothing about the words.")),
    "gone": (N_("page gone"), N_("The server says that the page is gone.")),
    "blocked": (N_("the page may not be read by programs"),
        N_("The publisher does not let this program read the page; a person may see it.")),
    "unreachable": (N_("the page could not be reached"),
        N_("No whole answer came; the page is tried again soon.")),
    "undecodable": (N_("the page's characters cannot be read"),
        N_("Its bytes make sensible text in no known character encoding.")),
    "unreadable": (N_("the page's text cannot be read"),
        N_("It is empty, a scan, broken, locked with a password, or takes too long to read.")),
    "not-text": (N_("the address leads to no text"),
        N_("It is an image, a video or another file in which there are no words to search for.")),
    "unchecked": (N_("not checked"),
        N_("It has not been checked yet, or the document has no known address.")),
})

# What a check of a page came to.
page_state = Words({
    "read": N_("read"), "not-shown": N_("not shown"), "gone": N_("gone"),
    "blocked": N_("barred to programs"), "unreachable": N_("not reached"),
    "undecodable": N_("unreadable characters"), "unreadable": N_("unreadable"),
    "not-text": N_("no text"), "unchecked": N_("not checked yet"),
})

# Why a page was not read, for the rules whose reason holds nothing but the rule; the program that
# fetched the page stored the same in English.
_reason = Words({
    "log-in": N_("The page asks its readers to log in."),
    "unavailable": N_("The page says that this is not available."),
    "subscribers": N_("The page shows the whole text to subscribers only."),
    "consent": N_("The page asks for consent to cookies before it shows anything."),
    "person-check": N_("The page first checks whether its reader is a person."),
    "scripts": N_("The page shows its words only where scripts run."),
    "app": N_("The page asks to be opened in an app."),
    "front-page": N_("The address leads to a front page now."),
    "other-page": N_("The address leads to another page now."),
    "empty": N_("The page has no words."),
    "undecodable":
        N_("The page's bytes make sensible text in no known character encoding."),
    "too-many-elements": N_("The page has more markup than can be read."),
    "too-costly": N_("The page's markup takes too long or too much memory to read."),
    "pdf-unreadable":
        N_("The PDF is broken, or takes too long or too much memory to read."),
    "pdf-encrypted": N_("The PDF opens with a password only."),
    "pdf-without-text": N_("The PDF has pictures, but no text."),
})

# How precise the point of a place is.
precision = Words({
    "exact": N_("exact"), "village": N_("village"), "town": N_("town"), "district": N_("district"),
    "region": N_("region"),
})

# A publisher's kind.
publisher_kind = Words({
    "agency": N_("news agency"), "newspaper": N_("newspaper"), "broadcaster": N_("broadcaster"),
    "government": N_("government"), "organisation": N_("organisation"),
    "encyclopedia": N_("encyclopedia"), "blog": N_("blog"), "social": N_("social medium"),
})

# What a statement does with its account.
stance = Words({
    "asserts": N_("says so"), "denies": N_("denies it"), "declines": N_("declined to answer"),
    "sidesteps": N_("spoke without answering"),
})

# In which form a statement was made.
form = Words({
    "statement": N_("statement"), "document": N_("document"), "map": N_("map"),
    "footage": N_("footage"), "leaked": N_("leaked document"), "resolution": N_("resolution"),
})

# How near a publisher is to the speaker.
hand = Words({
    "first": N_("first-hand: the speaker's own channel"), "second": N_("second-hand"),
    "third": N_("third-hand: an encyclopedia's report"),
})

# The relation of two sides.
relation = Words({
    "same": N_("say the same"), "compatible": N_("can both hold"), "conflict": N_("conflict"),
    "not-comparable": N_("cannot be compared"), "silent": N_("one of them gives no answer"),
})

# Why two answers cannot be compared.
reason = Words({
    "unit": N_("different units"), "measure": N_("different measures"),
    "scope": N_("different people or things counted"), "moment": N_("different or unknown days"),
    "prose": N_("descriptions between which no clash has been named"),
    "denial": N_("a denial beside another account"),
    "denials": N_("a denial beside another account"),  # as engines before the fourth named it
    "only-possible": N_("an answer that is called possible only"),
    "no-answer": N_("a statement without an answer"),
    "overruled": N_("so an editor decided"),
}, is_open=True)

# Why two accounts do not conflict, or cannot be compared, as a clause.
rule = Words({
    "part-exceeds-whole": N_("a count of a part lies above the count of its whole"),
    "rounding": N_("the figures meet at one bound, as rounded ones do"),
    # What engines before the fourth called `clock`: bare days in a row.
    "clock-of-days": N_(
        "the two dates are a day apart with no time zone given, so that one midnight can be both"
    ),
    "clock": N_("a time near midnight is given without a zone, so that one midnight can be both"),
    "one-day": N_("the times are of one day, and the question does not ask for the hour"),
    "later-count": N_("the later count continues the earlier one"),
    "intervals-overlap": N_("as they are hedged, the figures can both hold"),
    "dates-overlap": N_("as they are given, the dates can both hold"),
    "option-includes": N_("one of the answers includes the other"),
    "option-unknown": N_("one of them says that it is not known"),
    "reports-differ": N_("reports of one utterance differ, and by one of them there is no clash"),
    "unordered": N_("one of them has said both, in an order that is not known"),
    "different-days": N_("some of the accounts speak of different days"),
    "overruled": N_("an editor has decided how the two relate to each other"),
    "unit": N_("the figures are not compared, as they count different units"),
    "measure": N_("the figures are not compared, as they measure different things"),
    "scope": N_("the figures are not compared, as they count different people or things"),
    "moment": N_("the accounts are not compared, as they speak of different or unknown days"),
    "prose": N_("the descriptions are not compared, as no clash between them has been named"),
    "denial": N_("a denial of one account and another account are not compared"),
    "denials": N_("a denial of one account and another account are not compared"),
    "only-possible": N_("what is called possible only is not compared"),
    "no-answer": N_("a statement without an answer is not compared"),
})

# What a quantity counts; a unit that is not known here by its own name.
unit = Words({
    "people": N_("people"), "person": N_("person"), "servicemen": N_("servicemen"),
    "civilians": N_("civilians"), "vehicles": N_("vehicles"), "positions": N_("positions"),
    "drone strikes": N_("drone strikes"), "days": N_("days"),
}, is_open=True)

# By which measure a quantity counts; one that is not known here by its own name.
measure = Words({
    "killed": N_("killed"), "wounded": N_("wounded"),
    "killed and wounded": N_("killed and wounded"),
    "killed or missing": N_("killed or missing"), "missing": N_("missing"),
    "captured": N_("captured"), "released": N_("released"), "returned": N_("returned"),
    "displaced": N_("displaced"), "present": N_("present"), "serving": N_("serving"),
    "injured": N_("injured"), "hurt": N_("hurt"), "arrived": N_("arrived"),
    "remained": N_("remained"), "deployed": N_("deployed"), "held": N_("held"),
    "cut off": N_("cut off"), "let out": N_("let out"), "lost": N_("lost"), "made": N_("made"),
    "broke out": N_("broke out"), "losses": N_("losses"),
}, is_open=True)

# How certain a statement is by its own words.
certainty = Words({
    "stated": N_("certain"), "likely": N_("likely"), "possible": N_("only possible"),
})

# What a key allows.
role = Words({
    "contributor": N_("contributor"), "moderator": N_("moderator"), "admin": N_("admin"),
})

# How a hedge before a number is read.
hedge = Words({
    "about": N_("from 10 % below the number to 10 % above it, of a count at least 1 either way"),
    "almost": N_(
        "from 10 % below the number, of a count at least 1 below it, up to the number, itself left"
        " out"
    ),
    "over": N_("above the number, without an upper bound"), "at least": N_("the number or more"),
    "fewer than": N_("from 0 up to the number, itself left out"),
    "at most": N_("from 0 to the number"),
    "up to": N_("some, and no more than the number: of a count from 1, else from above 0"),
})

# How a speaker's account changed.
shift = Words({
    "update": N_("updated"), "retraction": N_("took back an earlier account"),
    "clash": N_("gave a clashing account"),
})

# What a claim is about.
nature = Words({
    "fact": N_("fact"), "judgement": N_("judgement"), "intention": N_("intention"),
})

states, flags, findings = state.all, flag.all, _finding.all


def unread(rule: str | None, reason: str) -> str:
    """Why a page was not read: in the page's language where it can be said so, else as stored."""
    return _reason(rule) if rule and rule in _reason.messages else RecordText(reason)


def finding(key: str) -> str:
    """What the last check of its page found of a quotation."""
    return _finding(key).name
