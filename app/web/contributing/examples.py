"""Bodies to paste, for the description of the API: of ids that are on this very record.

Ids differ from record to record, and an example that names what is not there fails when it is
tried; so these are made of the record that is served.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.queries.contributing import ExampleRecord

Examples = Mapping[str, Any]
"""By name: each a `summary` and the `value` to send."""


def examples_of(record: ExampleRecord) -> Mapping[tuple[str, str], Examples]:
    """The examples for every call that takes a body, by its method and path."""
    return {
        ("post", "/api/v1/citations"): _citations(record),
        ("post", "/api/v1/claims"): {"claim": _claim(record)},
        ("post", "/api/v1/quote-checks"): {
            "words-on-a-page": _example(
                "Words that a citation on record quotes",
                {"url": record.document.url, "quote": record.citation.quote},
            )
        },
        ("post", "/api/v1/submissions/{key}/accept"): {
            "as-sent": _example("As it was sent; no body says the same", {}),
        },
        ("post", "/api/v1/submissions/{key}/reject"): {
            "reason": _example(
                "With the reason", {"reason": "The page does not say so; please quote its words."}
            )
        },
        ("put", "/api/v1/claims/{claim_id}"): {
            "note": _example(
                "The whole claim as `GET` gives it, with another note",
                {
                    "claim": record.claim.to_json() | {"note": "Checked against its sources."},
                    "reason": "A note was added.",
                },
            )
        },
        ("post", "/api/v1/claims/{claim_id}/revisions/{number}/restore"): {
            "reason": _example("With the reason", {"reason": "Undoes an edit made by mistake."})
        },
    }


def _example(summary: str, value: Mapping[str, Any]) -> dict[str, Any]:
    return {"summary": summary, "value": dict(value)}


def _citations(record: ExampleRecord) -> Examples:
    where = {"claim": record.claim.id, "account": record.account}
    spoken = {"speaker": record.citation.speaker, "said": record.citation.said}
    return {
        "what-is-on-record": _example(
            "A statement by a speaker, in a document, both on record",
            {
                **where,
                **spoken,
                "document": record.document.id,
                "voice": "paraphrased",
                "quote": "a short phrase of the page about what was said",
            },
        ),
        "all-new": _example(
            "A new speaker in a new document of a new publisher", {**where, **_all_new(record)}
        ),
        "own-voice": _example(
            "What a document says itself: no speaker, so no voice",
            {
                **where,
                "new_document": _document(record, "report")
                | {"publisher": record.document.publisher},
                "quote": "what the page says itself",
            },
        ),
        "denial": _example(
            "A speaker who denies what the account says, without their words",
            {
                **where,
                **spoken,
                "stance": "denies",
                "certainty": "likely",
                "document": record.document.id,
                "note": "The page tells of the denial without quoting it.",
            },
        ),
    }


def _all_new(record: ExampleRecord) -> dict[str, Any]:
    speaker = {
        "name": "Վահրամ Պողոսյան",
        "side": record.dossier.sides[0],
        "standing": "expert",
    }
    publisher = {"name": "The Example Daily", "kind": "newspaper"}
    return {
        "new_speaker": speaker,
        "said": _day(record),
        "new_document": _document(record, "interview") | {"new_publisher": publisher},
        "voice": "translated",
        "quote": "a short phrase, as the page has it",
        "translation": "the same phrase in the language of the dossier",
        "note": "The page prints the interview in translation.",
    }


def _claim(record: ExampleRecord) -> Examples:
    topics = [topic.id for topic in record.dossier.topics]
    return _example(
        "A question with one account, and the document that it rests on",
        {
            "dossier": record.dossier.id,
            "claim": {
                "id": "example-meeting-held",
                "question": "Was the meeting of the example council held as planned?",
                "kind": "yes-no",
                "topic": topics[0] if topics else record.claim.topic,
                "happened": _day(record),
                "accounts": [
                    {
                        "id": "held",
                        "answer": "yes",
                        "wording": "the meeting was held",
                        "citations": [
                            {
                                "id": "report",
                                "speaker": record.citation.speaker,
                                "said": _day(record),
                                "document": "example-report-on-meeting",
                                "voice": "quoted",
                                "quote": "the council met as planned",
                            }
                        ],
                    }
                ],
            },
            "new_documents": [
                {"id": "example-report-on-meeting", "publisher": record.document.publisher}
                | _document(record, "meeting")
            ],
            "reason": "Two offices differ on it.",
        },
    )


def _document(record: ExampleRecord, name: str) -> dict[str, Any]:
    return {
        "url": f"https://www.example.org/{record.claim.id}/{name}",
        "title": f"An example {name}",
        "published": _day(record),
        "language": "en",
    }


def _day(record: ExampleRecord) -> str:
    """A day on which something can have been published and said: the document was read then."""
    return record.document.read_on
