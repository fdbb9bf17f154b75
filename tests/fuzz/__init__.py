"""Parsers of strangers' bytes under inputs that nobody would think of."""
