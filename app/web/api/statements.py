"""Everything that one speaker said, as JSON."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from app.domain.claims import Stance, Voice
from app.domain.disagreement.comparison import ShiftFound
from app.storage.citations import count_citations
from app.storage.registers import get_entry
from app.web.api.shapes import Listing, Shape, listing
from app.web.reading import ReadSession
from app.web.validators import revalidate
from app.web.views.statements import SpokenStatement, statements_of

router = APIRouter(tags=["Registers"], dependencies=[Depends(revalidate)])


class SpokenItem(Shape):
    """A statement with its account; `said` is EDTF, null where undated.

    `shift` is the change of the speaker's account that it brought, if it brought one.
    """

    claim: str
    question: str
    account: str
    answer: str | None
    wording: str | None
    citation: str
    said: str | None
    stance: Stance
    voice: Voice | None
    quote: str | None
    document: str
    shift: ShiftFound | None


@router.get("/speakers/{key}/statements", summary="Everything a speaker said")
def statements(
    key: Annotated[str, Path(description="The speaker's id.")],
    request: Request,
    response: Response,
    session: ReadSession,
) -> Listing[SpokenItem]:
    """A speaker's statements, oldest first, the undated last; at most 500."""
    speaker = get_entry(session, "speaker", key)
    items = [_item(statement) for statement in statements_of(session, speaker.id)]
    total = count_citations(session, "speaker", [speaker.id])[speaker.id]
    return listing(request, response, items, None, total)


def _item(statement: SpokenStatement) -> SpokenItem:
    found, citation = statement.on_record, statement.citation
    return SpokenItem(
        claim=found.claim,
        question=found.question,
        account=found.account,
        answer=found.answer,
        wording=found.wording,
        citation=citation.id,
        said=citation.said,
        stance=citation.stance,
        voice=citation.voice,
        quote=citation.quote,
        document=citation.document,
        shift=statement.shift,
    )
