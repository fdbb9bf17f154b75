"""Pictures, maps and cards as SVG, from plain values and words."""
