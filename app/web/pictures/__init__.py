"""The pictures: what a claim, a dossier or a span of days looks like, as numbers for templates.

Everything here is pure. Lengths along an axis are per cent of the plot's width, so that one drawing
fits a phone and a desk; heights and letters are pixels, so that no text shrinks with the drawing.
"""
