"""What a database cannot do now, in a sentence with a remedy.

Codes: sqlite.org/rescode.html; PostgreSQL, appendix A, “Error Codes”.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import URL, exc

from app.errors import DatabaseUnavailable

_PRIMARY_CODE = 0xFF  # the bits of an extended result code of SQLite that are its primary code
_RESTORE = "restore a backup (variorum restore)"
# By primary code. What is in none of these is a fault of ours, and is raised as it is.
_OF_SQLITE: Mapping[int, str] = {
    sqlite3.SQLITE_BUSY: "is locked by another program; try again when that has ended",
    sqlite3.SQLITE_LOCKED: "is locked by another program; try again when that has ended",
    sqlite3.SQLITE_READONLY: (
        "cannot be written; let the user that runs Variorum own the file and its folder"
    ),
    sqlite3.SQLITE_PERM: "cannot be opened; let the user that runs Variorum own the file",
    sqlite3.SQLITE_IOERR: f"cannot be read or written; check its disk, or {_RESTORE}",
    sqlite3.SQLITE_CORRUPT: f"is damaged; {_RESTORE}",
    sqlite3.SQLITE_NOTADB: f"is not a database of SQLite, or is damaged; {_RESTORE}",
    sqlite3.SQLITE_FULL: "cannot grow, as its disk is full; make room on it",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check that its folder is there and may be read",
}
# By SQLSTATE, or its class where no code of the class is here.
_OF_POSTGRESQL: Mapping[str, str] = {
    "25006": "takes no changes, as a replica does; name the primary in VARIORUM_DATABASE_URL",
    "28": "refuses the user or the password in VARIORUM_DATABASE_URL",
    "3D000": "has no database of this name; make it (createdb), or mend VARIORUM_DATABASE_URL",
    "42501": "does not let this user do that; let it own the database",
    "53100": "has no room left on its disk; make room on it",
    "53300": "has too many connections; run fewer workers, or raise max_connections",
    "53": "has too little memory or room left; look into its log",
    "57P": "is starting or stopping; try again in a minute",
    "57014": "was too slow and the statement was ended; look into its log",
    "58": "cannot read or write its files; look into its log",
    "XX001": f"is damaged; {_RESTORE}",
    "XX002": f"is damaged; {_RESTORE}",
    "08": "cannot be reached; check that it runs, and VARIORUM_DATABASE_URL",
}


@contextmanager
def faults_in_words(url: URL) -> Iterator[None]:
    """Raise `DatabaseUnavailable` for what the database at this address cannot do now.

    What is wrong with a statement, or with what it says, is raised as it is.
    """
    try:
        yield
    except exc.TimeoutError as fault:
        raise DatabaseUnavailable(f"{_name(url)} has no connection free; try again.") from fault
    except (exc.DBAPIError, sqlite3.Error, psycopg.Error) as fault:
        original = fault.orig if isinstance(fault, exc.DBAPIError) else fault
        sentence = _sentence(original, url)
        if sentence is None:
            raise
        raise DatabaseUnavailable(sentence) from fault
    except OSError as fault:
        # The folder of a file that is to be made.
        if fault.errno not in (errno.ENOTDIR, errno.EEXIST, errno.EACCES, errno.EROFS):
            raise
        raise DatabaseUnavailable(
            f"{_name(url)} cannot be made: {fault.filename} is no folder that this user may write; "
            "mend VARIORUM_DATA_DIR or VARIORUM_DATABASE_URL."
        ) from fault


def identity_of(path: str | Path) -> tuple[int, int] | None:
    """By which a file is known whatever it is called; None where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - half the time of Path.stat, in every transaction
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _sentence(fault: BaseException | None, url: URL) -> str | None:
    if isinstance(fault, sqlite3.Error):
        return _of_sqlite(fault, url)
    if isinstance(fault, psycopg.Error):
        return _of_postgresql(fault, url)
    return None


def _of_sqlite(fault: sqlite3.Error, url: URL) -> str | None:
    # Python's own errors, as of a closed connection, have no code.
    code = getattr(fault, "sqlite_errorcode", 0) & _PRIMARY_CODE
    path = Path(str(url.database)).absolute()
    if code == sqlite3.SQLITE_CANTOPEN and _is_missing(path):
        return f"There is no database at {path}; run “variorum load” to set it up."
    what = _OF_SQLITE.get(code)
    return f"{_name(url)} {what}." if what else None


def _is_missing(path: Path) -> bool:
    """Whether nothing is there, neither the file nor, above it, anything but folders."""
    if path.exists():
        return False
    return next(above for above in path.parents if above.exists()).is_dir()


def _of_postgresql(fault: psycopg.Error, url: URL) -> str | None:
    state = fault.sqlstate
    if state is None:
        # Refused connections, names that lead nowhere and servers that went away have none.
        away = isinstance(fault, psycopg.OperationalError)
        return _in_words(fault, url) if away else None
    for code in (state, state[:3], state[:2]):
        if code in _OF_POSTGRESQL:
            return f"{_name(url)} {_OF_POSTGRESQL[code]}."
    return None


def _in_words(fault: psycopg.Error, url: URL) -> str:
    """What is wrong with a connection, for which libpq has a sentence and no code."""
    said = str(fault)
    for sign, code in (
        ("password authentication failed", "28"),
        ("no password supplied", "28"),
        ("does not exist", "3D000"),
        ("too many", "53300"),
        ("starting up", "57P"),
        ("shutting down", "57P"),
    ):
        if sign in said:
            return f"{_name(url)} {_OF_POSTGRESQL[code]}."
    return f"{_name(url)} {_OF_POSTGRESQL['08']}."


def _name(url: URL) -> str:
    """A database as an operator knows it; never with its password."""
    if url.get_backend_name() == "sqlite":
        return f"The database {Path(str(url.database)).absolute()}"
    host = url.host or url.query.get("host") or "localhost"
    return f"The database server at {host}"
