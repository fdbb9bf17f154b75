"""The shipped record on a real server, with submissions, changes and people who hold keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy.orm import Session

from app.domain.records.claims import Claim, claim_of
from app.main import create_app
from app.queries.registers import dossier_of
from app.services.contributing.api_keys import make_key
from app.services.contributing.review_submission import accept
from app.services.record.append_revision import Author, write_claim
from app.services.record.load_record import whole_registers
from app.services.record.redact import redact_past
from app.settings import Settings
from app.storage.claims.documents import get_claim
from app.storage.database.engine import Database
from app.storage.following.snapshots import Snapshots
from app.storage.revisions.log import lock_head
from app.storage.revisions.past import history_page
from tests.every_page.kinds import SMALLEST, Who
from tests.loaded import BY, NOON
from tests.services.submissions import send
from tests.serving import serving

_EMPTY = Claim(
    id="nothing-on-record",
    question="Was anything said about this question of a test?",
    kind="yes-no",
    topic="diplomacy",
)
_COURT = Author("Clerk", NOON + timedelta(days=4), "By order of a court", "api")


@dataclass(frozen=True)
class WholeSite:
    """A site's address, the cookies of who is signed in, and ids of what is there by a name."""

    address: str
    cookies: Mapping[Who, str]
    names: dict[str, str]

    def client(self, who: Who) -> httpx.Client:
        """A browser without scripts and pictures, signed in where its holder has a key."""
        held = {"variorum": self.cookies[who]} if who in self.cookies else None
        return httpx.Client(base_url=self.address, cookies=held, timeout=120)


@contextmanager
def whole_site(shipped: Path, folder: Path) -> Iterator[WholeSite]:
    """A site that has every kind of page, made of a file with the shipped record and a folder."""
    settings = Settings(database_url=f"sqlite:///{shipped}", data_dir=folder)
    with closing(Database(settings.database_url)) as database:
        names, secrets = _fill(database, folder)
    with serving(create_app(settings)) as address:
        yield WholeSite(
            address, {who: _cookie(address, key) for who, key in secrets.items()}, names
        )


def _fill(database: Database, folder: Path) -> tuple[dict[str, str], dict[Who, str]]:
    """Let people change the shipped record; returns ids by name, and keys' secrets."""
    with database.writing() as session:
        lock_head(session)
        stored = get_claim(session, SMALLEST)
        small, dossier = claim_of(stored.document), dossier_of(session, stored.dossier)
        write_claim(session, _EMPTY, whole_registers(session), dossier, BY)
        net, net_secret = make_key(session, "Net", "contributor", NOON)
        heron, heron_secret = make_key(session, "Heron", "moderator", NOON)
        first, second, pending = (
            send(session, net, _citation(small, f"words of the {word} submission"))
            for word in ("first", "second", "third")
        )
        for day, submission in ((2, first), (3, second)):
            accept(session, submission.id, heron, NOON + timedelta(days=day))
        numbers = _numbers(session, small.id)
        redact_past(
            session, Snapshots(folder / "snapshots"), "claim", small.id, numbers[1:2], _COURT
        )
    names = {
        "empty": _EMPTY.id,
        "changed": small.id,
        "revision": str(numbers[0]),
        "redacted": str(numbers[1]),
        "accepted": second.id,
        "pending": pending.id,
    }
    return names, {"contributor": net_secret, "moderator": heron_secret}


def _citation(claim: Claim, quote: str) -> dict[str, Any]:
    """Words in the voice of a document that the claim cites; nobody is said to have said them."""
    account = claim.accounts[0]
    document = account.citations[0].document
    return {"claim": claim.id, "account": account.id, "document": document, "quote": quote}


def _numbers(session: Session, claim: str) -> list[int]:
    """The numbers of a claim's revisions, the oldest first."""
    return sorted(revision.number for revision in history_page(session, "claim", [claim], limit=9))


def _cookie(address: str, secret: str) -> str:
    with httpx.Client(base_url=address, timeout=120) as client:
        answer = client.post(
            "/review/sign-in",
            data={"token": token_of(client.get("/review").text), "secret": secret},
        )
        assert answer.status_code == 303, answer.text
        return client.cookies["variorum"]


def token_of(page: str) -> str:
    """The token of a page's form."""
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return unescape(found[1])
