"""The words of an HTML page that a reader sees, and what its markup says of it.

Visible is what a browser would match a text fragment against (WICG, *URL Fragment Text
Directives*, "search invisible"), as far as markup alone shows it; style sheets are not read. So
`hidden` and inline `display: none` hide; `aria-hidden`, closed `<details>` and
`hidden="until-found"` do not, since readers see the first and browsers open the others. What is in
`<noscript>` is left out: readers with scripts never see it.

What type shows and plain text cannot is marked by characters that Unicode keeps for a program's own
use (`STRUCK` …): what the page strikes out and what it put in for it, the marks of notes, and
places where a picture or a field parts what stands on both sides. Figures that stand raised or
lowered are written as such (“10³”): “10” and “3” side by side would be another number.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

# A page describes itself in few elements; one that repeats them gains nothing by it.
_MAX_NOTES = 200
_MAX_NOTE_LENGTH = 4_000
_MAX_JSON_LENGTH = 200_000
_PART = 100_000

Write = Callable[[bytes | bytearray], object]

_INVISIBLE = frozenset(
    re.findall(
        r"\w+",
        "audio canvas datalist desc embed iframe img input meta metadata meter noembed noframes"
        " noscript object progress rp script select style template textarea title video",
    )
)
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body br caption center colgroup dd details dialog dir"
        " div dl dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header"
        " hgroup hr html legend li listing main menu nav ol optgroup option p plaintext pre"
        " search section summary table tbody text tfoot thead tr ul xmp",
    )
)
_CELLS = frozenset(("td", "th"))
# They fill a place of their own in the line, so that figures on both sides are not one number.
_REPLACED = frozenset(
    ("audio", "canvas", "embed", "iframe", "img", "input", "object", "select", "svg", "video")
)
_STRUCK = frozenset(("del", "s", "strike"))
_PRESERVED = frozenset(("pre", "listing", "plaintext", "xmp"))
_NOTED = frozenset(("html", "link", "meta", "script", "time", "title"))

_NO_DISPLAY = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.I)
_BLOCK_DISPLAY = re.compile(r"(?:^|;)\s*display\s*:\s*(?:block|flex|grid|table|list-item)\b", re.I)
_LINE_THROUGH = re.compile(r"(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]*\bline-through\b", re.I)
_RAISED = re.compile(r"(?:^|;)\s*vertical-align\s*:\s*super\b", re.I)
_SPACE = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")
_LINE = re.compile(r"[^\r\n]+")
_CELL_END = re.compile(r" ?\0[ \0]*")

# Noncharacters, “for internal use” (Unicode, 23.7); those that a page holds itself are left out.
# `app.domain.quotations.marks` reads them.
STRUCK, NOTE, INSERTED = ("\ufdd0", "\ufdd1"), ("\ufdd2", "\ufdd3"), ("\ufdd4", "\ufdd5")
PARTED = "\ufdd6"
_MARKS = "\ufdd0-\ufdd6"
_FOREIGN = re.compile(f"[{_MARKS}]")
_MARKED_SPACE = re.compile(f"[ \t\n\r\f]([{_MARKS}]+)[ \t\n\r\f]+")
_AT_LINE_ENDS = re.compile(f"^[{PARTED} ]+|[{PARTED} ]+$")
_ONLY_MARKS = re.compile(f"[{_MARKS}\\s]*")

_NOTE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:reference|footnote|fn|fnref|noteref|cite)(?:$|[\s_-])", re.I
)
_MAX_NOTE_MARK = 60
_BRACKETED = re.compile(r"\s*(?:\[.*\]|\(\d+\)|[*†‡§¶]+)\s*", re.S)
_FIGURES = re.compile(r"[-+−–]?\d+")
_HIGH = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_LOW = str.maketrans("0123456789+-−–", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋")


def read(body: bytes, write: Write) -> dict[str, Any]:
    """Notes on a page in UTF-8 (see `Notes`); writes its text line by line, many at once."""
    tree = LexborHTMLParser(body, options=LexborDocumentOptions.WO_EVENTS, scripting=True)
    words, notes = Words(write), Notes()
    if tree.root is not None:
        walk(tree.root, words, notes)
    words.end()
    return notes.found


def walk(root: LexborNode, words: Words, notes: Notes) -> None:
    """Go through the tree in the order of the text, without recursion however deep it is."""
    open_elements: list[tuple[str, str, LexborNode]] = []
    node: LexborNode | None = root
    while node is not None:
        child = _enter(node, words, notes, open_elements)
        following = child or node.next
        while following is None and open_elements:
            name, look, node = open_elements.pop()
            words.leave(name, look)
            following = node.next
        node = following


def _enter(
    node: LexborNode, words: Words, notes: Notes, open_elements: list[tuple[str, str, LexborNode]]
) -> LexborNode | None:
    """Take in one node; gives its first child where there is something to see inside."""
    if node.is_text_node:
        words.add(node.text_content or "")
        return None
    if not node.is_element_node:
        return None
    name = node.tag or ""
    attributes = node.attributes
    if name in _NOTED:
        notes.take(name, attributes, node)
    if _is_hidden(name, attributes):
        return None
    if name in _INVISIBLE:
        if name in _REPLACED:
            words.part()
        return None
    breaks, look = _as_broken(name, attributes), _look(name, attributes)
    words.enter(breaks, look)
    child = node.first_child
    if child is None:
        words.leave(breaks, look)
    else:
        open_elements.append((breaks, look, node))
    return child


def _is_hidden(name: str, attributes: dict[str, str | None]) -> bool:
    if name == "dialog" and "open" not in attributes:
        return True
    if not attributes:
        return False
    hidden = "hidden" in attributes and (attributes["hidden"] or "").lower() != "until-found"
    return hidden or bool(_NO_DISPLAY.search(attributes.get("style") or ""))


def _as_broken(name: str, attributes: dict[str, str | None]) -> str:
    """The element's name, or “div” where its own style makes a block of it."""
    if name not in _BLOCKS and _BLOCK_DISPLAY.search(attributes.get("style") or ""):
        return "div"
    return name


