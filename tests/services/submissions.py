"""What contributors of the example record send."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.domain.contributing.records import (
    ApiKey,
    Role,
    Submission,
    SubmittedCitation,
    SubmittedClaim,
)
from app.services.contributing.api_keys import make_key
from app.services.contributing.parsing import read_citation, read_claim
from app.services.contributing.submit import prepare, store
from tests.loaded import NOON

LATER = NOON + timedelta(days=1)


def citation(**other: Any) -> dict[str, Any]:
    """A statement that the record does not have yet; None takes a field out."""
    sent = {
        "claim": "fire-dead",
        "account": "five",
        "speaker": "guild-master",
        "said": "2019-05-09",
        "document": "guild-notice-14",
        "voice": "quoted",
        "quote": "we mourn five of our own",
    } | other
    return {field: value for field, value in sent.items() if value is not None}


def new_document(**other: Any) -> dict[str, Any]:
    """A document that the record does not have yet."""
    return {
        "url": "https://post.example.org/2019/05/09/Mourning?utm_source=letter#names",
        "title": "A town in mourning",
        "publisher": "mainland-post",
        "published": "2019-05-09",
        "language": "en",
    } | other


def claim(**other: Any) -> dict[str, Any]:
    """A claim that the record does not have yet, with a document of its own."""
    return {
        "dossier": "harbour",
        "claim": {
            "id": "bell-rung",
            "question": "Was the harbour bell rung that night?",
            "kind": "yes-no",
            "topic": "fire",
            "accounts": [
                {
                    "id": "rung",
                    "answer": "yes",
                    "citations": [
                        {"id": "keeper", "document": "bell-book", "quote": "rung at ten"}
                    ],
                }
            ],
        },
        "new_documents": [
            {"id": "bell-book", "publisher": "quay-feed", "title": "Bell book", "language": "en"}
        ],
    } | other


def read(sent: dict[str, Any]) -> SubmittedCitation | SubmittedClaim:
    return read_claim(sent) if "dossier" in sent else read_citation(sent)


def key(session: Session, name: str = "Net", role: Role = "contributor") -> ApiKey:
    return make_key(session, name, role, NOON)[0]


def send(session: Session, by: ApiKey, sent: dict[str, Any], *, an_hour: int = 60) -> Submission:
    prepared = prepare(session, read(sent), sent, LATER)
    return store(session, by, prepared, LATER, an_hour=an_hour).submission
