"""What is counted and of whom: a dossier's measures and scopes, and how its claims spell them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from app.domain.checking.findings import Finding, Where
from app.domain.checking.references import circles, in_words
from app.domain.records.claims import Claim
from app.domain.records.registers import Counted, Dossier, folded_label

_TEXTS = ("unit", "measure", "scope")


def counted_lists(dossier: Dossier) -> Iterator[Finding]:
    """Findings for measures and scopes that are within what is none, or themselves, or one."""
    for key, called in (("measures", "measure"), ("scopes", "scope")):
        entries: tuple[Counted, ...] = getattr(dossier, key)
        yield from _within(entries, key, called)
        yield from _one_label(entries, key, called)


def _within(entries: Sequence[Counted], key: str, called: str) -> Iterator[Finding]:
    # Reversed, so that of an id that is there twice the first place is reported.
    places = {entry.id: n for n, entry in reversed(list(enumerate(entries)))}
    for n, entry in enumerate(entries):
        for m, name in enumerate(entry.within):
            if name not in places:
                message = f"“{name}” is no {called} of this dossier"
                yield Finding((key, n, "within", m), message)
    for way in circles({entry.id: entry.within for entry in entries}):
        message = f"“{way[0]}” lies within itself: {in_words(way)}"
        yield Finding((key, places[way[0]], "within"), message)


def _one_label(entries: Sequence[Counted], key: str, called: str) -> Iterator[Finding]:
    """Findings for labels by which two entries could be meant."""
    owners: dict[str, str] = {}
    for n, entry in enumerate(entries):
        first = owners.setdefault(folded_label(entry.label), entry.id)
        if first != entry.id:
            message = f"is the label of the {called} “{first}” but for its spelling"
            yield Finding((key, n, "label"), message)


def spellings(dossier: Dossier, claims: Iterable[Claim]) -> Iterator[tuple[str, Finding]]:
    """Units, measures and scopes of a dossier's claims that are spelled in two ways.

    They are compared as one; which spelling is meant is for a person to say. The usual one is the
    label in the dossier's list, else the most frequent. With each finding the claim's id.
    """
    uses: defaultdict[tuple[str, str], list[tuple[str, Where, str]]] = defaultdict(list)
    for claim in claims:
        for where, text in _texts(claim):
            uses[str(where[-1]), folded_label(text)].append((claim.id, where, text))
    for (key, _folded), found in uses.items():
        usual = _usual(dossier, key, [text for _, _, text in found])
        for claim_id, where, text in found:
            if text not in usual:
                yield claim_id, Finding(where, f"“{text}” is “{usual[0]}” elsewhere; write one")


def _usual(dossier: Dossier, key: str, texts: Sequence[str]) -> tuple[str, ...]:
    """The spellings that are right: a listed entry's label and id, or the one used most."""
    named = {"measure": dossier.measure_named, "scope": dossier.scope_named}.get(key)
    entry = named(texts[0]) if named else None
    if entry:
        return entry.label, entry.id
    return (Counter(texts).most_common(1)[0][0],)


def _texts(claim: Claim) -> Iterator[tuple[Where, str]]:
    holders: list[tuple[Where, object]] = [((), claim)]
    holders += ((("accounts", n), account) for n, account in enumerate(claim.accounts))
    for where, holder in holders:
        for key in _TEXTS:
            text = getattr(holder, key)
            if text is not None:
                yield (*where, key), text
