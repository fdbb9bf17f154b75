"""The shapes that the API answers with, besides the records themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Request, Response
from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from app.domain.disagreement.comparison import Comparison, Flag, GapSize, SidePosition, State
from app.domain.records.claims import Kind, Nature
from app.domain.revisions.chain import Revision
from app.domain.values.base import rfc3339
from app.domain.values.paging import MAX_ITEMS
from app.web.http.problems import MEDIA_TYPE

Item = TypeVar("Item")
Moment = Annotated[datetime, PlainSerializer(rfc3339, return_type=str)]
PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {
        "description": description,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for status, description in {
        404: "Nothing on record has this id.",
        422: "The request cannot be read.",
    }.items()
}


# Not `Record`, which refuses unknown fields and checks texts: answers are made here, not read.
class Shape(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(frozen=True)


class Listing(Shape, Generic[Item]):
    """A page of a list: its items, the address of the next page, and how many there are in all.

    `total` is exact up to 10,000, and null above.
    """

    items: list[Item]
    next: str | None
    total: int | None


class ClaimSummary(Shape):
    """A claim in a list; `sides` gives the position of every compared side."""

    id: str
    dossier: str
    question: str
    kind: Kind
    nature: Nature
    topic: str
    event: str | None
    happened: str | None
    state: State
    flags: list[Flag]
    gap: GapSize | None
    sides: dict[str, SidePosition]
    revision: int
    changed: Moment


class RevisionMark(Shape):
    """Which revision a claim is at."""

    number: int
    at: Moment
    hash: str


class ClaimAnswer(Shape):
    """A claim as its file has it, its comparison, and the revision it is at."""

    claim: dict[str, Any]
    dossier: str
    comparison: Comparison
    revision: RevisionMark


class RevisionSummary(Shape):
    """One accepted change; hashes are SHA-256 in hexadecimal."""

    number: int
    at: Moment
    author: str
    reason: str
    subject: str
    id: str
    previous_hash: str
    hash: str
    body_hash: str

    @classmethod
    def of(cls, revision: Revision, **more: Any) -> RevisionSummary:
        """What the chain says of a revision."""
        return cls(
            number=revision.number,
            at=revision.at,
            author=revision.author,
            reason=revision.reason,
            subject=revision.subject_kind,
            id=revision.subject_id,
            previous_hash=revision.previous_hash,
            hash=revision.hash,
            body_hash=revision.body_hash,
            **more,
        )


class WholeRevision(RevisionSummary):
    """A revision with the whole claim, and its comparison at that time; null once redacted."""

    claim: dict[str, Any] | None
    comparison: dict[str, Any] | None
    engine: str | None


class Change(RevisionSummary):
    """A revision with the whole of what it is of, for mirrors; null once redacted."""

    origin: str
    body: dict[str, Any] | None


class Ready(Shape):
    """Whether the process can answer."""

    status: str


Limit = Annotated[int, Field(ge=1, le=MAX_ITEMS, description="How many items a page holds.")]
Cursor = Annotated[
    str | None, Field(max_length=1000, description="Where a page begins, as `next` gives it.")
]


def listing(
    request: Request,
    response: Response,
    items: Sequence[Item],
    next_parameters: dict[str, str | int] | None,
    total: int | None,
) -> Listing[Item]:
    """A page of a list, with the next one in the body and as a Link header (RFC 8288)."""
    # All parameters of the request stay, so that the next page has the same filters.
    following = None
    if next_parameters:
        # Of the site and not of the host that was asked: a stranger's host would come to be cached.
        url = request.url.include_query_params(**next_parameters)
        site = request.scope.get("site", request.app.state.base_url)
        following = f"{site}{url.path}?{url.query}"
        response.headers["Link"] = f'<{following}>; rel="next"'
    return Listing(items=list(items), next=following, total=total)
