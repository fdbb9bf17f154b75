"""Maps of places, drawn as geometry: windows, projection, outlines, labels. No tiles, no I/O.

The one file that is read is `outlines.json`, which `make vendor` writes.
"""
