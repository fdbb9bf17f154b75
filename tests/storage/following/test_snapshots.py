from __future__ import annotations

import gzip
import hashlib
import os
import resource
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from app.domain.records.page_checks import SavedSnapshot
from app.errors import NotFound
from app.storage.following.snapshots import Snapshots
from tests.storage.factories import NOON

URL = "https://daily.example/bridge"
BODY = "<p>Կամուրջը փակ էր։</p>".encode()
TEXT = "Կամուրջը փակ էր։"
HEADERS = (("Content-Type", "text/html; charset=utf-8"), ("Server", "invented"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "snapshots"


def save(snapshots: Snapshots, **changed: Any) -> SavedSnapshot:
    said: dict[str, Any] = {
        "url": URL,
        "final_url": URL,
        "at": NOON,
        "status": 200,
        "headers": HEADERS,
        "body": BODY,
        "text": TEXT,
    }
    return snapshots.save(**said | changed)


def files(folder: Path, pattern: str) -> list[Path]:
    return sorted(folder.glob(pattern))


def records(path: Path) -> list[tuple[dict[str, str], bytes]]:
    """Every record of a file: its headers, and its block or payload."""
    with path.open("rb") as stream:
        return [
            (dict(record.rec_headers.headers), record.content_stream().read())
            for record in ArchiveIterator(stream, check_digests="raise")
        ]


def test_an_answer_comes_back_as_it_was_saved(folder: Path) -> None:
    saved = save(Snapshots(folder), status=203)
    answer = Snapshots(folder).read_response(saved)
    assert (answer.url, answer.at) == (URL, "2026-11-03T12:00:00.000000Z")
    assert (answer.status, answer.body) == (203, BODY)
    assert answer.headers == (*HEADERS, ("Content-Length", str(len(BODY))))


def test_the_text_is_found_by_the_hash_of_its_utf_8(folder: Path) -> None:
    saved = save(Snapshots(folder), text=f"{TEXT}\r\n\r“Ə”")
    assert saved.text_hash == hashlib.sha256(f"{TEXT}\r\n\r“Ə”".encode()).hexdigest()
    assert Snapshots(folder).read_text(saved.text_hash) == f"{TEXT}\r\n\r“Ə”"
    assert files(folder, "text/*/*") == [
        folder / "text" / saved.text_hash[:2] / f"{saved.text_hash}.txt"
    ]


def test_a_text_is_written_once(folder: Path) -> None:
    snapshots = Snapshots(folder)
    first = save(snapshots)
    path = folder / "text" / first.text_hash[:2] / f"{first.text_hash}.txt"
    written = path.stat().st_ino
    assert save(snapshots, body=b"other markup").text_hash == first.text_hash
    assert path.stat().st_ino == written


def test_other_programs_read_the_records_and_their_digests_hold(folder: Path) -> None:
    snapshots = Snapshots(folder)
    for number in range(3):
        save(snapshots, final_url=f"{URL}/{number}", url=f"{URL}/{number}")
    (path,) = files(folder, "warc/*")
    about, *answers = records(path)
    assert about[0]["WARC-Type"] == "warcinfo"
    assert about[0]["WARC-Filename"] == path.name
    assert b"software: Variorum" in about[1]
    assert [headers["WARC-Target-URI"] for headers, _ in answers] == [f"{URL}/{n}" for n in "012"]
    for headers, body in answers:
        assert headers["WARC-Type"] == "response"
        assert headers["WARC-Date"] == "2026-11-03T12:00:00.000000Z"
        assert headers["Content-Type"] == "application/http; msgtype=response"
        assert headers["WARC-Payload-Digest"].startswith("sha1:")
        assert headers["WARC-Block-Digest"].startswith("sha1:")
        assert body == BODY
    checker = Checker(type("Options", (), {"inputs": [str(path)], "verbose": False}))
    checker.process_all()
    assert checker.exit_value == 0
    assert gzip.decompress(path.read_bytes()).count(b"WARC/1.1\r\n") == 4


def test_a_redirected_answer_is_its_last_address_with_a_note_of_the_first(folder: Path) -> None:
    snapshots = Snapshots(folder)
    asked = "https://daily.example/old"
    saved = save(snapshots, url=asked)
    assert snapshots.read_response(saved).url == URL
    (path,) = files(folder, "warc/*")
    _, (answer, _), (note, block) = records(path)
    assert (note["WARC-Type"], note["WARC-Target-URI"]) == ("metadata", URL)
    assert note["WARC-Concurrent-To"] == answer["WARC-Record-ID"]
    assert block == f"via: {asked}\r\n".encode()
    again = save(snapshots)
    assert snapshots.read_response(again).body == BODY


def test_headers_that_hold_no_more_for_the_inflated_body_are_kept_apart(folder: Path) -> None:
    snapshots = Snapshots(folder)
    sent = (("content-encoding", "gzip"), ("Transfer-Encoding", "chunked"), ("content-length", "9"))
    answer = snapshots.read_response(save(snapshots, headers=sent))
    assert answer.headers == (
        ("X-Archive-Orig-content-encoding", "gzip"),
        ("X-Archive-Orig-Transfer-Encoding", "chunked"),
        ("X-Archive-Orig-content-length", "9"),
        ("Content-Length", str(len(BODY))),
    )
    assert answer.body == BODY


@pytest.mark.parametrize(
    "headers",
    [
        (("X-Split", "a\r\nWARC-Type: warcinfo\r\n\r\n"),),
        (("X-\r\nSplit", "a\0b"),),
        (("X-Text", "Շուշի\u2028Şuşa"),),
        (("", ""),),
        (("X-Long", "x" * 100_000),),
    ],
)
def test_no_header_of_a_stranger_breaks_a_record(
    folder: Path, headers: tuple[tuple[str, str], ...]
) -> None:
    snapshots = Snapshots(folder)
    first = save(snapshots, headers=headers, status=799, url="https://x.example/\r\nA: b")
    second = save(snapshots)
    assert snapshots.read_response(first).status == 799
    assert [snapshots.read_response(saved).body for saved in (first, second)] == [BODY, BODY]
    kinds = [about["WARC-Type"] for about, _ in records(files(folder, "warc/*")[0])]
    assert kinds == ["warcinfo", "response", "metadata", "response"]


@pytest.mark.parametrize("body", [b"", b"\0" * 1000, b"HTTP/1.1 200 OK\r\n\r\nWARC/1.1\r\n", b"\n"])
def test_any_body_is_kept_to_the_byte(folder: Path, body: bytes) -> None:
    snapshots = Snapshots(folder)
    assert snapshots.read_response(save(snapshots, body=body)).body == body


def test_each_day_and_each_process_has_a_file_of_its_own(folder: Path) -> None:
    one, other = Snapshots(folder), Snapshots(folder)
    late = datetime(2026, 11, 4, 1, 0, tzinfo=timezone(timedelta(hours=4)))
    names = [save(one).warc, save(one, at=late).warc, save(other).warc]
    names.append(save(one, at=NOON + timedelta(days=1)).warc)
    assert names[0] == names[1]
    assert len(set(names)) == 3
    assert [name[:10] for name in names] == ["2026-11-03"] * 3 + ["2026-11-04"]


def test_names_of_files_are_made_of_nothing_that_a_stranger_chose(folder: Path) -> None:
    save(Snapshots(folder), url="https://x.example/../../x", final_url="https://x.example/..%2f/y")
    for path in files(folder, "**/*"):
        assert set(path.name) <= set("0123456789abcdef-.warcgztext")


def test_threads_that_save_at_once_do_not_mix_their_records(folder: Path) -> None:
    snapshots = Snapshots(folder)

    def one(number: int) -> bytes:
        body = os.urandom(20_000)
        saved = save(snapshots, body=body, text=f"text {number % 5}")
        return body if snapshots.read_response(saved).body == body else b""

    with ThreadPoolExecutor(16) as threads:
        bodies = list(threads.map(one, range(64)))
    assert all(bodies)
    (path,) = files(folder, "warc/*")
    assert sorted(body for _, body in records(path)[1:]) == sorted(bodies)
    assert len(files(folder, "text/*/*")) == 5


def test_what_broke_off_leaves_files_that_can_be_read_and_written(folder: Path) -> None:
    snapshots = Snapshots(folder)
    first = save(snapshots)
    full = folder.joinpath("warc", first.warc).stat().st_size + 300
    with no_file_larger_than(full), pytest.raises(OSError, match="large"):
        save(snapshots, body=os.urandom(5000))
    second = save(snapshots, body=b"after")
    assert len(records(folder / "warc" / first.warc)) == 3
    assert snapshots.read_response(first).body == BODY
    assert snapshots.read_response(second).body == b"after"


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """What a full disk does to a writer, by a limit of this process."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignoring = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignoring)


@pytest.mark.parametrize("text_hash", ["a" * 64, "", "../../etc/passwd", "A" * 64, "a" * 63 + "\n"])
def test_a_text_that_is_not_there_is_not_found(folder: Path, text_hash: str) -> None:
    with pytest.raises(NotFound):
        Snapshots(folder).read_text(text_hash)


@pytest.mark.parametrize("name", [f"2026-11-03-{'0' * 16}.warc.gz", "../secret", "", "a\0b"])
def test_a_record_that_is_not_there_is_not_found(folder: Path, name: str) -> None:
    with pytest.raises(NotFound):
        Snapshots(folder).read_response(SavedSnapshot(name, 0, 10, "a" * 64))


def test_what_is_no_letter_at_all_is_replaced_in_the_text(folder: Path) -> None:
    snapshots = Snapshots(folder)
    assert snapshots.read_text(save(snapshots, text="a\ud800b\0").text_hash) == "a?b\0"


def test_times_of_any_zone_are_kept_in_utc(folder: Path) -> None:
    snapshots = Snapshots(folder)
    at = datetime(2026, 11, 3, 16, 0, tzinfo=timezone(timedelta(hours=4)))
    assert snapshots.read_response(save(snapshots, at=at)).at == "2026-11-03T12:00:00.000000Z"
    assert at.astimezone(UTC) == NOON


def test_a_record_is_one_member_that_can_be_cut_out(folder: Path) -> None:
    snapshots = Snapshots(folder)
    save(snapshots)
    saved = save(snapshots, body=b"cut out")
    cut = (folder / "warc" / saved.warc).read_bytes()[saved.offset :][: saved.length]
    (record,) = ArchiveIterator(BytesIO(cut))
    assert record.rec_type == "response"


def test_an_erased_answer_leaves_the_others_readable_where_they_lie(tmp_path: Path) -> None:
    folder = Snapshots(tmp_path)
    saved = [
        folder.save(URL, URL, NOON, 200, [], f"<p>{word}</p>".encode() * 50, word)
        for word in ("first", "second", "third")
    ]
    folder.erase([saved[1]], [saved[1].text_hash], NOON)
    assert folder.read_response(saved[0]).body.startswith(b"<p>first")
    assert folder.read_response(saved[2]).body.startswith(b"<p>third")
    with (tmp_path / "warc" / saved[1].warc).open("rb") as file:
        records = [
            (record.rec_type, record.content_stream().read()) for record in ArchiveIterator(file)
        ]
    assert [kind for kind, _ in records] == ["warcinfo", "response", "metadata", "response"]
    assert records[2][1] == b"The content of this record has been redacted.\r\n"
    assert not any(b"second" in content for _, content in records)
    with pytest.raises(NotFound):
        folder.read_text(saved[1].text_hash)
