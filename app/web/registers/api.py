"""The registers as JSON: dossiers, sides, bodies, publishers, speakers, documents, places."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from app.domain.disagreement.comparison import ShiftFound
from app.domain.records.claims import Certainty, Reading, Stance, Voice
from app.domain.records.kinds import KINDS, PLURALS, EntryKind
from app.domain.records.registers import Speaker
from app.queries.citations import MAX_STATEMENTS, CitedStatement, read_cited_entry
from app.queries.registers import Entry, list_entries, read_entry
from app.web.http.dependencies import ReadSession
from app.web.http.entity_tags import revalidate
from app.web.http.shapes import Cursor, Limit, Listing, Shape, listing


class SpokenItem(Shape):
    """A statement with its account; `said` is EDTF, null where undated.

    `wording` and `as_of` are the statement's own, else its account's. `shift` is the change
    of the speaker's account that it brought, if it brought one.
    """

    claim: str
    question: str
    account: str
    answer: str | None
    wording: str | None
    citation: str
    said: str | None
    stance: Stance
    certainty: Certainty
    as_of: str | None
    reading: Reading | None
    voice: Voice | None
    quote: str | None
    document: str
    shift: ShiftFound | None


router = APIRouter(tags=["Registers"], dependencies=[Depends(revalidate)])


@router.get("/speakers/{key}/statements", summary="Everything a speaker said")
def statements(
    key: Annotated[str, Path(description="The speaker's id.")],
    request: Request,
    response: Response,
    session: ReadSession,
) -> Listing[SpokenItem]:
    """A speaker's statements, oldest first, the undated last; at most 500."""
    found = read_cited_entry(session, Speaker, key, limit=MAX_STATEMENTS)
    items = [_item(statement) for statement in found.statements]
    return listing(request, response, items, None, found.total)


def _item(statement: CitedStatement) -> SpokenItem:
    citation, account = statement.item.citation, statement.item.account
    return SpokenItem(
        claim=statement.claim.id,
        question=statement.claim.question,
        account=account.id,
        answer=account.answer,
        wording=citation.wording or account.wording,
        citation=citation.id,
        said=citation.said,
        stance=citation.stance,
        certainty=citation.certainty,
        as_of=citation.as_of or account.as_of,
        reading=citation.reading,
        voice=citation.voice,
        quote=citation.quote,
        document=citation.document,
        shift=statement.shift,
    )


# In English alone, as all of the OpenAPI document is: developers read it, not readers.
_MEANINGS: Mapping[EntryKind, str] = {
    "dossier": "a dossier: its sides in order, its topics and places",
    "side": "a side",
    "body": "an authority that speakers speak for",
    "publisher": "an outlet",
    "speaker": "a person or institution whose statements are on record",
    "document": "a published item",
    "place": "a place with its names by side",
}


class PageQuery(BaseModel):
    """How many entries, from where on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: Limit = 50
    cursor: Cursor = None


# FastAPI reads a route's parameters from its function, so each register gets one of its own.
def _list_route(model: Any) -> Callable[..., Listing[Any]]:
    def entries(
        query: Annotated[PageQuery, Query()],
        request: Request,
        response: Response,
        session: ReadSession,
    ) -> Listing[Any]:
        page = list_entries(session, model, limit=query.limit, cursor=query.cursor)
        following: dict[str, str | int] | None = (
            {"cursor": page.next_cursor} if page.next_cursor else None
        )
        items = [_whole(entry) for entry in page.items]
        return listing(request, response, items, following, page.total)

    return entries


def _one_route(model: Any) -> Callable[..., dict[str, Any]]:
    def entry(key: Annotated[str, Path(description="Its id.")], session: ReadSession) -> Any:
        return _whole(read_entry(session, model, key))

    return entry


def _whole(entry: Entry[Any]) -> dict[str, Any]:
    """An entry with all its keys, what is unset as null; a place with its dossier."""
    # Every key, unlike in files, where what is unset is left out: programs need not know the
    # defaults.
    whole: dict[str, Any] = entry.record.model_dump(mode="json")
    return {**whole, "dossier": entry.dossier} if entry.dossier else whole


for _kind, _meaning in _MEANINGS.items():
    _plural, _model = PLURALS[_kind], KINDS[_kind].model
    router.add_api_route(
        f"/{_plural}",
        _list_route(_model),
        # Not the record's model: a place has its dossier's id beside its own fields.
        response_model=Listing[dict[str, Any]],
        name=f"list_{_plural}",
        summary=f"List {_plural}",
        description=f"Every entry is {_meaning}.",
    )
    router.add_api_route(
        f"/{_plural}/{{key}}",
        _one_route(_model),
        response_model=dict[str, Any],
        name=f"get_{_kind}",
        summary=f"One of the {_plural}",
        description=f"{_meaning.capitalize()}.",
    )
