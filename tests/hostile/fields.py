"""Every field of the record that a stranger fills in, found in the shapes themselves.

A new field is in the table as soon as its shape has it.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from app.domain.contributing.records import SubmittedCitation, SubmittedClaim
from app.domain.records.claims import Claim
from app.domain.records.page_checks import ChangedWording, CheckedPage, CheckedQuote, PageCopy
from app.domain.records.registers import Dossier, Sources, WebAddress
from app.domain.values.base import Prose, Record

What = Literal["text", "address", "bounded"]
"""Free text, a web address, or what takes a few letters alone: ids, dates, kinds, numbers."""

MARK = re.compile(r"zq(\d{3})q")


def harmful(number: int, serial: int = 0) -> str:
    """Text that is code for whoever takes it for any: HTML, scripts, XML, templates, a shell.

    Its mark says of which field it is, and its last word that all of it is there.
    """
    mark = f"zq{number:03}q"
    # Of fifteen words, the most that a quotation may have.
    return (
        f"{mark}{serial}\"'><script>pwn()</script><img src=//{mark}.test/ onerror=pwn()>"
        "</title></textarea></style>-->]]>&amp;{{7*7}}${7*7}{%x%}[b](javascript:x)"
        f"$(id)`id` =1+1 %0d%0aX-{mark}:y \\u003cb\\u003e \u05d0\u200f\u0627 end{mark}"
    )


# What turns the direction of everything after it, and what speaks to a terminal. The record takes
# neither; pages that are fetched, requests and files may have them.
WILD = "\u202e\u2067 \x1b]0;pwn\x07\x1b[31m \x9b31m \u2028"


def wild(number: int) -> str:
    """Harmful text with letters that the record refuses."""
    return harmful(number).replace(" end", f" {WILD} end")


def harmful_name(number: int) -> str:
    """Text of at most 64 characters on one line that means as much harm as it can."""
    return f"zq{number:03}q\"'><script>pwn()</script><b onclick=pwn()>&amp;{{{{7*7}}}}"


def harmful_address(number: int, serial: int = 0) -> str:
    """An address that is one, and code for whoever writes it without care."""
    mark = f"zq{number:03}q"
    return (
        f"https://{mark}.example/{serial}\"'><script>pwn()</script><b/onclick=pwn()>?a=1&b=%0d%0a"
    )


def leaves_of(shape: type[Record], path: str) -> Iterator[tuple[str, Any]]:
    """Every field below a shape that holds a text, as a path from the shape on, with its type.

    Numbers and choices of yes and no hold no text.
    """
    for name, field in shape.model_fields.items():
        inner = f"{path}.{field.alias or name}"
        whole = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
        leaf = leaf_of(whole)
        if isinstance(leaf, type) and issubclass(leaf, Record):
            yield from leaves_of(leaf, inner)
        elif leaf not in (int, float, bool):
            yield inner, leaf


def what_it_takes(leaf: Any) -> What:
    """What a field of this type takes."""
    if leaf == Prose:
        return "text"
    return "address" if leaf == WebAddress else "bounded"


def leaf_of(annotation: Any) -> Any:
    """The type of one value: what is left without “or None” and “any number of”."""
    origin = get_origin(annotation)
    if origin is tuple:
        return leaf_of(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return leaf_of(next(each for each in get_args(annotation) if each is not type(None)))
    if origin is Annotated and annotation not in (Prose, WebAddress):
        inner = get_args(annotation)[0]
        return (
            leaf_of(inner) if get_origin(inner) is not None or inner in (int, float) else annotation
        )
    return annotation


def _texts_of(made: type[Any]) -> Iterator[tuple[str, What]]:
    """What a page says that we fetched: the texts of a shape that holds it."""
    for field in dataclasses.fields(made):
        if str(field.type) in ("str", "str | None") and field.name not in _REFERENCES:
            yield f"{made.__name__}.{field.name}", "address" if "url" in field.name else "text"


# Of what was fetched, what names things of the record, or a rule of ours.
_REFERENCES = frozenset({"claim", "citation", "document", "rule", "url", "directive"})

TYPES: dict[str, Any] = {
    path: leaf
    for shape in (Sources, Dossier, Claim, SubmittedCitation, SubmittedClaim)
    for path, leaf in leaves_of(shape, shape.__name__)
    # A claim that is proposed is one of the record's shape.
    if not path.startswith("SubmittedClaim.claim.")
}
OF_SHAPES: dict[str, What] = {path: what_it_takes(leaf) for path, leaf in TYPES.items()}
OF_PAGES: dict[str, What] = dict(
    pair
    for made in (CheckedPage, CheckedQuote, ChangedWording, PageCopy)
    for pair in _texts_of(made)
)
OF_PEOPLE: dict[str, What] = {
    "a key's name": "text",
    "a reason to reject": "text",
    "a reason to edit": "text",
}
OF_REQUESTS: dict[str, What] = {
    "what is searched for": "text",
    "a query's value": "text",
    "a query's name": "text",
    "a path": "text",
    "a field of a form": "text",
    "a header": "text",
    "a file": "text",
    "an argument": "text",
}
FIELDS: dict[str, What] = {**OF_SHAPES, **OF_PAGES, **OF_PEOPLE, **OF_REQUESTS}
NUMBER_OF = {path: number for number, path in enumerate(FIELDS)}
