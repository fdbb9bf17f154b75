"""Whether a record is consistent in itself: pure functions from records to findings.

They hold for a record that is read from files, and for a claim that is sent in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from app.domain.checking.archived import archived_copy
from app.domain.checking.counted import counted_lists
from app.domain.checking.findings import Finding, Where, citations_in, wordings_in
from app.domain.checking.references import (
    Known,
    circles,
    claim_references,
    dossier_references,
    in_words,
    source_references,
)
from app.domain.records.answers import parse_answer
from app.domain.records.claims import Account, Citation, Claim
from app.domain.records.registers import Document, Dossier, Sources
from app.domain.values.addresses import judge_url
from app.domain.values.canonical_addresses import canonical_address
from app.domain.values.dates import EdtfDate, parse_date
from app.errors import AddressRefused, BadInput


def check_sources(sources: Sources, known: Known, today: date) -> Iterator[Finding]:
    """Everything inconsistent in the registers on a day, at UTC."""
    yield from refused_addresses(sources)
    yield from repeats_in_sources(sources)
    yield from source_references(sources, known)
    for n, document in enumerate(sources.documents):
        yield from read_in_time(document, today, ("documents", n))
        yield from archived_copy(document, ("documents", n))


def check_dossier(dossier: Dossier, known: Known) -> Iterator[Finding]:
    """Everything inconsistent in a dossier, its claims aside."""
    yield from repeats_in_dossier(dossier)
    yield from counted_lists(dossier)
    yield from dossier_references(dossier, known)


def check_claim(claim: Claim, known: Known, dossier: str) -> Iterator[Finding]:
    """Everything inconsistent in a claim of the dossier with this id.

    Circles of `part_of` need all claims: see `part_of_circles`.
    """
    # Every check runs, whatever the one before found: all faults of a run are listed at once.
    yield from repeats_in_claim(claim)
    yield from claim_references(claim, known, dossier)
    yield from kind_keys(claim)
    yield from options(claim)
    yield from answers(claim)
    yield from curated(claim)
    yield from exemptions(claim)
    yield from citations(claim)
    yield from occasions(claim)
    yield from ended_wordings(claim)
    yield from statements_in_time(claim, known.documents, known.zones.get(dossier))


def ended_wordings(claim: Claim) -> Iterator[Finding]:
    """Every wording that ends in a stop: the sentence that it is put into goes on after it."""
    for where, wording in wordings_in(claim):
        if wording.rstrip().endswith("."):
            yield Finding(where, "ends in a stop; it is a clause inside other sentences")


# `claims/<dossier>/dossier.yaml` lies among the files of claims, each named by its claim's id.
DOSSIER_FILE_ID = "dossier"


def repeats_in_claim(claim: Claim) -> Iterator[Finding]:
    """Findings for ids of options, accounts and citations that appear twice in their claim."""
    if claim.id == DOSSIER_FILE_ID:
        yield Finding(("id",), f"“{claim.id}” is reserved for the dossier's own file")
    options = ((("options", n, "id"), option.id) for n, option in enumerate(claim.options))
    yield from _repeated(options, "an option of this claim")
    accounts = ((("accounts", n, "id"), account.id) for n, account in enumerate(claim.accounts))
    yield from _repeated(accounts, "an account of this claim")
    citations: Iterator[tuple[Where, str]] = (
        (("accounts", n, "citations", m, "id"), citation.id)
        for n, account in enumerate(claim.accounts)
        for m, citation in enumerate(account.citations)
    )
    yield from _repeated(citations, "a citation of this claim")


_DOSSIER_LISTS = {
    "topics": "a topic",
    "events": "an event",
    "measures": "a measure",
    "scopes": "a scope",
}


def repeats_in_dossier(dossier: Dossier) -> Iterator[Finding]:
    """Findings for topics, events, measures and scopes whose id another of them has."""
    for key, called in _DOSSIER_LISTS.items():
        ids = (((key, n, "id"), entry.id) for n, entry in enumerate(getattr(dossier, key)))
        yield from _repeated(ids, f"{called} of this dossier")


def repeats_in_sources(sources: Sources) -> Iterator[Finding]:
    """Findings for outlets that exist already, and documents at an address that another has.

    An outlet under two ids would be two origins of one report.
    """
    outlets: dict[tuple[str, str | None], str] = {}
    for n, publisher in enumerate(sources.publishers):
        # With the country, as different papers are called “The Times”.
        first = outlets.setdefault((publisher.name, publisher.country), publisher.id)
        if first != publisher.id:
            message = f"is already the name of the publisher “{first}” of the same country"
            yield Finding(("publishers", n, "name"), message)
    yield from _repeated_pages(sources.documents)


def _repeated_pages(documents: Iterable[Document]) -> Iterator[Finding]:
    # Two documents of one page, in whatever spelling: its citations would count as from two.
    owners: dict[str, Document] = {}
    for n, document in enumerate(documents):
        if document.url is None:
            continue
        try:
            page = canonical_address(document.url)
        except AddressRefused:
            page = document.url
        first = owners.setdefault(page, document)
        if first is not document:
            message = f"is already the address of the document “{first.id}”"
            if first.url != document.url:
                message += f", spelled “{first.url}” there; both are {page}"
            yield Finding(("documents", n, "url"), message)


def refused_addresses(sources: Sources) -> Iterator[Finding]:
    """Findings for addresses that no browser opens, or that lead to no site.

    Here and not in the records' own types: what was taken before a rule was made is still read.
    """
    addresses: list[tuple[Where, str | None]] = []
    for n, publisher in enumerate(sources.publishers):
        addresses.append((("publishers", n, "url"), publisher.url))
    for n, document in enumerate(sources.documents):
        addresses.append((("documents", n, "url"), document.url))
        copy = document.archived
        addresses.append((("documents", n, "archived", "url"), copy.url if copy else None))
    for where, url in addresses:
        try:
            if url:
                judge_url(url)
        except AddressRefused as refused:
            yield Finding(where, refused.sentence.removesuffix("."))


def _repeated(entries: Iterable[tuple[Where, str]], called: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for where, name in entries:
        if name in seen:
            yield Finding(where, f"“{name}” is already {called}")
        seen.add(name)


_COUNTING_KEYS = ("unit", "measure", "scope", "counting")
_NO_ANSWER = frozenset({"sidesteps", "declines"})


def kind_keys(claim: Claim) -> Iterator[Finding]:
    """Findings for keys that the claim's kind needs, or does not know."""
    if claim.kind == "quantity":
        # Needed to compare at all: killed and wounded, or people and vehicles, are no two counts of
        # one thing. A missing scope is a scope of its own.
        for key in ("unit", "measure"):
            if getattr(claim, key) is None:
                yield Finding((key,), "is missing; a quantity claim says what it counts")
    else:
        yield from _not_counted(claim, claim, ())
        for n, account in enumerate(claim.accounts):
            yield from _not_counted(claim, account, ("accounts", n))
    if claim.kind == "choice" and len(claim.options) < 2:
        message = f"a choice claim names two or more, not {len(claim.options)}"
        yield Finding(("options",), message)
    if claim.kind != "choice" and claim.options:
        yield Finding(("options",), f"a {claim.kind} claim has none; only a choice claim has")


