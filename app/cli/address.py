"""The command that shows how addresses of documents are read: address."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from app.cli.output import complain
from app.domain.values.canonical_addresses import canonical_address
from app.errors import AddressRefused

_WIDTH_OF_FILES = 400  # not of a screen: no address is broken where a program may read it


def address(
    urls: Annotated[list[str], typer.Argument(metavar="URL...", help="Addresses of documents.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print [{url, canonical, refused}], in the order given.")
    ] = False,
) -> None:
    """Show the canonical form of addresses: two of one form are one document.

    Exit 1 where one is refused, with the reason; 0 where none is; 2 without an address.
    """
    read = [_read(url) for url in urls]
    if as_json:
        _print_json(read)
    else:
        _print_table(read)
    refused = sum(row["refused"] is not None for row in read)
    if refused:
        complain(f"{refused} of {len(read)} refused.")
        raise typer.Exit(1)


def _read(url: str) -> dict[str, str | None]:
    try:
        return {"url": url, "canonical": canonical_address(url), "refused": None}
    except AddressRefused as refusal:
        return {"url": url, "canonical": None, "refused": refusal.sentence}


def _print_json(read: list[dict[str, str | None]]) -> None:
    # Letters as they are; what a shell gave that is no text at all becomes JSON's own escape.
    text = json.dumps(read, ensure_ascii=False, indent=2)
    sys.stdout.write(text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n")


def _print_table(read: list[dict[str, str | None]]) -> None:
    console = Console()
    if not console.is_terminal:
        console = Console(width=_WIDTH_OF_FILES)
    table = Table(box=None, pad_edge=False)
    for name in ("Address", "Canonical form, or why it is refused"):
        table.add_column(name, overflow="fold")
    for row in read:
        table.add_row(_shown(row["url"]), _shown(row["canonical"] or row["refused"]))
    console.print(table)


def _shown(text: str | None) -> Text:
    # Not as markup, which would take “[…]” for a style; controls would move a terminal's cursor.
    clean = (text or "").encode("utf-8", "backslashreplace").decode("utf-8")
    return Text("".join(c if c.isprintable() else repr(c)[1:-1] for c in clean))
