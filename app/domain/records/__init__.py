"""Claims, register entries and what refers to what."""
