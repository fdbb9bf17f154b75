"""From an SVG of ours to PNG, with our own fonts and nothing of the machine's."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from resvg_py import svg_to_bytes

_FONTS = Path(__file__).parent / "fonts"
MAX_LETTERS = 300_000


def png_of(svg: str, width: int, height: int) -> bytes:
    """The picture in so many pixels.

    Only SVG that our own templates made may come here: its size bounds the work. Raises ValueError
    where it has more than 300,000 letters.
    """
    # The rasteriser has no time limit of its own.
    if len(svg) > MAX_LETTERS:
        raise ValueError(f"A picture of {len(svg)} letters is not drawn.")
    return bytes(
        svg_to_bytes(
            svg_string=svg,
            width=width,
            height=height,
            # Or the same card would look different on every machine, and one without fonts would
            # be blank.
            skip_system_fonts=True,
            font_files=list(_font_files()),
            sans_serif_family="Variorum Sans",
            serif_family="Variorum Serif",
        )
    )


@cache
def _font_files() -> tuple[str, ...]:
    return tuple(str(path) for path in sorted(_FONTS.glob("*.ttf")))
