"""Hypothesis strategies for texts and records, sound in themselves."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from app.domain.records.claims import Account, AccountClash, Citation, Claim, Option, Search
from app.domain.records.registers import Archived, Body, Document, Publisher, Side, Sources, Speaker
from app.domain.values.base import Prose

_PROSE: TypeAdapter[str] = TypeAdapter(Prose)

_AWKWARD_WORDS = (
    "no Yes null ~ 1960 010 1e5 2022-03-27 24..99 a:␣b a␣#b -␣a = << ?␣a a: , --- ... %a `a` @a "
    "a\u00a0b 0x1F 1:20 #␣a {a} it's \" \\ \\n !!str &a | >- \ufffd é\u0301 🙂"
)
_AWKWARD = st.sampled_from(_AWKWARD_WORDS.split(" ")).map(lambda text: text.replace("␣", " "))
_SENTENCES = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "Zs", "Cc"]), min_size=1, max_size=14)
    | _AWKWARD,
    min_size=8,
    max_size=60,
).map(" ".join)

texts = st.text() | _AWKWARD | _SENTENCES | st.lists(_AWKWARD, max_size=5).map("".join)


def _is_prose(text: str) -> bool:
    try:
        _PROSE.validate_python(text)
    except ValidationError:
        return False
    return True


prose = texts.filter(_is_prose)
ids = st.from_regex(r"[a-z0-9-]{1,20}", fullmatch=True) | st.sampled_from(["no", "y", "1", "---"])
dates = st.sampled_from(
    ["2020", "2020-05", "2022-03-27", "2021~", "2020-12-11/2020-12-13", "-0044"]
)
days = st.sampled_from(["2026-10-02", "1999-01-31"])


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def several(strategy: st.SearchStrategy[Any], least: int = 0) -> st.SearchStrategy[Any]:
    return st.lists(strategy, min_size=least, max_size=3).map(tuple)


_citations = st.builds(
    Citation,
    id=ids,
    speaker=maybe(ids),
    speakers=several(ids),
    said=maybe(dates),
    stance=st.sampled_from(["asserts", "denies", "declines", "sidesteps"]),
    document=ids,
    quote=maybe(prose),
    own_voice_drift=st.booleans(),
    note=maybe(prose),
)
_clashes = st.builds(AccountClash, with_=ids, reason=prose)
_accounts = st.builds(
    Account,
    id=ids,
    answer=maybe(prose),
    as_of=maybe(dates),
    harms=several(ids),
    clashes=several(_clashes),
    citations=several(_citations, least=1),
)
claims = st.builds(
    Claim,
    id=ids,
    formerly=several(ids),
    question=prose,
    summary=maybe(prose),
    kind=st.sampled_from(["yes-no", "text", "choice"]),
    nature=st.sampled_from(["fact", "judgement"]),
    options=several(st.builds(Option, id=ids, label=prose, includes=several(ids))),
    topic=ids,
    happened=maybe(dates),
    accounts=several(_accounts),
    searched=several(st.builds(Search, side=ids, where=prose, words=prose, on=days, by=prose)),
)
sources = st.builds(
    Sources,
    sides=several(st.builds(Side, id=ids, name=prose, note=maybe(prose))),
    bodies=several(st.builds(Body, id=ids, name=prose, side=ids, plural=st.booleans())),
    publishers=several(
        st.builds(
            Publisher,
            id=ids,
            name=prose,
            kind=st.just("blog"),
            country=st.sampled_from([None, "NO", "XA"]),
        )
    ),
    speakers=several(st.builds(Speaker, id=ids, name=prose, side=ids, standing=st.just("expert"))),
    documents=several(
        st.builds(
            Document,
            id=ids,
            publisher=ids,
            title=prose,
            language=st.sampled_from(["en", "no"]),
            read_on=days,
            archived=maybe(st.builds(Archived, url=st.just("https://archive.test/1"), on=days)),
        )
    ),
)
