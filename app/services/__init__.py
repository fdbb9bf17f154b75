"""Verbs that do something: explicit arguments, domain objects back, no commit."""
