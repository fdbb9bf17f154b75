"""How rows about a page of the web are found: by a short key made of its address."""

from __future__ import annotations

from app.storage.revisions.chain import sha256


def page_key(url: str) -> str:
    """The SHA-256, in hexadecimal, of an address without its fragment.

    The fragment is never sent to a server (RFC 9110, section 7.1), so addresses that differ in it
    alone are one page. An address itself may be longer than PostgreSQL's indexes take.
    """
    return sha256(url.partition("#")[0])
