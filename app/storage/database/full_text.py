"""Words at rest and words asked for, on both databases.

Neither database splits a text itself: what they index and search are the words that
`app.domain.search` makes, one by one, so that both find the same. On SQLite they are in FTS5 with
its `ascii` tokenizer, for which every character beyond ASCII is part of a word; on PostgreSQL in a
`tsvector` that is written out with its positions.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from functools import cache

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Integer,
    Select,
    Text,
    bindparam,
    cast,
    column,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.orm import Session

from app.domain.search.query import Query, Term

# No word holds it, as it is neither letter nor digit: alone it parts two texts, and before a word
# it says that the word is in a name.
MARK = "·"
# The same before a key of `app.domain.search.sounds`.
SOUND = "≈"
_BUSY_SECONDS = 10.0

Tokens = tuple[str | None, ...]
"""Words in their order in the text; None where a phrase ends."""


@cache
def numbers_matching(dialect: str, *, in_order: bool = True, part: str = "") -> Select[tuple[int]]:
    """The first numbers of rows that hold what is asked for; `parameters` say which.

    Not `in_order` they are any of them, for counting. `part` tells the parameters of several in one
    statement apart.
    """
    most = bindparam(f"most{part}", type_=Integer)
    first = bindparam(f"first{part}", type_=BigInteger)
    between = (first, bindparam(f"last{part}", type_=BigInteger))
    if dialect == "postgresql":
        # Written into the statement: PostgreSQL plans a common word otherwise than a rare one.
        asked: BindParameter[str] = bindparam(f"asked{part}", type_=Text, literal_execute=True)
        rows = table("search_rows", column("number", BigInteger), column("words", TSVECTOR))
        found = select(rows.c.number).where(rows.c.words.op("@@")(cast(asked, TSQUERY)))
        found = found.where(rows.c.number.between(*between)).limit(most)
        return found.order_by(rows.c.number) if in_order else found
    index = table("search_index", column("rowid", BigInteger), column("search_index", Text))
    matched = index.c.search_index.op("MATCH")(bindparam(f"asked{part}", type_=Text))
    found = select(index.c.rowid.label("number")).where(matched)
    return found.where(index.c.rowid.between(*between)).order_by(index.c.rowid).limit(most)


def parameters(
    dialect: str,
    query: Query,
    between: tuple[int, int],
    most: int,
    *,
    in_names: bool = False,
    part: str = "",
) -> dict[str, str | int]:
    """What `numbers_matching` is asked for: rows from the first to the last number given.

    With `in_names` all of the query is in names: of a claim in its question and places.
    """
    asked = tsquery if dialect == "postgresql" else fts5_query
    first, last = between
    return {
        f"asked{part}": asked(query, in_names=in_names),
        f"first{part}": first,
        f"last{part}": last,
        f"most{part}": most,
    }


def fts5_query(query: Query, *, in_names: bool = False) -> str:
    """A query in FTS5's language; each word in quotation marks, where nothing has a meaning.

    With `in_names`, words are found as they are spelled alone.
    """
    return " AND ".join(
        _either(
            [_fts5_phrase(form, term, in_names=in_names) for form in term.forms],
            [] if in_names else [[f'"{word}"' for word in each] for each in _sounding(term)],
            " AND ",
            " OR ",
        )
        for term in query.terms
    )


def tsquery(query: Query, *, in_names: bool = False) -> str:
    """A query as the text of a `tsquery`, each word in quotation marks; else as `fts5_query`."""
    return " & ".join(
        _either(
            [_tsquery_phrase(form, term, in_names=in_names) for form in term.forms],
            [] if in_names else [[f"'{word}'" for word in each] for each in _sounding(term)],
            " & ",
            " | ",
        )
        for term in query.terms
    )


def any_sound(dialect: str, keys: Iterable[str]) -> str:
    """A query for rows of names that have one of these keys, in the language of a database."""
    postgresql = dialect == "postgresql"
    quote, one = ("'", " | ") if postgresql else ('"', " OR ")
    return one.join(f"{quote}{SOUND}{key}{quote}" for key in sorted(keys))


def _either(spelled: list[str], sounding: list[list[str]], both: str, one: str) -> str:
    """One of the phrases, or of each word one of its keys; in parentheses where that is several."""
    if not sounding and len(spelled) == 1:
        return spelled[0]
    each = [f"({one.join(keys)})" for keys in sounding]
    return f"({one.join([*spelled, f'({both.join(each)})'] if each else spelled)})"


def _sounding(term: Term) -> list[list[str]]:
    """For each word its keys as they are indexed, in one order, or the word where it has none."""
    if not term.sounds:
        return []
    each = zip(term.words, term.sounds, strict=True)
    return [sorted(SOUND + key for key in keys) or [word] for word, keys in each]


def _fts5_phrase(words: tuple[str, ...], term: Term, *, in_names: bool) -> str:
    before = MARK if in_names else ""
    phrase = " ".join(before + word for word in words)
    return f'"{phrase}" *' if term.begins else f'"{phrase}"'


def _tsquery_phrase(words: tuple[str, ...], term: Term, *, in_names: bool) -> str:
    before = MARK if in_names else ""
    phrase = " <-> ".join(f"'{before}{word}'" for word in words)
    if term.begins:
        return f"{phrase}:*"
    return f"({phrase})" if len(words) > 1 else phrase


def index_fault(session: Session) -> str | None:
    """What is wrong with the words that a search finds by, against those in the rows.

    None where nothing is. On PostgreSQL a row and its words are one.
    """
    if session.get_bind().dialect.name == "postgresql":
        return None
    # With a connection of its own: the check is written as an insert, and what reads may not write.
    # It compares the index with the table (sqlite.org/fts5.html, “The integrity-check Command”).
    check = "INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)"
    url = session.get_bind().engine.url
    with closing(sqlite3.connect(str(url.database), timeout=_BUSY_SECONDS)) as file:
        try:
            file.execute(check)
        except sqlite3.DatabaseError as fault:
            if fault.sqlite_errorcode & 0xFF == sqlite3.SQLITE_READONLY:
                return "search_index: cannot be checked in a database that is read-only"
            if fault.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
                raise
            return "search_index: does not hold the words of search_rows"
    return None
