"""Backups that a forger made: with right checksums, and all the tricks of archives."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import tracemalloc
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.errors import BackupRefused
from app.storage.database.engine import Database
from tests import saved
from tests.databases import SqliteFiles
from tests.storage.backup.forging import Parts, parts_of, write_parts


@pytest.fixture(scope="module")
def parts(sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory) -> Parts:
    """The parts of an honest backup."""
    folder = tmp_path_factory.mktemp("honest")
    with closing(Database(f"sqlite:///{sqlite_files.copy('example', folder)}")) as database:
        saved.follow(database, folder / "snapshots")
        saved.save(database, folder / "snapshots", folder / "backup.tar")
    return parts_of((folder / "backup.tar").read_bytes())


def refused(path: Path, match: str) -> None:
    """Assert that a backup is refused and nothing written, beside it or elsewhere."""
    folder = path.parent / "new"
    before = sorted(path.parent.iterdir())
    with pytest.raises(BackupRefused, match=match):
        saved.restore(path, f"sqlite:///{folder / 'variorum.sqlite3'}", folder)
    assert sorted(path.parent.iterdir()) == before


def forged(folder: Path, parts: Parts) -> Path:
    path = folder / "forged.tar"
    with path.open("wb") as file:
        write_parts(file, parts)
    return path


def changed(parts: Parts, name: str, change: Callable[[bytes], bytes]) -> Parts:
    """The parts with one of them changed, which is there."""
    assert name in dict(parts)
    return [(each, change(content) if each == name else content) for each, content in parts]


def with_rows(parts: Parts, table: str, change: Callable[[list[Any]], object]) -> Parts:
    """The parts with the first row of a table changed."""

    def rewrite(content: bytes) -> bytes:
        first, *others = gzip.decompress(content).splitlines(keepends=True)
        row = json.loads(first)
        change(row)
        return gzip.compress(json.dumps(row).encode() + b"\n" + b"".join(others))

    return changed(parts, f"tables/{table}/000001.jsonl.gz", rewrite)


def with_manifest(parts: Parts, change: Callable[[dict[str, Any]], object]) -> Parts:
    def rewrite(content: bytes) -> bytes:
        said = json.loads(content)
        change(said)
        return json.dumps(said).encode()

    return changed(parts, "backup.json", rewrite)


def test_a_forged_backup_that_changes_nothing_is_restored(parts: Parts, tmp_path: Path) -> None:
    path = forged(tmp_path, parts)
    saved.restore(path, f"sqlite:///{tmp_path / 'n' / 'v.sqlite3'}", tmp_path / "n")


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "/etc/cron.d/evil",
        "snapshots/../../evil",
        "snapshots/warc/../../../../evil.warc.gz",
        "snapshots/text/aa/../../../evil.txt.gz",
        "tables/../000001.jsonl.gz",
        "snapshots\\warc\\evil",
        "cookie-secret/",
        "variorum.sqlite3",
        "snapshots/warc/2026-11-03-0000000000000000.warc.gz\n",
        "",
    ],
)
def test_no_name_leads_out_of_the_place(parts: Parts, tmp_path: Path, name: str) -> None:
    refused(forged(tmp_path, [*parts, (name, b"evil")]), "is damaged at byte")


@pytest.mark.parametrize(
    "trick",
    [
        {"type": tarfile.SYMTYPE, "linkname": "/etc/passwd"},
        {"type": tarfile.LNKTYPE, "linkname": "backup.json"},
        {"type": tarfile.DIRTYPE},
        {"type": tarfile.CHRTYPE, "devmajor": 1, "devminor": 5},
        {"type": tarfile.FIFOTYPE},
        {"type": tarfile.CONTTYPE},
        {"type": tarfile.GNUTYPE_SPARSE},
        {"mode": 0o4755},
        {"uid": 1000},
        {"linkname": "x"},
    ],
    ids=lambda trick: "-".join(map(str, trick)),
)
def test_no_member_is_anything_but_a_plain_file(
    parts: Parts, tmp_path: Path, trick: dict[str, Any]
) -> None:
    path = tmp_path / "forged.tar"
    with path.open("wb") as file:
        write_parts(file, parts, {"cookie-secret": trick})
    refused(path, "is damaged at byte")


@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
def test_extended_headers_are_refused(parts: Parts, tmp_path: Path, form: int) -> None:
    path = tmp_path / "forged.tar"
    with tarfile.open(path, "w", format=form) as archive:
        found = tarfile.TarInfo("x" * 300)
        found.size = len(parts[0][1])
        archive.addfile(found, io.BytesIO(parts[0][1]))
    refused(path, "is no backup of Variorum")


def test_a_size_beyond_the_file_is_refused(parts: Parts, tmp_path: Path) -> None:
    path = tmp_path / "forged.tar"
    found = tarfile.TarInfo("backup.json")
    found.size, found.mode = 1 << 60, 0o600
    path.write_bytes(found.tobuf(tarfile.GNU_FORMAT) + bytes(10_000))
    refused(path, "was cut off")


def test_a_bomb_of_rows_is_refused_without_filling_the_memory(parts: Parts, tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(400 << 20), 1)
    path = forged(tmp_path, changed(parts, "tables/claims/000001.jsonl.gz", lambda _content: bomb))
    tracemalloc.start()
    try:
        refused(path, "tables/claims/000001.jsonl.gz is not what a backup holds")
        assert tracemalloc.get_traced_memory()[1] < 160 << 20
    finally:
        tracemalloc.stop()


def test_a_bomb_of_a_text_is_refused(parts: Parts, tmp_path: Path) -> None:
    (name,) = [each for each, _ in parts if each.startswith("snapshots/text")][:1]
    path = forged(tmp_path, changed(parts, name, lambda _: gzip.compress(bytes(300 << 20), 1)))
    refused(path, "is not what a backup holds")


def test_parts_that_are_not_what_they_should_be_are_refused(parts: Parts, tmp_path: Path) -> None:
    claims = "tables/claims/000001.jsonl.gz"
    secret = ("cookie-secret", b"y" * 5000)
    for forgery in (
        changed(parts, claims, lambda content: content[:-9]),
        changed(parts, claims, lambda content: content + b"more"),
        changed(parts, claims, lambda content: content + content),
        changed(parts, claims, lambda _: b"no gzip"),
        changed(parts, claims, lambda _: gzip.compress(b"no json\n")),
        changed(parts, claims, lambda _: gzip.compress(b"{}\n")),
        changed(parts, claims, lambda _: gzip.compress(b"[" * 100_000 + b"\n")),
        [part for part in parts if part[0] != claims],
        [*parts, parts[2]],
        [*parts, (claims.replace("claims", "sqlite_master"), parts[2][1])],
        [*parts, parts[0]],
        parts[1:],
        [secret, *parts],
        [parts[0], secret, *parts[2:]],
        [parts[0], ("cookie-secret", "é".encode()), *parts[2:]],
        with_manifest(parts, lambda said: said.update(format=0)),
        with_manifest(parts, lambda said: said.update(extra=1)),
        with_manifest(parts, lambda said: said.update(migration="../x")),
        with_manifest(parts, lambda said: said.update(head={"number": -1, "hash": "x"})),
        with_manifest(parts, lambda said: said["tables"][0].update(name="a; DROP")),
        changed(parts, "backup.json", lambda _: b"[" * 100_000),
    ):
        refused(forged(tmp_path, forgery), "is not what a backup holds there")


def test_rows_that_fit_no_table_are_refused(parts: Parts, tmp_path: Path) -> None:
    text = "is not what a backup holds there"
    for forgery, said in (
        (with_rows(parts, "page_checks", lambda row: row.__setitem__(0, "1")), text),
        (with_rows(parts, "page_checks", lambda row: row.append("x")), text),
        (with_rows(parts, "head", lambda row: row.__setitem__(1, 7)), "The chain breaks"),
        (with_rows(parts, "submissions", lambda row: row.__setitem__(3, "nobody")), "refer to"),
        (
            with_manifest(parts, lambda said: said["tables"][0]["columns"].append(["x", "text"])),
            "tables are not those of migration",
        ),
        ([part for part in parts if "text" not in part[0]], "lacks files of snapshots"),
    ):
        refused(forged(tmp_path, forgery), said)
