"""Invented claims, citations and forms for the pattern page: one of each kind, of no dossier.

The words are samples, not messages: they stay English in every language of the interface.
"""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from app.domain.records.page_checks import Finding
from app.web.claims.citations import CitationView, Qualified, SpeakerView, cite_as
from app.web.claims.contents import Entry
from app.web.following.page_checks import CheckView, CopyView, RewordedView, Run
from app.web.overview.cells import Cell, Line
from app.web.overview.matrix import Elsewhere, Row
from app.web.wording import terms
from app.web.wording.answers import as_of_in_words, certainty_in_words
from app.web.wording.numbers_and_dates import Day

# Every sample leads to the page itself: tests follow each link, and nothing here is on record.
HERE = "/patterns"
# Of a time and a harbour without a conflict, so that no sample can be taken for a finding.
MAY = Day("3 May 1901", "1901-05-03")
JUNE = Day("9 June 1901", "1901-06-09")
# As many as the stylesheet has colours for.
SIDES = ("First side", "Second side", "Third side", "Fourth side", "Fifth side", "Sixth side")
QUESTION = "How many boats lay at the outer quay on 3 May 1901?"


def citations() -> list[tuple[str, CitationView]]:
    """A citation in each of its shapes, each with what is particular about it."""
    quoted = _citation("quoted")
    bare = replace(quoted, id="bare", quote="", translation="", source="", original="", copy=None)
    paraphrased = replace(quoted, id="paraphrased", voice="paraphrased", copy=None)
    shapes = [
        ("The speaker's own words, translated, with an archived copy", quoted),
        (
            "A paraphrase, reported by another",
            replace(paraphrased, form="a letter", according_to="An agency"),
        ),
        ("The document's translation of them", replace(quoted, id="put", voice="translated")),
        (
            "A reading, likely, of another moment, in other words, and outranked",
            replace(paraphrased, id="read", qualified=_qualified()),
        ),
        ("A document's own voice", replace(quoted, id="own", voice="own", speakers=(), way=())),
        ("A denial, undated", replace(quoted, id="no", stance=terms.stance("denies"), said=None)),
        ("No words, no address", replace(bare, check=None, note="Known from a list of papers.")),
        ("Reworded since", replace(quoted, id="reworded", reworded=(_reworded(),))),
    ]
    # At the end, as each shape is cited in other words.
    return [(name, replace(view, cite_as=cite_as(view))) for name, view in shapes]


def _qualified() -> Qualified:
    return Qualified(
        certainty=certainty_in_words("likely"),
        as_of=as_of_in_words("1901-05"),
        wording="Eleven boats lay at the quay, and one beside it",
        is_reading=True,
        is_superseded=True,
    )


def checks() -> list[CheckView]:
    """A check with each finding."""
    runs = (Run("same", "", "onze"), Run("before", " ", "bateaux"), Run("after", " ", "navires"))
    return [
        CheckView(
            key,
            terms.finding(key),
            None if key == "unchecked" else JUNE,
            reason="The server answered 503." if key == "unreachable" else "",
            earlier="It stood there on 3 May 1901." if key == "unreachable" else "",
            runs=runs if key == "altered" else (),
        )
        # Of the type itself, so that a new finding is shown from its first day.
        for key in get_args(Finding)
    ]


_SECTIONS = (
    ("states", "States and flags"),
    ("words", "Overview"),
    ("filters", "Filters"),
    ("pictures", "Pictures"),
    ("map", "Map"),
    ("found", "Search"),
    ("citations", "Citations"),
    ("checks", "Checks"),
    ("forms", "Forms"),
    ("submissions", "Submissions"),
    ("revisions", "Revisions"),
    ("lists", "Lists"),
)
_QUOTE = "onze bateaux au quai"
_TRANSLATED = "eleven boats at the quay"


