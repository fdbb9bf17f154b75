"""A small record in a folder, to be broken in one place at a time."""

from __future__ import annotations

from pathlib import Path

from app.dossiers.notation.faults import Fault
from app.dossiers.record import check_record

SOURCES = """\
sides:
  - id: north
    name: Northern
  - id: south
    name: Southern
bodies:
  - id: northland
    name: Northland
    side: north
  - id: southland
    name: Southland
    side: south
publishers:
  - id: gazette
    name: The Gazette
    kind: newspaper
    side: north
  - id: wire
    name: The Wire
    kind: agency
speakers:
  - id: north-minister
    name: a minister
    side: north
    speaks_for: northland
    standing: official
    channels: [gazette]
  - id: south-minister
    formerly: [south-envoy]
    name: another minister
    side: south
    speaks_for: southland
    standing: official
documents:
  - id: page-one
    publisher: gazette
    title: Page one
    url: https://gazette.test/1
    language: en
    read_on: 2026-10-02
    credits: [wire]
  - id: page-two
    publisher: gazette
    title: Page two
    url: https://gazette.test/2
    language: en
    read_on: 2026-10-02
"""

DOSSIER = """\
id: dispute
title: A dispute
summary: Two sides quarrel.
language: en
zone: +01:00
sides: [north, south]
topics:
  - id: fields
    name: Fields
places:
  - id: mill
    name: Mill
    names:
      - side: north
        language: en
        name: Old Mill
"""

YES_NO = """\
id: crossing
question: Was the field crossed?
kind: yes-no
topic: fields
happened: 2020-05
places: [mill]
accounts:
  - id: crossed
    answer: "yes"
    harms: [south]
    citations:
      - id: minister-said
        speaker: north-minister
        relayed_by: [wire]
        said: 2020-05-02
        document: page-one
        voice: quoted
        quote: we saw them cross
  - id: stayed
    answer: "no"
    citations:
      - id: other-said
        speaker: south-minister
        document: page-two
searched:
  - side: south
    where: its gazette
    words: crossing
    on: 2026-10-02
    by: Editor One
"""

QUANTITY = """\
id: sheep-lost
question: How many sheep were lost?
kind: quantity
unit: sheep
measure: lost
topic: fields
part_of: cattle-lost
losses_of: [north]
accounts:
  - id: ten
    answer: "10"
    citations:
      - id: minister-ten
        speaker: north-minister
        document: page-one
  - id: few
    answer: up to 5
    citations:
      - id: other-few
        speaker: south-minister
        document: page-two
overrules:
  - accounts: [ten, few]
    relation: not-comparable
    by: Editor One
    on: 2026-10-02
    reason: Lambs are counted by one of them only.
"""

TALLY = """\
id: cattle-lost
question: How many cattle were lost?
kind: quantity
unit: cattle
measure: lost
topic: fields
"""

CHOICE = """\
id: who-crossed
question: Who crossed first?
kind: choice
options:
  - id: one-side
    label: One of them
    includes: [northerners]
  - id: northerners
    label: Northerners
topic: fields
accounts:
  - id: northern
    answer: northerners
    citations:
      - id: other-northern
        speaker: south-minister
        document: page-two
  - id: no-answer
    citations:
      - id: minister-declines
        speaker: north-minister
        stance: declines
        document: page-one
"""

TEXT = """\
id: treaty
question: What does the treaty say?
kind: text
topic: fields
accounts:
  - id: all
    answer: It gives the field to all.
    clashes:
      - with: none
        reason: It cannot be given to all and to none.
    citations:
      - id: both-said
        speakers: [north-minister, south-minister]
        document: page-one
  - id: none
    answer: It gives the field to none.
    citations:
      - id: page-own-voice
        document: page-two
"""

CLAIMS = {
    "crossing": YES_NO,
    "sheep-lost": QUANTITY,
    "cattle-lost": TALLY,
    "who-crossed": CHOICE,
    "treaty": TEXT,
}


class SmallRecord:
    """The record above as files under `root`; its claims are in the dossier “dispute”."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / "claims" / "dispute"
        self.folder.mkdir(parents=True)
        self.sources = root / "sources.yaml"
        self.dossier = self.folder / "dossier.yaml"
        self.sources.write_text(SOURCES, encoding="utf-8")
        self.dossier.write_text(DOSSIER, encoding="utf-8")
        for name, text in CLAIMS.items():
            self.claim(name).write_text(text, encoding="utf-8")

    def claim(self, name: str) -> Path:
        return self.folder / f"{name}.yaml"

    def change(self, path: Path, old: str, new: str) -> None:
        """Replace what stands exactly once in a file."""
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def faults(self) -> tuple[Fault, ...]:
        return check_record([self.root])

    def reported(self) -> list[str]:
        """Every fault as `file name:line: field: message`."""
        return [str(fault).replace(f"{fault.path.parent}/", "", 1) for fault in self.faults()]
