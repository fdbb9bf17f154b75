"""Real servers on loopback that count their connections and answer as a test tells them to."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import trustme

from app.fetching.fetcher import Fetcher
from app.fetching.rules import Allowance, FetchRules

CONTACT = "https://example.org/contact"

# Trusts nobody; reading the public authorities' certificates takes longer than most tests.
NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

Answering = Callable[[socket.socket, "Asked"], None]

Greeting = Callable[[socket.socket], socket.socket]
"""What a server does with a connection before it reads a request, such as a TLS handshake."""


@dataclass(slots=True)
class Asked:
    """The head of one request, as it came over the wire."""

    line: str
    headers: dict[str, str]

    @property
    def target(self) -> str:
        return self.line.split(" ")[1]


@dataclass
class Server:
    """Counts connections; `requests` are those whose head came in full."""

    host: str
    port: int
    connections: int = 0
    requests: list[Asked] = field(default_factory=list)

    @property
    def place(self) -> tuple[str, int]:
        return self.host, self.port

    @property
    def targets(self) -> list[str]:
        return [asked.target for asked in self.requests]


def answer(
    body: bytes | str = "",
    status: str = "200 OK",
    headers: Mapping[str, str] | None = None,
    *,
    sized: bool = True,
) -> bytes:
    """One whole answer."""
    content = body.encode() if isinstance(body, str) else body
    lines = {"Content-Type": "text/html; charset=utf-8", **(headers or {})}
    if sized:
        lines = {"Content-Length": str(len(content)), **lines}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + content


def redirect(to: str, status: str = "302 Found") -> bytes:
    return answer(status=status, headers={"Location": to})


NOT_FOUND = answer("none", "404 Not Found")


def over_tls(certificate: trustme.LeafCert) -> Greeting:
    """The handshake of a server that has this certificate."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate.configure_cert(context)
    return lambda connection: context.wrap_socket(connection, server_side=True)


@contextmanager
def raw_server(
    answering: Answering, *, host: str = "127.0.0.1", greeting: Greeting | None = None
) -> Iterator[Server]:
    """A server that reads the head of a request, and then does as it is told."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, 0), family=family, backlog=64) as listening:
        server = Server(host, listening.getsockname()[1])
        stop = threading.Event()
        accepting = threading.Thread(
            target=_accept, args=(listening, server, answering, greeting, stop), daemon=True
        )
        accepting.start()
        try:
            yield server
        finally:
            stop.set()
            with socket.create_connection(server.place, timeout=5):
                accepting.join(5)


@contextmanager
def site(
    pages: Mapping[str, bytes | Answering],
    *,
    host: str = "127.0.0.1",
    greeting: Greeting | None = None,
) -> Iterator[Server]:
    """A server of whole answers by target; what it does not know is not found."""

    def respond(connection: socket.socket, asked: Asked) -> None:
        page = pages.get(asked.target, NOT_FOUND)
        if callable(page):
            page(connection, asked)
        else:
            connection.sendall(page)

    with raw_server(respond, host=host, greeting=greeting) as server:
        yield server


def fetcher(
    *servers: Server,
    trust: ssl.SSLContext | None = None,
    hosts: Mapping[str, tuple[str, int]] | None = None,
    resolver: Callable[[str, int], list[tuple[str, int]]] | None = None,
    **rules: object,
) -> Fetcher:
    """A fetcher without pauses that reaches the servers as a.test, b.test, …"""
    names = {
        f"{letter}.test": server.place for letter, server in zip("abcdef", servers, strict=False)
    }
    allowance = Allowance({**names, **(hosts or {})}, trust or NOBODY, resolver)
    wanted = {"pause": 0.0, "deadline": 5.0, "robots": False, **rules}
    return Fetcher(FetchRules(CONTACT, **wanted), allowance)  # type: ignore[arg-type]


def _accept(
    listening: socket.socket,
    server: Server,
    answering: Answering,
    greeting: Greeting | None,
    stop: threading.Event,
) -> None:
    while True:
        connection, _ = listening.accept()
        if stop.is_set():
            connection.close()
            return
        server.connections += 1
        threading.Thread(
            target=_serve, args=(connection, server, answering, greeting), daemon=True
        ).start()


def _serve(
    connection: socket.socket, server: Server, answering: Answering, greeting: Greeting | None
) -> None:
    connection.settimeout(30)
    try:
        with connection:
            spoken = greeting(connection) if greeting else connection
            with spoken:
                asked = _read_head(spoken)
                if asked:
                    server.requests.append(asked)
                    answering(spoken, asked)
    except OSError:
        return  # the fetcher hung up, as it may


def _read_head(connection: socket.socket) -> Asked | None:
    head = b""
    while b"\r\n\r\n" not in head:
        piece = connection.recv(65536)
        if not piece:
            return None
        head += piece
    line, *lines = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
    pairs = (text.partition(": ") for text in lines)
    return Asked(line, {name.lower(): value for name, _, value in pairs})
