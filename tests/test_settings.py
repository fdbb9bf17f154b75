from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import BadInput
from app.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"VARIORUM_{name.upper()}", raising=False)


def test_nothing_needs_to_be_set() -> None:
    settings = load_settings()
    assert settings.database_url == "sqlite:///var/variorum.sqlite3"
    assert settings.base_url == "http://127.0.0.1:8000"
    assert (settings.data_dir, settings.record_dir) == (Path("var"), Path())


def test_the_database_lies_in_the_data_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VARIORUM_DATA_DIR", "/srv/variorum")
    assert load_settings().database_url == "sqlite:////srv/variorum/variorum.sqlite3"


def test_an_empty_variable_counts_as_one_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VARIORUM_DATABASE_URL", "")
    monkeypatch.setenv("VARIORUM_BASE_URL", "")
    assert load_settings() == Settings()
    assert load_settings().base_url == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgresql://u:p%40ss@db.example/v", "postgresql+psycopg://u:p%40ss@db.example/v"),
        ("postgres://db.example/v", "postgresql+psycopg://db.example/v"),
        ("postgresql+psycopg://u@/v?host=%2Frun", "postgresql+psycopg://u@/v?host=%2Frun"),
        ("sqlite:///here.sqlite3", "sqlite:///here.sqlite3"),
        ("sqlite:////srv/there.sqlite3", "sqlite:////srv/there.sqlite3"),
    ],
)
def test_a_database_is_named_the_way_its_provider_does(
    monkeypatch: pytest.MonkeyPatch, given: str, used: str
) -> None:
    monkeypatch.setenv("VARIORUM_DATABASE_URL", given)
    assert load_settings().database_url == used


def test_the_address_of_the_site_has_no_slash_at_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VARIORUM_BASE_URL", "https://variorum.example/record/")
    assert load_settings().base_url == "https://variorum.example/record"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("DATABASE_URL", "mysql://u:secret@h/v", "must begin with sqlite:/// or postgresql://"),
        ("DATABASE_URL", "secret", "cannot be read as a database's address"),
        ("DATABASE_URL", "postgresql://u:secret@h:port/v", "cannot be read"),
        ("DATABASE_URL", "postgresql+asyncpg://u:secret@h/v", "must begin with"),
        ("DATABASE_URL", "sqlite://", "must name a file"),
        ("DATABASE_URL", "sqlite:///:memory:", "must name a file"),
        ("BASE_URL", "variorum.example", "http:// or https://"),
        ("BASE_URL", "ftp://variorum.example", "http:// or https://"),
        ("BASE_URL", "https://u:secret@variorum.example", "not have a user name"),
        ("BASE_URL", "https://variorum.example/?q=1", "query"),
        ("BASE_URL", "https://[half", "web address"),
        ("BASE_URL", "https://variorum.example:port", "web address"),
        ("CONTACT", "editors@variorum.example (day)", "without brackets"),
        ("CONTACT", "a\r\nX-Header: b", "plain ASCII"),
        ("FETCH_PAUSE", "-1", "greater than or equal to 0"),
        ("RECHECK_DAYS", "0", "greater than or equal to 1"),
    ],
)
def test_a_bad_setting_is_one_sentence_that_names_it_and_gives_nothing_away(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(f"VARIORUM_{name}", value)
    with pytest.raises(BadInput) as refused:
        load_settings()
    message = str(refused.value)
    assert message.startswith(f"VARIORUM_{name} ")
    assert message.endswith(".")
    assert sentence in message
    assert "secret" not in message
    assert "\n" not in message


def test_every_bad_setting_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VARIORUM_DATABASE_URL", "mysql://h/v")
    monkeypatch.setenv("VARIORUM_BASE_URL", "nowhere")
    with pytest.raises(BadInput, match=r"VARIORUM_BASE_URL .*; VARIORUM_DATABASE_URL "):
        load_settings()


def test_a_password_is_not_shown_with_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VARIORUM_DATABASE_URL", "postgresql://u:secret@h/v")
    assert "secret" not in repr(load_settings())


@pytest.mark.parametrize(
    ("former", "today"),
    [
        ("VARIORUM_SUBMISSIONS_AN_HOUR", "max_submissions_per_hour"),
        ("VARIORUM_QUOTE_CHECKS_AN_HOUR", "max_quote_checks_per_hour"),
        ("VARIORUM_LONGEST_FIELD", "max_field_length"),
    ],
)
def test_a_variable_under_its_former_name_counts_with_a_warning(
    monkeypatch: pytest.MonkeyPatch, former: str, today: str
) -> None:
    monkeypatch.setenv(former, "1234")
    with pytest.warns(FutureWarning, match=f"{former} is VARIORUM_{today.upper()} now"):
        assert getattr(load_settings(), today) == 1234
    monkeypatch.setenv(f"VARIORUM_{today.upper()}", "5678")
    assert getattr(load_settings(), today) == 5678


def test_a_bad_value_under_a_former_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VARIORUM_LONGEST_FIELD", "short")
    with (
        pytest.warns(FutureWarning),
        pytest.raises(BadInput, match="VARIORUM_MAX_FIELD_LENGTH "),
    ):
        load_settings()
