"""The command `variorum`, run as a person runs it."""

import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.loaded import EXAMPLE

VARIORUM = Path(sys.executable).with_name("variorum")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A copy of the example record in the folder that commands are run in."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "work"))


def test_check_says_that_nothing_is_wrong(files: Path) -> None:
    done = run(files, "check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "No fault found.\n", "")


def test_check_lists_every_fault_with_file_line_and_field(files: Path) -> None:
    claim = files / "claims" / "harbour" / "fire-dead.yaml"
    lines = claim.read_text().replace("speaker: ", "speaker: un").splitlines()
    claim.write_text("\n".join(lines) + "\n")
    done = run(files, "check")
    assert done.returncode == 1
    faults = done.stdout.splitlines()
    unknown = [number for number, line in enumerate(lines, 1) if "speaker: un" in line]
    for number in unknown:
        assert any(
            fault.startswith(f"claims/harbour/fire-dead.yaml:{number}: ") for fault in faults
        )
    assert len(faults) >= len(unknown) > 1


def test_check_takes_single_files_and_reports_only_these(files: Path) -> None:
    (files / "claims" / "harbour" / "fire-dead.yaml").write_text("id: fire-dead\n")
    assert run(files, "check", "claims/harbour/fire-date.yaml").returncode == 0
    assert run(files, "check", "claims").returncode == 1


def test_a_partial_word_is_a_warning_and_with_strict_a_failure(files: Path) -> None:
    dossier = files / "claims" / "harbour" / "dossier.yaml"
    text = dossier.read_text()
    word = text.partition("summary:")[2].split()[2].strip(".,")
    dossier.write_text(text.replace("places:\n", f"wording:\n  loaded: [{word}]\nplaces:\n", 1))
    lax = run(files, "check")
    assert lax.returncode == 0, lax.stdout
    assert "(warning)" in lax.stdout
    strict = run(files, "check", "--strict")
    assert strict.returncode == 1
    assert "dossier.yaml:" in strict.stdout
    assert run(files, "load").returncode == 0


def test_a_part_above_its_whole_is_a_warning_and_never_a_failure(files: Path) -> None:
    whole = (files / "claims" / "harbour" / "fire-dead.yaml").read_text()
    part = whole.replace("id: fire-dead\n", "id: crew-of-fire\n", 1)
    part = re.sub(r"answer: .*", 'answer: "5000"', part)
    part = re.sub(r"(topic: .*\n)", r"\1part_of: fire-dead\n", part, count=1)
    (files / "claims" / "harbour" / "crew-of-fire.yaml").write_text(part)
    assert run(files, "format").returncode == 0
    for asked in (["check"], ["check", "--strict"]):
        done = run(files, *asked)
        assert done.returncode == 0, done.stdout
        assert "“5000” counts a part of fire-dead" in done.stdout
        assert "(warning)" in done.stdout


def test_a_fault_anywhere_keeps_everything_from_being_loaded(files: Path) -> None:
    claim = files / "claims" / "harbour" / "fire-dead.yaml"
    claim.write_text(claim.read_text() + "colour: red\n")
    done = run(files, "load")
    assert done.returncode == 1
    assert "colour" in done.stderr
    assert "nothing was loaded" in done.stderr
    assert not (files / "var").exists()


def test_format_puts_files_into_the_one_layout(files: Path) -> None:
    claim = files / "claims" / "harbour" / "fire-dead.yaml"
    good = claim.read_text()
    claim.write_text(good.replace("\n", "\n\n"))
    assert run(files, "check").returncode == 1
    assert "fire-dead.yaml: rewritten" in run(files, "format").stdout
    assert claim.read_text() == good


def test_load_export_and_audit_go_round(files: Path, tmp_path: Path) -> None:
    first = run(files, "load")
    assert first.returncode == 0, first.stderr
    assert "8 claims compared" in first.stdout
    assert "0 new, 0 changed" in run(files, "load").stdout
    audit = run(files, "audit")
    assert "revisions are intact" in audit.stdout
    head = audit.stdout.splitlines()[-1].removeprefix("Head: ")
    assert run(files, "audit", "--published", head).returncode == 0
    assert run(files, "export", str(tmp_path / "out")).returncode == 0
    for path in (tmp_path / "out").rglob("*.yaml"):
        original = EXAMPLE / path.relative_to(tmp_path / "out")
        assert path.read_bytes() == original.read_bytes()


def test_audit_fails_against_a_head_that_was_cut_off(files: Path) -> None:
    run(files, "load")
    done = run(files, "audit", "--published", f"999:{'0' * 64}")
    assert done.returncode == 1
    assert "revision" in done.stderr


def test_commands_that_need_a_database_say_so_where_there_is_none(files: Path) -> None:
    done = run(files, "audit")
    assert done.returncode == 1
    assert "variorum load" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_data_folder_can_be_moved(files: Path, tmp_path: Path) -> None:
    run(files, "load", VARIORUM_DATA_DIR=str(tmp_path / "elsewhere"))
    assert (tmp_path / "elsewhere" / "variorum.sqlite3").exists()
    assert not (files / "var").exists()


def test_verify_finds_quotations_and_says_which_do_not_stand(files: Path, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    quotes: dict[str, list[str]] = {}
    run(files, "load")
    from app.dossiers.record import read_record

    for _, claim in read_record(files).claims:
        for _, citation in claim.citations():
            if citation.quote:
                quotes.setdefault(citation.document, []).append(citation.quote)
    for document, words in quotes.items():
        (texts / f"{document}.txt").write_text(" | ".join(words))
    assert run(files, "verify", "--texts", str(texts)).returncode == 0
    document = next(iter(quotes))
    (texts / f"{document}.txt").write_text("something else")
    done = run(files, "verify", "--texts", str(texts))
    assert done.returncode == 1
    assert "missing" in done.stdout
    assert run(files, "verify", "--texts", str(texts), "--claim", "nowhere").returncode == 1


def test_verify_refuses_a_page_that_is_not_public_and_says_by_which_rule(files: Path) -> None:
    done = run(files, "verify", "--url", "http://127.0.0.1:8000/", "--quote", "some words")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "port" in done.stderr or "public" in done.stderr
    half = run(files, "verify", "--url", "https://example.org/")
    assert half.returncode == 1
    assert "--quote" in half.stderr


def test_work_ends_by_itself_where_nothing_is_to_be_done(files: Path) -> None:
    unready = run(files, "work", "--once")
    assert unready.returncode == 1
    assert "variorum load" in unready.stderr
    run(files, "migrate")
    done = run(files, "work", "--once")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_work_stops_when_it_is_told_to(files: Path) -> None:
    run(files, "migrate")
    process = subprocess.Popen(
        [VARIORUM, "work"], cwd=files, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert b"stop it with Ctrl-C" in process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    _, complaint = process.communicate(timeout=30)
    assert (process.returncode, complaint) == (0, b"")


def test_bad_settings_are_one_sentence(files: Path) -> None:
    done = run(files, "load", VARIORUM_DATABASE_URL="mysql://nowhere/x")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "VARIORUM_DATABASE_URL" in done.stderr


def test_serve_answers_until_it_is_told_to_stop(files: Path) -> None:
    run(files, "load")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with subprocess.Popen(
        [VARIORUM, "serve", "--port", str(port)], cwd=files, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert _ready(port) == {"status": "ready"}
        finally:
            process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=20)
    assert f"http://127.0.0.1:{port}/" in output


def _ready(port: int) -> object:
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz") as answer:
                return json.load(answer)
        except OSError:
            time.sleep(0.1)
    return None
