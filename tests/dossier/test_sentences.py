"""Every sentence about the shipped record says no day, number or name but those it may say.

What may be said is taken from the files of the record, never from the engine: texts, names, days
and answers of the claim are struck out of a sentence as they read in its language; what remains may
be words of the interface, and in a gap the difference or ratio of two numbers or days struck out.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from gettext import NullTranslations
from itertools import permutations

import pytest
from babel.messages.pofile import read_po

from app.domain.disagreement.comparison import Comparison, Message
from app.domain.disagreement.engine import compare
from app.domain.disagreement.messages import MAX_OF_A_KIND
from app.domain.records.claims import Account, Claim
from app.domain.records.registers import Registers
from app.domain.values.dates import parse_date
from app.domain.values.hedges import read_quantity
from app.dossiers.record import read_record
from app.web.wording import terms
from app.web.wording.locale import DEFAULT, LANGUAGES, Locale, catalogue, path_of
from app.web.wording.messages import _sentences
from app.web.wording.numbers_and_dates import (
    date_in_words_of,
    figure,
    figures,
    listed,
    when_in_words,
)
from app.web.wording.record_text import name_of
from tests.loaded import ROOT
from tests.web.wording.sentences import in_language, speaking

RECORD = read_record(ROOT)
REGISTERS = Registers(RECORD.sources)
(DOSSIER,) = RECORD.dossiers
CLAIMS = {claim.id: claim for _, claim in RECORD.claims}
FOUND = {name: compare(claim, REGISTERS, DOSSIER) for name, claim in CLAIMS.items()}
WORDS_FROM = re.compile(r"app/web/wording/(?!effects)\w+\.py")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d(?:[.,\u00a0\u202f ]?\d)*")
_PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]")
_SEARCHED = re.compile(r"(?<=[“«])([^”»]*) …(?=[”»])")
STRUCK = " • "


def texts_of(claim: Claim) -> Iterator[str]:
    """What the record says of a claim in words, and those in whose words it is."""
    for account in claim.accounts:
        yield from (account.wording or "", account.scope or claim.scope or "")
        yield from (citation.wording or "" for citation in account.citations)
        if claim.kind == "text":
            yield account.answer or ""
        for word in (account.unit or claim.unit, account.measure or claim.measure):
            yield from (terms.unit(word), terms.measure(word)) if word else ()
    yield from (option.label for option in claim.options)
    for search in claim.searched:
        yield from (search.where, search.words)
    for overrule in claim.overrules:
        yield from (overrule.by, overrule.reason)
    yield from names_of(claim)


def names_of(claim: Claim) -> Iterator[str]:
    """Speakers, those who report them, their bodies, publishers and the compared sides."""
    for _, citation in claim.citations():
        for key in (*citation.all_speakers, citation.according_to):
            if key:
                speaker = REGISTERS.speakers[key]
                yield speaker.name
                # A sentence may have a day within the brackets of a name.
                yield speaker.name.removesuffix(")")
                if speaker.speaks_for:
                    yield name_of(REGISTERS.bodies[speaker.speaks_for])
        document = REGISTERS.documents[citation.document]
        yield REGISTERS.publishers[document.publisher].name
    yield from (name_of(REGISTERS.sides[side]) for side in DOSSIER.sides)


def days_of(claim: Claim) -> set[str]:
    """The days that its citations, answers, searches and overrules have (EDTF)."""
    days = {search.on for search in claim.searched} | {o.on for o in claim.overrules}
    for account, citation in claim.citations():
        days |= {citation.said or "", citation.as_of or "", account.as_of or ""}
        if claim.kind == "date":
            days.add(account.answer or "")
    return days - {""}


def answers_of(claim: Claim) -> set[str]:
    """Its answers that are quantities, as the record writes them."""
    known: Iterable[Account] = claim.accounts if claim.kind == "quantity" else ()
    return {account.answer for account in known if account.answer}


@dataclass
class Known:
    """What sentences about a claim may say in the language in force."""

    tag: str
    texts: re.Pattern[str]
    days: dict[str, str]
    """Each day as it reads, with its EDTF."""
    answers: dict[str, str]
    """Each quantity as it reads, with what the record has."""
    searches: list[str]


@cache
def known_of(name: str, tag: str) -> Known:
    """What may be said about a claim."""
    claim = CLAIMS[name]
    texts = {text.strip().removesuffix(".") for text in texts_of(claim)} - {""}
    readings = {
        read(day): day for day in days_of(claim) for read in (date_in_words_of, when_in_words)
    }
    answers = {figures(answer): answer for answer in answers_of(claim)}
    for answer in tuple(answers.values()):
        if best := read_quantity(answer).best:
            answers[figure(Decimal(best))] = best
    searches = [search.words for search in claim.searched]
    return Known(tag, _any_of(texts), readings, answers, searches)


def _any_of(texts: Iterable[str]) -> re.Pattern[str]:
    """Any of the texts, the longest first, each with a small or a capital letter at its head."""
    patterns = (
        f"[{re.escape(text[0].lower() + text[0].upper())}]{re.escape(text[1:])}"
        for text in sorted(texts, key=len, reverse=True)
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)")


@cache
def vocabulary(tag: str) -> set[str]:
    """The words of the interface of which sentences are made."""
    with path_of(tag if tag != DEFAULT else "ru").open("rb") as file:
        messages = read_po(file, locale=tag)
    words = set[str]()
    for message in messages:
        if any(WORDS_FROM.fullmatch(path) for path, _ in message.locations):
            said = message.id if tag == DEFAULT else message.string
            for text in (said,) if isinstance(said, str) else said or ():
                words |= words_in(_PLACEHOLDER.sub(" ", text), tag)
    for either in (False, True):  # of the Unicode CLDR, and in no catalogue
        words |= words_in(in_language(tag, lambda: listed(list("123"), either=either)), tag)  # noqa: B023
    return words


def words_in(text: str, tag: str) -> set[str]:
    """The words of a text in small letters, as Azerbaijani has them too."""
    if tag == "az":
        text = text.replace("İ", "i").replace("I", "ı")
    return {word.lower() for word in _WORD.findall(text)}


@dataclass
class Residue:
    """What remains of a sentence without what its claim has on record."""

    text: str
    numbers: list[Decimal] = field(default_factory=list)
    days: list[str] = field(default_factory=list)


def residue(sentence: str, known: Known) -> Residue:
    """A sentence with what is on record struck out of it, and which numbers and days it names."""

    def searched(match: re.Match[str]) -> str:
        whole = any(words.startswith(match[1]) for words in known.searches)
        return STRUCK if whole else match[0]

    left = Residue(known.texts.sub(STRUCK, _SEARCHED.sub(searched, sentence)))

    def strike(readings: dict[str, str], note: Callable[[str], None]) -> None:
        if readings:
            pattern = "|".join(
                re.escape(words) for words in sorted(readings, key=len, reverse=True)
            )
            whole = rf"(?<![\w])(?<!\d[.,\u00a0\u202f])(?:{pattern})(?![.,\u00a0\u202f]?\w)"

            def struck(match: re.Match[str]) -> str:
                note(readings[match[0]])
                return STRUCK

            left.text = re.sub(whole, struck, left.text)

    strike(known.days, left.days.append)
    strike(known.answers, lambda answer: left.numbers.extend(numbers_in(answer)))
    return left


def numbers_in(answer: str) -> list[Decimal]:
    """The numbers of a quantity as the record writes it."""
    return [Decimal(number) for number in read_quantity(answer).numbers]


def derived(left: Residue) -> set[str]:
    """The differences and ratios of what a sentence names, as they read."""
    pairs = list(permutations(left.numbers, 2))
    found = {figure(one - other) for one, other in pairs if one > other}
    found |= {figure((one / other).quantize(Decimal("0.01"))) for one, other in pairs if other}
    for one, other in permutations(map(parse_date, left.days), 2):
        if one.latest and other.earliest and one.latest < other.earliest:
            last, first = date(*one.latest), date(*other.earliest)
            months = 12 * (first.year - last.year) + first.month - last.month
            found |= {figure((first - last).days), figure(months), figure(first.year - last.year)}
    return found


def unexplained(sentence: str, message: Message, found: Comparison, known: Known) -> set[str]:
    """What a sentence says that it may not: numbers, and words that are not the interface's."""
    left = residue(sentence, known)
    allowed = {figure(count) for count in counts_of(message, found)}
    if message.id.startswith("gap-"):
        allowed |= derived(left)
    numbers = {number for number in _NUMBER.findall(left.text) if number not in allowed}
    return numbers | (words_in(left.text, known.tag) - vocabulary(known.tag))


