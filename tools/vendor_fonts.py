"""Fetch the fonts of the pages, subset them to what pages need, store them in app/web/static/fonts.

Run by `make vendor` alone: what it writes is committed. It needs npm (to fetch the
packages named below, at their pinned versions) and fonttools. The faces are written into the
stylesheet between its two marks, so that what a file has and what the stylesheet says it has
cannot differ.

The originals reserve the name “Source” (SIL Open Font License 1.1, section 3), so that the cut
fonts bear names of their own.
"""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

STATIC = Path(__file__).parents[1] / "app" / "web" / "static"
BEGIN, END = "/* faces: written by make vendor */", "/* end of faces */"
FEATURES = ["kern", "liga", "locl", "mark", "ccmp", "tnum", "lnum"]
DEVICES = ("XAdvDevice", "XPlaDevice", "YAdvDevice", "YPlaDevice")
WEIGHTS = (400, 600)

# English, Azerbaijani and Turkish, French, German and Spanish; the rest of Latin is another file.
LATIN = (
    "20-7E A0 A7 A9 AB AE B0 B1 B7 BB BF-C2 C4 C7-CB CD-CF D1 D3 D4 D6 D9-DC DF-E2 E4 E7-EB ED-EF "
    "F1 F3 F4 F6 F9-FC 11E 11F 130 131 15E 15F 18F 259 2010-2014 2018-201A 201C-201E 2022 2026 "
    "202F 2039 203A 20AC 2212"
)
MARKS = "D7 2190-2193 2197 2260 2264 2265 25A0 25A1 25B2 25B3 25BC 25BD 25C6 25C7 25CB 25CF 2713"
LATIN_MORE = (
    "A1-A6 A8 AA AC AF B2-B6 B8-BA BC-BE C3 C5 C6 CC D0 D2 D5 D8 DD DE E3 E5 E6 EC F0 F2 F5 F8 "
    "FD-FF 100-11D 120-12F 132-15D 160-17F 192 1E6 1E7 218-21B 1E80-1E85 1EF2 1EF3 2BB 2BC "
    "2032 2033"
)
# Russian, Ukrainian and Belarusian.
CYRILLIC = "401 404 406 407 40E 410-44F 451 454 456 457 45E 490 491 2116"
ARMENIAN = "531-556 559-55F 561-587 589 58A 58F 2024"


@dataclass(frozen=True)
class Original:
    """A font file within an npm package; `pins` fixes axes that pages do not vary."""

    package: str
    file: str
    pins: dict[str, float]


@dataclass(frozen=True)
class Face:
    """A file that pages load: one family, some letters, one weight or the range of them."""

    family: str
    name: str
    original: Original
    letters: str
    weights: tuple[int, int] | int = WEIGHTS


SERIF = Original("source-serif@4.5.1", "VAR/SourceSerif4Variable-Roman.ttf", {"opsz": 20})
SANS = Original("source-sans@3.52.0", "VF/SourceSans3VF-Upright.ttf", {})
SERIF_HY = Original(
    "@fontsource-variable/noto-serif-armenian@5.3.0",
    "files/noto-serif-armenian-armenian-wght-normal.woff2",
    {},
)
SANS_HY = Original(
    "@fontsource-variable/noto-sans-armenian@5.3.0",
    "files/noto-sans-armenian-armenian-wght-normal.woff2",
    {},
)
# Words in another script have one weight, in text and in labels, so that a page that quotes them
# needs one more file. Pages that are in that script themselves have its labels in the sans, and
# one weight of the serif in either script. A face that came too late is not used, and the browser
# asks for the next family that has the letter: no family has one that a page can do without.
FACES = (
    Face("Variorum Serif", "serif-latin", SERIF, LATIN),
    Face("Variorum Serif Regular", "serif-latin-regular", SERIF, LATIN, 400),
    Face("Variorum Serif Scripts", "serif-latin-more", SERIF, LATIN_MORE),
    Face("Variorum Serif Scripts", "serif-cyrillic", SERIF, CYRILLIC, 400),
    Face("Variorum Serif Scripts", "serif-armenian", SERIF_HY, ARMENIAN, 400),
    Face("Variorum Sans", "sans-latin", SANS, f"{LATIN} {MARKS}"),
    Face("Variorum Sans", "sans-latin-more", SANS, LATIN_MORE),
    Face("Variorum Sans Cyrillic", "sans-cyrillic", SANS, CYRILLIC),
    Face("Variorum Sans Armenian", "sans-armenian", SANS_HY, ARMENIAN),
)


