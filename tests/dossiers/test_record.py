"""A whole record: which files are its own, and all faults of all of them at once."""

from __future__ import annotations

import os
from contextlib import chdir
from pathlib import Path

import pytest

from app.dossiers.folders import find_roots
from app.dossiers.notation.faults import Fault
from app.dossiers.record import check_record, read_record
from app.errors import BadInput, RecordRefused
from tests.dossiers.small import SmallRecord


def test_a_sound_record_is_read_in_the_order_of_ids(small: SmallRecord) -> None:
    record = read_record(small.root)
    assert [side.id for side in record.sources.sides] == ["north", "south"]
    assert [dossier.id for dossier in record.dossiers] == ["dispute"]
    assert [(dossier, claim.id) for dossier, claim in record.claims] == [
        ("dispute", "cattle-lost"),
        ("dispute", "crossing"),
        ("dispute", "sheep-lost"),
        ("dispute", "treaty"),
        ("dispute", "who-crossed"),
    ]


def test_all_faults_of_all_files_are_listed_and_nothing_is_read(small: SmallRecord) -> None:
    small.change(small.sources, "kind: agency", "kind: agent")
    small.change(small.dossier, "sides: [north, south]", "sides: [north, east]")
    small.change(small.claim("crossing"), "said: 2020-05-02", "said: May")
    small.change(small.claim("crossing"), "places: [mill]", "places:")
    small.change(small.claim("treaty"), "topic: fields", "topic: woods")
    small.claim("who-crossed").write_text("id: [", encoding="utf-8")
    with pytest.raises(RecordRefused) as refused:
        read_record(small.root)
    found = [fault for fault in refused.value.faults if isinstance(fault, Fault)]
    assert [(fault.path.name, fault.line, fault.field) for fault in found] == [
        ("crossing.yaml", 6, "places"),
        ("crossing.yaml", 15, "accounts[0].citations[0].said"),
        ("dossier.yaml", 6, "sides[1]"),
        ("treaty.yaml", 4, "topic"),
        ("who-crossed.yaml", 1, "file"),
        ("sources.yaml", 20, "publishers[1].kind"),
    ]
    assert "6 faults found" in str(refused.value)


def test_what_a_faulty_file_defines_is_not_missing_elsewhere(small: SmallRecord) -> None:
    small.change(small.sources, "kind: agency", "kind: agent")
    small.change(small.dossier, "zone: +01:00", "zone: soon")
    small.change(small.claim("cattle-lost"), "unit: cattle", "units: cattle")
    assert [fault.field for fault in small.faults()] == ["units", "zone", "publishers[1].kind"]


def test_what_an_unreadable_file_would_define_is_not_missing_elsewhere(small: SmallRecord) -> None:
    for path in (small.sources, small.dossier, small.claim("cattle-lost")):
        path.write_text("a: [", encoding="utf-8")
    assert [(fault.path.name, fault.field) for fault in small.faults()] == [
        ("cattle-lost.yaml", "file"),
        ("dossier.yaml", "file"),
        ("sources.yaml", "file"),
    ]


def test_ids_that_are_missing_or_empty_are_not_called_the_same(small: SmallRecord) -> None:
    small.change(small.claim("crossing"), "id: crossing\n", "id:\n")
    small.change(small.claim("treaty"), "id: treaty\n", "id:\n")
    small.change(small.claim("who-crossed"), "id: who-crossed\n", "")
    assert [(fault.path.name, fault.message) for fault in small.faults()] == [
        ("crossing.yaml", "is empty; leave the key out"),
        ("treaty.yaml", "is empty; leave the key out"),
        ("who-crossed.yaml", "is missing"),
    ]


def test_a_register_that_is_no_list_is_one_fault(small: SmallRecord) -> None:
    text = small.sources.read_text(encoding="utf-8")
    small.sources.write_text(text[: text.index("documents:")] + "documents: x\n", encoding="utf-8")
    assert small.reported() == ["sources.yaml:34: documents: must be a list"]


def test_topics_and_places_that_are_no_lists_are_one_fault_each(small: SmallRecord) -> None:
    small.change(small.dossier, "  - id: fields\n    name: Fields\n", "  fields: Fields\n")
    text = small.dossier.read_text(encoding="utf-8")
    small.dossier.write_text(text[: text.index("places:")] + "places: mill\n", encoding="utf-8")
    assert small.reported() == [
        "dossier.yaml:7: topics: must be a list",
        "dossier.yaml:9: places: must be a list",
    ]


