"""Collects the messages of pages and brings every catalogue up to date: `make messages`.

New messages come in empty, and are translated by hand; those that nothing says any more go. See
docs/languages.md.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from app.web.wording.locale import DEFAULT, FOLDER, LANGUAGES, path_of

APP = Path(__file__).resolve().parents[1] / "app"
_READERS = [("**.py", "python"), ("web/templates/**.html", "jinja2")]
_OPTIONS = {"web/templates/**.html": {"trimmed": "false", "newstyle_gettext": "true"}}
_KEYWORDS = {
    "_": None,
    "Sentence": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_COMMENT = "Translators:"
_HEADING = "# The words of pages. How to work on them: docs/languages.md"
_PASSING = tuple(
    f'"{name}'.encode()
    for name in ("POT-", "PO-Rev", "Last-", "Report-", "Language-T", "Generated-", "Project-")
)


def extracted() -> Catalog:
    """Every message that the program says, without a translation."""
    found = Catalog(project="Variorum", charset="utf-8")
    for name, _line, message, comments, context in extract_from_dir(
        APP,
        _READERS,
        _OPTIONS,
        keywords=_KEYWORDS,
        comment_tags=[_COMMENT],
        strip_comment_tags=True,
    ):
        found.add(message, None, [(f"app/{name}", 1)], auto_comments=comments, context=context)
    return found


def update(language: str, template: Catalog) -> int:
    """Bring the catalogue of a language up to date; returns how many messages it lacks."""
    catalogue = read(language)
    catalogue.update(template, no_fuzzy_matching=True)
    write(language, catalogue)
    return sum(1 for message in catalogue if message.id and not _is_told(message.string))


def read(language: str) -> Catalog:
    """The catalogue of a language as it stands; an empty one where there is none."""
    path = path_of(language)
    if not path.is_file():
        return Catalog(locale=language, header_comment=_HEADING, fuzzy=False)
    with path.open("rb") as written:
        return read_po(written, locale=language)


def write(language: str, catalogue: Catalog) -> None:
    """Write a catalogue in its one layout."""
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(in_layout(catalogue))


def in_layout(catalogue: Catalog) -> bytes:
    """The file of a catalogue: by file of the program, without what changes with every run."""
    text = BytesIO()
    write_po(
        text,
        catalogue,
        width=100,
        ignore_obsolete=True,
        include_lineno=False,
        sort_by_file=True,
    )
    kept = (line for line in text.getvalue().splitlines() if not line.startswith(_PASSING))
    return b"\n".join(kept).rstrip() + b"\n"


def _is_told(translation: object) -> bool:
    parts = translation if isinstance(translation, list | tuple) else [translation]
    return all(parts)


if __name__ == "__main__":
    template = extracted()
    print(f"{len(template)} messages under {FOLDER.relative_to(APP.parent)}")
    for tag in LANGUAGES:
        if tag != DEFAULT:
            print(f"{tag}: {update(tag, template)} without a translation")
