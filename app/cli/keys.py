"""Commands for keys to the API: make one, list them, revoke one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.output import say
from app.cli.setup import open_database
from app.domain.contributing.records import Role

if TYPE_CHECKING:
    from app.domain.contributing.records import ApiKey


keys = typer.Typer(help="Keys to the API and the review pages.", no_args_is_help=True)


@keys.command("new")
def new(
    name: Annotated[str, typer.Option(help="The pseudonym under which its holder's work appears.")],
    role: Annotated[
        Role, typer.Option(help="A moderator decides on submissions, an admin also redacts.")
    ] = "contributor",
) -> None:
    """Make a key, and print its secret once: it is not stored."""
    from app.services.contributing.api_keys import make_key

    with open_database() as database, database.writing() as session:
        key, secret = make_key(session, name, role, datetime.now(UTC))
    say(f"Key {key.id} of “{key.name}”, {key.role}. Its secret, shown only now:")
    # On a line of its own, so that a script can take the last line.
    say(secret)


@keys.command("list")
def list_all() -> None:
    """List all keys: id, role, holder, and when each was made, last used and revoked."""
    from app.queries.contributing import api_keys

    with open_database() as database, database.reading() as session:
        found = api_keys(session)
    for key in found:
        say(_line(key))
    if not found:
        say("There is no key yet; make one with: variorum keys new --name NAME")


@keys.command("revoke")
def revoke(
    key: Annotated[str, typer.Argument(help="The id or the name of a key in use.")],
) -> None:
    """Revoke a key at once; what its holder contributed remains."""
    from app.services.contributing.api_keys import revoke_key

    with open_database() as database, database.writing() as session:
        revoke_key(session, key, datetime.now(UTC))
    say(f"The key “{key}” is revoked.")


def _line(key: ApiKey) -> str:
    used = f"last used {_minute(key.last_used_at)}" if key.last_used_at else "never used"
    revoked = f", revoked {_minute(key.revoked_at)}" if key.revoked_at else ""
    return f"{key.id}  {key.role:<11}  {key.name}: made {_minute(key.made_at)}, {used}{revoked}"


def _minute(moment: datetime) -> str:
    # In UTC and saying so: a server's own zone is rarely its operator's.
    return f"{moment:%Y-%m-%d %H:%M} UTC"
