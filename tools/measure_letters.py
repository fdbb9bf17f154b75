"""Measure the letters of the bundled fonts, and write `app/drawing/letter_widths.json`.

Run by `make vendor` after the fonts are cut; needs fonttools. Reading the fonts at run time lost:
fonttools would be a dependency of every server, for 700 numbers that change with the fonts only.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from fontTools.ttLib import TTFont

DRAWING = Path(__file__).parents[1] / "app" / "drawing"
FONTS = DRAWING / "sheets" / "fonts"
WRITTEN = DRAWING / "letter_widths.json"

# A line may be set in either weight of the sans serif; the wider one counts, so that nothing that
# is placed by these widths runs into its neighbour.
FACES = {
    "sans": ("sans-400", "sans-600", "armenian-sans-400", "armenian-sans-600"),
    "serif": ("serif-600", "armenian-serif-600"),
}


def main() -> None:
    """Write, for each face, the letters by their width in thousandths of the font size."""
    faces = {face: _by_width(names) for face, names in FACES.items()}
    text = json.dumps(faces, ensure_ascii=False, indent=1, sort_keys=True)
    WRITTEN.write_text(text + "\n", encoding="utf-8")
    print(f"{WRITTEN.name}: {WRITTEN.stat().st_size:,} bytes")


def _by_width(names: tuple[str, ...]) -> dict[int, str]:
    widths: dict[str, int] = defaultdict(int)
    for name in names:
        font = TTFont(FONTS / f"{name}.ttf")
        advances, unit = font["hmtx"], font["head"].unitsPerEm
        for code, glyph in font.getBestCmap().items():
            wide = -(-1000 * advances[glyph][0] // unit)  # rounded up
            widths[chr(code)] = max(widths[chr(code)], wide)
    letters: dict[int, str] = defaultdict(str)
    for letter in sorted(widths):
        letters[widths[letter]] += letter
    return letters


if __name__ == "__main__":
    main()
