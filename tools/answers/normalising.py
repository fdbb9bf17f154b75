"""Words in place of what cannot be the same in two runs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

_TOKEN = re.compile(r'(name="token" value=")[^"]+')
_COOKIE = re.compile(r"(\bvariorum=)[^;\s]+")
_BUILD = re.compile(r"/static/[^\"?]+\?v=([0-9a-f]{8,64})")
_EXPIRES = re.compile(r"\bexpires=[A-Z][a-z]{2}, [^;]+ GMT")
_CURSOR = re.compile(r"\bcursor=[A-Za-z0-9_-]+")
_SECRET = re.compile(r"\bvrm_[A-Za-z0-9_-]{16,}")
_SUBMISSION = re.compile(r"\b[0-9a-f]{27}\b")
_HASH = re.compile(r"\b[0-9a-f]{64}\b")
_KEY = re.compile(r"\b[0-9a-f]{12}\b")
_ISO = re.compile(r"\b(\d{4}-\d\d-\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|\+00:00)?)?")
_SPOKEN = re.compile(r"\b(\d{1,2} [A-Z][a-z]+ \d{4})\b")
_CLOCK = re.compile(r"\b\d\d:\d\d(?::\d\d)?(?= UTC)")


@dataclass
class Words:
    """What is replaced in every answer of a run.

    `build` is the id of the program's build. From `first_day` on (as 2026-11-30), days and times
    are taken for those of this run; where it is empty, days stay as they are. Ids of submissions
    are numbered as they come.
    """

    build: str = ""
    first_day: str = ""
    _numbers: dict[str, int] = field(default_factory=dict)

    def normal(self, text: str) -> str:
        """The text of an answer, an address or a header, with what varies replaced."""
        if self.build:
            text = text.replace(self.build, "BUILD")
        text = _COOKIE.sub(r"\1COOKIE", _TOKEN.sub(r"\1TOKEN", text))
        text = _EXPIRES.sub("expires=THEN", text)
        return self._of_this_run(text) if self.first_day else text

    def _of_this_run(self, text: str) -> str:
        text = _CURSOR.sub("cursor=CURSOR", _SECRET.sub("SECRET", text))
        text = _SUBMISSION.sub(lambda found: self._submission(found[0]), text)
        text = _KEY.sub("KEY", _HASH.sub("HASH", text))
        text = _ISO.sub(lambda found: self._day(found[0], found[1]), text)
        text = _SPOKEN.sub(lambda found: self._day(found[0], _iso(found[1])), text)
        return _CLOCK.sub("CLOCK", text)

    def _submission(self, key: str) -> str:
        return f"SUBMISSION-{self._numbers.setdefault(key, len(self._numbers) + 1)}"

    def _day(self, written: str, day: str) -> str:
        if day < self.first_day:
            return written
        return "MOMENT" if "T" in written else "DAY"


def build_of(page: str) -> str:
    """The id of the build, read from the address of a stylesheet; empty where there is none."""
    found = _BUILD.search(page)
    return found[1] if found else ""


def _iso(spoken: str) -> str:
    try:
        return datetime.strptime(spoken, "%d %B %Y").date().isoformat()
    except ValueError:
        return ""