def main() -> None:
    """Write every face, the licences, and the stylesheet's part about them."""
    fonts = STATIC / "fonts"
    shutil.rmtree(fonts, ignore_errors=True)
    fonts.mkdir()
    rules = []
    with tempfile.TemporaryDirectory() as scratch:
        packages = {f.original.package: None for f in FACES}
        unpacked = {package: _unpack(package, Path(scratch)) for package in packages}
        for face in FACES:
            folder = unpacked[face.original.package]
            font = _cut(folder / face.original.file, face)
            file = f"{face.name}.{hashlib.sha256(font).hexdigest()[:8]}.woff2"
            (fonts / file).write_bytes(font)
            rules.append(_rule(face, file))
            print(f"{file}: {len(font):,} bytes")
        for package, folder in unpacked.items():
            licence = next(path for path in sorted(folder.glob("LICENSE*")))
            name = package.rpartition("@")[0].rpartition("/")[2]
            shutil.copy(licence, fonts / f"LICENCE-{name}.txt")
    _write_faces(rules)


def _unpack(package: str, scratch: Path) -> Path:
    """Fetch a package with npm's own client, which checks its hash; gives its folder."""
    folder = Path(tempfile.mkdtemp(dir=scratch))
    command = ["npm", "pack", package, "--silent"]
    name = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
    with tarfile.open(folder / name.split()[-1]) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def _cut(path: Path, face: Face) -> bytes:
    """The face's letters at its weights, as WOFF2."""
    font = TTFont(path, recalcTimestamp=False)
    _keep_letters(font, face)
    instantiateVariableFont(font, {**face.original.pins, "wght": face.weights}, inplace=True)
    _kern_all_weights_alike(font)
    font = _anew(font)
    _keep_letters(font, face)
    for record in font["name"].names:
        if record.nameID in (1, 4, 6, 16):
            record.string = face.family if record.nameID != 6 else face.family.replace(" ", "")
    font.flavor = "woff2"
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


def _keep_letters(font: TTFont, face: Face) -> None:
    options = Options(
        layout_features=FEATURES,
        hinting=False,
        notdef_outline=True,
        name_IDs=[0, 1, 2, 4, 6, 13, 14],
        name_languages=[0x409],
        recalc_timestamp=False,
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=_code_points(face.letters))
    subsetter.subset(font)


def _anew(font: TTFont) -> TTFont:
    """The font written and read again, so that what nothing refers to any more is dropped."""
    written = io.BytesIO()
    font.save(written)
    written.seek(0)
    return TTFont(written, recalcTimestamp=False)


def _kern_all_weights_alike(font: TTFont) -> None:
    """Drop how kerning varies with the weight: invisible here, and a third of the file."""
    lookups = font["GPOS"].table.LookupList.Lookup if "GPOS" in font else ()
    for lookup in lookups:
        for table in lookup.SubTable:
            table = getattr(table, "ExtSubTable", table)
            if table.LookupType != 2:
                continue
            table.ValueFormat1 &= 0xF
            table.ValueFormat2 &= 0xF
            for value in _values(table):
                for device in DEVICES:
                    value.__dict__.pop(device, None)


def _values(table: Any) -> list[Any]:
    """The values of a table of pairs, in either of its formats."""
    if table.Format == 1:
        records = [r for pairs in table.PairSet for r in pairs.PairValueRecord]
    else:
        records = [r for first in table.Class1Record for r in first.Class2Record]
    return [v for r in records for v in (r.Value1, getattr(r, "Value2", None)) if v is not None]


def _code_points(letters: str) -> set[int]:
    bounds = [part.partition("-") for part in letters.split()]
    return {
        code
        for first, _, last in bounds
        for code in range(int(first, 16), int(last or first, 16) + 1)
    }


def _rule(face: Face, file: str) -> str:
    """A rule with the same weights in all: browsers choose a face by weight before its letters."""
    ranges = ", ".join(f"U+{part}" for part in face.letters.split())
    return (
        f'@font-face {{ font-family: "{face.family}"; font-weight: {WEIGHTS[0]} {WEIGHTS[1]}; '
        f'font-display: optional; src: url("fonts/{file}") format("woff2"); '
        f"unicode-range: {ranges}; }}"
    )


def _write_faces(rules: list[str]) -> None:
    stylesheet = STATIC / "site.css"
    text = stylesheet.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    stylesheet.write_text("\n".join([before + BEGIN, *rules, END]) + after, encoding="utf-8")


if __name__ == "__main__":
    main()
