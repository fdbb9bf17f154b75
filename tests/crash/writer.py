"""The process whose power fails: it commits, and writes down what is acknowledged."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from app.storage.database.engine import Database
from app.storage.following.snapshots import Snapshots
from app.storage.registers.save import save_entry
from app.storage.revisions.log import append

AT = datetime(2026, 12, 1, tzinfo=UTC)


def change(number: int) -> Callable[[Session], int]:
    """A change of a side, of some kilobytes."""

    def write(session: Session) -> int:
        body = {
            "id": f"side-{number % 7}",
            "name": f"change {number} " + "x" * (number * 97 % 9000),
        }
        made = append(
            session, "side", body["id"], body, author="w", origin="api", reason="Why.", at=AT
        )
        save_entry(session, "side", body, revision=made)
        return made.number

    return write


def main(folder: Path, changes: int) -> None:
    database = Database(f"sqlite:///{folder / 'variorum.sqlite3'}")
    snapshots = Snapshots(folder / "snapshots")
    acknowledged = os.open(folder / "acknowledged", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number in range(changes):
        # Both ways to commit: alone, and grouped with others.
        if number % 2:
            revision = database.write(change(number))
        else:
            with database.writing() as session:
                revision = change(number)(session)
        if number % 10 == 0:
            url = f"https://example.org/{number}"
            head = [("Content-Type", "text/html")]
            body = b"<p>words</p>" * (number + 1)
            saved = snapshots.save(url, url, AT, 200, head, body, f"words of {number}")
            os.write(acknowledged, f"snapshot {saved.text_hash}\n".encode())
        os.write(acknowledged, f"revision {revision}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
