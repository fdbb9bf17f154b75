"""What commands print: results to standard output, complaints and progress to standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from app.domain.values.base import escaped_controls

# Plain lines: markup would take the “[…]” of a quotation for a style, emoji “:x:” for a picture,
# and a wrapped line is no longer one that `file:line:` tools can read.
_OUT = Console(soft_wrap=True, highlight=False, markup=False, emoji=False)
_ERR = Console(stderr=True, soft_wrap=True, highlight=False, markup=False, emoji=False)

_MAX_SHOWN = 10


def say(line: str) -> None:
    """Print a line of the result, whose texts may be strangers'."""
    _OUT.print(escaped_controls(line))


def complain(line: str) -> None:
    """Print a line about what is wrong."""
    _ERR.print(escaped_controls(line))


def name_some(names: list[str]) -> str:
    """A list of names, cut after ten."""
    shown = ", ".join(names[:_MAX_SHOWN])
    more = len(names) - _MAX_SHOWN
    return f"{shown} and {more} more" if more > 0 else shown


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal; gives what is called with how much of how many is done."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    # On standard error and on a terminal only: in a file or a log a bar is a thousand lines.
    with Progress(*columns, console=_ERR, transient=True, disable=not _ERR.is_terminal) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