def _not_counted(claim: Claim, holder: Claim | Account, where: Where) -> Iterator[Finding]:
    for key in _COUNTING_KEYS:
        given = getattr(holder, key, None)
        # A date claim may ask for the hour, where two times of one day are two answers.
        asks_hour = claim.kind == "date" and holder is claim and (key, given) == ("unit", "hour")
        if given is not None and not asks_hour:
            message = f"a {claim.kind} claim has none; only a quantity claim has"
            yield Finding((*where, key), message)


def answers(claim: Claim) -> Iterator[Finding]:
    """Findings for answers that are missing, or are none of the claim's kind."""
    for n, account in enumerate(claim.accounts):
        where = ("accounts", n, "answer")
        # Statements that answer nothing have an account of their own, so that no answer is put into
        # anybody's mouth (docs/decisions/2026-11-21-statements-without-an-answer.md).
        if account.answer is None and not _answers_nothing(account):
            message = "is missing; only where every citation sidesteps or declines is there none"
            yield Finding(where, message)
        try:
            parse_answer(claim, account)
        except BadInput as error:
            yield Finding(where, str(error).removesuffix("."))


def _answers_nothing(account: Account) -> bool:
    return all(citation.stance in _NO_ANSWER for citation in account.citations)


def options(claim: Claim) -> Iterator[Finding]:
    """Findings for options that include what is none, or themselves."""
    # Reversed, so that of an id that is there twice the first place is reported.
    places = {option.id: n for n, option in reversed(list(enumerate(claim.options)))}
    for n, option in enumerate(claim.options):
        for m, name in enumerate(option.includes):
            if name not in places:
                message = f"“{name}” is none of the claim's options"
                yield Finding(("options", n, "includes", m), message)
    for way in circles({option.id: option.includes for option in claim.options}):
        message = f"“{way[0]}” includes itself: {in_words(way)}"
        yield Finding(("options", places[way[0]], "includes"), message)


