"""`variorum verify --page`: one quotation on a page that was saved."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import run

PAGE = """<meta charset=utf-8><p>It said that 24<sup>3</sup> people had left the town.</p>
<p>Of the boats <del>twelve</del> <ins>ten</ins> were lost.</p>"""


def verify(tmp_path: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    done = run(tmp_path, "verify", *arguments, "--json")
    return done.returncode, json.loads(done.stdout)


@pytest.mark.parametrize(
    ("quote", "finding", "words"),
    [
        ("24 people had left", "verbatim", "24 people had left"),
        ("243 people had left", "altered", "24 people had left"),
        ("twelve were lost", "struck-out", "twelve were lost"),
        ("ten were lost", "verbatim", "ten were lost"),
        ("a wholly different matter", "missing", None),
    ],
)
def test_the_finding_is_printed_with_what_the_page_has(
    tmp_path: Path, quote: str, finding: str, words: str | None
) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    code, found = verify(tmp_path, "--page", "page.html", "--quote", quote)
    assert code == (0 if finding == "verbatim" else 1)
    assert (found["finding"], found["words"]) == (finding, words)
    assert (found["fragment"] is None) == (words is None)


def test_what_was_passed_over_is_named(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    quote = "[Around] 24 people […] the town"
    code, found = verify(tmp_path, "--page", "page.html", "--quote", quote)
    assert (code, found["finding"]) == (0, "verbatim")
    assert found["passed_over"] == ["[Around]", "[…]"]
    done = run(tmp_path, "verify", "--page", "page.html", "--quote", quote)
    assert "Passed over:  [Around] […]" in done.stdout


def test_the_content_type_tells_the_encoding_and_the_kind(tmp_path: Path) -> None:
    (tmp_path / "page").write_bytes("Порт был закрыт на 24 часа.\nИ 5\u00a0км\n".encode("cp1251"))
    code, found = verify(
        tmp_path,
        *("--page", "page", "--content-type", "text/plain; charset=windows-1251"),
        *("--quote", "Порт был закрыт"),
    )
    assert (code, found["words"]) == (0, "Порт был закрыт")


def test_a_file_that_holds_no_text_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "page.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    code, found = verify(tmp_path, "--page", "page.png", "--quote", "some words")
    assert (code, found["finding"], found["words"]) == (1, "unreadable", None)
    assert found["reason"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--page", "none.html", "--quote", "words"], "none.html: the file cannot be read"),
        (["--page", ".", "--quote", "words"], "cannot be read"),
        (["--page", "page.html"], "--quote"),
        (["--quote", "words"], "--page"),
        (["--page", "page.html", "--url", "https://example.org/", "--quote", "words"], "one page"),
        (["--page", "page.html", "--quote", "  "], "empty"),
        (["--url", "https://example.org/", "--quote", "w", "--content-type", "a/b"], "saved page"),
        (["--json"], "--page"),
    ],
)
def test_what_cannot_be_checked_is_refused_in_one_sentence(
    tmp_path: Path, arguments: list[str], said: str
) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    done = run(tmp_path, "verify", *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert said in done.stderr
