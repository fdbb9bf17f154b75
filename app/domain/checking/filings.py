"""Whether a citation is filed under more than its words carry, as far as a program can see.

Each rule asks about a kind of fault that a second reading of the first dossier found often. A hit
is a question, and no verdict: an editor who has read the page again answers it with a new filing,
or with a signed exemption (`Claim.exemptions`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from app.domain.checking.findings import Finding, Where, citations_in
from app.domain.records.claims import Account, Citation, Claim, Rule
from app.domain.values.dates import parse_date


def questionable_filings(claim: Claim) -> Iterator[Finding]:
    """Every filing of a claim that a rule asks about and no editor has exempted."""
    exempted = {(exemption.rule, exemption.citation) for exemption in claim.exemptions}
    for rule, hits in _RULES.items():
        for where, citation, message in hits(claim):
            if (rule, citation.id) not in exempted:
                yield Finding(where, f"{message} ({rule})")


_Hits = Iterator[tuple[Where, Citation, str]]


def _confessing_notes(claim: Claim) -> _Hits:
    """Notes of asserting citations that say that the words do not say it."""
    for where, citation in citations_in(claim):
        asserts = citation.stance == "asserts" and citation.reading is None
        found = _CONFESSION.search(citation.note or "") if asserts else None
        if found:
            message = (
                f"says “{found[0]}” of a citation that asserts; file it as what it says, "
                "or as a reading of the editors"
            )
            yield (*where, "note"), citation, message


_CONFESSION = re.compile(
    r"\b(?:(?:is|are|does|do|did|was|were) not (?:say|said|name|named|state|stated|in the words)"
    r"|(?:our|the editors[’']) (?:reading|inference|sum)|how the record reads|is inferred"
    r"|in the words of none|not in so many words)\b",
    re.IGNORECASE,
)


def _undated_states(claim: Claim) -> _Hits:
    """Citations without a moment in a claim most of whose statements speak of one.

    Where few do, it asks about one moment, and these are of another.
    """
    if claim.kind not in ("choice", "yes-no"):
        return
    dated = [account.as_of or citation.as_of for account, citation in claim.citations()]
    if 2 * sum(moment is not None for moment in dated) < len(dated):
        return
    for (where, citation), moment in zip(citations_in(claim), dated, strict=True):
        if moment is None and citation.stance in ("asserts", "denies"):
            message = "is missing, while most statements of this claim speak of a moment"
            yield (*where, "as_of"), citation, message


def _said_before(claim: Claim) -> _Hits:
    """Statements of fact that were made before what they speak of happened."""
    if claim.nature == "intention" or claim.happened is None:
        return
    first = parse_date(claim.happened).earliest
    for where, citation in citations_in(claim):
        last = parse_date(citation.said).latest if citation.said else None
        if citation.stance in ("asserts", "denies") and first and last and last < first:
            message = (
                f"is “{citation.said}”, before what is asked about happened ({claim.happened})"
            )
            yield (*where, "said"), citation, message


def _losses_as_killed(claim: Claim) -> _Hits:
    """Words about losses, victims or the wounded in a count of the killed."""
    for (where, citation), account in zip(citations_in(claim), _accounts(claim), strict=True):
        if (account.measure or claim.measure) != "killed" or citation.stance != "asserts":
            continue
        words = _words_of(citation)
        found = _LOSSES.search(words)
        if found and not _KILLED.search(words):
            message = f"has “{found[0]}” under a count of the killed; that is another measure"
            yield (*where, "quote"), citation, message


# English, Russian, Armenian, Azerbaijani and Turkish. Armenian զոհ and Azerbaijani şəhid are people
# who were killed, and no losses.
_LOSSES = re.compile(
    r"\b(?:los(?:s|ses|t)|casualt\w+|victims?|wounded|injured|потер\w+|жертв\w*|ранен\w+"
    r"|կորուստ\w*|կորցր\w+|վիրավոր\w*|itki\w*|itir\w+|yaral\w+|kayıp\w*|kayb\w+)",
    re.IGNORECASE,
)
_KILLED = re.compile(
    r"\b(?:kill\w*|dead|die[ds]?|death\w*|fallen|bodies|погиб\w*|убит\w*|мертв\w*|скончал\w*"
    r"|զոհ\w*|սպանվ\w*|մահ\w*|մահացել\w*|həlak\w*|şəhid\w*|öl\w+|şehit\w*)",
    re.IGNORECASE,
)


def _dropped_hedges(claim: Claim) -> _Hits:
    """Bare numbers whose words have a hedge before the number."""
    if claim.kind != "quantity":
        return
    for (where, citation), account in zip(citations_in(claim), _accounts(claim), strict=True):
        number = re.sub(r"\D", "", account.answer or "")
        if not number or not re.fullmatch(r"[\d \u00a0\u202f]+", account.answer or ""):
            continue
        found = _HEDGED.search(_joined(_words_of(citation)))
        if found and found["number"] == number and citation.stance == "asserts":
            message = f"has “{found[0]}”, and its account the bare number {account.answer}"
            yield (*where, "quote"), citation, message


_HEDGED = re.compile(
    r"\b(?:about|around|approximately|roughly|some|nearly|almost|over|more than|at least|up to"
    r"|no fewer than|fewer than|less than|около|примерно|порядка|почти|более|больше|свыше|до"
    r"|не менее|как минимум|менее|մոտ|շուրջ|ավելի քան|առնվազն|գրեթե|մինչև|təxminən|ən azı"
    r"|çox|yaxın|yaklaşık|en az|fazla)\s+(?P<number>\d+)\b",
    re.IGNORECASE,
)


def _answers_without_words(claim: Claim) -> _Hits:
    """Numbers of an answer that its citation's words do not have, in figures or in words."""
    if claim.kind != "quantity":
        return
    for (where, citation), account in zip(citations_in(claim), _accounts(claim), strict=True):
        numbers = re.findall(r"\d+", _joined(account.answer or ""))
        words = _joined(_words_of(citation))
        asked = citation.stance == "asserts" and citation.reading is None and citation.quote
        # Words for numbers are read by people: that there are none of either kind is what is seen.
        if (
            asked
            and numbers
            and not any(n in words for n in numbers)
            and not _SPELLED.search(words)
        ):
            message = f"has no number, and its account says {account.answer}"
            yield (*where, "quote"), citation, message


