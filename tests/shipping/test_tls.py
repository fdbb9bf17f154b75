"""The configurations of nginx and Caddy, with the real programs in front of a real server."""

from __future__ import annotations

import http.client
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import pytest
import trustme

from app.main import create_app
from app.settings import Settings
from tests.databases import SqliteFiles
from tests.loaded import ROOT
from tests.serving import serving

HOST = "facts.example.org"
SECONDS = 20.0
SEARCHES = 5


@pytest.fixture(scope="module")
def behind(
    sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, ...]]:
    """The host and port of a server that is meant to stand behind a proxy."""
    folder = tmp_path_factory.mktemp("behind")
    sqlite_files.copy("example", folder)
    settings = Settings(
        data_dir=folder,
        base_url=f"https://{HOST}",
        trusted_proxies="127.0.0.1",
        max_searches_per_minute=SEARCHES,
    )
    with serving(create_app(settings)) as address:
        yield (address.removeprefix("http://"),)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[trustme.CA, Path]:
    """A certificate authority, and the folder with the certificate that it gave to the host."""
    folder = tmp_path_factory.mktemp("certificate")
    authority = trustme.CA()
    certificate = authority.issue_cert(HOST)
    certificate.cert_chain_pems[0].write_to_path(folder / "fullchain.pem")
    certificate.private_key_pem.write_to_path(folder / "privkey.pem")
    return authority, folder


def free_ports(count: int) -> list[int]:
    """Ports on which nothing listens now."""
    listeners = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [listener.getsockname()[1] for listener in listeners]
    for listener in listeners:
        listener.close()
    return ports


@contextmanager
def running(command: list[str], port: int, environment: dict[str, str]) -> Iterator[None]:
    """A program that listens on a port, until the context ends."""
    with TemporaryFile("w+") as said:
        program = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
        try:
            _wait(program, port, said)
            yield
        finally:
            program.terminate()
            program.wait(SECONDS)


def _wait(program: subprocess.Popen[bytes], port: int, said: IO[str]) -> None:
    """Wait until something listens on a port."""
    until = time.monotonic() + SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if program.poll() is not None or time.monotonic() > until:
                said.seek(0)
                pytest.fail(said.read())
            time.sleep(0.05)


def program(name: str, package: str) -> str:
    """The path of a program; skips the test where it is not installed."""
    found = shutil.which(name, path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    if found is None:
        pytest.skip(f"{name} is not here; on Debian: apt-get install {package}")
    return found


@pytest.fixture
def nginx(
    tmp_path: Path, behind: tuple[str, ...], authority: tuple[trustme.CA, Path]
) -> Iterator[int]:
    plain, secure = free_ports(2)
    text = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    for said, meant in {
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen [::]:80;": "",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{secure} ssl http2;",
        "listen [::]:443 ssl http2;": "",
        "/etc/ssl/variorum": str(authority[1]),
        "127.0.0.1:8000": behind[0],
    }.items():
        assert said in text
        text = text.replace(said, meant)
    whole = tmp_path / "nginx.conf"
    places = "".join(
        f"{name}_temp_path {tmp_path}/{name}; "
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole.write_text(
        f"daemon off; master_process off; pid {tmp_path}/pid; error_log stderr;\n"
        f"events {{}}\nhttp {{ access_log off; {places}\n{text}\n}}\n"
    )
    command = [program("nginx", "nginx-light"), "-c", str(whole), "-p", str(tmp_path)]
    with running(command, secure, {}):
        yield secure


@pytest.fixture
def caddy(
    tmp_path: Path, behind: tuple[str, ...], authority: tuple[trustme.CA, Path]
) -> Iterator[int]:
    (secure,) = free_ports(1)
    text = (ROOT / "deploy" / "Caddyfile").read_text("utf-8")
    assert f"\n{HOST} {{\n" in text
    # With the test's own certificate, as no certificate authority can be asked.
    own = f"tls {authority[1]}/fullchain.pem {authority[1]}/privkey.pem"
    text = text.replace(
        f"\n{HOST} {{\n", f"\nhttps://{HOST}:{secure} {{\n\tbind 127.0.0.1\n\t{own}\n"
    )
    text = text.replace("127.0.0.1:8000", behind[0])
    whole = tmp_path / "Caddyfile"
    whole.write_text(f"{{\n\tadmin off\n\tauto_https disable_redirects\n}}\n{text}")
    command = [program("caddy", "caddy"), "run", "--config", str(whole), "--adapter", "caddyfile"]
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    with running(command, secure, home):
        yield secure


class Connection(http.client.HTTPSConnection):
    """A connection to a proxy on this machine under the name of the host."""

    def __init__(self, authority: trustme.CA, port: int) -> None:
        trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        authority.configure_trust(trusting)
        super().__init__(HOST, context=trusting, timeout=SECONDS)
        self._place, self._trusting = ("127.0.0.1", port), trusting

    def connect(self) -> None:
        plain = socket.create_connection(self._place, SECONDS)
        self.sock = self._trusting.wrap_socket(plain, server_hostname=HOST)


def asked(
    port: int,
    authority: trustme.CA,
    method: str,
    path: str,
    body: bytes = b"",
    claimed: str = "203.0.113.7",
) -> tuple[int, http.client.HTTPMessage, bytes]:
    """What a proxy answers."""
    connection = Connection(authority, port)
    try:
        headers = {"X-Forwarded-For": claimed}
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize("proxy", ["nginx", "caddy"])
def test_a_proxy_serves_pages_over_tls_and_withholds_metrics(
    proxy: str, request: pytest.FixtureRequest, authority: tuple[trustme.CA, Path]
) -> None:
    port = request.getfixturevalue(proxy)
    status, headers, body = asked(port, authority[0], "GET", "/")
    assert status == 200
    assert b"</html>" in body
    assert "max-age" in headers["Strict-Transport-Security"]
    assert asked(port, authority[0], "GET", "/metrics")[0] == 404
    assert asked(port, authority[0], "GET", "/readyz")[0] == 200


@pytest.mark.parametrize("proxy", ["nginx", "caddy"])
def test_a_proxy_passes_on_what_the_program_takes_and_no_more(
    proxy: str, request: pytest.FixtureRequest, authority: tuple[trustme.CA, Path]
) -> None:
    port = request.getfixturevalue(proxy)
    # The program's own refusal, of somebody without a key.
    assert asked(port, authority[0], "POST", "/api/v1/citations", b"x" * 250_000)[0] in (401, 415)
    status = asked(port, authority[0], "POST", "/api/v1/citations", b"x" * 1_500_000)[0]
    # Caddy passes a body on while it arrives: the program may have refused it before the limit.
    assert status == 413 if proxy == "nginx" else status >= 400


@pytest.mark.parametrize("proxy", ["nginx", "caddy"])
def test_a_client_cannot_choose_the_address_that_it_is_counted_by(
    proxy: str, request: pytest.FixtureRequest, authority: tuple[trustme.CA, Path]
) -> None:
    port = request.getfixturevalue(proxy)
    statuses = [
        asked(port, authority[0], "GET", f"/search?q=fire{n}", claimed=f"203.0.113.{n}")[0]
        for n in range(SEARCHES + 1)
    ]
    # Both proxies of this module ask in the name of one client.
    assert set(statuses) <= {200, 429}
    assert statuses[-1] == 429
