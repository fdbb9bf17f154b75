"""The words of an HTML page that a reader sees, and what its markup says of it.

Visible is what a browser would match a text fragment against (WICG, *URL Fragment Text
Directives*, "search invisible"), as far as markup alone shows it; style sheets are not read. So
`hidden` and inline `display: none` hide; `aria-hidden`, closed `<details>` and
`hidden="until-found"` do not, since readers see the first and browsers open the others. What is in
`<noscript>` is left out: readers with scripts never see it.
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
_PRESERVED = frozenset(("pre", "listing", "plaintext", "xmp"))
_NOTED = frozenset(("html", "link", "meta", "script", "time", "title"))

_NO_DISPLAY = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.I)
_BLOCK_DISPLAY = re.compile(r"(?:^|;)\s*display\s*:\s*(?:block|flex|grid|table|list-item)\b", re.I)
_SPACE = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")
_LINE = re.compile(r"[^\r\n]+")
_CELL_END = re.compile(r" ?\0[ \0]*")


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
    open_elements: list[tuple[str, LexborNode]] = []
    node: LexborNode | None = root
    while node is not None:
        child = _enter(node, words, notes, open_elements)
        following = child or node.next
        while following is None and open_elements:
            name, node = open_elements.pop()
            words.leave(name)
            following = node.next
        node = following


def _enter(
    node: LexborNode, words: Words, notes: Notes, open_elements: list[tuple[str, LexborNode]]
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
    breaks = _as_broken(name, attributes)
    words.enter(breaks)
    child = node.first_child
    if child is None:
        words.leave(breaks)
    else:
        open_elements.append((breaks, node))
    return child


def _is_hidden(name: str, attributes: dict[str, str | None]) -> bool:
    if name in _INVISIBLE or (name == "dialog" and "open" not in attributes):
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


class Words:
    """Text in the making: blocks on lines of their own, white space collapsed as browsers do."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._done = bytearray()
        self._line: list[str] = []
        self._preserved = 0

    def enter(self, name: str) -> None:
        """An element begins."""
        if name in _BLOCKS:
            self._end_line()
        self._preserved += name in _PRESERVED

    def leave(self, name: str) -> None:
        """An element ends."""
        if name in _BLOCKS:
            self._end_line()
        elif name in _CELLS:
            self._line.append("\0")  # no page holds one
        self._preserved -= name in _PRESERVED

    def add(self, text: str) -> None:
        """Some characters of the page."""
        self._line.append(text)

    def end(self) -> None:
        """The page ends."""
        self._end_line()
        self._pass_on()

    def _end_line(self) -> None:
        if not self._line:
            return
        text = "".join(self._line)
        self._line.clear()
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