def _look(name: str, attributes: dict[str, str | None]) -> str:
    """How the element's words are shown or meant: `struck`, `note`, `high` …; mostly nothing."""
    if name in _STRUCK:
        return "struck"
    if name == "sub":
        return "low"
    if name in ("rt", "rtc"):
        return "note"  # how the words before are read, not words of the sentence
    style = attributes.get("style") or "" if attributes else ""
    if style and _LINE_THROUGH.search(style):
        return "struck"
    if name == "ins":
        return "inserted"
    if attributes and _refers_to_a_note(name, attributes):
        return "note"
    if name == "sup" or (style and _RAISED.search(style)):
        return "high"
    return "link" if name == "a" and "href" in attributes else ""


def _refers_to_a_note(name: str, attributes: dict[str, str | None]) -> bool:
    kinds = f"{attributes.get('role') or ''} {attributes.get('epub:type') or ''}".lower().split()
    if "doc-noteref" in kinds or "noteref" in kinds:
        return True
    # Of a link or a span the class may name the whole passage that has a note.
    return name == "sup" and bool(_NOTE_CLASS.search(attributes.get("class") or ""))


_MARKED = {"struck": STRUCK, "note": NOTE, "inserted": INSERTED}


class Words:
    """Text in the making: blocks on lines of their own, white space collapsed as browsers do."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._done = bytearray()
        self._line: list[str] = []
        self._lines = 0
        self._preserved = 0
        self._marked = dict.fromkeys(_MARKED, 0)
        self._links = 0
        # Where raised or lowered words begin: the line, the place in it, and the links until then.
        self._shifted: list[tuple[int, int, int]] = []
        self._links_begun = 0

    def enter(self, name: str, look: str = "") -> None:
        """An element begins."""
        if name in _BLOCKS:
            self._end_line()
        self._preserved += name in _PRESERVED
        if not look:
            return
        if look == "link":
            self._links += 1
            self._links_begun += 1
        elif look in _MARKED:
            if not self._marked[look]:
                self._line.append(_MARKED[look][0])
            self._marked[look] += 1
        else:
            self._shifted.append((self._lines, len(self._line), self._links_begun - self._links))

    def leave(self, name: str, look: str = "") -> None:
        """An element ends."""
        if look == "link":
            self._links -= 1
        elif look in _MARKED:
            self._marked[look] -= 1
            if not self._marked[look]:
                self._line.append(_MARKED[look][1])
        elif look:
            self._shift(look)
        if name in _BLOCKS:
            self._end_line()
        elif name in _CELLS:
            self._line.append("\0")  # no page holds one
        self._preserved -= name in _PRESERVED

    def add(self, text: str) -> None:
        """Some characters of the page."""
        self._line.append(_FOREIGN.sub("", text) if _FOREIGN.search(text) else text)

    def part(self) -> None:
        """Something without words fills a place in the line."""
        if self._line:
            self._line.append(PARTED)

    def end(self) -> None:
        """The page ends."""
        self._end_line()
        self._pass_on()

    def _shift(self, look: str) -> None:
        """Words end that are raised or lowered: the mark of a note, figures, or only letters."""
        line, at, links = self._shifted.pop()
        if line != self._lines:
            return  # blocks inside: no mark of a note, and no part of a number
        text = "".join(self._line[at:])
        is_linked = self._links_begun > links
        if (
            look == "high"
            and len(text) <= _MAX_NOTE_MARK
            and (is_linked or _BRACKETED.fullmatch(text))
        ):
            self._line[at:] = [NOTE[0], text, NOTE[1]]
        elif _FIGURES.fullmatch(text.strip()) and (look == "high" or self._after_a_figure(at)):
            self._line[at:] = [text.strip().translate(_HIGH if look == "high" else _LOW)]

    def _after_a_figure(self, at: int) -> bool:
        # “H₂O” is written “H2O” everywhere, and “24₃” is not 243.
        return "".join(self._line[max(at - 3, 0) : at])[-1:].isdigit()

    def _end_line(self) -> None:
        if not self._line:
            return
        text = "".join(self._line)
        self._line.clear()
        self._lines += 1
        # A run of marked words goes on in the next line, and each line is marked by itself.
        self._line.extend(_MARKED[look][0] for look, depth in self._marked.items() if depth)
        if _FOREIGN.search(text):
            text = _without_idle_marks(text)
        if self._preserved:
            for line in _LINE.finditer(text):
                self._put(line[0].rstrip(" \t\f\0"))
        else:
            self._put(_CELL_END.sub("\t", _SPACE.sub(" ", text)).strip(" \t"))

    def _put(self, line: str) -> None:
        if line and not line.isspace():
            self._done += line.replace("\0", "\t").encode("utf-8", "replace") + b"\n"
        if len(self._done) > _PART:
            self._pass_on()

    def _pass_on(self) -> None:
        if self._done:
            self._write(self._done)
            self._done = bytearray()


def _without_idle_marks(line: str) -> str:
    """A line without marks around nothing and spaces that marks alone are between."""
    if _ONLY_MARKS.fullmatch(line):
        return ""
    return _AT_LINE_ENDS.sub("", _MARKED_SPACE.sub(r" \1", line))


class Notes:
    """What the markup says of the page, as it is written.

    `found` holds `language` (of `<html>`), `title`, `canonical` (each text), and lists: `metas`
    (name in lower case and content), `json_ld` (the scripts' text) and `times` (`datetime`s).
    """

    def __init__(self) -> None:
        self.found: dict[str, Any] = {"metas": [], "json_ld": [], "times": []}

    def take(self, name: str, attributes: dict[str, str | None], node: LexborNode) -> None:
        """Note what one element says."""
        if name == "html":
            self._once("language", attributes.get("lang") or attributes.get("xml:lang"))
        elif name == "title":
            self._once("title", node.text())
        elif name == "meta":
            self._meta(attributes)
        elif name == "link" and "canonical" in (attributes.get("rel") or "").lower().split():
            self._once("canonical", attributes.get("href"))
        elif name == "time":
            self._add("times", attributes.get("datetime"))
        elif name == "script" and _is_json_ld(attributes):
            self._add("json_ld", node.text(), longest=_MAX_JSON_LENGTH, most=5)

    def _meta(self, attributes: dict[str, str | None]) -> None:
        content = attributes.get("content")
        for key in ("property", "name", "itemprop", "http-equiv"):
            named = attributes.get(key)
            if named and content and len(named) <= 64:
                self._add("metas", content, named=named.strip().lower())

    def _once(self, key: str, text: str | None) -> None:
        if text and key not in self.found:
            self.found[key] = text[:_MAX_NOTE_LENGTH]

    def _add(
        self,
        key: str,
        text: str | None,
        *,
        named: str | None = None,
        longest: int = _MAX_NOTE_LENGTH,
        most: int = _MAX_NOTES,
    ) -> None:
        if text and len(text) <= longest and len(self.found[key]) < most:
            self.found[key].append(text if named is None else (named, text))


def _is_json_ld(attributes: dict[str, str | None]) -> bool:
    return (attributes.get("type") or "").split(";")[0].strip().lower() == "application/ld+json"
