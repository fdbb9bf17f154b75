"""What an answer depends on, as one value: entity tags and keys of the page cache are made of it.

Whatever an answer newly comes to depend on is one more field here, and both follow.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy.orm import Session

from app.domain.revisions.chain import RecordNumbers
from app.domain.values.base import sha256
from app.storage.claims.documents import StoredClaim
from app.storage.revisions import change_number

_DIGITS = 16


class Validity(NamedTuple):
    """What the answer at an address depends on: where all of it is equal, so are the bytes.

    `numbers` are of the record, `build` is of the program. `form` is what the answer is written in
    (HTML, JSON), `coding` what it is compressed with. `base_url` is the site's own address, which
    links and citations name whatever host was asked, so that strangers add no part of their own.
    `today` is the day in UTC where the answer says how long ago something was, else empty: the
    others stay valid past midnight.
    """

    # A named tuple and no dataclass: one is made and hashed for every page from memory, in a
    # third of the time.
    numbers: RecordNumbers
    build: str
    form: str
    language: str
    coding: str
    base_url: str
    today: str

    @property
    def tag(self) -> str:
        """The strong entity tag (RFC 9110, section 8.8.3) of such an answer."""
        # What operators look for is spelled out; an address may hold what no tag can quote.
        numbers = "-".join(map(str, self.numbers))
        rest = sha256("\n".join([self.form, self.coding, self.base_url, self.today]))
        return f'"h{numbers}-{self.build}-{self.language}-{rest[:_DIGITS]}"'


class ClaimValidity(NamedTuple):
    """What the JSON of one claim depends on: its revision, and when it was compared.

    `known_on` is the day as of which it is shown, empty for today's.
    """

    revision: int
    compared_at: int
    known_on: str = ""

    @property
    def tag(self) -> str:
        """The strong entity tag: `"r<number>"` by the interface, which edits are made of.

        A comparison that a register entry changed since that revision says so in the tag, as does
        a day, so that nobody edits what was known on it. Build, language and coding have no part
        in it: these answers are English and never compressed, so that the number alone is enough.
        """
        # Only where it differs, so that the tag is the interface's `"r<number>"` as a rule.
        compared = f"-c{self.compared_at}" if self.compared_at > self.revision else ""
        known_on = f"-{self.known_on}" if self.known_on else ""
        return f'"r{self.revision}{compared}{known_on}"'


def read_numbers(session: Session) -> RecordNumbers:
    """How far the record has got, as this session sees it."""
    return change_number.read_numbers(session)


def validity_of_claim(stored: StoredClaim, known_on: str = "") -> ClaimValidity:
    """What the JSON of a claim depends on."""
    return ClaimValidity(stored.revision, stored.compared_at, known_on)