def counts_of(message: Message, found: Comparison) -> set[int]:
    """How many more of a kind there are than a comparison gives one by one."""
    if message.id != "more":
        return set()
    shifts = Counter(f"shift-{shift.kind}" for shift in found.shifts)
    dissents = Counter((dissent.kind, dissent.left.side) for dissent in found.dissents)
    kind = message.arguments["kind"]
    of_kind = [shifts[kind], *(n for (each, _), n in dissents.items() if each == kind)]
    return {number - MAX_OF_A_KIND for number in of_kind}


def walk(
    tag: str,
    words: NullTranslations | None = None,
    change: Callable[[Message], Message] = lambda message: message,
    claims: Iterable[str] = tuple(CLAIMS),
) -> dict[str, set[str]]:
    """What sentences say that they may not, by sentence."""

    def walked() -> dict[str, set[str]]:
        faults = {}
        for name in claims:
            known, found = known_of(name, tag), FOUND[name]
            for message in found.messages:
                for sentence in speak(change(message)):
                    if rest := unexplained(sentence, message, found, known):
                        faults[sentence] = rest
        return faults

    def speak(message: Message) -> tuple[str, ...]:
        return speaking(spoken, lambda: _sentences(message, REGISTERS))

    spoken = Locale(tag, words or catalogue(tag))
    return in_language(tag, walked)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_no_sentence_says_a_day_number_or_name_that_is_not_on_record(tag: str) -> None:
    assert walk(tag) == {}


