"""Pieces of the record's texts that have the words of a search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.domain.disagreement.statements import Cited, cited
from app.domain.records.claims import Claim
from app.domain.records.registers import Body, Dossier, Registers, Side, terms_of
from app.domain.search.highlight import Stretch, held, mark, snippet
from app.domain.search.query import Query, Term
from app.web.claims.citations import voice_of
from app.web.wording.locale import gettext as _
from app.web.wording.numbers_and_dates import day_view
from app.web.wording.record_text import RECORD_LANGUAGE, RecordText, at_start

# Enough to say why something was found: the words themselves are a link away.
MAX_PASSAGES = 2


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a text in its own language, with what was asked for marked.

    `label` says what it is of. `voice` is a quotation's: `quoted`, `translated`, `paraphrased` or
    `own`.
    """

    label: str
    stretches: tuple[Stretch, ...]
    language: str = ""
    voice: str = ""

    @property
    def text(self) -> str:
        """The whole of it, unmarked."""
        return "".join(stretch.text for stretch in self.stretches)


@dataclass(frozen=True, slots=True)
class _Source:
    label: str
    text: str
    language: str
    voice: str = ""


def title(text: str, query: Query, language: str = "") -> Passage:
    """A whole name or question."""
    return Passage("", mark(text, query), language)


def passages_of_claim(
    claim: Claim, query: Query, registers: Registers, dossier: Dossier
) -> tuple[Passage, ...]:
    """At most two pieces that hold what the claim's question does not."""
    # The question is shown anyway, so a passage earns its room by words that the question lacks.
    missing = set(query.terms) - held(claim.question, query)
    if not missing:
        return ()
    chosen = _chosen(_sources(claim, registers, dossier), query, missing)
    return tuple(
        Passage(source.label, snippet(source.text, query), source.language, source.voice)
        for source in chosen
    )


def passages_of_citation(item: Cited, query: Query, dossier: Dossier) -> tuple[Passage, ...]:
    """A citation's words, and our translation of them."""
    quote, translation = item.citation.quote, item.citation.translation
    words = (
        [Passage("", mark(quote, query), item.document.language, voice_of(item))] if quote else []
    )
    ours = (
        [Passage(_("Our translation"), mark(translation, query), dossier.language)]
        if translation
        else []
    )
    return (*words, *ours)


def who_and_when(item: Cited, registers: Registers) -> str:
    """Whose statement a citation is, by whose account if by another's, and of which day."""
    who = ", ".join(speaker.name for speaker in item.speakers) or item.publisher.name
    said = day_view(item.citation.said)
    named = {"who": who, "day": said.words if said else _("undated")}
    reporter = registers.speakers.get(item.citation.according_to or "")
    if reporter:
        named["teller"] = reporter.name
        return _("%(who)s, according to %(teller)s, %(day)s") % named
    return _("%(who)s, %(day)s") % named


def _chosen(sources: Iterable[_Source], query: Query, missing: set[Term]) -> Iterator[_Source]:
    """The first sources that together hold the most of what is missing."""
    # Greedy, in the order of `_sources`: of equals `max` takes the first, which readers rather
    # want. The best two together would need every pair compared.
    holding = [(source, held(source.text, query)) for source in sources]
    left = set(missing)
    for _number in range(MAX_PASSAGES):
        best = max(holding, key=lambda one: len(one[1] & left), default=None)
        if best is None or not best[1] & left:
            return
        left -= best[1]
        yield best[0]


def _sources(claim: Claim, registers: Registers, dossier: Dossier) -> Iterator[_Source]:
    ours = dossier.language
    if claim.summary:
        yield _Source(_("Summary"), claim.summary, ours)
    yield from _of_places(claim, dossier)
    yield from _of_accounts(claim, ours)
    evidence = cited(claim, registers)
    for item in evidence:
        yield from _of_citation(item, registers, ours)
    # After all quotations: a publisher's name is a reason only where no words are.
    for item in evidence:
        yield from _carriers(item, registers)
    yield from _of_record(claim, ours)
    # Last, as words of a list say less than those of the claim.
    yield from (_Source(_("Described as"), term, "") for term in terms_of(claim, dossier))


def _of_places(claim: Claim, dossier: Dossier) -> Iterator[_Source]:
    for place in (place for place in dossier.places if place.id in claim.places):
        for name in place.names:
            yield _Source(_("Place"), name.name, name.language)
        # Nobody has recorded in which language these are.
        for other in (place.name, *place.also):
            yield _Source(_("Place"), other, "")


def _of_accounts(claim: Claim, ours: str) -> Iterator[_Source]:
    said = (text for account in claim.accounts for text in (account.wording, account.answer))
    for text in (*said, *(option.label for option in claim.options)):
        if text:
            yield _Source(_("An account"), at_start(RecordText(text, ours)), ours)


def _of_citation(item: Cited, registers: Registers, ours: str) -> Iterator[_Source]:
    citation, said = item.citation, who_and_when(item, registers)
    if citation.wording:
        yield _Source(said, at_start(RecordText(citation.wording, ours)), ours)
    if citation.quote:
        yield _Source(said, citation.quote, item.document.language, voice_of(item))
    if citation.translation:
        label = _("%(said)s, in our translation") % {"said": said}
        yield _Source(label, citation.translation, ours)
    if citation.note:
        yield _Source(_("Note"), citation.note, ours)


def _carriers(item: Cited, registers: Registers) -> Iterator[_Source]:
    reporters = [item.citation.according_to] if item.citation.according_to else []
    speakers = [*item.speakers, *(registers.speakers[key] for key in reporters)]
    for speaker in speakers:
        yield _Source(_("Speaker"), speaker.name, "")
        if speaker.speaks_for:
            yield from _called(_("Speaks for"), registers.bodies[speaker.speaks_for])
        yield from _called(_("Side"), registers.sides[speaker.side])
    yield _Source(_("Document"), item.document.title, item.document.language)
    agencies = (registers.publishers[key] for key in item.citation.relayed_by)
    for publisher in (item.publisher, *agencies):
        yield _Source(_("Publisher"), publisher.name, "")


def _called(label: str, entry: Body | Side) -> Iterator[_Source]:
    yield _Source(label, entry.name, RECORD_LANGUAGE)
    for named in entry.names:
        yield _Source(label, named.name, named.language)


def _of_record(claim: Claim, ours: str) -> Iterator[_Source]:
    counted: Sequence[str | None] = (claim.unit, claim.measure, claim.scope)
    for text in counted:
        if text:
            yield _Source(_("What is counted"), text, ours)
    notes = (claim.note, *(account.note for account in claim.accounts))
    for note in notes:
        if note:
            yield _Source(_("Note"), note, ours)
    if claim.assessment:
        yield _Source(_("Assessment"), claim.assessment.conclusion, ours)
        yield _Source(_("Assessment"), claim.assessment.reasons, ours)
