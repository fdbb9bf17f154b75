"""What the cookies of those who sign in are signed with."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

from app.settings import Settings

_NAME = "cookie-secret"
_BYTES = 32


def cookie_secret(settings: Settings) -> str:
    """The secret of the settings, else one that is made once and kept under `data_dir`.

    Processes that start at the same moment get the same. Where several machines serve one record,
    the settings give it, or a cookie of one is worth nothing to the other.
    """
    if settings.secret_key:
        return settings.secret_key
    path = settings.data_dir / _NAME
    if not path.exists():
        _make(path)
    return path.read_text(encoding="ascii")


def _make(path: Path) -> None:
    """Put a new secret there whole, unless another process is faster."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Only this user may read a file that is made so.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{_NAME}-")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(_BYTES))
    try:
        os.link(name, path)
    except FileExistsError:
        pass
    finally:
        Path(name).unlink()
