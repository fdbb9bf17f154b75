"""`variorum address`: which addresses are of one document, and why some are of none."""

import json
from pathlib import Path

from tests.cli.running import run

AMP = "https://www.interfax.ru/amp/831571"


def test_addresses_are_shown_with_their_canonical_form(tmp_path: Path) -> None:
    done = run(tmp_path, "address", AMP, "https://interfax.ru/831571")
    assert done.returncode == 0
    assert [line.split() for line in done.stdout.splitlines()[1:]] == [
        [AMP, "https://interfax.ru/831571"],
        ["https://interfax.ru/831571", "https://interfax.ru/831571"],
    ]


def test_json_has_an_entry_for_each_address_in_order(tmp_path: Path) -> None:
    done = run(tmp_path, "address", "--json", AMP, "http://a.1../", "https://пример.рф/а")
    assert done.returncode == 1
    assert json.loads(done.stdout) == [
        {"url": AMP, "canonical": "https://interfax.ru/831571", "refused": None},
        {
            "url": "http://a.1../",
            "canonical": None,
            "refused": "“a.1..” is no valid name of a host; copy the address from your browser.",
        },
        {
            "url": "https://пример.рф/а",
            "canonical": "https://xn--e1afmkfd.xn--p1ai/%D0%B0",
            "refused": None,
        },
    ]
    assert done.stderr == "1 of 3 refused.\n"


def test_a_long_address_is_not_broken_where_a_program_may_read_it(tmp_path: Path) -> None:
    long = "https://example.org/" + "a" * 170
    assert long in run(tmp_path, "address", long).stdout


def test_a_refused_address_is_a_sentence_where_a_quotation_is_checked(tmp_path: Path) -> None:
    done = run(tmp_path, "verify", "--url", "http://a.1../", "--quote", "words")
    assert (done.returncode, done.stdout) == (1, "")
    assert (
        done.stderr == "“a.1..” is no valid name of a host; copy the address from your browser.\n"
    )


def test_without_an_address_the_usage_is_shown(tmp_path: Path) -> None:
    assert run(tmp_path, "address").returncode == 2