def test_a_file_that_leaves_the_layout_is_a_fault_at_its_first_such_line(
    small: SmallRecord,
) -> None:
    small.change(small.claim("crossing"), '    answer: "no"\n', "    answer: no\n")
    small.change(small.claim("treaty"), "kind: text\n", "kind: text # so be it\n")
    assert small.reported() == [
        'crossing.yaml:20: layout: the line should read “    answer: "no"”; run "variorum format"',
        "treaty.yaml:3: layout: comments are not stored; write a “note” instead",
    ]


def test_layout_is_no_fault_where_the_structure_has_one(small: SmallRecord) -> None:
    small.change(small.claim("crossing"), "kind: yes-no", "kind:   maybe # a comment")
    assert [fault.field for fault in small.faults()] == ["kind"]


def test_a_claims_id_is_the_name_of_its_file(small: SmallRecord) -> None:
    small.claim("crossing").rename(small.claim("crossed"))
    assert small.reported() == [
        "crossed.yaml:1: id: is “crossing”, but its file is “crossed.yaml”; "
        "the two must be the same"
    ]


def test_a_dossiers_id_is_the_name_of_its_folder(small: SmallRecord) -> None:
    small.folder.rename(small.folder.with_name("quarrel"))
    assert small.reported() == [
        "dossier.yaml:1: id: is “dispute”, but its folder is “quarrel”; the two must be the same"
    ]


def test_a_claim_of_the_same_id_in_another_dossier_is_a_fault(small: SmallRecord) -> None:
    other = small.folder.with_name("other")
    other.mkdir()
    dossier = small.dossier.read_text(encoding="utf-8").replace("id: dispute", "id: other")
    dossier = dossier[: dossier.index("places:")]
    (other / "dossier.yaml").write_text(dossier, encoding="utf-8")
    (other / "treaty.yaml").write_bytes(small.claim("treaty").read_bytes())
    assert [fault.message for fault in small.faults()] == [
        f"“treaty” is the id of a claim already ({small.claim('treaty')}:1); no id is used twice"
    ]


@pytest.mark.parametrize(
    ("missing", "message"),
    [
        ("sources.yaml", "is missing; it has what all dossiers share"),
        ("claims", "is missing; it has a folder for each dossier"),
        ("claims/dispute/dossier.yaml", "is missing; it names the dossier of this folder"),
    ],
)
def test_a_part_of_the_record_that_is_missing_is_the_only_fault(
    small: SmallRecord, missing: str, message: str
) -> None:
    (small.root / missing).rename(small.root / "elsewhere")
    with pytest.raises(RecordRefused) as refused:
        read_record(small.root)
    assert [str(fault) for fault in refused.value.faults] == [
        f"{small.root / missing}:1: file: {message}"
    ]


@pytest.mark.parametrize(
    ("stray", "message"),
    [
        ("claims/notes.yaml", "is no dossier's folder; a claim belongs in one"),
        (
            "claims/dispute/notes.txt",
            "is not a file of a record; claims are files that end in .yaml",
        ),
        (
            "claims/dispute/crossing.yml",
            "is not a file of a record; claims are files that end in .yaml",
        ),
        (
            "claims/dispute/more/notes.yaml",
            "is not a file of a record; claims are files that end in .yaml",
        ),
    ],
)
def test_a_stray_file_is_a_fault(small: SmallRecord, stray: str, message: str) -> None:
    path = small.root / stray
    path.parent.mkdir(exist_ok=True)
    path.write_text("id: notes\n", encoding="utf-8")
    (fault,) = small.faults()
    assert fault.message == message
    assert path.is_relative_to(fault.path)


def test_names_that_begin_with_a_dot_are_left_alone(small: SmallRecord) -> None:
    (small.root / "claims" / ".git").mkdir()
    (small.folder / ".treaty.yaml.swp").write_bytes(b"\xff\xfe")
    assert small.reported() == []


def test_what_stands_beside_the_record_is_none_of_its_business(small: SmallRecord) -> None:
    (small.root / "README.md").write_text("Read me.", encoding="utf-8")
    (small.root / "app").mkdir()
    assert small.reported() == []


