"""What the lists of a dossier call a claim: by these words a search finds it too."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.records.claims import Claim
from app.domain.records.registers import Counted, Dossier


def terms_of(claim: Claim, dossier: Dossier) -> tuple[str, ...]:
    """The names, in every language, of its event and of what its accounts count.

    And the other words that the dossier has for these and for its topic (`also`); none twice.
    """
    found: dict[str, None] = {}
    # Not a topic's name, which lists what it has: who looks for the missing does not mean each
    # claim under “Dead, wounded, missing and captured”.
    for topic in dossier.topics:
        if topic.id == claim.topic:
            found |= dict.fromkeys(topic.also)
    for event in dossier.events:
        if event.id == claim.event:
            found |= dict.fromkeys((event.name, *(n.name for n in event.names), *event.also))
    for entry in _counted(claim, dossier):
        found |= dict.fromkeys((entry.label, *(n.name for n in entry.names), *entry.also))
    return tuple(found)


def _counted(claim: Claim, dossier: Dossier) -> Iterator[Counted]:
    measures = dict.fromkeys((claim.measure, *(account.measure for account in claim.accounts)))
    scopes = dict.fromkeys((claim.scope, *(account.scope for account in claim.accounts)))
    yield from filter(None, map(dossier.measure_named, measures))
    yield from filter(None, map(dossier.scope_named, scopes))