def curated(claim: Claim) -> Iterator[Finding]:
    """Findings for clashes and overrules whose accounts are not there, or are one account."""
    accounts = {account.id for account in claim.accounts}
    for n, account in enumerate(claim.accounts):
        # Where answers can be compared the rules do it, and a curator who knows better overrules
        # them with a reason: a named clash beside them could say the opposite.
        if account.clashes and claim.kind != "text":
            message = f"a {claim.kind} claim has none; its answers show where they clash"
            yield Finding(("accounts", n, "clashes"), message)
        for m, clash in enumerate(account.clashes):
            where = ("accounts", n, "clashes", m, "with")
            yield from _account(clash.with_, accounts, where)
            if clash.with_ == account.id:
                yield Finding(where, "is the account itself; it clashes with another")
    for n, overrule in enumerate(claim.overrules):
        for m, name in enumerate(overrule.accounts):
            yield from _account(name, accounts, ("overrules", n, "accounts", m))
        if len(set(overrule.accounts)) == 1:
            yield Finding(("overrules", n, "accounts"), "names one account twice; it takes two")


def exemptions(claim: Claim) -> Iterator[Finding]:
    """Findings for exemptions of a citation that is not there, or that is exempted twice."""
    cited = {citation.id for _, citation in claim.citations()}
    seen: set[tuple[str, str]] = set()
    for n, exemption in enumerate(claim.exemptions):
        if exemption.citation not in cited:
            message = f"“{exemption.citation}” is not a citation of this claim"
            yield Finding(("exemptions", n, "citation"), message)
        if (exemption.citation, exemption.rule) in seen:
            yield Finding(("exemptions", n), "repeats an exemption above")
        seen.add((exemption.citation, exemption.rule))


def _account(name: str, accounts: set[str], where: Where) -> Iterator[Finding]:
    if name not in accounts:
        yield Finding(where, f"“{name}” is not an account of this claim")


# A short phrase that decides, never a whole passage: the record quotes and does not republish.
QUOTE_WORDS = 15


def citations(claim: Claim) -> Iterator[Finding]:
    """Findings in single citations."""
    for where, citation in citations_in(claim):
        yield from _speakers(citation, where)
        yield from _words(citation, where)
        # What nobody said must at least be argued for.
        if citation.reading and citation.note is None:
            yield Finding((*where, "note"), "is missing; it says why the editors read it so")


def _speakers(citation: Citation, where: Where) -> Iterator[Finding]:
    if citation.speaker and citation.speakers:
        message = "cannot be combined with “speaker”; write one of the two"
        yield Finding((*where, "speakers"), message)
    # One thing has one way to be written: else two files could say the same and differ.
    elif len(citation.speakers) == 1:
        yield Finding((*where, "speakers"), "names one; write it as “speaker”")
    if citation.according_to and citation.according_to in citation.all_speakers:
        yield Finding((*where, "according_to"), "is the speaker; it takes another, who reports it")


