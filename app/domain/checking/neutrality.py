"""Whether our own sentences take a side: words that a dossier avoids, and one side's place names.

What is inside quotation marks is somebody else's and is skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from app.domain.checking.findings import Finding, Where, citations_in
from app.domain.records.claims import Claim
from app.domain.records.registers import Dossier
from app.domain.values.base import Record

_QUOTED = re.compile('“[^”]*”|"[^"]*"')


def partial_words(record: Record, dossier: Dossier) -> Iterator[Finding]:
    """Every word in the sentences of a claim or dossier that takes a side, with what to do."""
    for where, text in _sentences(record):
        # A space in its place, so that the words on either side do not grow together into another.
        ours = _QUOTED.sub(" ", text)
        if dossier.wording:
            for word in _found(dossier.wording.loaded, ours):
                yield Finding(where, f"says “{word}” in our own words; quote it, or leave it out")
            # Only a question can take its answer for granted; the same word may be the answer
            # elsewhere.
            if where == ("question",):
                for word in _found(dossier.wording.presupposing, ours):
                    yield Finding(where, f"takes its answer for granted with “{word}”; reword it")
        yield from _one_sided_names(where, ours, dossier)


def _sentences(record: Record) -> Iterator[tuple[Where, str]]:
    """Our own sentences in a record, with their places."""
    match record:
        case Claim():
            yield from _present(((("question",), record.question), (("summary",), record.summary)))
            yield from _present(((("scope",), record.scope), (("note",), record.note)))
            for number, option in enumerate(record.options):
                yield ("options", number, "label"), option.label
            for number, account in enumerate(record.accounts):
                here: Where = ("accounts", number)
                yield from _present((((*here, "wording"), account.wording),))
                yield from _present((((*here, "scope"), account.scope),))
                yield from _present((((*here, "note"), account.note),))
            for where, citation in citations_in(record):
                yield from _present((((*where, "wording"), citation.wording),))
        case Dossier():
            yield from _present(((("summary",), record.summary), (("note",), record.note)))
            for number, topic in enumerate(record.topics):
                yield ("topics", number, "name"), topic.name
            for number, event in enumerate(record.events):
                yield ("events", number, "name"), event.name
            for number, scope in enumerate(record.scopes):
                yield ("scopes", number, "label"), scope.label


def _present(texts: Iterable[tuple[Where, str | None]]) -> Iterator[tuple[Where, str]]:
    for where, text in texts:
        if text:
            yield where, text


def _found(words: Iterable[str], text: str) -> Iterator[str]:
    for word in words:
        # Lookarounds and not `\b`, which needs a letter at the end of what is looked for.
        match = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)
        if match:
            yield match[0]


def _one_sided_names(where: Where, text: str, dossier: Dossier) -> Iterator[Finding]:
    """Names of one side alone, for a place whose own name carries several."""
    for place in dossier.places:
        forms = place.name.split("/")
        if len(forms) < 2:
            continue
        # The whole name first, as each form in it would be found alone too.
        rest = text.replace(place.name, " ")
        for form in _found(forms, rest):
            yield Finding(where, f"names a place “{form}” alone; write “{place.name}”")
