"""Fetch the fonts of the social cards, cut them, and store them in app/drawing/sheets/fonts.

Run by `make vendor` alone: what it writes is committed. It needs npm (to fetch the
packages named below, at their pinned versions) and fonttools with brotli.
The rasteriser of the cards reads TrueType only, and one weight a file.

The originals reserve the name “Source” (SIL Open Font License 1.1, section 3), so that the cut
fonts bear names of their own.
"""

from __future__ import annotations

import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[1] / "app" / "drawing" / "sheets" / "fonts"
LATIN_AND_CYRILLIC = (
    "20-7E A0-17F 18F 259 218-21B 2BB 2BC 301 400-45F 490 491 4AE-4B1 4BA 4BB 4D8 4D9 4E8 4E9 "
    "2010-2014 2018-201E 2022 2026 202F 2032 2033 2039 203A 20AC 2116 2190-2193 2212"
)
ARMENIAN = "531-556 559-58A 58F 2024"
LAYOUT = ["kern", "mark", "ccmp", "locl"]


@dataclass(frozen=True)
class Cut:
    """A file to write: the letters of one font of an npm package, under a name of our own."""

    package: str
    file: str
    letters: str
    family: str
    name: str


SANS, SERIF = "source-sans@3.52.0", "source-serif@4.5.1"
# Written out, since `tools.sbom` finds what is packed in the repository by reading these pins.
SANS_HY = "@fontsource/noto-sans-armenian@5.3.0"
SERIF_HY = "@fontsource/noto-serif-armenian@5.3.0"
CUTS = (
    Cut(SANS, "TTF/SourceSans3-Regular.ttf", LATIN_AND_CYRILLIC, "Variorum Sans", "sans-400"),
    Cut(SANS, "TTF/SourceSans3-Semibold.ttf", LATIN_AND_CYRILLIC, "Variorum Sans", "sans-600"),
    Cut(SERIF, "TTF/SourceSerif4-Semibold.ttf", LATIN_AND_CYRILLIC, "Variorum Serif", "serif-600"),
    Cut(SANS_HY, "files/noto-sans-armenian-armenian-400-normal.woff2", ARMENIAN,
        "Variorum Armenian", "armenian-sans-400"),
    Cut(SANS_HY, "files/noto-sans-armenian-armenian-600-normal.woff2", ARMENIAN,
        "Variorum Armenian", "armenian-sans-600"),
    Cut(SERIF_HY, "files/noto-serif-armenian-armenian-600-normal.woff2", ARMENIAN,
        "Variorum Armenian Serif", "armenian-serif-600"),
)  # fmt: skip


def main() -> None:
    """Write every font and the licences."""
    shutil.rmtree(FONTS, ignore_errors=True)
    FONTS.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as scratch:
        packages = dict.fromkeys(cut.package for cut in CUTS)
        unpacked = {package: _unpack(package, Path(scratch)) for package in packages}
        for cut in CUTS:
            target = FONTS / f"{cut.name}.ttf"
            _cut(unpacked[cut.package] / cut.file, cut, target)
            print(f"{target.name}: {target.stat().st_size:,} bytes")
        for package, folder in unpacked.items():
            licence = next(path for path in sorted(folder.glob("LICENSE*")))
            name = package.rpartition("@")[0].rpartition("/")[2]
            shutil.copy(licence, FONTS / f"LICENCE-{name}.txt")


def _unpack(package: str, scratch: Path) -> Path:
    """Fetch a package with npm's own client, which checks its hash; gives its folder."""
    folder = Path(tempfile.mkdtemp(dir=scratch))
    command = ["npm", "pack", package, "--silent"]
    name = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
    with tarfile.open(folder / name.split()[-1]) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def _cut(path: Path, cut: Cut, target: Path) -> None:
    """Write the letters of a font as TrueType without hints."""
    font = TTFont(path, recalcTimestamp=False)
    options = Options(layout_features=LAYOUT, hinting=False, notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=_code_points(cut.letters))
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 4, 16):
            record.string = cut.family
        if record.nameID == 6:
            record.string = cut.family.replace(" ", "")
    font.flavor = None
    font.save(target)


def _code_points(letters: str) -> set[int]:
    bounds = [part.partition("-") for part in letters.split()]
    return {
        code
        for first, _, last in bounds
        for code in range(int(first, 16), int(last or first, 16) + 1)
    }


if __name__ == "__main__":
    main()
