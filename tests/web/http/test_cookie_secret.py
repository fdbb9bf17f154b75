"""The secret that cookies are signed with."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.errors import BadInput
from app.settings import Settings, load_settings
from app.web.http.sessions import cookie_secret


def test_the_settings_decide(tmp_path: Path) -> None:
    given = "0123456789abcdef" * 3
    assert cookie_secret(Settings(data_dir=tmp_path, secret_key=given)) == given
    assert list(tmp_path.iterdir()) == []


def test_without_one_it_is_made_once_and_readable_by_us_alone(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "new")
    with ThreadPoolExecutor(8) as many:
        made = set(many.map(lambda _: cookie_secret(settings), range(8)))
    assert len(made) == 1
    assert len(made.pop()) >= 40
    (file,) = (tmp_path / "new").iterdir()
    assert file.stat().st_mode & 0o077 == 0


def test_a_short_one_is_refused_without_being_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VARIORUM_SECRET_KEY", "hunter2")
    with pytest.raises(BadInput, match="VARIORUM_SECRET_KEY must have 32 characters") as refused:
        load_settings()
    assert "hunter2" not in str(refused.value)
