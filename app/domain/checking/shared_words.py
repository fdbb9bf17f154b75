"""Citations that are counted as of two origins, and may be of one: their words are the same.

One wire's text in two outlets that do not credit it counts twice. Nothing here changes a count: two
outlets of one owner may have had a reporter each, so that a curator reads both and decides.

Compared are runs of equal words, without case, punctuation and spacing; of a page only what is near
the quotation, as menus and notices are equal on any two pages of a house, and nothing between
quotation marks, as two reporters hear one speech.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from app.domain.checking.findings import Finding, citations_in
from app.domain.disagreement.statements import Cited, Root, cited
from app.domain.quotations.folding import fold
from app.domain.records.claims import Claim
from app.domain.records.registers import Publisher, Registers
from app.domain.values.canonical_addresses import address_key, is_same_page

MIN_RUN = 12
"""So many equal words in a row are no chance: the shared reporting of two hardly has seven."""
MIN_SHORT_RUN = 6
"""Fewer are enough of two outlets of one owner, which have one desk's texts at hand; and where a
whole quotation lies within the other, as a quotation has fifteen words at most."""

MAX_CITATIONS = 400  # of one account; the words of more are not compared
MAX_HITS = 50
_MAX_SOURCES = 40  # of the same words
_AROUND = 60  # words on each side of a quotation
_MAX_TEXT = 400_000  # letters of a page

_WORD = re.compile(r"[\w’'-]*\w")
# Up to a thousand letters: an unpaired mark must not take the rest of a page away.
_SPOKEN = re.compile(r"«[^«»]{1,1000}»|“[^“”]{1,1000}”|„[^„“”]{1,1000}[“”]|\"[^\"]{1,1000}\"")
_BREAK = ""  # between two words that nothing may run across

Why = Literal["one-owner", "equal-words", "one-page"]


@dataclass(frozen=True, slots=True)
class SharedWords:
    """Two citations of an account that may be of one origin, and the words that they share.

    `why` is that their publishers have one owner, that the words are too many for chance, or that
    one page declares the other's address as its own; then no words are compared.
    """

    account: str
    left: Cited
    right: Cited
    words: str
    why: Why


def shared_words(
    claim: Claim, registers: Registers, pages: Mapping[str, str] | None = None
) -> list[SharedWords]:
    """Pairs of citations of one account with two roots and the same words, the longest run first.

    `pages` are the texts of documents' pages by the documents' ids; without a page only what is
    quoted is compared. Of a claim at most fifty pairs are given.
    """
    by_account: dict[str, list[Cited]] = defaultdict(list)
    for item in cited(claim, registers):
        if item.citation.quote and len(by_account[item.account.id]) < MAX_CITATIONS:
            by_account[item.account.id].append(item)
    found = [
        hit for name, items in by_account.items() for hit in _in_account(name, items, pages or {})
    ]
    found.sort(
        key=lambda hit: (-len(hit.words.split()), hit.left.citation.id, hit.right.citation.id)
    )
    return found[:MAX_HITS]


def declared_one(
    claim: Claim, registers: Registers, declared: Mapping[str, str]
) -> list[SharedWords]:
    """Pairs of citations of one account with two roots whose documents are one page by its word.

    `declared` are the keys (`address_key`) of the addresses that documents' pages declare, by the
    documents' ids.
    """
    holders: dict[tuple[str, str], dict[Root, Cited]] = defaultdict(dict)
    for item in cited(claim, registers) if declared else ():
        document = item.document
        for key in {address_key(document.url), declared.get(document.id)} - {None}:
            holders[item.account.id, key or ""].setdefault(item.root, item)
    pairs = {
        (account, left.citation.id, right.citation.id): SharedWords(
            account, left, right, "", "one-page"
        )
        for (account, _), held in holders.items()
        for left, right in combinations(list(held.values())[:_MAX_SOURCES], 2)
        if left.document.id != right.document.id
    }
    return list(pairs.values())[:MAX_HITS]


def may_be_one_origin(claim: Claim, registers: Registers) -> Iterator[Finding]:
    """Findings for quotations that are also another's words, by the quotations alone."""
    places = {citation.id: where for where, citation in citations_in(claim)}
    for hit in shared_words(claim, registers):
        reason = (
            f"both publishers are of {hit.left.publisher.owner}"
            if hit.why == "one-owner"
            else "neither credits the other"
        )
        message = (
            f"has the words “{hit.words}” of “{hit.left.citation.id}” "
            f"({hit.left.publisher.name}); {reason}, and the two may be one origin"
        )
        yield Finding((*places[hit.right.citation.id], "quote"), message)


