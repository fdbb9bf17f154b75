"""Every setting of Variorum, read from the environment with the prefix `VARIORUM_`."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import SplitResult, urlsplit

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from app.errors import BadInput
from app.logs import LogLevel

_MIN_SECRET_LENGTH = 32
_MIN_DIFFERENT = 8
# “postgres://”, which many providers give, is no name of a dialect to SQLAlchemy since 1.4. All of
# these come to psycopg 3, the one driver that is installed.
_POSTGRESQL = ("postgresql", "postgres", "postgresql+psycopg")
_SQLITE = ("sqlite", "sqlite+pysqlite")
# Former names, which still work: an installation must not lose a limit by an update.
_RENAMED = {
    "VARIORUM_SUBMISSIONS_AN_HOUR": "max_submissions_per_hour",
    "VARIORUM_QUOTE_CHECKS_AN_HOUR": "max_quote_checks_per_hour",
    "VARIORUM_LONGEST_FIELD": "max_field_length",
}
# A name or an address, as a Host header has it; an IPv6 address in brackets.
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s:/@\[\]?#*]+)(:[0-9]{1,5})?")
Networks = Sequence[IPv4Network | IPv6Network]
"""Addresses of machines, each as a network of one or more."""
_UNREADABLE = (
    "cannot be read as a database's address; write sqlite:///FILE or "
    "postgresql://USER:PASSWORD@HOST/NAME, with special characters as %XX"
)


class Settings(BaseSettings):
    """What an installation decides; an empty variable counts as not set."""

    # Empty is unset, since compose files and service managers pass on variables that nobody filled
    # in.
    model_config = SettingsConfigDict(env_prefix="VARIORUM_", env_ignore_empty=True, frozen=True)

    data_dir: Path = Field(default=Path("var"), description="Where the program stores its files.")
    record_dir: Path = Field(
        default=Path(), description="Where `sources.yaml` and `claims/` are read from."
    )
    base_url: str = Field(
        default="http://127.0.0.1:8000",
        description="The address that readers use, without a slash at its end.",
    )
    hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Further host names that the site answers to, with or without a port.",
    )
    trusted_proxies: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = Field(
        default=(),
        description="Addresses or networks of proxies whose X-Forwarded-For is believed.",
    )
    database_url: str = Field(
        default="",
        repr=False,
        # `repr=False`, as its password would be in every log of the settings. Validated though a
        # default, which is made of another setting.
        validate_default=True,
        description="`sqlite:///FILE` or `postgresql://…`; by default a file under `data_dir`.",
    )

    secret_key: str = Field(
        default="",
        repr=False,
        description="What cookies are signed with; by default random, in a file under `data_dir`.",
    )

    contact: str = Field(
        default="",
        description="Where the owner of a page that is fetched can reach you; by default BASE_URL.",
    )
    fetch_pause: float = Field(
        default=1.0, ge=0, le=600, description="Seconds between two requests to one host."
    )
    recheck_days: int = Field(
        default=30, ge=1, le=3650, description="After how many days a page is checked again."
    )
    archives: str = Field(
        default="",
        description="Web archives to ask for copies, as kind=address; none by default.",
    )
    max_submissions_per_hour: int = Field(
        default=60, ge=1, le=1_000_000, description="How many submissions one key may send."
    )
    max_quote_checks_per_hour: int = Field(
        default=60, ge=1, le=1_000_000, description="How many quotations one key may have checked."
    )
    max_searches_per_minute: int = Field(
        default=120, ge=1, le=1_000_000, description="How many searches one address may make."
    )
    max_field_length: int = Field(
        default=10_000, ge=100, le=100_000, description="Characters of one text of a submission."
    )

    log_level: LogLevel = Field(
        default="warning",
        description="From which level on something is logged; `info` has a line for each request.",
    )
    slow_query_seconds: float = Field(
        default=1.0, ge=0, le=600, description="From how many seconds on a query is logged as slow."
    )

    @field_validator("secret_key")
    @classmethod
    def _read_secret_key(cls, text: str) -> str:
        # A short secret can be guessed offline from one signed cookie, and then signs any other.
        # So can one that repeats a word. Of random ones, even in hexadecimal, only one in some
        # million has fewer than eight different characters.
        if text and (len(text) < _MIN_SECRET_LENGTH or len(set(text)) < _MIN_DIFFERENT):
            raise ValueError(
                f"must have {_MIN_SECRET_LENGTH} characters or more, all random, as "
                "“openssl rand -hex 32” makes them"
            )
        return text

    @field_validator("hosts", mode="before")
    @classmethod
    def _read_hosts(cls, given: object) -> object:
        if not isinstance(given, str):
            return given
        names = _split(given)
        if not all(_HOST.fullmatch(name) for name in names):
            raise ValueError(
                "must be host names, with or without a port, separated by spaces; no http:// and "
                "no *"
            )
        return names

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _read_trusted_proxies(cls, given: object) -> object:
        if not isinstance(given, str):
            return given
        try:
            return tuple(ip_network(address) for address in _split(given))
        except ValueError:
            raise ValueError(
                "must be addresses or networks, such as 127.0.0.1 or 10.0.0.0/8, separated by "
                "spaces"
            ) from None

    @field_validator("contact")
    @classmethod
    def _read_contact(cls, text: str) -> str:
        # It is sent in the comment of a User-Agent, which brackets delimit (RFC 9110, section
        # 5.6.5).
        if not text.isascii() or not text.isprintable() or set(text) & set("()"):
            raise ValueError("must be a mail or web address in plain ASCII, without brackets")
        return text

    @field_validator("base_url")
    @classmethod
    def _read_base_url(cls, text: str) -> str:
        address = _web_address(text)
        if address is None:
            raise ValueError("must be a web address that begins with http:// or https://")
        # Addresses of pages are made by adding to it.
        if address.query or address.fragment or address.username is not None:
            raise ValueError("must not have a user name, query or fragment")
        return text.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _read_database_url(cls, text: str, known: ValidationInfo) -> str:
        if not text:
            # Not there where it has a fault itself; all faults are reported at once all the same.
            return f"sqlite:///{known.data.get('data_dir', Path('var')) / 'variorum.sqlite3'}"
        scheme, separator, address = text.partition("://")
        if not separator:
            raise ValueError(_UNREADABLE)
        if scheme in _POSTGRESQL:
            _require_readable(text)
            return f"postgresql+psycopg://{address}"
        if scheme in _SQLITE:
            # In memory each connection would have a database of its own, and readers none of the
            # tables.
            if not address.startswith("/") or address[1:] in ("", ":memory:"):
                raise ValueError("must name a file, as in sqlite:///var/variorum.sqlite3")
            return text
        raise ValueError("must begin with sqlite:/// or postgresql://")


def load_settings() -> Settings:
    """Read the settings; raises `BadInput` with one sentence that names each bad variable.

    The sentence never repeats what a variable holds: it may be a password. A variable under its
    former name counts, with a warning, where the one of today is not set.
    """
    try:
        return Settings(**_under_former_names())
    except ValidationError as faults:
        raise BadInput("; ".join(_sentence(fault) for fault in faults.errors()) + ".") from None


def _under_former_names() -> dict[str, Any]:
    given: dict[str, Any] = {}
    for former, name in _RENAMED.items():
        today = _variable(name)
        if os.environ.get(former) and not os.environ.get(today):
            # A FutureWarning: Python shows it to the people who run a program by default, and a
            # DeprecationWarning to its developers alone.
            warnings.warn(f"{former} is {today} now; rename it.", FutureWarning, stacklevel=3)
            given[name] = os.environ[former]
    return given


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())


def _variable(name: str) -> str:
    return f"VARIORUM_{name.upper()}"


def _web_address(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        is_one = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        return None
    return parts if is_one else None


def _require_readable(url: str) -> None:
    try:
        parts = urlsplit(url)
        # Checked here, as SQLAlchemy's own error repeats the address, with its password.
        is_readable = parts.port is None or parts.port > 0
    except ValueError:
        is_readable = False
    if not is_readable:
        raise ValueError(_UNREADABLE)


def _sentence(fault: ErrorDetails) -> str:
    variable = _variable("_".join(str(part) for part in fault["loc"]))
    return f"{variable} {fault['msg'].removeprefix('Value error, ')}"
