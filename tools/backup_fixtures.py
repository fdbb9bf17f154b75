"""Makes the backups under tests/backups that are missing: `python -m tools.backup_fixtures`.

There is one of every migration from 0013 on, which tests restore with the program of today. Made
once, when a migration is new, and committed; what is there is left alone, as only a file that an
older program wrote shows that its backups can still be read.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command

from app.storage.database.engine import Database
from app.storage.database.schema import MIGRATIONS, config_for, migrate
from tests import saved
from tests.loaded import load

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "backups"
_FIRST = "0013"


def missing() -> list[str]:
    """The migrations of which there is no backup, in order."""
    numbers = sorted(path.name.partition("_")[0] for path in MIGRATIONS.glob("versions/*.py"))
    return [each for each in numbers if each >= _FIRST and not (FOLDER / f"{each}.tar").exists()]


def make(migration: str) -> Path:
    """Make the backup of a migration: the example record, with keys, submissions and snapshots."""
    path = FOLDER / f"{migration}.tar"
    with TemporaryDirectory() as folder:
        snapshots = Path(folder) / "snapshots"
        with closing(Database(f"sqlite:///{folder}/variorum.sqlite3")) as database:
            migrate(database)
            load(database)
            saved.follow(database, snapshots)
            # Back from today's schema, where several migrations came at once.
            with database.changing_schema() as connection:
                command.downgrade(config_for(connection), migration)
            saved.save(database, snapshots, path)
    # It holds no real secret, and everybody has it in the repository.
    path.chmod(0o644)
    return path


if __name__ == "__main__":
    for number in missing():
        print(f"{make(number)}: commit it.")