def _words(citation: Citation, where: Where) -> Iterator[Finding]:
    if citation.quote is None:
        return
    length = len(citation.quote.split())
    if length > QUOTE_WORDS:
        message = f"has {length} words; a quotation may have {QUOTE_WORDS} at most"
        yield Finding((*where, "quote"), message)
    # A document's own voice needs none: its words are its own.
    if citation.all_speakers and citation.voice is None:
        choice = "the speaker's (quoted, translated) or about them (paraphrased)"
        message = f"is missing; are the words {choice}?"
        yield Finding((*where, "voice"), message)


def statements_in_time(
    claim: Claim, documents: Mapping[str, Document], zone: str | None
) -> Iterator[Finding]:
    """Findings for statements that are dated after their document was published, or read.

    Days are those at `zone`; without one no publication is compared. Documents that are not among
    these are passed over.
    """
    for where, citation in citations_in(claim):
        document = documents.get(citation.document)
        if document and citation.said:
            yield from _in_time(citation.said, document, zone, (*where, "said"))


def _in_time(said: str, document: Document, zone: str | None, where: Where) -> Iterator[Finding]:
    date = parse_date(said)
    if _is_days_later(date, parse_date(document.read_on)):
        yield Finding(where, f"is after its document was read, on {document.read_on}")
    elif zone and document.published:
        begins, _ = date.instants(zone)
        _, ends = parse_date(document.published).instants(zone)
        if begins is not None and ends is not None and begins > ends:
            message = f"is after its document was published, on {document.published}"
            advice = "where zones explain it, give the document's time with its zone"
            yield Finding(where, f"{message}; {advice}")


def _is_days_later(later: EdtfDate, day: EdtfDate) -> bool:
    """Whether a date lies after a day wherever on Earth either was written."""
    if later.earliest is None or day.latest is None:
        return False
    return later.earliest > day.latest.following()


def read_in_time(document: Document, today: date, where: Where) -> Iterator[Finding]:
    """Findings for a document that was read before it was published, or that nobody can have read.

    `today` is the day at UTC.
    """
    tomorrow = (today + timedelta(days=1)).isoformat()
    read_on = parse_date(document.read_on)
    if read_on.text > tomorrow:
        yield Finding((*where, "read_on"), f"is to come; today is {today.isoformat()}")
    if document.archived and document.archived.on > tomorrow:
        yield Finding((*where, "archived", "on"), f"is to come; today is {today.isoformat()}")
    if document.published and _is_days_later(parse_date(document.published), read_on):
        message = f"is after the day on which it was read, {document.read_on}"
        yield Finding((*where, "published"), message)


def occasions(claim: Claim) -> Iterator[Finding]:
    """Findings for reports of one occasion in a claim that give it differing days."""
    dates: dict[str, str | None] = {}
    for where, citation in citations_in(claim):
        if citation.occasion:
            first = dates.setdefault(citation.occasion, citation.said)
            yield from _one_day(citation, where, first, "in this claim")


def occasions_across(claims: Iterable[Claim]) -> Iterator[tuple[str, Finding]]:
    """Findings for occasions to which several claims give differing days, with the claim's id."""
    dates: dict[str, tuple[str, str | None]] = {}
    for claim in claims:
        for where, citation in citations_in(claim):
            if citation.occasion:
                home, first = dates.setdefault(citation.occasion, (claim.id, citation.said))
                if home != claim.id:
                    for finding in _one_day(citation, where, first, f"in the claim “{home}”"):
                        yield claim.id, finding


def _one_day(citation: Citation, where: Where, said: str | None, place: str) -> Iterator[Finding]:
    if citation.said != said:
        message = f"differs from the day of “{citation.occasion}” {place} ({said or 'undated'})"
        yield Finding((*where, "said"), f"{message}; one occasion has one day")