_SPELLED = re.compile(
    r"\b(?:no|none|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty"
    r"|dozen\w*|hundred\w*|thousand\w*|half|third|both|a|an|single|один\w*|одн\w+|два|две|двое|дв\w+"
    r"|тр\w+|четыр\w+|пят\w+|шест\w+|сем\w+|восем\w+|девят\w+|десят\w+|сот\w+|сто|тысяч\w*"
    r"|մեկ\w*|երկու\w*|երեք\w*|չորս\w*|հինգ\w*|վեց\w*|յոթ\w*|ութ\w*|ինն?\w*|տաս\w*|հարյուր\w*|հազար\w*"
    r"|bir\w*|iki\w*|üç\w*|dörd\w*|beş\w*|altı\w*|yeddi\w*|səkkiz\w*|doqquz\w*|on\w*|yüz\w*|min\w*)\b",
    re.IGNORECASE,
)


def _translations_of_originals(claim: Claim) -> _Hits:
    """Translated words of an utterance whose own words another citation quotes."""
    quoted = {
        (citation.occasion, account.id)
        for account, citation in claim.citations()
        if citation.voice == "quoted" and citation.occasion
    }
    for (where, citation), account in zip(citations_in(claim), _accounts(claim), strict=True):
        if citation.voice == "translated" and (citation.occasion, account.id) in quoted:
            message = "are translated words, and another citation quotes the utterance itself"
            yield (*where, "voice"), citation, message


_RULES: Mapping[Rule, Callable[[Claim], _Hits]] = {
    "confessing-note": _confessing_notes,
    "undated-state": _undated_states,
    "said-before": _said_before,
    "losses-as-killed": _losses_as_killed,
    "dropped-hedge": _dropped_hedges,
    "no-number": _answers_without_words,
    "translated-original": _translations_of_originals,
}


def two_stances(claims: Iterable[Claim]) -> Iterator[tuple[str, Finding]]:
    """Phrases of a document that are filed with one stance here and another there.

    Each with the id of the later claim.
    """
    first: dict[tuple[str, str], tuple[str, Citation]] = {}
    for claim in claims:
        exempted = {e.citation for e in claim.exemptions if e.rule == "two-stances"}
        for where, citation in citations_in(claim):
            if citation.quote is None or citation.id in exempted:
                continue
            name, other = first.setdefault(
                (citation.document, citation.quote), (claim.id, citation)
            )
            if other.stance != citation.stance:
                message = (
                    f"is “{citation.stance}”, and “{other.stance}” of the same words in "
                    f"“{name}” (two-stances)"
                )
                yield claim.id, Finding((*where, "stance"), message)


def _accounts(claim: Claim) -> Iterator[Account]:
    for account, _ in claim.citations():
        yield account


def _words_of(citation: Citation) -> str:
    return " ".join(filter(None, (citation.quote, citation.translation)))


def _joined(text: str) -> str:
    """Digits of one number without what groups them."""
    return re.sub(r"(?<=\d)[ \u00a0\u202f,.'’](?=\d{3}\b)", "", text)
