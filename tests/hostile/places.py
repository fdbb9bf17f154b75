"""Where an answer shows what came from outside, found in it as its readers read it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Literal
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import httpx
from playwright.sync_api import Page

from tests.hostile.fields import MARK

Place = Literal[
    "text",
    "attribute",
    "address",
    "title",
    "meta",
    "script data",
    "picture",
    "card",
    "feed",
    "JSON",
    "header",
    "log",
    "terminal",
]
PLACES: tuple[Place, ...] = Place.__args__  # type: ignore[attr-defined]

Shown = tuple[Place, str]
"""A place, and the text in it, without how the place writes it."""

# Everything in a page that holds a mark, by the place that a reader would name; what no page of
# ours has at all is a fault.
_IN_PAGE = r"""() => {
  const mark = /zq\d{3}q/, turns = /[\u202a-\u202e\u2066-\u2069]/, shown = [], faults = [];
  const isApart = each => {
    for (; each; each = each.parentElement) {
      const { unicodeBidi, display } = getComputedStyle(each);
      if (/isolate|plaintext/.test(unicodeBidi)) return true;
      if (/^(block|list-item|table-cell|flex|grid)/.test(display)) return false;
    }
    return false;
  };
  const addresses = new Set(["href", "src", "action", "formaction", "cite", "poster", "data",
    "xlink:href", "srcset", "ping"]);
  for (const each of document.querySelectorAll("*")) {
    const name = each.localName, inSvg = each.closest("svg") !== null;
    for (const { name: key, value } of each.attributes) {
      if (/^on/i.test(key) || /zq\d/.test(key) || key === "srcdoc")
        faults.push(`attribute ${key} of ${name}`);
      if (!mark.test(value)) continue;
      if (addresses.has(key)) {
        if (!/^(https?:|\/|\?|#)/.test(value)) faults.push(`address ${value.slice(0, 80)}`);
        shown.push(["address", value]);
      } else if (key === "style") faults.push(`style of ${name}`);
      else shown.push([name === "meta" ? "meta" : "attribute", value]);
      if (turns.test(value) && name !== "input") faults.push(`turned: ${key} of ${name}`);
    }
    for (const node of each.childNodes) {
      if (node.nodeType === 8 && mark.test(node.data)) faults.push("comment");
      if (node.nodeType !== 3 || !mark.test(node.data)) continue;
      if (name === "script" && each.type.endsWith("json")) shown.push(["script data", node.data]);
      else if (name === "script" || name === "style") faults.push(`code of ${name}`);
      else if (name === "title" && !inSvg) shown.push(["title", node.data]);
      else shown.push([inSvg ? "picture" : "text", node.data]);
      if (turns.test(node.data) && !isApart(each)) faults.push(`turned: text of ${name}`);
    }
  }
  // What no page of ours has.
  for (const each of document.querySelectorAll("img[src*='zq'], iframe, object, embed, base, b"))
    faults.push(each.outerHTML.slice(0, 120));
  return { shown, faults };
}"""


def in_page(page: Page) -> tuple[list[Shown], list[str]]:
    """What the page that a browser has open shows, and what it must not have."""
    found = page.evaluate(_IN_PAGE)
    return [(place, text) for place, text in found["shown"]], found["faults"]


def in_answer(answer: httpx.Response) -> Iterator[Shown]:
    """What an answer shows that is no page: its headers, and what is for programs."""
    for name, value in answer.headers.items():
        if MARK.search(unquote(value)):
            assert name in ("location", "link"), f"{name}: {value}"
            yield "header", unquote(value)
    kind = answer.headers.get("content-type", "")
    if "json" in kind:
        yield from (("JSON", text) for text in _texts(json.loads(answer.text)))
    elif "xml" in kind:
        yield from in_xml("picture" if "svg" in kind else "feed", answer.text)
    elif "html" not in kind and "image/" not in kind:
        assert not MARK.search(answer.text), kind


def in_xml(place: Place, text: str) -> Iterator[Shown]:
    """What a document shows; raises ParseError where it is none."""
    for each in ET.fromstring(text).iter():
        assert not any(name.startswith("on") for name in each.attrib), each.tag
        for part in (each.text, each.tail, *each.attrib.values()):
            yield place, part or ""


def in_json_lines(log: str) -> Iterator[Shown]:
    """What a log shows: a JSON object a line, of plain letters."""
    assert log.isascii(), "letters in the log that may steer a terminal"
    for line in log.splitlines():
        yield from (("log", text) for text in _texts(json.loads(line)))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from (key, *_texts(item))
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


# What is left where a text was made safe for one place twice, or for another place.
_TWICE = re.compile(r"&amp;amp;|&(?:amp;)?(?:lt|gt|quot|#3[49]|#x27);|\\u003c(?!b)|%253C")


def numbers_in(shown: Shown) -> set[int]:
    """Of which fields a text is; raises AssertionError where it is not as it was sent."""
    place, text = shown
    numbers = {int(found) for found in MARK.findall(unquote(text))}
    if numbers and place != "address":
        assert not _TWICE.search(text), f"{place}: {text[:300]}"
    return numbers
