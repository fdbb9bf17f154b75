"""The command `variorum`: thin over the services, one module a family of commands."""

from app.cli.main import main

__all__ = ["main"]