def test_a_link_that_leads_out_of_the_record_is_a_fault(small: SmallRecord, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text("secret", encoding="utf-8")
    small.claim("outside").symlink_to(outside)
    small.claim("nowhere").symlink_to(tmp_path / "nothing")
    (small.root / "claims" / "elsewhere").symlink_to(tmp_path)
    assert [(fault.path.name, fault.message) for fault in small.faults()] == [
        ("nowhere.yaml", "is a symbolic link that leads nowhere"),
        ("outside.yaml", "is a symbolic link that leads out of the record"),
        ("elsewhere", "is a symbolic link that leads out of the record"),
    ]


def test_sources_and_claims_may_not_be_links_out_of_the_record_either(
    small: SmallRecord, tmp_path: Path
) -> None:
    for path in (small.sources, small.root / "claims"):
        path.rename(tmp_path / path.name)
        path.symlink_to(tmp_path / path.name)
    assert [(fault.path.name, fault.message) for fault in small.faults()] == [
        ("claims", "is a symbolic link that leads out of the record"),
        ("sources.yaml", "is a symbolic link that leads out of the record"),
    ]


def test_a_record_may_stand_behind_a_link(small: SmallRecord, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(small.root)
    assert len(read_record(link).claims) == 5


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_and_not_waited_for(small: SmallRecord) -> None:
    os.mkfifo(small.claim("pipe"))
    (fault,) = small.faults()
    assert fault.message.startswith("is not a file of a record")


def test_a_claims_file_above_a_megabyte_is_refused(small: SmallRecord) -> None:
    small.claim("huge").write_text("id: huge\nnote: " + "x" * (1 << 20), encoding="utf-8")
    (fault,) = small.faults()
    assert fault.message == "is larger than 1,048,576 bytes, the most that is read"


def test_the_root_is_the_nearest_folder_at_or_above_with_sources(small: SmallRecord) -> None:
    below = [small.root, small.sources, small.folder, small.claim("treaty")]
    assert find_roots(below) == (small.root,)


def test_a_record_within_a_record_is_its_own(small: SmallRecord, tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text("sides: []\n", encoding="utf-8")
    assert find_roots([small.folder]) == (small.root,)
    assert find_roots([tmp_path, small.root]) == (tmp_path, small.root)


@pytest.mark.parametrize("path", ["nowhere", "claims/dispute/nowhere.yaml"])
def test_a_path_that_is_not_there_is_refused(small: SmallRecord, path: str) -> None:
    with pytest.raises(BadInput, match="There is no file or folder"):
        find_roots([small.root / path])


def test_a_path_outside_every_record_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="belongs to no record"):
        find_roots([tmp_path])


def test_a_path_beside_the_record_is_refused(small: SmallRecord) -> None:
    (small.root / "app").mkdir()
    with pytest.raises(BadInput, match="is not part of a record"):
        check_record([small.root / "app"])


def test_only_what_stands_at_or_below_a_named_path_is_reported(small: SmallRecord) -> None:
    small.change(small.sources, "kind: agency", "kind: agent")
    small.change(small.claim("crossing"), "said: 2020-05-02", "said: May")
    small.change(small.claim("treaty"), "topic: fields", "topic: woods")
    named = {fault.path for fault in check_record([small.claim("crossing"), small.sources])}
    assert named == {small.claim("crossing"), small.sources}
    assert {fault.path for fault in check_record([small.folder])} == {
        small.claim("crossing"),
        small.claim("treaty"),
    }


def test_a_named_file_is_held_against_the_whole_record(small: SmallRecord) -> None:
    small.change(small.claim("crossing"), "document: page-two", "document: page-three")
    (fault,) = check_record([small.claim("crossing")])
    assert "no document on record" in fault.message


def test_relative_paths_stay_relative_to_where_they_were_given(
    small: SmallRecord,
) -> None:
    small.change(small.claim("crossing"), "said: 2020-05-02", "said: May")
    small.change(small.sources, "kind: agency", "kind: agent")

    def places(folder: Path, path: str) -> list[str]:
        with chdir(folder):
            return [str(fault.path) for fault in check_record([Path(path)])]

    assert places(small.root, ".") == ["claims/dispute/crossing.yaml", "sources.yaml"]
    assert places(small.root, "claims") == ["claims/dispute/crossing.yaml"]
    assert places(small.folder, "crossing.yaml") == ["crossing.yaml"]
    assert places(small.folder, "../..") == ["../../sources.yaml", "crossing.yaml"]
    assert places(small.root.parent, "record") == [
        "record/claims/dispute/crossing.yaml",
        "record/sources.yaml",
    ]
    assert places(small.root, str(small.sources)) == [str(small.sources)]


def test_a_file_name_that_is_no_text_can_still_be_printed() -> None:
    fault = Fault(Path(os.fsdecode(b"caf\xe9.yaml")), 1, "file", "is odd")
    assert str(fault).encode("utf-8") == b"caf\\xe9.yaml:1: file: is odd"
