"""Records written to files, and files rewritten in the one layout."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.dossiers.record import read_record
from app.dossiers.writing import format_record, write_record
from app.errors import BadInput
from tests.dossiers.small import SmallRecord


def contents(root: Path) -> dict[str, bytes]:
    files = (path for path in root.rglob("*") if path.is_file())
    return {str(path.relative_to(root)): path.read_bytes() for path in files}


def test_a_record_is_written_byte_for_byte_as_it_was_read(
    small: SmallRecord, tmp_path: Path
) -> None:
    target = tmp_path / "export" / "here"
    written = write_record(read_record(small.root), target)
    assert contents(target) == contents(small.root)
    assert set(written) == {path for path in target.rglob("*") if path.is_file()}


def test_a_record_is_written_over_its_own_older_files(small: SmallRecord, tmp_path: Path) -> None:
    record = read_record(small.root)
    target = tmp_path / "export"
    write_record(record, target)
    (target / "claims" / "dispute" / "treaty.yaml").write_text("old", encoding="utf-8")
    (target / ".git").mkdir()
    (target / ".git" / "config").write_text("mine", encoding="utf-8")
    write_record(record, target)
    assert contents(target) == {**contents(small.root), ".git/config": b"mine"}


@pytest.mark.parametrize(
    "stranger",
    [
        "notes.txt",
        "claims/dispute/older-claim.yaml",
        "claims/other/dossier.yaml",
        "claims/dispute/treaty.yaml.bak",
    ],
)
def test_nothing_is_written_into_a_folder_that_holds_other_things(
    small: SmallRecord, tmp_path: Path, stranger: str
) -> None:
    path = tmp_path / "export" / stranger
    path.parent.mkdir(parents=True)
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(BadInput, match=f"contains {stranger}, which is not in the record"):
        write_record(read_record(small.root), tmp_path / "export")
    assert contents(tmp_path / "export") == {stranger: b"mine"}


def test_nothing_is_written_through_a_link(small: SmallRecord, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "claims").symlink_to(tmp_path / "outside")
    with pytest.raises(BadInput, match="contains claims, which is not in the record"):
        write_record(read_record(small.root), tmp_path / "export")
    assert contents(tmp_path / "outside") == {}


def test_a_file_is_no_folder_to_write_into(small: SmallRecord) -> None:
    with pytest.raises(BadInput, match="is a file; name a folder"):
        write_record(read_record(small.root), small.sources)


UNTIDY = """\

topic: 'fields'
id:   cattle-lost

schema: 2
question: >
  How many cattle
  were lost?
kind: "quantity"
unit: cattle
accounts: []
nature: fact
measure: lost
"""


def test_files_are_rewritten_in_the_one_layout_and_named(small: SmallRecord) -> None:
    before = contents(small.root)
    text = UNTIDY.replace("question: >", "question: >-")
    small.claim("cattle-lost").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert format_record([small.root]) == ((small.claim("cattle-lost"),), ())
    assert contents(small.root) == before
    assert format_record([small.root]) == ((), ())


def test_a_rewritten_file_says_the_same(small: SmallRecord) -> None:
    small.claim("cattle-lost").write_text(UNTIDY, encoding="utf-8")
    format_record([small.claim("cattle-lost")])
    assert 'question: "How many cattle were lost?\\n"\n' in small.claim("cattle-lost").read_text(
        encoding="utf-8"
    )
    assert small.reported() == []


def test_a_file_with_comments_is_left_as_it_is_and_every_comment_named(
    small: SmallRecord,
) -> None:
    text = "# first\n" + UNTIDY + "# last\n"
    small.claim("cattle-lost").write_text(text, encoding="utf-8")
    changed, faults = format_record([small.root])
    assert changed == ()
    assert [(fault.line, fault.field, fault.message) for fault in faults] == [
        (1, "layout", "comments are not stored; write a “note” instead"),
        (15, "layout", "comments are not stored; write a “note” instead"),
    ]
    assert small.claim("cattle-lost").read_text(encoding="utf-8") == text


def test_a_file_whose_structure_has_faults_is_left_as_it_is(small: SmallRecord) -> None:
    text = UNTIDY + "note:\nsummery: x\n"
    small.claim("cattle-lost").write_text(text, encoding="utf-8")
    changed, faults = format_record([small.root])
    assert (changed, [fault.line for fault in faults]) == ((), [14, 15])
    assert small.claim("cattle-lost").read_text(encoding="utf-8") == text


def test_a_file_that_is_only_inconsistent_is_rewritten(small: SmallRecord) -> None:
    text = UNTIDY.replace("'fields'", "'woods'")
    small.claim("cattle-lost").write_text(text, encoding="utf-8")
    assert format_record([small.root])[0] == (small.claim("cattle-lost"),)


def test_only_named_files_are_rewritten(small: SmallRecord) -> None:
    small.claim("cattle-lost").write_text(UNTIDY, encoding="utf-8")
    small.change(small.claim("treaty"), "kind: text", "kind:  text")
    small.claim("crossing").write_text("id: [", encoding="utf-8")
    changed, faults = format_record([small.claim("treaty"), small.sources])
    assert (changed, faults) == ((small.claim("treaty"),), ())


def test_a_stray_file_is_named_and_left_alone(small: SmallRecord) -> None:
    stray = small.folder / "notes.yml"
    stray.write_text("id:   notes\n", encoding="utf-8")
    changed, faults = format_record([small.root])
    assert (changed, [fault.path for fault in faults]) == ((), [stray])
    assert stray.read_text(encoding="utf-8") == "id:   notes\n"
    assert format_record([small.sources]) == ((), ())


def test_a_rewritten_file_keeps_its_mode_and_leaves_nothing_beside_it(small: SmallRecord) -> None:
    path = small.claim("cattle-lost")
    names = sorted(entry.name for entry in small.folder.iterdir())
    path.write_text(UNTIDY, encoding="utf-8")
    path.chmod(0o640)
    format_record([path])
    assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(entry.name for entry in small.folder.iterdir()) == names