def _in_account(
    account: str, items: Sequence[Cited], pages: Mapping[str, str]
) -> Iterator[SharedWords]:
    if len({item.root for item in items}) < 2:
        return
    words = {key: _words_of_page(pages[key]) for key in {i.document.id for i in items} & {*pages}}
    passages = [_passage(item, words.get(item.document.id)) for item in items]
    for one, other in _sharing(items, passages):
        left, right = items[one], items[other]
        why = _may_be_one(left, right)
        run = _longest_run(passages[one], passages[other]) if why else []
        may_be_short = why == "one-owner" or _is_whole(left, right)
        if why and len(run) >= (MIN_SHORT_RUN if may_be_short else MIN_RUN):
            yield SharedWords(account, left, right, " ".join(run), why)


def _is_whole(left: Cited, right: Cited) -> bool:
    """Whether the words of one quotation are all in the other, and enough."""
    quotes = (_words(item.citation.quote or "") for item in (left, right))
    short, long = sorted(quotes, key=len)
    return len(short) >= MIN_SHORT_RUN and _find(short, long) is not None


def _sharing(items: Sequence[Cited], passages: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """Which two citations share as many words in a row as are ever enough, in order.

    Of those of one root that one publisher carried, the first with the words stands for all.
    """
    # By shingles: comparing all pairs of a large account would be a product of thousands.
    holders: dict[tuple[str, ...], dict[object, int]] = defaultdict(dict)
    for number, words in enumerate(passages):
        source = items[number].root, items[number].publisher.id
        shingles = {
            tuple(words[start : start + MIN_SHORT_RUN])
            for start in range(len(words) - MIN_SHORT_RUN + 1)
        }
        for shingle in shingles:
            if _BREAK not in shingle:
                holders[shingle].setdefault(source, number)
    return sorted(
        {
            pair
            for held in holders.values()
            for pair in combinations(sorted(held.values())[:_MAX_SOURCES], 2)
        }
    )


def _may_be_one(left: Cited, right: Cited) -> Why | None:
    """Why two citations with the same words may be of one origin; None where that is settled."""
    if left.root == right.root or _is_one_page(left, right):
        return None
    # Who credits the other has said where the words are from, and is counted so.
    if _named_by(left) & _named_by(right):
        return None
    if left.publisher.id == right.publisher.id:
        return None
    return "one-owner" if _owner(left.publisher) == _owner(right.publisher) != "" else "equal-words"


def _is_one_page(left: Cited, right: Cited) -> bool:
    if left.document.id == right.document.id:
        return True
    one, other = left.document.url, right.document.url
    return bool(one and other and is_same_page(one, other))


def _named_by(item: Cited) -> set[str]:
    """The agencies from which a citation says that it has its words, or whose they are."""
    agencies = {*item.citation.relayed_by, *item.document.credits}
    return agencies | ({item.publisher.id} if item.publisher.kind == "agency" else set())


def _owner(publisher: Publisher) -> str:
    return " ".join((publisher.owner or "").casefold().split())


def _passage(item: Cited, page: list[str] | None) -> list[str]:
    """The words that are compared: what the page has around the quotation, or the quotation."""
    quoted = _words(item.citation.quote or "")
    start = _find(quoted, page) if page and quoted else None
    if page is None or start is None:
        return quoted
    return page[max(0, start - _AROUND) : start + len(quoted) + _AROUND]


def _words_of_page(text: str) -> list[str]:
    return _words(_SPOKEN.sub(" \0 ", text[:_MAX_TEXT]))


def _words(text: str) -> list[str]:
    parts = fold(text).casefold().split("\0")
    words: list[str] = []
    for part in parts:
        words += [*_WORD.findall(part), _BREAK]
    return words[:-1]


def _find(words: Sequence[str], text: Sequence[str]) -> int | None:
    length, first = len(words), words[0]
    for start in range(len(text) - length + 1):
        if text[start] == first and text[start : start + length] == words:
            return start
    return None


def _longest_run(left: Sequence[str], right: Sequence[str]) -> Sequence[str]:
    """The longest run of words that two passages share, the first of several."""
    best, end = 0, 0
    before = [0] * (len(right) + 1)
    for row, word in enumerate(left):
        now = [0] * (len(right) + 1)
        if word != _BREAK:
            for column, other in enumerate(right, start=1):
                if word == other:
                    now[column] = before[column - 1] + 1
                    if now[column] > best:
                        best, end = now[column], row + 1
        before = now
    return left[end - best : end]