@pytest.mark.parametrize("tag", LANGUAGES)
def test_no_day_reads_with_a_number_that_its_date_has_not(tag: str) -> None:
    """“2020-12~” is “about December 2020”, and no day of it."""
    days = set[str]().union(*map(days_of, CLAIMS.values()))

    def invented(day: str) -> set[int]:
        written = {int(number) for number in re.findall(r"\d+", day.replace("X", "0"))}
        read = f"{date_in_words_of(day)} {when_in_words(day)}"
        return {int(number) for number in re.findall(r"\d+", read)} - written

    assert in_language(tag, lambda: {day: invented(day) for day in days if invented(day)}) == {}


class Inventing(NullTranslations):
    """A catalogue that says a little more than it should in one of its messages."""

    def __init__(self, tag: str, form: str, invented: str) -> None:
        super().__init__()
        self.add_fallback(catalogue(tag))
        self._form, self._invented = form, invented

    def gettext(self, message: str) -> str:
        said = super().gettext(message)
        return f"{said[:-1]} ({self._invented}){said[-1]}" if message == self._form else said


AGREED = [name for name, found in FOUND.items() if found.state == "agreed"]


@pytest.mark.parametrize("invented", ["3", "17.5", "12", "2019", "1,960", "Freedonia", "Türkiyə"])
@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_walk_finds_what_a_catalogue_invents(tag: str, invented: str) -> None:
    faults = walk(tag, Inventing(tag, "No clash found: %(said)s.", invented), claims=AGREED)
    # Of one, 1,960 is the answer.
    assert len(faults) >= len(AGREED) - 1
    assert all(invented in sentence for sentence in faults)


Change = Callable[[object], object]


def changed(value: object, changes: dict[str, Change]) -> object:
    """A message's arguments with what is under these keys, wherever it is, put otherwise."""
    if isinstance(value, dict):
        return {
            key: changes[key](held) if key in changes and held else changed(held, changes)
            for key, held in value.items()
        }
    return [changed(each, changes) for each in value] if isinstance(value, list) else value


def more(number: object) -> float:
    assert isinstance(number, int | float)
    return number + 1


def always(new: object) -> Change:
    return lambda _: new


NOBODY = "A. Nobody, President of Freedonia"
CHANGES: dict[str, dict[str, Change]] = {
    "a difference": {"difference": more},
    "a ratio": {"ratio": more},
    "a count": {"count": more},
    "a day": {"said": always("2019-05-12")},
    "a day of a month": {"said": lambda said: "2020-12-31" if said == "2020-12~" else said},
    "a day of a search": {"on": always("2019-05-12")},
    "what was searched for": {"words": always("Freedonia")},
    "where it was searched": {"where": lambda where: f"Freedonia and {where}"},
    "a reporter": {"according_to": always(NOBODY)},
    "a speaker": {"speaker": always(NOBODY)},
    "a body": {"name": always("Freedonia"), "id": always("freedonia")},
    "a wording": {"wording": lambda wording: f"{wording} in 2019"},
    "an answer": {"wording": always(None), "answer": always("4711")},
    "a reason": {"reason": lambda reason: f"{reason} in 2019"},
    "a scope": {"right_counts": always(["people in Freedonia"])},
}


@pytest.mark.parametrize("invented", CHANGES)
@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_walk_finds_what_is_invented_in_a_message(tag: str, invented: str) -> None:
    def change(message: Message) -> Message:
        # Of a date the answer would be no date.
        of_dates = any(group.get("kind") == "date" for group in message.arguments.get("groups", ()))
        changes = {} if of_dates and invented == "an answer" else CHANGES[invented]
        arguments = changed(message.arguments, changes)
        assert isinstance(arguments, dict)
        return Message(id=message.id, arguments=arguments)

    assert walk(tag, change=change)
