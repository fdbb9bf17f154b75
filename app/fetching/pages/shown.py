"""Whether a page shows what its address was cited for, or something in its place.

A server may answer 200 and show a request to log in, a notice that the post is unavailable, or
another page. The rules are few, take much evidence, and are asked only where no quoted words are on
the page: to a page that has them none applies. That words are missing from a page that is shown is
the more important thing to say, so that in doubt a page counts as shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from app.fetching.pages.notices import NoticeRule, notice_in
from app.fetching.pages.values import PageText

NotShownRule = Literal[NoticeRule, "front-page", "other-page"]

# Lengths in characters. Facebook's wall has some 1,500 with its footer, a site's “page not found”
# with its menu and latest headlines up to 10,000, and a paragraph of an article over 400.
_MAX_WALL = 4_000
_MAX_PARAGRAPH = 400
_MAX_NOTICE = 200
_MAX_TITLE = 100
_MAX_WITH_TITLE = 12_000

REASONS: dict[NotShownRule, str] = {
    "log-in": "The page asks its readers to log in.",
    "unavailable": "The page says that this is not available.",
    "subscribers": "The page shows the whole text to subscribers only.",
    "consent": "The page asks for consent to cookies before it shows anything.",
    "person-check": "The page first checks whether its reader is a person.",
    "scripts": "The page shows its words only where scripts run.",
    "app": "The page asks to be opened in an app.",
    "front-page": "The address leads to a front page now.",
    "other-page": "The address leads to another page now.",
}


@dataclass(frozen=True, slots=True)
class NotShown:
    """Why a page is not what was cited; `leads_elsewhere` where it is another page altogether."""

    rule: NotShownRule
    leads_elsewhere: bool = False

    @property
    def reason(self) -> str:
        """The reason in one sentence for a person."""
        return REASONS[self.rule]


def what_hides(page: PageText, url: str, final_url: str, titles: Sequence[str]) -> NotShown | None:
    """What is in the place of the page that was cited; None where nothing shows that it is not it.

    `url` is the address that was cited and `final_url` where redirects led; `titles` are those that
    the record has for documents at the address.
    """
    rule = _by_address(url, final_url) or _by_notice(page)
    if rule == "subscribers" or (rule and not _tells(page, titles)):
        return NotShown(rule)
    if _is_front(final_url) and not _is_front(url):
        return NotShown("front-page", leads_elsewhere=True)
    if titles and _leads_elsewhere(page, url, final_url) and not _has_a_title(page, titles):
        return NotShown("other-page", leads_elsewhere=True)
    return None


_LOG_IN = re.compile(
    r"/(?:log-?in|sign-?in|signup|authwall|checkpoint|accounts/login|i/flow/login|auth)"
    r"(?:[/.]\w*)*/?$",
    re.I,
)


def _by_address(url: str, final_url: str) -> NoticeRule | None:
    """Where a redirect led to an address that is for nothing else."""
    before, after = urlsplit(url), urlsplit(final_url)
    host = after.hostname or ""
    if host.startswith("consent.") and host != before.hostname:
        return "consent"
    if _LOG_IN.search(after.path) and not _LOG_IN.search(before.path):
        return "log-in"
    return None


def _by_notice(page: PageText) -> NoticeRule | None:
    """What the page asks for, where it has hardly anything else."""
    length = len(page.text)
    lines = page.text.splitlines()
    longest = max(map(len, lines), default=0)
    if length <= _MAX_WITH_TITLE:
        short = [title for title in page.titles if len(title) <= _MAX_TITLE]
        found = next((rule for title in short if (rule := notice_in(title))), None)
        # A short text under such a title may still be an article about log-ins.
        if found and longest <= 2 * _MAX_PARAGRAPH:
            return found
    notices = [rule for line in lines if len(line) <= _MAX_NOTICE if (rule := notice_in(line))]
    if length <= _MAX_WALL and longest <= _MAX_PARAGRAPH and notices:
        return notices[0]
    return "subscribers" if page.for_subscribers and "subscribers" in notices else None


_FRONT = re.compile(r"/?(?:(?:[a-z]{2}(?:[-_][a-z]{2})?|index\.\w+|home|main)/?)?", re.I)


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return bool(_FRONT.fullmatch(parts.path)) and not parts.query and "/" not in parts.fragment


def _leads_elsewhere(page: PageText, url: str, final_url: str) -> bool:
    """Whether the address in the end, or the page's own word for it, has nothing of what was cited.

    What is cited by it is an address's last part and its numbers.
    """
    own = _marks(url)
    ways = [way for way in (final_url, page.about.canonical) if way and way != url]
    return bool(own) and any(not own & _marks(way) for way in ways)


def _marks(url: str) -> set[str]:
    """What tells a page from others of its site: long numbers, and the last part of its path."""
    parts = urlsplit(url.lower())
    last = parts.path.rstrip("/").rpartition("/")[2].partition(".")[0]
    return {*re.findall(r"\d{4,}", f"{parts.path}?{parts.query}"), last} - {"", "index"}


_WORD = re.compile(r"\w{4,}")


def _tells(page: PageText, titles: Sequence[str]) -> bool:
    """Whether the page has a text of some length under a title of the record's."""
    there = set(_WORD.findall(page.text.lower()))
    words = [set(_WORD.findall(title.lower())) for title in titles]
    known = any(len(title) >= 3 and title <= there for title in words)
    return known and len(page.text) > _MAX_PARAGRAPH


def _has_a_title(page: PageText, titles: Sequence[str]) -> bool:
    """Whether the page has most words of one of the titles that the record knows it by."""
    there = set(_WORD.findall("\n".join((page.text, *page.titles)).lower()))
    for title in titles:
        words = set(_WORD.findall(title.lower()))
        # A title in another script may be a translation, and one of few words is of no use.
        if len(words) < 3 or len(words & there) * 2 >= len(words) or not _same_script(title, page):
            return True
    return False


def _same_script(title: str, page: PageText) -> bool:
    texts = (*page.titles[:1], page.text[:2_000])
    return any(_is_latin(title) == _is_latin(text) for text in texts)


def _is_latin(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    return 2 * sum(sign < "\u0250" or sign == "ə" for sign in letters) > len(letters)