def cell(rank: int, *words: str, **known: object) -> Cell:
    """A cell of the overview; without words the side is silent."""
    name = SIDES[rank - 1] if rank else "Others"
    lines = tuple(Line(each, HERE) for each in words)
    return Cell(name.lower(), name, rank, lines, is_silent=not words, **known)  # type: ignore[arg-type]


def rows() -> list[Row]:
    """One row a state, the second of the event of the first."""
    nobody = {"note": "not searched"}
    searched = {"note": "nothing found"}
    outside = cell(0, note="no answer on record")
    # Between them every mark of a cell and every reason for an empty one.
    cells = {
        "disputed": (cell(1, "11"), cell(2, "about 30"), cell(3, **nobody), outside),
        "agreed": (cell(1, "Yes"), cell(2, "Yes", marks=("third-hand",)), cell(3, **searched)),
        "incomparable": (cell(1, "11 boats"), cell(2, "30 people"), cell(3, **nobody), outside),
        "one-sided": (cell(1, "3 May 1901", marks=("unofficial",)), cell(2, **searched)),
        "outside-only": (cell(1, **nobody), cell(2, **nobody), cell(3, **nobody)),
        "no-account": (cell(1, **nobody), cell(2, **nobody), cell(3, **searched), outside),
    }
    return [
        _row(term.key, cells[term.key], follows=number == 1)
        for number, term in enumerate(terms.states())
    ]


def _row(state: str, cells: tuple[Cell, ...], *, follows: bool) -> Row:
    blanks = [cell(rank, note="not searched") for rank in (1, 2, 3)]
    others = cell(0, "12 (The Harbour Post)")
    filled = (*cells, *[*blanks, others][len(cells) :])
    disputed = state == "disputed"
    return Row(
        id=f"sample-{state}",
        url=HERE,
        question=QUESTION,
        state=terms.state(state),
        clash="First side – Second side" if disputed else "",
        relation="the two are not compared" if state == "incomparable" else "",
        gap="16 apart (ratio 2.45)" if disputed else "",
        happened=MAY,
        topic="Boats",
        follows=follows,
        cells=filled,
        elsewhere=Elsewhere("3 more claims of this event", HERE) if disputed else None,
    )


def _citation(key: str) -> CitationView:
    return CitationView(
        id=key,
        anchored=True,
        url=f"{HERE}#citation-{key}",
        permalink=f"{HERE}#citation-{key}",
        speakers=(SpeakerView("The harbour master", HERE, "for the harbour board", "official"),),
        according_to="",
        stance="",
        qualified=Qualified(),
        said=MAY,
        voice="quoted",
        quote=_QUOTE,
        language="fr",
        translation=_TRANSLATED,
        form="",
        publisher="The Harbour Post",
        publisher_url=HERE,
        document="Une matinée au port",
        document_url=HERE,
        published=JUNE,
        read_on=JUNE,
        way=("The harbour master", "An agency", "The Harbour Post"),
        hand=terms.hand("second"),
        source=f"{HERE}#source",
        original=HERE,
        version=JUNE,
        copy=CopyView(f"{HERE}#copy", JUNE),
        check=_found(),
        reworded=(),
        note="",
    )


def _found() -> CheckView:
    words = terms.finding("verbatim")
    return CheckView("verbatim", words, JUNE, before="Il y avait ", exact=_QUOTE, after=".")


def _reworded() -> RewordedView:
    runs = (Run("before", "", "bateaux"), Run("after", " ", "navires"), Run("same", " ", "au quai"))
    return RewordedView(JUNE, "The page words the passage differently from before.", runs)


def contents() -> list[Entry]:
    """The contents of the pattern page, with two sides and how many, and of what there is none."""
    sides = [Entry("sides", name, 4, rank) for rank, name in enumerate(SIDES[:2], start=1)]
    plain = [Entry(anchor, name) for anchor, name in _SECTIONS]
    return [Entry("type", "Type"), *sides, *plain, Entry("notices", "Notices", 0)]
