"""Files of a record rewritten in the one layout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from app.dossiers.folders import find_roots, is_named
from app.dossiers.notation.faults import Fault
from app.dossiers.notation.layout import NO_COMMENTS, comment_lines, emit
from app.dossiers.opening import AnyFile
from app.dossiers.record import open_record
from app.dossiers.writing import replace_file


def format_record(paths: Sequence[Path]) -> tuple[tuple[Path, ...], tuple[Fault, ...]]:
    """Rewrite the named files, and those in named folders, in the one layout.

    Returns the paths that changed, and the faults for which others were left unchanged: those of
    their structure, and comments, which would be lost. Raises `BadInput` for a path in no record.
    """
    changed: list[Path] = []
    faults: list[Fault] = []
    for root in find_roots(paths):
        opened = open_record(root)
        faults += (fault for fault in opened.faults if is_named(fault.path, paths))
        for file in opened.files():
            if is_named(file.path, paths):
                hindrances = [*file.faults, *_comments(file)]
                faults += hindrances
                if not hindrances and _rewrite(file):
                    changed.append(file.path)
    return tuple(changed), tuple(sorted(faults))


def _comments(file: AnyFile) -> Iterator[Fault]:
    if file.record is not None:
        for line in comment_lines(file.content.decode("utf-8")):
            yield Fault(file.path, line, "layout", NO_COMMENTS)


def _rewrite(file: AnyFile) -> bool:
    if file.record is None:
        return False
    text = emit(file.record)
    if text.encode("utf-8") == file.content:
        return False
    # A link remains a link: the file that it leads to is rewritten.
    replace_file(file.path.resolve(), text)
    return True
